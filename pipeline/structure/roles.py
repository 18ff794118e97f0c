"""Better kinds for blocks: mastheads, signatures, captions and notes here; addresses, quotations and headings each in a
room of their own."""

from collections.abc import Sequence

from pipeline.structure.addressees import find_addresses
from pipeline.structure.announced import is_closing
from pipeline.structure.draft import PartDraft
from pipeline.structure.headings import Text, is_ended, is_prose
from pipeline.structure.levels import find_headings
from pipeline.structure.quotations import find_quotations
from pipeline.structure.vocabulary import begins_with, words_of
from schemas.layout import BlockKind, TextBlock
from schemas.structure import Role

_LONGEST_NAME = 100
"""Characters of the longest line that names a signatory."""
_MASTHEAD_BLOCKS = 40
"""A masthead has fewer blocks than this, its agenda titles included."""
_SIGNATURE_BLOCKS = 5
"""Lines after a closing that may still belong to the signature."""


def find_roles(
    text: Text,
    drafts: Sequence[PartDraft],
    notes: frozenset[str],
    captions: frozenset[int],
    places: frozenset[str],
) -> dict[str, Role]:
    """Block id → kind and level, where the structure knows better than geometry; `places` name what figures
    show."""
    roles = _masthead(text, drafts[0])
    roles |= _signatures(text, drafts)
    roles |= find_addresses(text, drafts[0], roles)
    roles |= find_quotations(text, roles)
    roles |= find_headings(text, drafts, captions, places, roles)
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


def _masthead(text: Text, main: PartDraft) -> dict[str, Role]:
    """Of a text file, everything before the title is masthead where a distribution line tells that there is
    one."""
    blocks = [text.blocks[n] for n in main.members[:_MASTHEAD_BLOCKS]]
    if any(block.box is not None for block in blocks):
        return {}
    if not any(begins_with(block.text, "distribution") for block in blocks):
        return {}
    end = next((n for n, block in enumerate(blocks) if begins_with(block.text, "titles")), None)
    if end is None:
        end = next((n for n, block in enumerate(blocks) if is_prose(block)), len(blocks))
    above = [b for b in blocks[:end] if not b.furniture and b.kind is not BlockKind.footnote]
    found = {block.id: Role(BlockKind.masthead) for block in above}
    if end < len(blocks) and begins_with(blocks[end].text, "titles"):
        found[blocks[end].id] = Role(BlockKind.heading, 1)
    return found


def _signatures(text: Text, drafts: Sequence[PartDraft]) -> dict[str, Role]:
    """Block id → signature: the closing of each part, and the name and office below it."""
    found: dict[str, Role] = {}
    for draft in drafts:
        members = [text.blocks[n] for n in draft.members if not text.blocks[n].furniture]
        for index, block in enumerate(members):
            if not _signs(block):
                continue
            found[block.id] = Role(BlockKind.signature)
            for after in members[index + 1 : index + 1 + _SIGNATURE_BLOCKS]:
                if len(after.text) > _LONGEST_NAME or is_ended(after.text) or after.kind is not BlockKind.paragraph:
                    break
                found[after.id] = Role(BlockKind.signature)
    return found


def _signs(block: TextBlock) -> bool:
    if block.kind is BlockKind.footnote or len(block.text) > 2 * _LONGEST_NAME + 100:
        return False
    head = block.text.lstrip(" *_").casefold()
    return head.startswith(words_of("signed")) or (len(block.text) < 40 and is_closing(block))
