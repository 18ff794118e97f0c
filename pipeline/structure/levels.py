"""Which blocks are headings in the end, and of which level."""

import re
from collections.abc import Collection, Sequence

from pipeline.structure.draft import PartDraft
from pipeline.structure.headings import Text, has_leaders, is_ended, is_strong, may_be_heading
from schemas.layout import BlockKind, TextBlock
from schemas.structure import Role

_HARDLY_READ = 0.6
"""Confidence of a block below which it holds hardly a word (six of 38 headings on scans; five of them were noise)."""
_BOLD_PROSE_LENGTH = 200
"""Headings that end in a stop are shorter."""
_DATE_LINE = re.compile(r"^(?:[^\W\d_][^\d]{0,40},\s)?\d{1,2}\.?\s[^\W\d_]+(?:/[^\W\d_]+)?\s\d{4}$")
"""A date, with or without a place: "Baku, 12 November 2020"."""
_LEVELS = (
    (re.compile(r"^[IVXLC]{1,6}\s?[.)]"), 2),
    (re.compile(r"^[A-Z]\s?[.)]"), 3),
    (re.compile(r"^\d{1,2}\s?[.)]"), 4),
    (re.compile(r"^(?:\([a-z\d]{1,3}\)|[a-z]\s?\))"), 5),
)


def find_headings(
    text: Text,
    drafts: Sequence[PartDraft],
    captions: frozenset[int],
    places: frozenset[str],
    taken: Collection[str],
) -> dict[str, Role]:
    """Block id → heading with its level, or paragraph for what only looks like one, save for the ids `taken` already.

    Parts and their titles have level 1; `places` are headings that name what figures show.
    """
    starts = {draft.start for draft in drafts[1:]} | {d.title_at for d in drafts if d.title_at is not None}
    found: dict[str, Role] = {}
    for position, block in enumerate(text.blocks):
        if block.id in taken or position in captions:
            continue
        if position not in starts and block.kind is BlockKind.heading and _is_hardly_read(block):
            found[block.id] = Role(BlockKind.paragraph)
        elif not may_be_heading(block):
            continue
        elif position in starts:
            found[block.id] = Role(BlockKind.heading, 1)
        elif block.kind is BlockKind.heading and _is_bold_prose(block):
            found[block.id] = Role(BlockKind.paragraph)
        elif block.kind is BlockKind.heading or block.text in places or _looks_like_heading(text, position):
            found[block.id] = Role(BlockKind.heading, block.level or _level(text, block))
    return found


def _is_hardly_read(block: TextBlock) -> bool:
    """True for what recognition makes of emblems, stamps and signatures: large type, and no words."""
    return block.confidence is not None and block.confidence < _HARDLY_READ


def _is_bold_prose(block: TextBlock) -> bool:
    """True for a recommendation printed in bold: long, and ended like a sentence."""
    return (
        block.box is not None
        and len(block.text) > _BOLD_PROSE_LENGTH
        and block.text.rstrip().endswith((".", ";", "؛", "。"))
    )


def _looks_like_heading(text: Text, position: int) -> bool:
    block = text.blocks[position]
    if block.kind is not BlockKind.paragraph or position in text.contents or has_leaders(block.text):
        return False
    if (is_ended(block.text) and not block.centred) or _DATE_LINE.match(block.text):
        return False
    if text.styled:
        return is_strong(text, position) and len(block.text) <= 300
    return False


def _level(text: Text, block: TextBlock) -> int:
    for pattern, level in _LEVELS:
        if pattern.match(block.text):
            return level
    larger = text.body_size is not None and block.size is not None and block.size > text.body_size + 3
    return 1 if larger else 2
