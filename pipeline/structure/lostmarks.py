"""Notes at the foot of recognised columns whose small figures recognition lost or misread, numbered by their order.

Print sets notes in smaller lines than the text; their raised figures come out as quotation marks, stars or not at all.
The order gives the numbers, and figures that survived, in the text or before a note, must confirm them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from pipeline.structure.marks import spaced_digits
from schemas.geometry import Box
from schemas.layout import BlockKind, TextBlock

_SMALLER = (
    0.9  # of the text's distance between lines; notes have 0.8, text varies by 5 % (measured on recognised print)
)
_INDENT_PT = 4.0  # by which the first line of a note stands in; crooked columns waver by 2
_CONFIRMED = 2  # figures that must agree; one may be chance
_CONFIRMED_SHARE = 1 / 3
_HALF = 0.55  # of the page's width: a narrower block belongs to one of two columns
_SCRAP = re.compile(r"(?P<sign>[^\w\s^\\/($]{1,2}|(?P<digits>\d{1,2})(?=\s))\s*")
_PROSE = (BlockKind.paragraph, BlockKind.footnote, BlockKind.list_item, BlockKind.quotation, BlockKind.heading)


class LostMark(NamedTuple):
    """What a block of the zone of notes is: the note that begins in it, or None where it goes on with the one above."""

    number: int | None
    end: int
    """Where the note's text begins in the block."""


@dataclass(frozen=True, slots=True)
class _Zone:
    """The blocks at the foot of one column."""

    positions: tuple[int, ...]
    left: float


def lost_marks(blocks: Sequence[TextBlock], part_of: Mapping[str, str]) -> dict[int, LostMark]:
    """Index of each block of a confirmed zone → what it is. Empty for documents that were not recognised."""
    pages: dict[int, list[int]] = {}
    for position, block in enumerate(blocks):
        if block.confidence is not None and block.box and block.lines and not block.furniture and block.kind in _PROSE:
            pages.setdefault(block.page, []).append(position)
    found: dict[int, LostMark] = {}
    last: dict[str, int] = {}
    for positions in pages.values():
        zones = _zones(blocks, positions)
        starts = [p for zone in zones for p in zone.positions if _begins(blocks[p], zone.left)]
        part = part_of[blocks[positions[0]].id]
        first = _first_number(blocks, positions, zones, starts, last.get(part, 0))
        if first is None:
            continue
        numbers = {position: first + n for n, position in enumerate(starts)}
        last[part] = first + len(starts) - 1
        for zone in zones:
            for position in zone.positions:
                number = numbers.get(position)
                found[position] = LostMark(number, _scrap(blocks[position])[1] if number else 0)
    return found


def _zones(blocks: Sequence[TextBlock], positions: Sequence[int]) -> list[_Zone]:
    """The runs of small-lined blocks at the foot of each column, the left column first."""
    pitches = [pitch for p in positions if (pitch := _pitch(blocks[p])) is not None]
    if len(pitches) < 2:
        return []
    body = median(pitches)
    right = max(_box(blocks[p]).x1 for p in positions)
    columns: dict[int, list[int]] = {}
    for p in positions:
        box = _box(blocks[p])
        columns.setdefault(int(box.width < _HALF * right and box.x0 > right / 2), []).append(p)
    return [zone for _, column in sorted(columns.items()) if (zone := _zone(blocks, column, body))]


def _zone(blocks: Sequence[TextBlock], column: Sequence[int], body: float) -> _Zone | None:
    members: list[int] = []
    for position in sorted(column, key=lambda p: -_box(blocks[p]).top):
        pitch = _pitch(blocks[position])
        small = pitch is not None and pitch <= _SMALLER * body
        lone = pitch is None and _box(blocks[position]).height <= body
        if not (small or lone):
            break
        members.insert(0, position)
    while members and _pitch(blocks[members[0]]) is None and not _scrap(blocks[members[0]])[0]:
        members.pop(0)  # a short line above the notes is the end of the text
    if not any(_pitch(blocks[p]) is not None for p in members):
        return None
    return _Zone(tuple(members), min(line.box.x0 for p in members for line in blocks[p].lines if line.box))


def _pitch(block: TextBlock) -> float | None:
    """Distance between the lines of a block of several, points; None for one line."""
    tops = [line.box.top for line in block.lines if line.box]
    return (tops[-1] - tops[0]) / (len(tops) - 1) if len(tops) > 1 and tops[-1] > tops[0] else None


def _box(block: TextBlock) -> Box:
    assert block.box is not None
    return block.box


def _begins(block: TextBlock, left: float) -> bool:
    first = block.lines[0].box
    return _scrap(block)[0] or (first is not None and first.x0 - left >= _INDENT_PT)


def _scrap(block: TextBlock) -> tuple[bool, int, int | None]:
    """Whether the block begins with what is left of a mark, where that ends, and its figure where it can be read."""
    match = _SCRAP.match(block.text)
    if match is None:
        return False, 0, None
    return True, match.end(), int(match.group("digits")) if match.group("digits") else None


def _first_number(
    blocks: Sequence[TextBlock], positions: Sequence[int], zones: Sequence[_Zone], starts: Sequence[int], last: int
) -> int | None:
    """The number of the first note on the page, where surviving figures confirm the count; else None."""
    inside = {p for zone in zones for p in zone.positions}
    texts = [blocks[p].text for p in positions if p not in inside]
    best: tuple[int, int] | None = None
    for first in dict.fromkeys((last + 1, 1)):
        confirmed = sum(
            _scrap(blocks[position])[2] == first + n or any(spaced_digits(text, first + n) for text in texts)
            for n, position in enumerate(starts)
        )
        if confirmed >= max(_CONFIRMED, _CONFIRMED_SHARE * len(starts)) and (best is None or confirmed > best[0]):
            best = (confirmed, first)
    return best[1] if best else None
