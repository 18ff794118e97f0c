"""parts: the tree of parts, from the main text to annexes, appendices and enclosures."""

from collections.abc import Sequence
from itertools import takewhile

from pipeline.structure.draft import PartDraft
from pipeline.structure.headings import Text
from pipeline.structure.openings import labelled_parts
from pipeline.structure.unlabelled import announced_part, bound_behind
from schemas.layout import BlockKind, TextBlock
from schemas.page import PageText
from schemas.structure import Part, PartKind

_NESTED_RANK = 2
"""An annex of something that is itself an annex: a report sent with a letter has annexes of its own."""
_LONGEST_INLINE = 300
"""Characters of the longest label and title on one line."""
_REPEATED_TITLE = 30
"""A heading of this length that has the annex title's style is a second heading of the same rank, not a
place name."""


def find_parts(text: Text, pages: Sequence[PageText] = ()) -> list[PartDraft]:
    """All parts in reading order, the main part first, with the positions of their blocks."""
    found = labelled_parts(text) or announced_part(text) or bound_behind(text, pages)
    drafts = [PartDraft(PartKind.main, 0), *found]
    _nest(drafts)
    _name(drafts)
    _fill(drafts, text)
    for draft in drafts:
        _drop_shared_title(draft, text)
    return drafts


def parts_from(drafts: Sequence[PartDraft], blocks: Sequence[TextBlock], page_count: int) -> tuple[Part, ...]:
    """The drafts as parts with ids, parents, pages and block ids."""
    pages = _page_spans(drafts, blocks, page_count)
    return tuple(
        Part(
            id=draft.id,
            kind=draft.kind,
            parent=draft.parent.id if draft.parent else None,
            label=draft.label,
            number=draft.number,
            title=draft.title,
            first_page=first,
            last_page=last,
            blocks=tuple(blocks[position].id for position in draft.members),
        )
        for draft, (first, last) in zip(drafts, pages, strict=True)
    )


def _nest(drafts: list[PartDraft]) -> None:
    stack = [drafts[0]]
    for draft in drafts[1:]:
        if draft.kind is PartKind.annex and not draft.belongs and any(open_.belongs for open_ in stack[1:]):
            draft.rank = _NESTED_RANK
        while stack[-1].rank >= draft.rank:
            stack.pop()
        draft.parent = stack[-1]
        stack.append(draft)


def _name(drafts: list[PartDraft]) -> None:
    taken: set[str] = set()
    for draft in drafts:
        if draft.parent is None:
            continue
        stem = draft.kind.value if draft.parent.parent is None else f"{draft.parent.id}-{draft.kind.value}"
        number = draft.number or 1
        while f"{stem}-{number}" in taken:
            number += 1
        draft.id = f"{stem}-{number}"
        taken.add(draft.id)


def _fill(drafts: list[PartDraft], text: Text) -> None:
    """Give every block to a part; running heads above a heading at the top of a page go with it."""
    starts = {draft.begin: draft for draft in drafts[1:]}
    opening = {
        text.blocks[position].page: draft
        for position, draft in starts.items()
        if _opens_page(text, position) and not _figure_before(text, position)
    }
    current = drafts[0]
    passed: set[int] = set()
    for position, block in enumerate(text.blocks):
        if position in starts:
            current = starts[position]
            passed.add(block.page)
        ahead = opening.get(block.page)
        if block.furniture and ahead is not None and block.page not in passed:
            ahead.members.append(position)
        else:
            current.members.append(position)


def _opens_page(text: Text, position: int) -> bool:
    """True where no text of the page stands before the position."""
    page = text.blocks[position].page
    before = reversed(text.blocks[:position])
    return not any(not b.furniture and b.text for b in takewhile(lambda block: block.page == page, before))


def _figure_before(text: Text, position: int) -> bool:
    page = text.blocks[position].page
    return any(
        block.kind is BlockKind.figure and not block.furniture and block.page == page
        for block in text.blocks[max(0, position - 20) : position]
    )


def _page_spans(drafts: Sequence[PartDraft], blocks: Sequence[TextBlock], page_count: int) -> list[tuple[int, int]]:
    spans = []
    for index, draft in enumerate(drafts):
        first = blocks[draft.start].page if index else 1
        own = [blocks[n].page for n in draft.members]
        last = max(own, default=first)
        if index + 1 < len(drafts):
            begins = blocks[drafts[index + 1].begin].page
            last = max(last, begins - 1)
        else:
            last = max(last, page_count)
        spans.append((first, max(first, last)))
    return spans


def _drop_shared_title(draft: PartDraft, text: Text) -> None:
    """No title where several headings of the same style follow one another, each over pictures of its own."""
    if draft.title_at is None or draft.title_at == draft.start:
        return
    title = text.blocks[draft.title_at]
    after = [n for n in draft.members if n > (draft.title_at or 0) and not text.blocks[n].furniture]
    others = [n for n in after if text.blocks[n].kind is not BlockKind.figure]
    same = [n for n in others if _same_rank(text.blocks[n], title)]
    prose = any(len(text.blocks[n].text) > _LONGEST_INLINE for n in others)
    if same and not prose and others and others[0] == same[0] and text.blocks[same[0]].page > title.page:
        draft.title = None


def _same_rank(block: TextBlock, title: TextBlock) -> bool:
    return (
        len(block.text) >= _REPEATED_TITLE
        and block.bold == title.bold
        and block.size == title.size
        and block.centred == title.centred
        and block.text.split()[:2] == title.text.split()[:2]
    )
