"""Lines → pages: columns, footnotes at the foot, pictures in rows; drawn with reportlab when all pages are known."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from drawing.setting import Line, Style, set_text

NOTE = Style(size=8.5, leading=10.0, after=0.0, align="justify")
NOTE_RULE_PT = 72.0
"""Length of the rule above footnotes in UN documents."""
CREATOR = "undocs samples"


@dataclass(frozen=True)
class Paper:
    """Size of the sheet and its text column, in points from the top left."""

    width: float = 612.0
    height: float = 792.0
    left: float = 123.4
    column: float = 365.0
    top: float = 76.0
    bottom: float = 726.0


@dataclass
class Page:
    """What stands on a page."""

    lines: list[tuple[float, float, Line]] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    pictures: list[tuple[float, float, float, float, bytes]] = field(default_factory=list)
    art: list[Callable[[Canvas], None]] = field(default_factory=list)


Furniture = Callable[[Canvas, int, int], None]
"""Draws what every page repeats: called with the canvas, the page number and the number of pages."""


class Flow:
    """Fills pages in reading order."""

    def __init__(self, paper: Paper, notes: dict[str, str] | None = None, note_style: Style = NOTE) -> None:
        self.paper = paper
        self.pages = [Page()]
        self.y = paper.top
        self._notes = notes or {}
        self._note_style = note_style
        self._carry: list[Line] = []
        self._paragraph = 0

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    def new_page(self) -> None:
        """Starts a page; the rest of a footnote that did not fit comes with it."""
        self.pages.append(Page(notes=self._carry))
        self._carry = []
        self.y = self.paper.top

    def need(self, height: float) -> None:
        """Starts a page where less room than that is left."""
        if self._room() < height:
            self.new_page()

    def put(self, text: str, style: Style) -> None:
        """A paragraph."""
        self.put_lines(set_text(text, style, self.paper.column), style)

    def put_lines(self, lines: list[Line], style: Style) -> None:
        """Set lines, the first not alone at the foot of a page."""
        self._paragraph += 1
        if self.y > self.paper.top:
            self.y += style.before
        need = sum(line.style.leading for line in lines[: len(lines) if style.keep else min(2, len(lines))])
        if self._room() < need + (30.0 if style.keep else 0.0):
            self.new_page()
        for number, line in enumerate(lines):
            if number == len(lines) - 2 > 0 and self._room() < 2 * line.style.leading:
                self.new_page()  # the last line does not go over alone
            self._put_line(replace(line, paragraph=self._paragraph), bullet=style.bullet if number == 0 else "")
        self.y += style.after

    def put_pictures(self, pictures: list[bytes], per_row: int, height: float, gap: float = 8.0) -> None:
        """Pictures in rows across the column."""
        wide = (self.paper.column - gap * (per_row - 1)) / per_row
        for start in range(0, len(pictures), per_row):
            if self._room() < height + gap:
                self.new_page()
            for place, picture in enumerate(pictures[start : start + per_row]):
                self.page.pictures.append((self.paper.left + place * (wide + gap), self.y, wide, height, picture))
            self.y += height + gap

    def _put_line(self, line: Line, bullet: str) -> None:
        fresh = [
            replace(note, paragraph=-number)
            for mark in line.notes
            if mark in self._notes
            for number, note in enumerate(self._note_lines(mark), 1)
        ]
        if self._room() < line.style.leading + (min(2, len(fresh)) + 1) * self._note_style.leading * bool(fresh):
            self.new_page()
        baseline = self.y + line.style.leading * 0.78
        if bullet:
            mark = set_text(bullet, replace(line.style, left=line.style.left - 14.0, align="left"), self.paper.column)
            self.page.lines.append((self.paper.left, baseline, replace(mark[0], paragraph=line.paragraph)))
        self.page.lines.append((self.paper.left, baseline, line))
        self.y += line.style.leading
        fits = int((self._room() - (0 if self.page.notes else 8.0)) // self._note_style.leading) if fresh else 0
        self.page.notes += fresh[:fits]
        self._carry += fresh[fits:]

    def _note_lines(self, mark: str) -> list[Line]:
        shown = mark.replace("*", "\\*")
        return set_text(f"<sup>{shown}</sup> {self._notes[mark]}", self._note_style, self.paper.column)

    def _room(self) -> float:
        taken = len(self.page.notes) * self._note_style.leading + (8.0 if self.page.notes else 0.0)
        return self.paper.bottom - taken - self.y

    def draw(self, title: str, language: str, furniture: Furniture) -> bytes:
        """The PDF; the same bytes each time."""
        while self._carry:
            self.new_page()
        buffer = io.BytesIO()
        canvas = Canvas(
            buffer,
            pagesize=(self.paper.width, self.paper.height),
            invariant=1,
            pageCompression=1,
            initialFontName="serif",
        )
        canvas.setTitle(title)
        canvas.setCreator(CREATOR)
        canvas.setAuthor("")
        canvas.setSubject("")
        canvas._doc.Catalog.Lang = language
        for number, page in enumerate(self.pages, 1):
            furniture(canvas, number, len(self.pages))
            self._draw_page(canvas, page)
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    def _draw_page(self, canvas: Canvas, page: Page) -> None:
        for art in page.art:
            art(canvas)
        for x, y, line in page.lines:
            draw_line(canvas, self.paper, x, y, line)
        for x, y, wide, high, picture in page.pictures:
            canvas.drawImage(ImageReader(io.BytesIO(picture)), x, self.paper.height - y - high, wide, high)
        if page.notes:
            y = self.paper.bottom - len(page.notes) * self._note_style.leading
            draw_rule(canvas, self.paper, self.paper.left, y - 2, NOTE_RULE_PT, 0.5)
            for number, line in enumerate(page.notes):
                baseline = y + number * self._note_style.leading + self._note_style.leading * 0.8
                draw_line(canvas, self.paper, self.paper.left, baseline, line)


def draw_line(canvas: Canvas, paper: Paper, left: float, baseline: float, line: Line) -> None:
    """Words of a line, each at its place, with the space that follows it."""
    text = canvas.beginText()
    places = line.places()
    for number, (x, word) in enumerate(places):
        at = left + x
        for place, piece in enumerate(word.pieces):
            text.setFont(piece.font, piece.size)
            text.setTextOrigin(at, paper.height - baseline + piece.rise)
            closing = place == len(word.pieces) - 1 and number < len(places) - 1
            text.textOut(piece.text + (" " if closing else ""))
            at += piece.width
    canvas.drawText(text)


def draw_rule(canvas: Canvas, paper: Paper, x: float, y: float, length: float, thick: float) -> None:
    """A horizontal rule as a thin filled rectangle, as word processors draw it."""
    canvas.rect(x, paper.height - y - thick, length, thick, stroke=0, fill=1)
