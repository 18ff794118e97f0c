"""blocks: lines of a region → paragraphs, headings, list items, notes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.layout.linejoin import Hyphens, joined
from pipeline.layout.sheet import Sheet, box_of
from schemas.geometry import Box
from schemas.layout import BlockKind, Direction, Line, TextBlock

GAP = 0.62
"""White space above a line, in sizes, that begins a paragraph where the region's usual white space is less."""
GAP_OVER_USUAL = 0.3
"""The same above the region's usual white space between lines."""
INDENT_EM = 1.0
"""A line that begins this far inside its neighbours begins a paragraph."""
SHORT_LINE = 0.75
"""A line ending before this share of the region's width is a last line, where a sentence ends with it."""
NOTE_SMALLER = 0.93
"""Notes are set smaller than this part of the body size (UN: 8.5 to 10, Geneva 9 to 10)."""
NOTE_RULE_PT = (60.0, 160.0)
"""Length of the short rule above footnotes (UN: 72, Geneva: 73 to 144)."""
LARGE, ROUGHLY_LARGE = 1.15, 1.3
"""Sizes of the body's from which a line is a heading, in print and where recognition guessed its size."""
HEADING_LENGTH = 250
"""A bold or large paragraph longer than this is text."""
BOLD_SENTENCE = 80
"""A bold text in the body's size that is longer than this and ends in a full stop is a sentence; so is any that ends
in a semicolon (recommendations of reviews are set in bold)."""
CENTRE_PT = 8.0
"""Both margins of a centred line agree within this."""

_NUMBER = re.compile(
    r"^(\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5})[.)]|\d{1,3}(?:\.\d{1,3}){1,3}\.?|[\u0660-\u0669\d]{1,3}\s?[-–]|\([\u0621-\u064a]{1,2}\)|[\u0621-\u064a]\s?[-–)]|[一二三四五六七八九十]{1,3}、)\s"
)
_CENTRED_HEADING = re.compile(r"^(?:[IVX]{1,5}|[A-Z]|\d{1,2})\.\s+[^\W\d_].{0,120}$")
"""Typed documents set no bold: their numbered headings stand in the middle, `III.  MANDATE OF THE MISSION`."""
_BULLET = re.compile(r"^[•·●▪◦‣–—-]\s+")
_NOTE_MARK = re.compile(r"^(?:\d{1,3}|[a-z]|[*†‡§]{1,4})(?=\s|$|[^\w.)])|^[*†‡]{1,4}")
_LETTERED = re.compile(r"^\([a-z]{1,4}\)\s")
_INSIDE = re.compile(r"\w \([a-z]{1,4}\) \w")
_CLOSES = re.compile(r"^\w{1,4}\)\s")
_STOP = re.compile(r"[.!?:][\"”’»)\]]*\d{0,3}$")
_LEADERS = re.compile(r"(?:\.\s?){4}")
"""Of a table of contents, whose lines fill the width and end no sentence."""
_UNDERSCORES = re.compile(r"^_{6,}$")
_SENTENCE_END = re.compile(r"[.!?:;…。！？；：؟؛][\"”’»)\]]*\d{0,3}$")


@dataclass(slots=True)
class Draft:
    """A block in the making: lines and what geometry says of them."""

    kind: BlockKind
    page: int
    lines: list[Line] = field(default_factory=list)
    furniture: bool = False
    level: int | None = None
    number: str | None = None
    centred: bool = False
    indent: float = 0.0
    region: int = 0
    notes: bool = False
    """True below the rule that opens the footnotes."""


def body_size(lines: Sequence[Line]) -> float:
    """Font size of most characters."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    return max(weights, key=lambda size: (weights[size], size)) if weights else 10.0


def drafts_of(region: Sequence[Line], sheet: Sheet, size: float, note_top: float | None) -> Iterator[Draft]:
    """Blocks of one region, top to bottom. `note_top` is where the page's footnotes begin, if it has any."""
    body = [line for line in region if note_top is None or line.box.top < note_top]
    notes = [line for line in region if note_top is not None and line.box.top >= note_top]
    if body:
        yield from _paragraphs(body, sheet, size)
    if notes:
        yield from _notes(notes)


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


def _opens_note(line: Line) -> bool:
    if not _NOTE_MARK.match(line.text):
        return False
    first = next((s for s in line.styles if s.start == 0), None)
    return line.text[0] in "*†‡§" or bool(first and first.superscript)


def _notes(lines: Sequence[Line]) -> Iterator[Draft]:
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


def _continues_series(current: Draft, line: Line) -> bool:
    """A plain digit opens the next note where the note before has the digit below."""
    mark, before = _NOTE_MARK.match(line.text), _NOTE_MARK.match(current.lines[0].text)
    if not mark or not before or not (mark[0].isdigit() and before[0].isdigit()):
        return False
    return int(mark[0]) == int(before[0]) + 1 and abs(line.box.x0 - current.lines[0].box.x0) < line.size


def _flushed(draft: Draft | None) -> Iterator[Draft]:
    if draft is not None and draft.lines:
        yield draft


def _paragraphs(lines: Sequence[Line], sheet: Sheet, size: float) -> Iterator[Draft]:
    frame = _Frame(lines, sheet)
    current: list[Line] = []
    for line in lines:
        if current and frame.begins(current, line):
            yield frame.draft(current, size)
            current = []
        current.append(line)
    if current:
        yield frame.draft(current, size)


class _Frame:
    """The margins and the usual white space of a region."""

    def __init__(self, lines: Sequence[Line], sheet: Sheet) -> None:
        self._box = box_of(list(lines))
        self._sheet = sheet
        gaps = Counter(
            round(below.box.top - above.box.bottom, 0)
            for above, below in pairwise(lines)
            if below.box.top > above.box.top and abs(below.size - above.size) < 0.6
        )
        usual = min((gap for gap, n in gaps.items() if n >= max(2, 0.2 * sum(gaps.values()))), default=None)
        self._usual = usual

    def begins(self, current: Sequence[Line], line: Line) -> bool:
        """Does the line begin a new block?"""
        above = current[-1]
        resized = abs(line.size - above.size) > 0.12 * above.size
        if line.turn != above.turn or (resized and not self._is_guessed(above, line)):
            return True
        gap = line.box.top - above.box.bottom
        if gap < -0.8 * above.box.height:  # next column or page
            return True
        if gap > self._allowed_gap(above):
            return True
        if _weight(line) != _weight(above) and not _runs_on(above, line) and not self._goes_on(current, line):
            return True
        if _mark(line) and (self._start(line) <= self._start(above) + 2 or self._ends_early(above)):
            return not self._counts_inside(current, line)
        if self._is_centred(line) != self._is_centred(above) and self._ends_early(above):
            return True
        return self._indented(current, line)

    def _is_guessed(self, above: Line, line: Line) -> bool:
        """Recognition guesses sizes from few letters; without a capital the sentence of a full line goes on."""
        first = next(filter(str.isalnum, line.text), "")
        ended = self._ends_early(above) or _SENTENCE_END.search(above.text)
        return self._sheet.recognised and first.isalpha() and not first.isupper() and not ended

    def _allowed_gap(self, above: Line) -> float:
        least = GAP * above.size
        if self._usual is None:
            return least
        return max(self._usual + GAP_OVER_USUAL * above.size, min(least, self._usual + 0.45 * above.size))

    def _indented(self, current: Sequence[Line], line: Line) -> bool:
        above = current[-1]
        step = self._start(line) - self._start(above)
        if step > INDENT_EM * line.size and self._ends_early(above):
            return True
        if step > INDENT_EM * line.size and len(current) > 1 and _SENTENCE_END.search(above.text):
            return True
        return self._ends_early(above) and bool(_SENTENCE_END.search(above.text)) and step > 0.5 * line.size

    def _goes_on(self, current: Sequence[Line], line: Line) -> bool:
        """Is the line, bold or not, the middle of a sentence that fills the one above? A heading fills none."""
        above = current[-1]
        stands_in = self._start(line) > self._start(above) + INDENT_EM * line.size
        closed = self._ends_early(above) or _SENTENCE_END.search(above.text) or _LEADERS.search(above.text)
        return not (stands_in or closed or all(_all(one, "bold") for one in current))

    def _counts_inside(self, current: Sequence[Line], line: Line) -> bool:
        """Does a sentence count its parts, one of which happens to begin a line: "namely: (a) …; (b) …"?

        So does one with an open bracket, which the figure at the line's start closes: "(pillars 3, 5 and 7) …".
        """
        above = current[-1]
        if self._ends_early(above) or _mark(current[0]) is not None:
            return False
        if _CLOSES.match(line.text) and _is_open(current):
            return True
        if not _LETTERED.match(line.text) or _STOP.search(above.text):
            return False
        outdented = self._start(line) < self._start(current[0]) - INDENT_EM * line.size
        return outdented or (_counts(current) and not _SENTENCE_END.search(above.text))

    def _start(self, line: Line) -> float:
        """Distance from the start margin, in points."""
        if line.direction is Direction.rtl:
            return self._box.x1 - line.box.x1
        return line.box.x0 - self._box.x0

    def _ends_early(self, line: Line) -> bool:
        end = line.box.x0 - self._box.x0 if line.direction is Direction.rtl else self._box.x1 - line.box.x1
        return end > (1 - SHORT_LINE) * self._box.width

    def _is_centred(self, line: Line) -> bool:
        """Centred on the page, and short of both margins."""
        left, right = line.box.x0 - self._box.x0, self._box.x1 - line.box.x1
        middle = (line.box.x0 + line.box.x1) / 2
        return abs(middle - self._sheet.width_pt / 2) < CENTRE_PT and min(left, right) > 3 * CENTRE_PT

    def draft(self, lines: list[Line], size: float) -> Draft:
        """The block of these lines."""
        first = lines[0]
        text = " ".join(line.text for line in lines)
        number = _mark(first)
        draft = Draft(BlockKind.paragraph, first.page, lines, number=number)
        draft.centred = all(self._is_centred(line) for line in lines)
        draft.indent = round(self._start(first), 1)
        if _is_heading(lines, text, size):
            draft.kind = BlockKind.heading
            draft.level = _level(first.size, size)
        elif draft.centred and _CENTRED_HEADING.match(text) and not _SENTENCE_END.search(text):
            draft.kind = BlockKind.heading
            draft.level = 2 if text.isupper() else 3
        elif _BULLET.match(text) or (number and not number.replace(".", "").isdigit()):
            draft.kind = BlockKind.list_item
        return draft


def _counts(lines: Sequence[Line]) -> bool:
    """True where a letter in brackets stands in the middle of a line: "to (a) report and (b) advise"."""
    return any(_INSIDE.search(line.text) for line in lines)


def _is_open(lines: Sequence[Line]) -> bool:
    """True where a bracket has been opened and not closed."""
    return sum(line.text.count("(") - line.text.count(")") for line in lines) > 0


def _mark(line: Line) -> str | None:
    match = _NUMBER.match(line.text)
    if match:
        return match[1].strip()
    bullet = _BULLET.match(line.text)
    return bullet[0].strip() if bullet else None


def _weight(line: Line) -> tuple[bool, bool]:
    return _all(line, "bold"), False


def _all(line: Line, flag: str) -> bool:
    flagged = [line.text[s.start : s.end] for s in line.styles if getattr(s, flag)]
    if not flagged:
        return False
    letters = sum(map(str.isalnum, line.text))
    styled = sum(sum(map(str.isalnum, part)) for part in flagged)
    return letters > 0 and styled >= 0.9 * letters


def _runs_on(above: Line, line: Line) -> bool:
    """Bold words at the end of a line may run on into the next inside a paragraph."""
    ends = any(s.bold and s.end == len(above.text) for s in above.styles)
    begins = any(s.bold and s.start == 0 for s in line.styles)
    return (ends and begins and not _all(above, "bold")) or (ends and begins and not _all(line, "bold"))


def _is_heading(lines: Sequence[Line], text: str, size: float) -> bool:
    if len(text) > HEADING_LENGTH or not any(c.isalpha() for c in text):
        return False
    if lines[0].size >= (LARGE if lines[0].confidence is None else ROUGHLY_LARGE) * size:
        return True
    ended = text.endswith(";") or (text.endswith(".") and len(text) > BOLD_SENTENCE)
    return not ended and lines[0].size >= 0.95 * size and all(_all(line, "bold") for line in lines)


def _level(line_size: float, size: float) -> int:
    ratio = line_size / size
    return 1 if ratio >= 1.35 else 2 if ratio >= 1.1 else 3


def text_block(draft: Draft, block_id: str, hyphens: Hyphens | None = None) -> TextBlock:
    """The block with its lines joined, styles and line starts moved along."""
    text, styles, starts = joined(draft.lines, hyphens)
    confidences = [(line.confidence, len(line.text)) for line in draft.lines if line.confidence is not None]
    weight = sum(n for _, n in confidences)
    return TextBlock(
        id=block_id,
        page=draft.page,
        box=_box_on(draft.lines, draft.page),
        kind=draft.kind,
        text=text,
        direction=_direction(draft.lines),
        furniture=draft.furniture,
        level=draft.level,
        number=draft.number,
        confidence=sum(c * n for c, n in confidences) / weight if weight else None,
        styles=styles,
        lines=starts,
        centred=draft.centred,
        indent=draft.indent,
    )


def _box_on(lines: Sequence[Line], page: int) -> Box:
    return box_of([line for line in lines if line.page == page])


def _direction(lines: Sequence[Line]) -> Direction:
    balance = sum(len(x.text) if x.direction is Direction.rtl else -len(x.text) for x in lines)
    return Direction.rtl if balance > 0 else Direction.ltr
