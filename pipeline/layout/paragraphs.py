"""paragraphs: lines of a region → paragraphs, headings and list items."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.layout.draft import Draft
from pipeline.layout.sheet import Sheet, box_of
from schemas.layout import BlockKind, Direction, Line

GAP = 0.62
"""White space above a line, in sizes, that begins a paragraph where the region's usual white space is less."""
GAP_OVER_USUAL = 0.3
"""The same above the region's usual white space between lines."""
INDENT_EM = 1.0
"""A line that begins this far inside its neighbours begins a paragraph."""
SHORT_LINE = 0.75
"""A line ending before this share of the region's width is a last line, where a sentence ends with it."""
LARGE, ROUGHLY_LARGE = 1.15, 1.3
"""Sizes of the body's from which a line is a heading, in print and where recognition guessed its size."""
HEADING_LENGTH = 250
"""A bold or large paragraph longer than this is text."""
BOLD_SENTENCE = 80
"""A bold text in the body's size that is longer than this is a sentence where it ends in a full stop, and leads to a
list where it ends in a colon; any that ends in a semicolon is a sentence (recommendations of reviews are bold)."""
CENTRE_PT = 8.0
"""Both margins of a centred line agree within this."""
_NUMBER = re.compile(
    r"^(\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5})[.)]|\d{1,3}(?:\.\d{1,3}){1,3}\.?|[\u0660-\u0669\d]{1,3}\s?[-–]|\([\u0621-\u064a]{1,2}\)|[\u0621-\u064a]\s?[-–)]|[一二三四五六七八九十]{1,3}、)\s"
)
_CENTRED_HEADING = re.compile(r"^(?:[IVX]{1,5}|[A-Z]|\d{1,2})\.\s+[^\W\d_].{0,120}$")
"""Typed documents set no bold: their numbered headings stand in the middle, `III.  MANDATE OF THE MISSION`."""
_BULLET = re.compile(r"^[•·●▪◦‣–—-]\s+")
_LETTERED = re.compile(r"^\([a-z]{1,4}\)\s")
_INSIDE = re.compile(r"\w \([a-z]{1,4}\) \w")
_QUANTITY = re.compile(r"^\d{1,3}\.\d{1,3}\s+[^\W\d_A-ZА-Я]")
_CLOSES = re.compile(r"^\w{1,4}\)\s")
_STOP = re.compile(r"[.!?:][\"”’»)\]]*\d{0,3}$")
_LONE_MARK = re.compile(r"\[\d{1,3}\]")
"""A note's mark for which the line above had no room left."""
_LEADERS = re.compile(r"(?:\.\s?){4}")
"""Of a table of contents, whose lines fill the width and end no sentence."""
_SENTENCE_END = re.compile(r"[.!?:;…。！？；：؟؛][\"”’»)\]]*\d{0,3}$")


def paragraphs_of(lines: Sequence[Line], sheet: Sheet, size: float) -> Iterator[Draft]:
    """The blocks of a region of text, top to bottom; `size` is the page's usual one."""
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
        gap = line.box.top - above.box.bottom
        if line.turn != above.turn or gap < -0.8 * above.box.height or gap > self._allowed_gap(above):
            return True  # turned, in the next column or on the next page, or below white space
        if _LONE_MARK.fullmatch(line.text) and not self._ends_early(above):
            return False
        if abs(line.size - above.size) > 0.12 * above.size and not self._is_guessed(above, line):
            return True
        if is_bold(line) != is_bold(above) and not _runs_on(above, line) and not self._goes_on(current, line):
            return True
        listed = self._start(line) <= self._start(above) + 2 or self._ends_early(above) or _LEADERS.search(above.text)
        if _mark(line) and listed:
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
        """Is the line, bold or not, the middle of a sentence that fills the one above? What follows a heading is not,
        unless it begins without a capital: then the first words of a paragraph were set in bold.
        """
        above = current[-1]
        stands_in = self._start(line) > self._start(above) + INDENT_EM * line.size
        closed = self._ends_early(above) or _SENTENCE_END.search(above.text) or _LEADERS.search(above.text)
        return not (stands_in or closed) and (line.text[:1].islower() or not all(map(is_bold, current)))

    def _counts_inside(self, current: Sequence[Line], line: Line) -> bool:
        """Does a sentence count its parts, one of which happens to begin a line: "namely: (a) …; (b) …"?

        So does one with an open bracket, which the figure at the line's start closes: "(pillars 3, 5 and 7) …", and one
        that needs the figure: "approximately 4.87 million tons".
        """
        above = current[-1]
        if self._ends_early(above):
            return False
        if _QUANTITY.match(line.text) and not _SENTENCE_END.search(above.text):
            return True
        if _mark(current[0]) is not None:
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
        else:
            draft.kind = kind_of_text(number)
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


def is_bold(line: Line) -> bool:
    """True where nine tenths of its letters and figures are."""
    bold = [line.text[s.start : s.end] for s in line.styles if s.bold]
    if not bold:
        return False
    letters = sum(map(str.isalnum, line.text))
    return letters > 0 and sum(sum(map(str.isalnum, part)) for part in bold) >= 0.9 * letters


def kind_of_text(number: str | None) -> BlockKind:
    """A list item where the number is a letter or a bullet; numbered paragraphs have figures, with stops or without."""
    return BlockKind.list_item if number and not number.replace(".", "").isdigit() else BlockKind.paragraph


def _runs_on(above: Line, line: Line) -> bool:
    """Bold words at the end of a line may run on into the next inside a paragraph."""
    ends = any(s.bold and s.end == len(above.text) for s in above.styles)
    begins = any(s.bold and s.start == 0 for s in line.styles)
    return ends and begins and not (is_bold(above) and is_bold(line))


def _is_heading(lines: Sequence[Line], text: str, size: float) -> bool:
    if len(text) > HEADING_LENGTH or not any(c.isalpha() for c in text):
        return False
    if lines[0].size >= (LARGE if lines[0].confidence is None else ROUGHLY_LARGE) * size:
        return True
    ended = text.endswith(";") or (text.endswith((".", ":")) and len(text) > BOLD_SENTENCE)
    return not ended and lines[0].size >= 0.95 * size and all(map(is_bold, lines))


def _level(line_size: float, size: float) -> int:
    ratio = line_size / size
    return 1 if ratio >= 1.35 else 2 if ratio >= 1.1 else 3
