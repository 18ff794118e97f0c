"""lines: recognised words as lines in reading order, and how a line found later takes its place among them.

The engine orders the words of a line by the paragraph's direction, which it often mistakes where scripts meet; here a
line's own letters decide.
"""

import statistics
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.ocr.engine import Word

_SAME_ROW = 0.5
"""Share of the lower one's height that two lines on one row have in common."""
_SAME_COLUMN = 0.3
"""Share of the narrower one's width that two lines of one column have in common."""
_SPECK, _LONG_WORD = 0.3, 3
"""Share of a word's usual width, by its letters, below which its box cannot be its own, and letters from which that can
be told (a narrow word of narrow letters has 0.5)."""
_NEXT_WORD = 1.5
"""Line heights of white up to which a piece on the same row belongs to the line."""
_GUTTER_LINES, _GUTTER_ROWS = 2, 6
"""Lines on either side of such white from which it parts columns, if no line crosses it, and line heights above and
below in which they are looked for."""


class Box(NamedTuple):
    """Pixels of the image that was read."""

    x0: int
    top: int
    x1: int
    bottom: int


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """The words line by line, in reading order."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return [lines[number] for number in sorted(lines)]


def numbered(lines: Sequence[Sequence[Word]]) -> tuple[Word, ...]:
    """The words of the lines, numbered from 0 in the order given."""
    return tuple(replace(word, line=number) for number, line in enumerate(lines) for word in line)


def box_of(words: Sequence[Word]) -> Box:
    """The box around all of them."""
    return Box(
        min(w.x0 for w in words),
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
    )


def is_arabic(text: str) -> bool:
    """Are most of its letters Arabic? False without letters."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum("\u0600" <= c <= "\u06ff" or c >= "\ufb50" for c in letters) * 2 > len(letters)


def in_logical_order(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of each line as they are read; lines that the engine took for the other direction are turned."""
    return numbered([_logical(line) for line in lines_of(words)])


def _logical(line: list[Word]) -> list[Word]:
    """The line as it is where it begins on the right side; else along its letters, foreign phrases turned.

    Places alone would not do for all lines: boxes of Arabic words overlap, and the engine knows their order better.
    """
    sign = -1 if is_arabic("".join(word.text for word in line)) else 1
    rtl = sign < 0
    if len(line) < 2 or sign * (line[0].x0 + line[0].x1) <= sign * (line[-1].x0 + line[-1].x1):
        return line
    ordered = sorted(line, key=lambda w: (sign * (w.x0 + w.x1), w.x0, w.text))
    out: list[Word] = []
    foreign: list[Word] = []
    neutral: list[Word] = []
    for word in ordered:
        if any(c.isalpha() for c in word.text) and is_arabic(word.text) is not rtl:
            foreign = [word, *reversed(neutral), *foreign] if foreign else [word]
            neutral = []
        elif any(c.isalpha() for c in word.text):
            out += foreign + neutral + [word]
            foreign, neutral = [], []
        elif foreign:
            neutral.append(word)
        else:
            out.append(word)
    return out + foreign + neutral


def with_whole_boxes(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words, those whose box is a speck of them given the room between their neighbours.

    The engine at times gives a long Arabic word the box of one dot; its ink would be taken for lost and read again.
    """
    return tuple(word for line in lines_of(words) for word in _whole(line))


def _whole(line: list[Word]) -> list[Word]:
    per_letter = statistics.median((word.x1 - word.x0) / len(word.text) for word in line)
    box = box_of(line)
    out = []
    for word in line:
        usual = per_letter * len(word.text)
        if len(word.text) < _LONG_WORD or word.x1 - word.x0 > _SPECK * usual:
            out.append(word)
            continue
        x0 = max((other.x1 for other in line if other.x1 <= word.x0), default=word.x0)
        x1 = min((other.x0 for other in line if other.x0 >= word.x1), default=word.x1)
        fits = x1 - x0 <= 2 * usual
        out.append(
            replace(word, x0=x0 + 1, x1=x1 - 1, top=box.top, bottom=box.bottom) if fits and x1 - x0 > 2 else word
        )
    return out


def inserted(words: Sequence[Word], found: Sequence[Word]) -> tuple[Word, ...]:
    """All words, each line of `found` put behind what stands above it, or into the line that it is a piece of."""
    lines = lines_of(words)
    for new in lines_of(found):
        _insert(lines, new)
    return numbered(lines)


def _insert(lines: list[list[Word]], new: list[Word]) -> None:
    box = box_of(new)
    boxes = [box_of(line) for line in lines]
    beside = [n for n, other in enumerate(boxes) if _row_share(box, other) >= _SAME_ROW]
    for n in beside:
        white = max(box.x0 - boxes[n].x1, boxes[n].x0 - box.x1)
        if white <= _NEXT_WORD * (boxes[n].bottom - boxes[n].top) and not _parts_columns(box, boxes[n], boxes):
            lines[n] = _joined(lines[n], new)
            return
    column = [n for n, other in enumerate(boxes) if _column_share(box, other) >= _SAME_COLUMN]
    above = [n for n in column if _middle(boxes[n]) <= _middle(box)]
    below = [n for n in column if _middle(boxes[n]) > _middle(box)]
    if above:
        lines.insert(max(above, key=lambda n: (_middle(boxes[n]), n)) + 1, new)
    elif below:
        lines.insert(min(below, key=lambda n: (_middle(boxes[n]), n)), new)
    else:
        after = [n for n, other in enumerate(boxes) if _middle(other) <= _middle(box)]
        lines.insert(after[-1] + 1 if after else 0, new)


def _parts_columns(one: Box, other: Box, boxes: Sequence[Box]) -> bool:
    """Is the white between the two the gutter of a page in columns?"""
    left, right = min(one.x1, other.x1), max(one.x0, other.x0)
    if left >= right:
        return False
    reach = _GUTTER_ROWS * (other.bottom - other.top)
    near = [b for b in boxes if b is not other and b.bottom > other.top - reach and b.top < other.bottom + reach]
    before = sum(1 for b in near if b.x1 <= right)
    behind = sum(1 for b in near if b.x0 >= left)
    return before + behind == len(near) and min(before, behind) >= _GUTTER_LINES


def _joined(line: list[Word], new: list[Word]) -> list[Word]:
    """One line of both, in the direction of most of its letters."""
    sign = -1 if is_arabic("".join(word.text for word in line)) else 1
    place = sign * (box_of(new).x0 + box_of(new).x1)
    before = sum(1 for word in line if sign * (word.x0 + word.x1) < place)
    return line[:before] + new + line[before:]


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _row_share(one: Box, other: Box) -> float:
    lower = min(one.bottom - one.top, other.bottom - other.top)
    return (min(one.bottom, other.bottom) - max(one.top, other.top)) / max(1, lower)


def _column_share(one: Box, other: Box) -> float:
    narrower = min(one.x1 - one.x0, other.x1 - other.x0)
    return (min(one.x1, other.x1) - max(one.x0, other.x0)) / max(1, narrower)
