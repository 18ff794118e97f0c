"""unlabelled: attachments that no label opens."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.structure.announced import announces_attachment, is_closing
from pipeline.structure.draft import PartDraft
from pipeline.structure.headings import Text, is_section, is_strong, may_be_heading
from pipeline.structure.openings import first_on_page
from pipeline.structure.titles import joined_title
from schemas.layout import BlockKind
from schemas.page import PageText
from schemas.structure import PartKind


def announced_part(text: Text) -> list[PartDraft]:
    """An attachment without a label: a page that opens with a heading after the letter's closing, where one
    is announced."""
    closing = next((n for n, b in enumerate(text.blocks) if not b.furniture and is_closing(b)), None)
    if closing is None or not any(announces_attachment(block) for block in text.blocks[: closing + 8]):
        return []
    for position in range(closing + 1, len(text.blocks)):
        block = text.blocks[position]
        if position not in text.top or block.page <= text.blocks[closing].page:
            continue
        if may_be_heading(block) and is_strong(text, position) and not is_section(block):
            title = joined_title(text, position)
            begin = first_on_page(text, position)
            return [PartDraft(PartKind.annex, position, 1, title=title, title_at=position, begin=begin)]
        return []
    return []


def bound_behind(text: Text, pages: Sequence[PageText]) -> list[PartDraft]:
    """Another document bound behind the first: the sheet changes its shape and the printed page numbers begin anew."""
    printed: dict[int, set[str]] = {}
    for block in text.blocks:
        if block.kind is BlockKind.page_number:
            printed.setdefault(block.page, set()).add(block.text.strip())
    for before, page in pairwise(pages):
        anew = "1" in printed.get(page.number, ()) and "2" in printed.get(page.number + 1, ())
        if not anew or _shape(before) == _shape(page):
            continue
        position = next((n for n, b in enumerate(text.blocks) if b.page == page.number and not b.furniture), None)
        if position is not None:
            title = joined_title(text, position) if is_strong(text, position) else None
            at = position if title else None
            return [PartDraft(PartKind.enclosure, position, 1, title=title, title_at=at, begin=position)]
    return []


def _shape(page: PageText) -> bool | None:
    """True for a page wider than high; None where it has no size."""
    return page.width_pt > page.height_pt if page.width_pt and page.height_pt else None
