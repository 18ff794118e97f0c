"""The sample letters as pages: 001 and 003 as New York documents, 000 and 002 on the senders' own paper."""

import re

from reportlab.pdfgen.canvas import Canvas

from drawing.masthead import Masthead, draw_masthead, new_york_furniture
from drawing.pages import Flow, Paper, draw_rule
from drawing.placeholders import placeholder
from drawing.setting import Style, set_text
from drawing.source import join, load, split_notes

BODY = Style(first=24.0)
TITLE = Style(size=12, leading=14, font="serif-b", align="left", after=12.0, keep=True)
QUOTATION = Style(left=24.0, right=24.0)
SIGNATURE = Style(align="right", before=14.0, after=0.0, keep=True)
PLACE = Style(size=11, leading=13, font="serif-b", align="left", before=4.0, after=6.0, keep=True)
CAPTION = Style(size=10, leading=12, font="serif-b", align="left", after=5.0, keep=True)

_PICTURE_PT = 118.0
_RANGE = re.compile(r"\*{0,2}Images (\d+)–(\d+)")


def draw_003() -> bytes:
    """Letter with seven footnotes; the note on sources is longer than the rest of its page."""
    rows = load("003")
    text = split_notes(rows[12:-1])
    flow = Flow(Paper(), text.notes)
    left, right = rows[3].split(" **Security Council** ")
    organ, session, items = re.split(r" (?=Seventy-sixth|Agenda)", left)
    words = Masthead(
        organs=("General Assembly", "Security Council"),
        distribution=("Distr.: General", "11 February 2022", "", rows[2]),
        left=(f"**{organ}**", f"**{session}**", items),
        right=("**Security Council**", f"**{right}**"),
        titles=tuple(rows[4:11]),
    )
    draw_masthead(flow, words, emblem_as_picture=False)
    flow.put(rows[11], TITLE)
    for paragraph in text.body:
        flow.put(paragraph, BODY)
    flow.put("*(Signed)* Yashar **Aliyev**\nAmbassador\nPermanent Representative", SIGNATURE)
    return flow.draw("", "en", new_york_furniture)


def draw_001() -> bytes:
    """Letter with eleven footnotes, quotations and two annexes of pictures."""
    rows = load("001")
    opening = next(number for number, row in enumerate(rows) if row.startswith("## "))
    closing = next(number for number, row in enumerate(rows) if row.startswith("*(Signed)*"))
    text = split_notes(rows[opening + 1 : closing])
    flow = Flow(Paper(), text.notes)
    words = Masthead(
        organs=("General Assembly", "Security Council"),
        distribution=(*rows[1].split("\n"), "", rows[2]),
        left=(*(f"**{line}**" for line in rows[3].strip("*").split("\n")), rows[4]),
        right=tuple(f"**{line}**" for line in rows[13].strip("*").split("\n")),
        titles=tuple(rows[5:13]),
    )
    draw_masthead(flow, words, emblem_as_picture=True)
    flow.put(rows[opening].strip("#* "), TITLE)
    quoting = False
    for paragraph in text.body:
        flow.put(paragraph, QUOTATION if quoting else BODY)
        quoting = paragraph.endswith(":") or (quoting and not re.search(r"<sup>\d+</sup>$", paragraph))
    flow.put(rows[closing], SIGNATURE)
    _draw_annexes(flow, rows[closing + 1 :])
    return flow.draw("", "en", new_york_furniture)


def _draw_annexes(flow: Flow, rows: list[str]) -> None:
    for row in rows:
        plain = row.strip("*")
        pictures = _RANGE.match(row)
        if plain.startswith("Annex"):
            flow.new_page()
            flow.put(plain, TITLE)
        elif pictures:
            first, last = int(pictures[1]), int(pictures[2])
            flow.need(_PICTURE_PT + 2 * CAPTION.leading)
            flow.put(plain, CAPTION)
            flow.put_pictures([placeholder(number) for number in range(first, last + 1)], 2, _PICTURE_PT)
        elif len(plain) > 30:
            flow.put(plain, TITLE)
        else:
            flow.need(_PICTURE_PT + 2 * CAPTION.leading + 2 * PLACE.leading)
            flow.put(plain, PLACE)


def draw_002() -> bytes:
    """Letter under a letterhead in Azerbaijani and English side by side; addressees at the foot of page 1."""
    paper = Paper(width=595.3, height=841.9, left=85.0, column=440.0, top=72.0, bottom=780.0)
    rows = load("002")
    flow = Flow(paper)
    head = Style(size=13, leading=16, font="serif-b", align="centre")
    for x, row in ((70.0, rows[0]), (320.0, rows[1])):
        for number, line in enumerate(set_text(row, head, 210.0)):
            flow.page.lines.append((x, 80.0 + 16.0 * number, line))
    flow.page.art.append(lambda canvas: draw_rule(canvas, paper, 70.0, 108.0, 460.0, 1.0))
    flow.y = 128.0
    body = Style(size=11, leading=14.5, after=7.0)
    for row in _joined(rows[2:]):
        _put_002(flow, row, body)
    return flow.draw("", "en", _plain_paper)


def _put_002(flow: Flow, row: str, body: Style) -> None:
    left = Style(size=11, leading=13.5, align="left", after=8.0)
    if row.startswith("**Baku"):
        flow.put(row, Style(size=11, leading=14, align="right", after=16.0))
    elif row.startswith("**Mr. Chris"):
        flow.y = max(flow.y + 20.0, 560.0)
        flow.put(row, Style(size=11, leading=13.5, align="left", after=1.0))
    elif row.startswith(("**Mr", "**Dear", "**Sincerely")):
        flow.put(row, Style(size=11, leading=13.5, align="left", after=10.0 if row.startswith("**Dear") else 1.0))
    elif row.startswith(("Chair-", "Special Rapporteur on")):
        flow.put(row, left)
        if row.endswith("punishment"):
            flow.new_page()
    elif row.startswith("- "):
        for item in row.split("\n"):
            flow.put(item[2:], Style(size=11, leading=14.5, left=30.0, bullet="–", after=4.0))
    elif row.startswith("**Jeyhun"):
        y = flow.y
        flow.page.art.append(lambda canvas: _scribble(canvas, flow.paper, y))
        flow.y += 34.0
        flow.put(row.strip(), left)
    else:
        flow.put(row, body)


def _joined(rows: list[str]) -> list[str]:
    joined: list[str] = []
    for row in rows:
        join(joined, row)
    return joined


def draw_000() -> bytes:
    """Note verbale as typed on a mission's paper; only its scan is kept."""
    paper = Paper(width=595.3, height=841.9, left=78.0, column=440.0, top=64.0, bottom=790.0)
    rows = load("000")
    flow = Flow(paper)
    body = Style(size=11, leading=13.6, first=30.0, after=5.0)
    centred = Style(size=12, leading=14.5, align="centre", after=8.0)
    flow.put(_bold(rows[0]), centred)
    flow.put(f"**{rows[1]}**", Style(size=11, leading=13.5, align="centre", after=10.0))
    flow.put(rows[2], Style(size=11, leading=13.5, align="left", after=12.0))
    for row in _joined(rows[3:]):
        if row.startswith("**Office"):
            flow.y += 22.0
            flow.put(_bold(row), Style(size=11, leading=13.6, align="left", keep=True))
            flow.new_page()
        elif row.startswith("Geneva, "):
            flow.put(row, Style(size=11, leading=13.6, align="right", before=10.0))
        else:
            flow.put(row, body)
    return flow.draw("", "en", _plain_paper)


def _bold(row: str) -> str:
    """Each line of a bold block bold by itself."""
    return "\n".join(f"**{line.strip('*')}**" for line in row.split("\n"))


def _plain_paper(canvas: Canvas, number: int, count: int) -> None:
    """Letters outside the United Nations print neither running heads nor page numbers."""


def _scribble(canvas: Canvas, paper: Paper, y: float) -> None:
    """A pen stroke where the signature stands."""
    canvas.saveState()
    canvas.setLineWidth(0.9)
    path = canvas.beginPath()
    base = paper.height - y - 20.0
    path.moveTo(90, base)
    for step in range(6):
        x = 90 + step * 14
        path.curveTo(x + 2, base + 18 - step, x + 6, base - 14 + step, x + 14, base + (step % 2) * 4)
    canvas.drawPath(path)
    canvas.restoreState()
