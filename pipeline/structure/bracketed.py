"""bracketed: endnotes with numbers in square brackets, as collections of laws and word processors print them.

"… keçirilir.[7]" in the text, "[7] 2 may 2023-cü il tarixli …" behind it: a series that counts from one, most of whose
numbers stand in the text before it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.structure.anchors import Place
from pipeline.structure.draft import NoteDraft
from pipeline.structure.marks import page_at
from schemas.layout import BlockKind, TextBlock

LEAST_NOTES = 3
"""Notes that make a series."""
MOST_SKIPPED = 5
"""Numbers that may be missing from it."""
REFERRED_SHARE = 0.5
"""Share of its numbers that stand in the text before it; three Azerbaijani codes have 1.0, lists of sources none."""
_MARK = re.compile(r"\[(\d{1,3})\]")


class _Head(NamedTuple):
    """Where a note may begin."""

    position: int
    offset: int
    number: int
    end: int
    """Offset behind the mark."""
    alone: bool
    """True where nothing stands behind it: the note's text is in the next block."""


class Bracketed(NamedTuple):
    """Notes in reading order with the places that refer to them, and the blocks that hold them."""

    notes: tuple[tuple[NoteDraft, tuple[Place, ...]], ...]
    held: frozenset[int]


def bracketed_notes(blocks: Sequence[TextBlock], part_of: Mapping[str, str]) -> Bracketed:
    """The last such series of the document; nothing where there is none."""
    heads = _series(list(_heads(blocks)))
    if len(heads) < LEAST_NOTES:
        return Bracketed((), frozenset())
    marks = _marks(blocks[: heads[0].position])
    if sum(head.number in marks for head in heads) < REFERRED_SHARE * len(heads):
        return Bracketed((), frozenset())
    notes = []
    held: set[int] = set()
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        positions = _positions(head, following, blocks, part_of)
        held.update(positions)
        notes.append((_note(head, following, positions, blocks), tuple(marks.get(head.number, ()))))
    return Bracketed(tuple(notes), frozenset(held))


def _heads(blocks: Sequence[TextBlock]) -> Iterator[_Head]:
    """Printed lines of the text that begin with a number in square brackets."""
    for position, block in enumerate(blocks):
        if block.furniture or block.kind is BlockKind.table or "[" not in block.text:
            continue
        for offset in sorted({0, *(line.offset for line in block.lines)}):
            found = _MARK.match(block.text, offset)
            if found:
                alone = not block.text[found.end() :].strip()
                yield _Head(position, offset, int(found[1]), found.end(), alone)


def _series(heads: Sequence[_Head]) -> list[_Head]:
    """The heads from the last "[1]" on that count up."""
    ones = [index for index, head in enumerate(heads) if head.number == 1 and head.offset == 0 and not head.alone]
    if not ones:
        return []
    series = [heads[ones[-1]]]
    for head in heads[ones[-1] + 1 :]:
        step = head.number - series[-1].number
        if step == 1 or (1 < step <= MOST_SKIPPED and not head.alone):
            series.append(head)
    return series


def _marks(blocks: Sequence[TextBlock]) -> Mapping[int, Sequence[Place]]:
    """Numbers in square brackets → where they stand in the text."""
    marks: dict[int, list[Place]] = defaultdict(list)
    for position, block in enumerate(blocks):
        if not block.furniture and "[" in block.text:
            for found in _MARK.finditer(block.text):
                marks[int(found[1])].append(Place(position, found.start()))
    return marks


def _positions(
    head: _Head, following: _Head | None, blocks: Sequence[TextBlock], part_of: Mapping[str, str]
) -> list[int]:
    """Blocks of a note: its own, and those before the next note in the same part."""
    part = part_of[blocks[head.position].id]
    between = range(head.position + 1, following.position) if following else ()
    kept = [n for n in between if not blocks[n].furniture and part_of[blocks[n].id] == part]
    return [head.position, *kept]


def _note(head: _Head, following: _Head | None, positions: Sequence[int], blocks: Sequence[TextBlock]) -> NoteDraft:
    block = blocks[head.position]
    end = following.offset if following and following.position == head.position else len(block.text)
    texts = [block.text[head.end : end].strip(), *(blocks[n].text.strip() for n in positions[1:])]
    text = " ".join(filter(None, texts))
    return NoteDraft(head.position, str(head.number), text, page_at(block, head.offset), endnote=True)
