"""To whom a letter goes: the names and offices of addressees, and the address at the foot of a note verbale."""

from collections.abc import Collection

from pipeline.structure.draft import PartDraft
from pipeline.structure.headings import Text, is_ended, is_prose, is_section
from pipeline.structure.vocabulary import begins_with
from schemas.layout import BlockKind, TextBlock
from schemas.structure import Role

_LONGEST_NAME = 100
"""Characters of the longest line that names an addressee."""
_LONGEST_OFFICE = 260
"""Characters of the longest office of an addressee: mandates of special rapporteurs reach 230."""
_MOST_ADDRESSEES = 4
"""Addressees of a letter; identical letters have two, lists of participants hundreds."""
_ADDRESS_LINES = 2
"""A displaced address has at least this many printed lines, each short."""
_ADDRESS_LINE = 60


def find_addresses(text: Text, main: PartDraft, taken: Collection[str]) -> dict[str, Role]:
    """Block id → address, save for the ids `taken` by other roles.

    These are the name and office of an addressee, and the address at the foot of a note verbale's first page.
    A letter names a few addressees; more such blocks are a list of persons.
    """
    members = [text.blocks[n] for n in main.members if not text.blocks[n].furniture and text.blocks[n].text]
    found: dict[str, Role] = {}
    people = 0
    for index, block in enumerate(members):
        after = members[index + 1] if index + 1 < len(members) else None
        if block.id in taken or block.id in found:
            continue
        if not (block.kind is BlockKind.paragraph or _is_bold_name(block, after)):
            continue
        if _names_somebody(block):
            people += 1
            found[block.id] = Role(BlockKind.address)
            if after is not None and _is_office(after) and after.id not in taken:
                found[after.id] = Role(BlockKind.address)
        elif after and index and _is_displaced(block, members[index - 1], after):
            found[block.id] = Role(BlockKind.address)
    return found if people <= _MOST_ADDRESSEES else {}


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
        and is_prose(before)
        and is_prose(after)
        and len(lines) >= _ADDRESS_LINES
        and all(len(line) <= _ADDRESS_LINE for line in lines)
        and not is_ended(block.text)
        and not is_section(block)
    )
