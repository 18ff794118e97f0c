"""Which paragraphs quote another text: those after a colon that are set in, or end in the mark of their source."""

from collections import Counter
from collections.abc import Collection, Sequence

from pipeline.structure.headings import Text
from pipeline.structure.marks import marks_in
from schemas.layout import BlockKind, TextBlock
from schemas.structure import Role

_QUOTATION_BLOCKS = 14
"""Paragraphs that a quotation may run over until the note that names its source."""
_QUOTATION_INSET = 10.0
"""Points that a printed quotation stands inside both margins of the text (24 in New York documents)."""
_QUOTED_LINES = 2
"""Printed lines of a quotation's first paragraph; of one line alone the right margin says nothing."""


def find_quotations(text: Text, taken: Collection[str]) -> dict[str, Role]:
    """Block id → quotation, save for the ids `taken` by other roles.

    Quoted are the paragraphs after "… stated the following:": of a text file up to the mark of the note that names the
    source, of a printed page those that stand inside both margins.
    """
    blocks = [b for b in text.blocks if not b.furniture and not b.continues and b.kind is not BlockKind.footnote]
    margins = _margins(blocks)
    found: dict[str, Role] = {}
    for index, block in enumerate(blocks):
        if not block.text.endswith(":") or block.kind is not BlockKind.paragraph:
            continue
        following = blocks[index + 1 : index + 1 + _QUOTATION_BLOCKS]
        used = {*taken, *found}
        quoted = _quoted(following, used) if block.box is None else _inset(following, margins, used)
        found.update((paragraph.id, Role(BlockKind.quotation)) for paragraph in quoted)
    return found


def _margins(blocks: Sequence[TextBlock]) -> tuple[float, float] | None:
    """Where most text begins and ends across the page, in points; None where no block has a place."""
    starts: Counter[float] = Counter()
    ends: Counter[float] = Counter()
    for block in blocks:
        if block.box is not None and block.kind is BlockKind.paragraph and len(block.lines) > 1:
            starts[round(block.box.x0)] += len(block.text)
            ends[round(block.box.x1)] += len(block.text)
    if not starts:
        return None
    return max(starts, key=lambda x: (starts[x], -x)), max(ends, key=lambda x: (ends[x], x))


def _inset(
    following: Sequence[TextBlock], margins: tuple[float, float] | None, used: Collection[str]
) -> Sequence[TextBlock]:
    """The first of these that stand inside both margins, up to a raised mark that ends one of them."""
    if margins is None or not following or len(following[0].printed_lines()) < _QUOTED_LINES:
        return ()
    if not _reads_as_prose(following[0]):
        return ()
    for count, block in enumerate(following):
        inside = (
            block.box is not None
            and block.box.x0 - margins[0] > _QUOTATION_INSET
            and margins[1] - block.box.x1 > _QUOTATION_INSET
        )
        if not (inside and _may_be_quoted(block, used)) or block.text.endswith(":"):
            return following[:count]
        if _ends_in_mark(block):
            return following[: count + 1]
    return following


def _reads_as_prose(block: TextBlock) -> bool:
    """False for titles, dates and other lists set in: items end in semicolons or begin with capitals and figures."""
    words = block.text.split()
    small = sum(1 for word in words if word[:1].islower())
    items = any(line.endswith(";") for line in block.printed_lines()[:-1])
    return not items and 2 * small > len(words)


def _quoted(following: Sequence[TextBlock], used: Collection[str]) -> Sequence[TextBlock]:
    for count, block in enumerate(following, 1):
        if not _may_be_quoted(block, used):
            return ()
        if _ends_in_mark(block):
            return following[:count]
    return ()


def _may_be_quoted(block: TextBlock, used: Collection[str]) -> bool:
    return block.kind is BlockKind.paragraph and not block.number and not block.bold and block.id not in used


def _ends_in_mark(block: TextBlock) -> bool:
    marks = [mark for mark in marks_in(block) if mark.raised]
    return bool(marks) and marks[-1].end >= len(block.text.rstrip())
