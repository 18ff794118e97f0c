"""Sample 004 through a producer that shapes: Amiri glyphs by HarfBuzz, with fpdf2."""

from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos

from drawing.fonts import FILES
from drawing.geneva import UNITED_NATIONS, words
from drawing.masthead import emblem_picture

EDGE_PT = 56.7
RIGHT_PT = 595.3 - EDGE_PT
LEFT_PT, COLUMN_PT = 110.0, 362.0
DAY = datetime(2020, 5, 6, tzinfo=UTC)
"""Date of the document: written into the file instead of the clock's."""


class _Sheet(FPDF):
    """Geneva pages: a rule at the head, number and job number at the foot, from page 2."""

    job = ""

    def header(self) -> None:
        if self.page_no() > 1:
            self.rect(EDGE_PT, 62.0, RIGHT_PT - EDGE_PT, 0.5, style="F")

    def footer(self) -> None:
        if self.page_no() == 1:
            return
        even = self.page_no() % 2 == 0
        self.set_font("serif", "B", 8)
        self.place(str(self.page_no()), EDGE_PT, 792.0, RIGHT_PT - EDGE_PT, "L" if even else "R")
        self.set_font("serif", "", 8)
        self.place(self.job, EDGE_PT, 792.0, RIGHT_PT - EDGE_PT, "R" if even else "L")

    def place(self, text: str, x: float, y: float, wide: float, align: str, leading: float = 10.0) -> float:
        """Text in a box whose top is y; returns its bottom."""
        self.set_xy(x, y)
        high = self.multi_cell(
            wide, leading, text, align=align, markdown=True, new_x=XPos.LMARGIN, new_y=YPos.NEXT,
            output=MethodReturnValue.HEIGHT,
        )  # fmt: skip
        return y + float(high)


def draw_004_shaped() -> bytes:
    """Cover page in Arabic, annex in English."""
    text = words()
    sheet = _Sheet(unit="pt", format=(595.3, 841.9))
    sheet.job = text.job.split("(")[0]
    sheet.set_creation_date(DAY)
    sheet.set_creator("undocs samples")
    sheet.set_lang("ar")
    sheet.set_auto_page_break(True, margin=72.0)
    sheet.set_margins(LEFT_PT, 76.0, 595.3 - LEFT_PT - COLUMN_PT)
    sheet.c_margin = 0
    for style, key in (("", "serif"), ("B", "serif-b"), ("I", "serif-i")):
        sheet.add_font("serif", style, str(FILES[key]))
    for style, key in (("", "amiri"), ("B", "amiri-b")):
        sheet.add_font("amiri", style, str(FILES[key]))
    _draw_cover(sheet)
    _draw_annex(sheet)
    return bytes(sheet.output())


def _draw_cover(sheet: _Sheet) -> None:
    text = words()
    sheet.add_page()
    sheet.set_auto_page_break(False)
    sheet.rect(EDGE_PT, 66.0, RIGHT_PT - EDGE_PT, 0.5, style="F")
    sheet.image(emblem_picture(), RIGHT_PT - 50.0, 72.0, 48.0, 48.0)
    sheet.rect(EDGE_PT, 200.0, RIGHT_PT - EDGE_PT, 1.5, style="F")
    sheet.set_font("serif", "", 9.5)
    sheet.place("\n".join(text.distribution), EDGE_PT + 4, 77.0, 200.0, "L", 12.0)
    sheet.set_text_shaping(True, direction="rtl", script="arab", language="ara")
    sheet.set_font("amiri", "", 15)
    sheet.place(UNITED_NATIONS, LEFT_PT, 44.0, COLUMN_PT, "R", 18.0)
    sheet.set_font("amiri", "B", 21)
    sheet.place(text.organs[0], LEFT_PT, 70.0, COLUMN_PT, "R", 26.0)
    y = 206.0
    for number, row in enumerate((text.organs[1], *text.session)):
        sheet.set_font("amiri", "B" if number in (0, 1, 4) else "", 14 if number == 0 else 12)
        y = sheet.place(row, EDGE_PT, y, RIGHT_PT - EDGE_PT, "R", 16.0)
    sheet.set_font("amiri", "B", 15)
    y = sheet.place(text.title, LEFT_PT, y + 16.0, COLUMN_PT, "R", 20.0)
    sheet.set_font("amiri", "", 12.5)
    for paragraph in text.cover:
        y = sheet.place(paragraph, LEFT_PT, y + 8.0, COLUMN_PT, "R", 18.0)
    sheet.rect(LEFT_PT + COLUMN_PT - 72.0, 706.0, 72.0, 0.5, style="F")
    sheet.set_font("amiri", "", 10.5)
    sheet.place(text.note, LEFT_PT, 710.0, COLUMN_PT, "R", 14.0)
    sheet.set_font("amiri", "", 10)
    sheet.place(text.recycle, EDGE_PT, 780.0, RIGHT_PT - EDGE_PT, "R", 14.0)
    sheet.set_text_shaping(False)
    _draw_foot(sheet)


def _draw_foot(sheet: _Sheet) -> None:
    text = words()
    sheet.set_font("serif", "", 9.5)
    sheet.place(text.job, EDGE_PT + 4, 767.0, 200.0, "L", 12.0)
    digits = "".join(character for character in text.bar_code if character.isdigit())
    sheet.code39(f"*{digits}*", EDGE_PT + 4, 782.0, w=2.0, h=14.0)
    sheet.set_font("serif", "", 7)
    sheet.text(EDGE_PT + 14, 806.0, text.bar_code)


def _draw_annex(sheet: _Sheet) -> None:
    text = words()
    sheet.set_auto_page_break(True, margin=72.0)
    sheet.add_page()
    sheet.set_font("serif", "B", 12)
    y = sheet.place(text.annex, LEFT_PT, 76.0, COLUMN_PT, "L", 14.5)
    sheet.place(text.annex_title, LEFT_PT, y + 12.0, COLUMN_PT, "L", 14.5)
    sheet.ln(12.0)
    sheet.set_font("serif", "", 10)
    for paragraph in text.annex_body:
        italic = paragraph.replace("“*", "“__").replace("*”", "__”")
        sheet.multi_cell(COLUMN_PT, 12.0, italic, align="J", markdown=True, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        sheet.ln(6.0)
