"""Which blocks look like headings, and of what rank."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.structure.vocabulary import words_of
from schemas.layout import BlockKind, TextBlock

_ENDED = re.compile(r"[.;:,。；：،؛]\W*$")
_SECTION = re.compile(
    r"^(?:[IVXL]{1,6}|[A-Z]|\d{1,3}|[IVXL]{1,6}\.[A-Z\d])\s?[.)]\s*\S|^\((?:\d{1,2}|[a-z]|[ivx]+)\)\s"
)
_DOTS = re.compile(r"(?:\.\s?){4,}|…{2,}|\s_{4,}")
_PAGE_AT_END = re.compile(r"\s\d{1,3}(?:\s*[–-]\s*\d{1,3})?\s*$")
_LONGEST = 600
"""Characters of the longest heading: titles of communications reach 400."""
_LONGEST_CONTENTS = 3000
"""Characters of a whole table of contents on one page."""
_LARGER_PT = 0.75
"""A size this much above the body's is a heading's: UN headings are 12 to 17 points over 10 to 10.5."""
_INSET_PT = 30.0
"""A centred line begins and ends at least this far inside the text area; first lines of paragraphs reach its
right edge."""
_OFF_CENTRE_PT = 8.0
"""Typed and scanned lines stand up to this much off the middle."""
_PROSE_LENGTH = 120
"""A paragraph this long is running text."""
_PAGE_NUMBER = re.compile(r"^(?:page|página|стр\.?|صفحة)?\s?[-–]?\s?\d{1,4}\s?[-–]?$", re.IGNORECASE)
_PROSE = (BlockKind.paragraph, BlockKind.heading, BlockKind.caption, BlockKind.masthead, BlockKind.address)
_PROSE_KINDS = (BlockKind.paragraph, BlockKind.list_item, BlockKind.quotation)


class Text(NamedTuple):
    """The blocks with what holds of the document as a whole."""

    blocks: Sequence[TextBlock]
    body_size: float | None
    """Font size of most of the text, points; None for plain text and scans."""
    styled: bool
    """False where no block is bold or of another size: then style tells nothing."""
    contents: frozenset[int]
    """Positions of blocks that belong to a table of contents."""
    top: frozenset[int]
    """Positions of blocks that come first on their page, furniture left out."""
    margins: tuple[float, float] | None = None
    """Left and right edge of running text, points; None where there are no boxes."""


def text_of(blocks: Sequence[TextBlock]) -> Text:
    """The blocks with their body size, contents and page tops."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        if block.size is not None and block.kind in _PROSE_KINDS and not block.furniture:
            sizes[block.size] += len(block.text)
    body = max(sizes, key=lambda size: (sizes[size], -size)) if sizes else None
    styled = any(block.bold or block.level for block in blocks if block.kind is not BlockKind.masthead)
    return Text(blocks, body, styled, _contents(blocks), _tops(blocks), _margins(blocks))


def is_strong(text: Text, position: int) -> bool:
    """True for a block that its style marks as a heading: bold, larger, centred, or so told by its source."""
    block = text.blocks[position]
    if block.kind is BlockKind.heading or block.bold:
        return True
    if text.body_size is not None and block.size is not None and block.size >= text.body_size + _LARGER_PT:
        return True
    return is_centred(text, position) and len(block.text) < _LONGEST / 2 and not is_ended(block.text)


def is_centred(text: Text, position: int) -> bool:
    """True for a block whose lines stand in the middle of the text area, well away from both edges."""
    block = text.blocks[position]
    if block.centred or text.margins is None or block.box is None:
        return block.centred
    left, right = block.box.x0 - text.margins[0], text.margins[1] - block.box.x1
    return min(left, right) >= _INSET_PT and abs(left - right) <= _OFF_CENTRE_PT


def may_be_heading(block: TextBlock) -> bool:
    """True for a block of words that is neither furniture nor note, table or list."""
    return (
        block.kind in _PROSE
        and not block.furniture
        and not block.continues
        and 0 < len(block.text) <= _LONGEST
        and any(map(str.isalpha, block.text))
    )


def is_section(block: TextBlock) -> bool:
    """True for a heading with a number of its own: "I. Introduction", "A. Scope"."""
    return bool(_SECTION.match(block.text)) or block.number is not None


def is_ended(text: str) -> bool:
    """True where the text ends as a sentence or clause does."""
    return bool(_ENDED.search(text))


def is_prose(block: TextBlock) -> bool:
    """True for running text: long, ended like a sentence, not bold."""
    return len(block.text) >= _PROSE_LENGTH and is_ended(block.text) and not block.bold


def has_leaders(text: str) -> bool:
    """True for an entry of a table of contents that runs in dots to its page number."""
    if len(text) > _LONGEST_CONTENTS:
        return False
    dots = text.count(".") >= 4 and "...." in "".join(text.split())
    return (dots or "……" in text or "____" in text) and bool(_DOTS.search(text))


def _contents(blocks: Sequence[TextBlock]) -> frozenset[int]:
    found: set[int] = set()
    heading_page: int | None = None
    for position, block in enumerate(blocks):
        if block.furniture:
            continue
        if _is_contents_heading(block):
            heading_page = block.page
            found.add(position)
            continue
        if has_leaders(block.text):
            found.add(position)
        elif heading_page is not None and block.page - heading_page <= 3 and len(block.text) < _LONGEST:
            if block.page == heading_page or _PAGE_AT_END.search(block.text):
                found.add(position)
        elif len(block.text) >= _LONGEST / 2:
            heading_page = None
    return frozenset(found)


def _is_contents_heading(block: TextBlock) -> bool:
    words = block.text.strip(" *:.").casefold()
    first = words.split("  ")[0].removesuffix(" page").removesuffix(" paragraphs").strip()
    return first in words_of("contents") and len(block.text) < 60


def _tops(blocks: Sequence[TextBlock]) -> frozenset[int]:
    found: dict[int, int] = {}
    for position, block in enumerate(blocks):
        if block.furniture or block.continues or block.kind is BlockKind.figure:
            continue
        if not _PAGE_NUMBER.match(block.text):
            found.setdefault(block.page, position)
    return frozenset(found.values())


def _margins(blocks: Sequence[TextBlock]) -> tuple[float, float] | None:
    """The edges that most long paragraphs share."""
    boxes = [b.box for b in blocks if b.box and b.kind in _PROSE_KINDS and len(b.text) >= _LONGEST / 3]
    if not boxes:
        return None
    left = sorted(box.x0 for box in boxes)
    right = sorted(box.x1 for box in boxes)
    return left[len(left) // 2], right[len(right) // 2]
