"""The first page of a United Nations document: masthead, rules, emblem-like mark; and what later pages repeat."""

import io
import math
from dataclasses import dataclass

from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from drawing.pages import Flow, Paper, draw_line, draw_rule
from drawing.setting import Style, set_text

EDGE_PT = 60.0
"""Outer margin of mastheads, running heads and feet."""
WIDE_PT = 492.0
"""Length of the rules across the page."""

_UNITED_NATIONS = Style(size=13, leading=16, align="left")
_ORGAN = Style(size=18, leading=19.5, font="serif-b", align="left")
_RIGHT = Style(size=9.5, leading=12, align="left")
_AGENDA_BOLD = Style(size=9.5, leading=12, font="serif-b", align="left")
_AGENDA = Style(size=9.5, leading=12, align="left")


@dataclass(frozen=True)
class Masthead:
    """The words of a masthead."""

    organs: tuple[str, ...]
    distribution: tuple[str, ...]
    left: tuple[str, ...]
    """Session lines and agenda items at the left; lines in ** are bold."""
    titles: tuple[str, ...]
    right: tuple[str, ...] = ()
    """Session lines of the second organ."""


def draw_masthead(flow: Flow, words: Masthead, emblem_as_picture: bool) -> None:
    """Puts the masthead on the first page and the flow below it."""
    paper = flow.paper
    flow.page.art.append(lambda canvas: _draw_head(canvas, paper, words, emblem_as_picture))
    y = _column(flow, 60.0, 213.0, words.left, 260.0)
    _column(flow, 348.0, 213.0, words.right, 200.0)
    for title in words.titles:
        y = _column(flow, 60.0, y + 6.0, (f"**{title.strip('*')}**",), 262.0)
    flow.y = y + 26.0


def _column(flow: Flow, x: float, y: float, rows: tuple[str, ...], wide: float) -> float:
    for row in rows:
        for line in set_text(row, _AGENDA, wide):
            flow.page.lines.append((x, y + 9.4, line))
            y += line.style.leading
    return y


def _draw_head(canvas: Canvas, paper: Paper, words: Masthead, emblem_as_picture: bool) -> None:
    _rows(canvas, paper, 123.4, 45.0, ("United Nations",), _UNITED_NATIONS)
    draw_rule(canvas, paper, EDGE_PT, 65.0, WIDE_PT, 0.5)
    if emblem_as_picture:
        picture = ImageReader(io.BytesIO(emblem_picture()))
        canvas.drawImage(picture, 64.0, paper.height - 71.0 - 48.0, 48.0, 48.0)
    else:
        draw_emblem(canvas, 88.0, paper.height - 95.0, 23.0)
    _rows(canvas, paper, 123.4, 70.0, words.organs, _ORGAN)
    _rows(canvas, paper, 397.0, 78.0, words.distribution, _RIGHT)
    draw_rule(canvas, paper, EDGE_PT, 208.0, WIDE_PT, 1.5)


def _rows(canvas: Canvas, paper: Paper, x: float, y: float, rows: tuple[str, ...], style: Style) -> None:
    for row in rows:
        for line in set_text(row, style, 420.0):
            draw_line(canvas, paper, x, y + style.leading * 0.78, line)
        y += style.leading


def draw_emblem(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """A globe of circles and meridians between two branches: a mark where the emblem stands, not the emblem itself."""
    canvas.saveState()
    canvas.setLineWidth(0.6)
    for share in (0.25, 0.5, 0.75):
        canvas.circle(x, y, radius * share)
    for turn in range(8):
        angle = math.pi * turn / 8
        dx, dy = 0.75 * radius * math.cos(angle), 0.75 * radius * math.sin(angle)
        canvas.line(x - dx, y - dy, x + dx, y + dy)
    canvas.setLineWidth(2.2)
    canvas.arc(x - radius, y - radius, x + radius, y + radius, 115, 145)
    canvas.arc(x - radius, y - radius, x + radius, y + radius, 280, 145)
    canvas.restoreState()


def emblem_picture() -> bytes:
    """The same mark as a small picture."""
    image = Image.new("L", (130, 130), 255)
    pen = ImageDraw.Draw(image)
    for radius in (16, 32, 48):
        pen.ellipse((65 - radius, 65 - radius, 65 + radius, 65 + radius), outline=0)
    for turn in range(8):
        angle = math.pi * turn / 8
        dx, dy = 48 * math.cos(angle), 48 * math.sin(angle)
        pen.line((65 - dx, 65 - dy, 65 + dx, 65 + dy), fill=0)
    pen.arc((4, 4, 126, 126), 115, 260, fill=0, width=5)
    pen.arc((4, 4, 126, 126), 280, 65, fill=0, width=5)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def new_york_furniture(canvas: Canvas, number: int, count: int) -> None:
    """Rule at the head from page 2, `n/N` at the outer foot: right on odd pages, left on even ones."""
    paper = Paper()
    if number == 1:
        return
    draw_rule(canvas, paper, EDGE_PT, 65.0, WIDE_PT, 0.5)
    style = Style(size=8.5, leading=10, font="serif-b", align="right" if number % 2 else "left")
    (line,) = set_text(f"{number}/{count}", style, WIDE_PT)
    draw_line(canvas, paper, EDGE_PT, 755.0, line)
