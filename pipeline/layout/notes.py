"""notes: where the footnotes of a page begin, and where each of them does."""

import re
from collections.abc import Iterator, Sequence

from pipeline.layout.draft import Draft
from pipeline.layout.sheet import Sheet
from schemas.layout import BlockKind, Line

NOTE_SMALLER = 0.93
"""Notes are set smaller than this part of the body size (UN: 8.5 to 10, Geneva 9 to 10)."""
NOTE_RULE_PT = (60.0, 160.0)
"""Length of the short rule above footnotes (UN: 72, Geneva: 73 to 144)."""

_NOTE_MARK = re.compile(r"^(?:\d{1,3}|[a-z]|[*†‡§]{1,4})(?=\s|$|[^\w.)])|^[*†‡]{1,4}")
_UNDERSCORES = re.compile(r"^_{6,}$")


def note_top_of(lines: Sequence[Line], sheet: Sheet, size: float) -> float | None:
    """Top of the page's footnote area: below a short rule or a line of underscores, all type smaller than the body."""
    lower = [line for line in lines if line.box.top > 0.2 * sheet.height_pt]
    tops = [line.box.top for line in lower if _UNDERSCORES.match(line.text.replace(" ", ""))]
    tops += [
        rule.bottom
        for rule in sheet.across
        if NOTE_RULE_PT[0] <= rule.width <= NOTE_RULE_PT[1] and rule.x0 < 0.45 * sheet.width_pt
    ]
    for top in sorted(tops):
        below = [line for line in lower if line.box.top >= top - 1]
        texts = [line for line in below if not _UNDERSCORES.match(line.text.replace(" ", ""))]
        marked = texts and (len(texts) < len(below) or _NOTE_MARK.match(texts[0].text))
        if marked and all(line.size <= NOTE_SMALLER * size for line in texts):
            return top - 0.5
    return _small_type_top(lower, size)


def _small_type_top(lines: Sequence[Line], size: float) -> float | None:
    """Where small type begins that opens with a raised mark or asterisk and runs to the foot of the page."""
    top = None
    for line in sorted(lines, key=lambda item: -item.baseline):
        if line.size > NOTE_SMALLER * size:
            break
        if _opens_note(line):
            top = line.box.top
    return top


def notes_of(lines: Sequence[Line]) -> Iterator[Draft]:
    """A block for each note, and for the line above them."""
    current: Draft | None = None
    for line in lines:
        if _UNDERSCORES.match(line.text.replace(" ", "")):
            yield from _flushed(current)
            current = None
            yield Draft(BlockKind.page_footer, line.page, [line], furniture=True)
            continue
        if current is None or _opens_note(line) or _continues_series(current, line):
            yield from _flushed(current)
            kind = BlockKind.footnote if _NOTE_MARK.match(line.text) else BlockKind.paragraph
            current = Draft(kind, line.page, notes=True)
        current.lines.append(line)
    yield from _flushed(current)


def _opens_note(line: Line) -> bool:
    if not _NOTE_MARK.match(line.text):
        return False
    first = next((s for s in line.styles if s.start == 0), None)
    return line.text[0] in "*†‡§" or bool(first and first.superscript)


def _continues_series(current: Draft, line: Line) -> bool:
    """A plain digit opens the next note where the note before has the digit below."""
    mark, before = _NOTE_MARK.match(line.text), _NOTE_MARK.match(current.lines[0].text)
    if not mark or not before or not (mark[0].isdigit() and before[0].isdigit()):
        return False
    return int(mark[0]) == int(before[0]) + 1 and abs(line.box.x0 - current.lines[0].box.x0) < line.size


def _flushed(draft: Draft | None) -> Iterator[Draft]:
    if draft is not None and draft.lines:
        yield draft
