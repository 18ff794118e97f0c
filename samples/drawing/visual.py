"""Sample 004 through a producer that knows nothing of Arabic: presentation forms in visual order, left to right."""

import io

import arabic_reshaper
from bidi.algorithm import get_display
from reportlab.graphics.barcode.code39 import Standard39
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from drawing.fonts import width
from drawing.geneva import UNITED_NATIONS, words
from drawing.masthead import emblem_picture
from drawing.pages import Flow, Paper, draw_line, draw_rule
from drawing.setting import Style, set_text

PAPER = Paper(width=595.3, height=841.9, left=110.0, column=362.0, top=76.0, bottom=770.0)
EDGE_PT = 56.7
RIGHT_PT = 595.3 - EDGE_PT
_RESHAPER = arabic_reshaper.ArabicReshaper({"delete_harakat": False})


def draw_004_visual() -> bytes:
    """Cover page in Arabic, annex in English."""
    text = words()
    flow = Flow(PAPER)
    flow.page.art.append(_draw_cover)
    flow.new_page()
    title = Style(size=12, leading=14.5, font="serif-b", align="left", after=12.0, keep=True)
    flow.put(text.annex, title)
    flow.put(text.annex_title, title)
    for paragraph in text.annex_body:
        flow.put(paragraph, Style(first=24.0))
    return flow.draw("", "ar", _furniture)


def _draw_cover(canvas: Canvas) -> None:
    text = words()
    inner = PAPER.left + PAPER.column
    _right(canvas, UNITED_NATIONS, inner, 58.0, 14.0)
    draw_rule(canvas, PAPER, EDGE_PT, 66.0, RIGHT_PT - EDGE_PT, 0.5)
    picture = ImageReader(io.BytesIO(emblem_picture()))
    canvas.drawImage(picture, RIGHT_PT - 50.0, PAPER.height - 72.0 - 48.0, 48.0, 48.0)
    _right(canvas, text.organs[0], inner, 88.0, 19.0, "dejavu-b")
    for number, row in enumerate(text.distribution):
        (line,) = set_text(row, Style(size=9.5, leading=12, align="left"), 200.0)
        draw_line(canvas, PAPER, EDGE_PT + 4, 86.0 + 12.0 * number, line)
    draw_rule(canvas, PAPER, EDGE_PT, 200.0, RIGHT_PT - EDGE_PT, 1.5)
    y = 217.0
    for number, row in enumerate((text.organs[1], *text.session)):
        bold = number in (0, 1, 4)
        _right(canvas, row, RIGHT_PT, y, 11.0 if number == 0 else 9.5, "dejavu-b" if bold else "dejavu")
        y += 14.0
    y = _paragraph(canvas, text.title, y + 22.0, 12.0, 17.0, "dejavu-b")
    for paragraph in text.cover:
        y = _paragraph(canvas, paragraph, y + 8.0, 10.0, 16.0, "dejavu", first=24.0)
    draw_rule(canvas, PAPER, inner - 72.0, 706.0, 72.0, 0.5)
    _paragraph(canvas, text.note, 720.0, 8.5, 12.0, "dejavu")
    _draw_foot(canvas)


def _draw_foot(canvas: Canvas) -> None:
    text = words()
    canvas.setFont("serif", 9.5)
    canvas.drawString(EDGE_PT + 4, PAPER.height - 776.0, text.job)
    digits = "".join(character for character in text.bar_code if character.isdigit())
    bars = Standard39(digits, barWidth=0.72, barHeight=14, checksum=0, stop=1, quiet=0)
    bars.drawOn(canvas, EDGE_PT + 4, PAPER.height - 797.0)
    canvas.setFont("serif", 7)
    canvas.drawString(EDGE_PT + 14, PAPER.height - 806.0, text.bar_code)
    _right(canvas, text.recycle, RIGHT_PT, 790.0, 8.0)


def _paragraph(
    canvas: Canvas, text: str, y: float, size: float, leading: float, font: str, first: float = 0.0
) -> float:
    """Lines broken in logical order, each then turned for the eye; returns where the next paragraph begins."""
    right, rows, current = PAPER.left + PAPER.column, [], ""
    for word in _RESHAPER.reshape(text).split():
        longer = f"{current} {word}".strip()
        if current and width(longer, font, size) > PAPER.column - (0 if rows else first):
            rows.append(current)
            longer = word
        current = longer
    rows.append(current)
    for number, row in enumerate(rows):
        _shown(canvas, get_display(row, base_dir="R"), right - (0 if number else first), y, size, font)
        y += leading
    return y


def _right(canvas: Canvas, text: str, right: float, y: float, size: float, font: str = "dejavu") -> None:
    _shown(canvas, get_display(_RESHAPER.reshape(text), base_dir="R"), right, y, size, font)


def _shown(canvas: Canvas, text: str, right: float, y: float, size: float, font: str) -> None:
    canvas.setFont(font, size)
    canvas.drawRightString(right, PAPER.height - y, text)


def _furniture(canvas: Canvas, number: int, count: int) -> None:
    """Geneva feet: page number at the outer edge in bold, job number at the inner one."""
    if number == 1:
        return
    job = words().job.split("(")[0]
    draw_rule(canvas, PAPER, EDGE_PT, 62.0, RIGHT_PT - EDGE_PT, 0.5)
    for row, align in ((f"**{number}**", "left" if number % 2 == 0 else "right"), (job, "")):
        style = Style(size=8, leading=10, align=align or ("right" if number % 2 == 0 else "left"))
        (line,) = set_text(row, style, RIGHT_PT - EDGE_PT)
        draw_line(canvas, PAPER, EDGE_PT, 800.0, line)
