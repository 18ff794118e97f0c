"""Better kinds for blocks: headings with levels, captions, addresses, signatures, quotations, mastheads,
notes."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.structure.announced import is_closing
from pipeline.structure.draft import PartDraft
from pipeline.structure.headings import Text, has_leaders, is_ended, is_section, is_strong, may_be_heading
from pipeline.structure.marks import marks_in
from pipeline.structure.vocabulary import begins_with, words_of
from schemas.layout import BlockKind, TextBlock
from schemas.structure import Role

_LONGEST_NAME = 100
"""Characters of the longest line that names an addressee or a signatory."""
_LONGEST_OFFICE = 260
"""Characters of the longest office of an addressee: mandates of special rapporteurs reach 230."""
_MASTHEAD_BLOCKS = 40
"""A masthead has fewer blocks than this, its agenda titles included."""
_SIGNATURE_BLOCKS = 5
"""Lines after a closing that may still belong to the signature."""
_QUOTATION_BLOCKS = 14
"""Paragraphs that a quotation may run over until the note that names its source."""
_MOST_ADDRESSEES = 4
"""Addressees of a letter; identical letters have two, lists of participants hundreds."""
_QUOTATION_INSET = 10.0
"""Points that a printed quotation stands inside both margins of the text (24 in New York documents)."""
_QUOTED_LINES = 2
"""Printed lines of a quotation's first paragraph; of one line alone the right margin says nothing."""
_HARDLY_READ = 0.6
"""Confidence of a block below which it holds hardly a word (six of 38 headings on scans; five of them were noise)."""
_BOLD_PROSE_LENGTH = 200
"""Headings that end in a stop are shorter."""
_PROSE_LENGTH = 120
"""A paragraph this long is running text."""
_ADDRESS_LINES = 2
"""A displaced address has at least this many printed lines, each short."""
_ADDRESS_LINE = 60
_DATE_LINE = re.compile(r"^(?:[^\W\d_][^\d]{0,40},\s)?\d{1,2}\.?\s[^\W\d_]+(?:/[^\W\d_]+)?\s\d{4}$")
"""A date, with or without a place: "Baku, 12 November 2020"."""
_LEVELS = (
    (re.compile(r"^[IVXLC]{1,6}\s?[.)]"), 2),
    (re.compile(r"^[A-Z]\s?[.)]"), 3),
    (re.compile(r"^\d{1,2}\s?[.)]"), 4),
    (re.compile(r"^(?:\([a-z\d]{1,3}\)|[a-z]\s?\))"), 5),
)


def find_roles(
    text: Text,
    drafts: Sequence[PartDraft],
    notes: frozenset[str],
    captions: frozenset[int],
    places: frozenset[str],
) -> dict[str, Role]:
    """Block id → kind and level, where the structure knows better than geometry; `places` name what figures
    show."""
    roles: dict[str, Role] = {}
    _masthead(text, drafts[0], roles)
    _signatures(text, drafts, roles)
    _addresses(text, drafts[0], roles)
    _quotations(text, roles)
    _headings(text, drafts, captions, places, roles)
    for position in captions:
        roles[text.blocks[position].id] = Role(BlockKind.caption)
    for block in text.blocks:
        if block.id in notes and block.kind is not BlockKind.footnote:
            roles[block.id] = Role(BlockKind.footnote)
    return {
        block.id: roles[block.id]
        for block in text.blocks
        if block.id in roles and (roles[block.id].kind, roles[block.id].level) != (block.kind, block.level)
    }


def _masthead(text: Text, main: PartDraft, roles: dict[str, Role]) -> None:
    """Of a text file, everything before the title is masthead where a distribution line tells that there is
    one."""
    blocks = [text.blocks[n] for n in main.members[:_MASTHEAD_BLOCKS]]
    if any(block.box is not None for block in blocks):
        return
    if not any(begins_with(block.text, "distribution") for block in blocks):
        return
    end = next((n for n, block in enumerate(blocks) if begins_with(block.text, "titles")), None)
    if end is None:
        end = next((n for n, block in enumerate(blocks) if _is_prose(block)), len(blocks))
    for block in blocks[:end]:
        if not block.furniture and block.kind is not BlockKind.footnote:
            roles[block.id] = Role(BlockKind.masthead)
    if end < len(blocks) and begins_with(blocks[end].text, "titles"):
        roles[blocks[end].id] = Role(BlockKind.heading, 1)


def _is_prose(block: TextBlock) -> bool:
    return len(block.text) >= _PROSE_LENGTH and is_ended(block.text) and not block.bold


def _signatures(text: Text, drafts: Sequence[PartDraft], roles: dict[str, Role]) -> None:
    for draft in drafts:
        members = [text.blocks[n] for n in draft.members if not text.blocks[n].furniture]
        for index, block in enumerate(members):
            if not _signs(block):
                continue
            roles[block.id] = Role(BlockKind.signature)
            for after in members[index + 1 : index + 1 + _SIGNATURE_BLOCKS]:
                if len(after.text) > _LONGEST_NAME or is_ended(after.text) or after.kind is not BlockKind.paragraph:
                    break
                roles[after.id] = Role(BlockKind.signature)


def _signs(block: TextBlock) -> bool:
    if block.kind is BlockKind.footnote or len(block.text) > 2 * _LONGEST_NAME + 100:
        return False
    head = block.text.lstrip(" *_").casefold()
    return head.startswith(words_of("signed")) or (len(block.text) < 40 and is_closing(block))


def _addresses(text: Text, main: PartDraft, roles: dict[str, Role]) -> None:
    """The name and office of an addressee, and the address at the foot of a note verbale's first page.

    A letter names a few addressees; more such blocks are a list of persons.
    """
    members = [text.blocks[n] for n in main.members if not text.blocks[n].furniture and text.blocks[n].text]
    found: dict[str, Role] = {}
    people = 0
    for index, block in enumerate(members):
        after = members[index + 1] if index + 1 < len(members) else None
        if block.id in roles or block.id in found:
            continue
        if not (block.kind is BlockKind.paragraph or _is_bold_name(block, after)):
            continue
        if _names_somebody(block):
            people += 1
            found[block.id] = Role(BlockKind.address)
            if after is not None and _is_office(after) and after.id not in roles:
                found[after.id] = Role(BlockKind.address)
        elif after and index and _is_displaced(block, members[index - 1], after):
            found[block.id] = Role(BlockKind.address)
    if people <= _MOST_ADDRESSEES:
        roles.update(found)


def _is_bold_name(block: TextBlock, after: TextBlock | None) -> bool:
    """True for an addressee in bold type, taken for a heading, with the office right below."""
    below = after is not None and after.page == block.page and _is_office(after)
    return block.kind is BlockKind.heading and below and _names_somebody(block)


def _names_somebody(block: TextBlock) -> bool:
    short = len(block.text) <= _LONGEST_NAME or (len(block.lines) > 1 and len(block.text) <= _LONGEST_OFFICE)
    return short and begins_with(block.text, "honorifics") and not is_ended(block.text)


def _is_office(block: TextBlock) -> bool:
    return (
        block.kind is BlockKind.paragraph
        and len(block.text) <= _LONGEST_OFFICE
        and not is_ended(block.text)
        and not block.bold
    )


def _is_displaced(block: TextBlock, before: TextBlock, after: TextBlock) -> bool:
    """True for short lines amid prose that a page break parts; text files do not always tell their pages."""
    lines = block.printed_lines()
    return (
        (block.box is None or after.page > block.page)
        and _is_prose(before)
        and _is_prose(after)
        and len(lines) >= _ADDRESS_LINES
        and all(len(line) <= _ADDRESS_LINE for line in lines)
        and not is_ended(block.text)
        and not is_section(block)
    )


def _quotations(text: Text, roles: dict[str, Role]) -> None:
    """The paragraphs after "… stated the following:": of a text file up to the mark of the note that names the
    source, of a printed page those that stand inside both margins."""
    blocks = [b for b in text.blocks if not b.furniture and not b.continues and b.kind is not BlockKind.footnote]
    margins = _margins(blocks)
    for index, block in enumerate(blocks):
        if not block.text.endswith(":") or block.kind is not BlockKind.paragraph:
            continue
        following = blocks[index + 1 : index + 1 + _QUOTATION_BLOCKS]
        quoted = _quoted(following, roles) if block.box is None else _inset(following, margins, roles)
        for paragraph in quoted:
            roles[paragraph.id] = Role(BlockKind.quotation)


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
    following: Sequence[TextBlock], margins: tuple[float, float] | None, roles: Mapping[str, Role]
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
        plain = block.kind is BlockKind.paragraph and not block.number and not block.bold and block.id not in roles
        if not (inside and plain) or block.text.endswith(":"):
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


def _quoted(following: Sequence[TextBlock], roles: Mapping[str, Role]) -> Sequence[TextBlock]:
    for count, block in enumerate(following, 1):
        if block.kind is not BlockKind.paragraph or block.number or block.id in roles or block.bold:
            return ()
        if _ends_in_mark(block):
            return following[:count]
    return ()


def _ends_in_mark(block: TextBlock) -> bool:
    marks = [mark for mark in marks_in(block) if mark.raised]
    return bool(marks) and marks[-1].end >= len(block.text.rstrip())


def _headings(
    text: Text,
    drafts: Sequence[PartDraft],
    captions: frozenset[int],
    places: frozenset[str],
    roles: dict[str, Role],
) -> None:
    starts = {draft.start for draft in drafts[1:]} | {d.title_at for d in drafts if d.title_at is not None}
    for position, block in enumerate(text.blocks):
        if block.id in roles or position in captions:
            continue
        if position not in starts and block.kind is BlockKind.heading and _is_hardly_read(block):
            roles[block.id] = Role(BlockKind.paragraph)
        if block.id in roles or not may_be_heading(block):
            continue
        if position in starts:
            roles[block.id] = Role(BlockKind.heading, 1)
        elif block.kind is BlockKind.heading and _is_bold_prose(block):
            roles[block.id] = Role(BlockKind.paragraph)
        elif block.kind is BlockKind.heading or block.text in places or _looks_like_heading(text, position):
            roles[block.id] = Role(BlockKind.heading, block.level or _level(text, block))


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
