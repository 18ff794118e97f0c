"""The tree of parts: main text, annexes, appendices, enclosures."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from pipeline.structure.announced import announces_attachment, is_closing
from pipeline.structure.headings import Text, has_leaders, is_ended, is_section, is_strong, may_be_heading
from pipeline.structure.labels import Label, read_label
from pipeline.structure.titles import continued_title, joined_title, split_heading, title_after
from pipeline.structure.vocabulary import part_words
from schemas.layout import BlockKind, TextBlock
from schemas.page import PageText
from schemas.structure import Part, PartKind

_RANKS = {PartKind.main: 0, PartKind.annex: 1, PartKind.enclosure: 3, PartKind.appendix: 3}
_NESTED_RANK = 2
"""An annex of something that is itself an annex: a report sent with a letter has annexes of its own."""
_LONGEST_BELONGING = 500
"""Characters of the longest heading of the kind "Annex to the letter dated …"."""
_LONGEST_INLINE = 300
"""Characters of the longest label and title on one line."""
_HEAD_PT = 130.0
"""Running heads end above this place on the page, points; scans stand lower than printed pages."""
_HEAD_LENGTH = 60
"""Characters of the longest line of a running head."""
_REPEATED_TITLE = 30
"""A heading of this length that has the annex title's style is a second heading of the same rank, not a
place name."""


@dataclass
class PartDraft:
    """A part as it is found; positions are indexes into the blocks."""

    kind: PartKind
    start: int
    """Position of the label."""
    rank: int = 0
    label: str | None = None
    number: int | None = None
    title: str | None = None
    title_at: int | None = None
    belongs: bool = False
    parent: "PartDraft | None" = None
    id: str = "main"
    begin: int = 0
    """Position of its first block: the label, or a heading "Annexes" above it."""
    members: list[int] = field(default_factory=list)


def find_parts(text: Text, pages: Sequence[PageText] = ()) -> list[PartDraft]:
    """All parts in reading order, the main part first, with the positions of their blocks."""
    drafts = [PartDraft(PartKind.main, 0)]
    for position in range(len(text.blocks)):
        label = _heading_label(text, position)
        if label is not None and not _repeats(drafts[-1], label, text, position):
            drafts.append(_draft(text, position, label))
    drafts = _without_empty_doubles(drafts, text)
    if len(drafts) == 1:
        drafts += _unlabelled(text) or _bound_behind(text, pages)
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


def _heading_label(text: Text, position: int) -> Label | None:
    """The label of a part that begins at `position`, None where the block only mentions one."""
    block = text.blocks[position]
    if position in text.contents or not may_be_heading(block) or has_leaders(block.text):
        return None
    label = read_label(block) or _label_inside(text, position)
    if label is None or label.continued or _is_entry(text, position):
        return None
    strong = is_strong(text, position) or position in text.top
    if label.belongs:
        fits = len(block.text) <= _LONGEST_BELONGING and (strong or not is_ended(block.text))
    elif not label.rest:
        fits = True
    elif label.rest[0] in ":.–—-" or _breaks_after(block, label):
        longest = _LONGEST_BELONGING if position in text.top else _LONGEST_INLINE
        fits = len(block.text) <= longest and (strong or not is_ended(block.text))
    else:
        fits = len(block.text) <= _LONGEST_INLINE and _begins_title(label) and is_strong(text, position)
    return label if fits else None


def _label_inside(text: Text, position: int) -> Label | None:
    """A bare label on one of the first lines of a page, where a running head was taken into the same block."""
    block = text.blocks[position]
    if position not in text.top:
        return None
    for line, printed in zip(block.lines[1:4], block.printed_lines()[1:4], strict=False):
        label = read_label(replace(block, text=printed, styles=()))
        if label is not None and not label.rest:
            end = line.offset + len(printed)
            return label._replace(rest=block.text[end:].strip(), end=len(block.text) - len(block.text[end:].lstrip()))
    return None


def _is_entry(text: Text, position: int) -> bool:
    """True for a label that a line of a table of contents follows."""
    for block in text.blocks[position + 1 : position + 4]:
        if not block.furniture and block.text:
            return has_leaders(block.text)
    return False


def _breaks_after(block: TextBlock, label: Label) -> bool:
    return any(line.offset == label.end for line in block.lines)


def _begins_title(label: Label) -> bool:
    return not label.rest[0].islower() and not is_ended(label.rest)


def _draft(text: Text, position: int, label: Label) -> PartDraft:
    block = text.blocks[position]
    _, title = split_heading(block, label)
    at: int | None = position if title else None
    if title is None:
        title, at = title_after(text, position)
    else:
        title = continued_title(text, position, title)
    return PartDraft(
        label.kind,
        position,
        _RANKS[label.kind],
        label.printed,
        label.number,
        title,
        at,
        label.belongs,
        begin=_begin(text, position),
    )


def _begin(text: Text, position: int) -> int:
    """Where the part begins: a heading such as "Annexes" right above the label, or the label itself, belongs to it."""
    above = position - 1
    while above > 0 and (text.blocks[above].furniture or not text.blocks[above].text):
        above -= 1
    block, label = text.blocks[above], text.blocks[position]
    words = block.text.strip(" *:.").casefold()
    plural = words in part_words() and part_words()[words].plural
    same = block.page == label.page and not block.furniture and above >= 0
    begin = above if same and (plural or block.text == label.text) else position
    return _first_on_page(text, begin)


def _first_on_page(text: Text, position: int) -> int:
    """The first block of the page, where only lines of the head stand above the position."""
    page = text.blocks[position].page
    first = position
    while first > 0 and text.blocks[first - 1].page == page:
        first -= 1
    above = [block for block in text.blocks[first:position] if not block.furniture]
    heads = all(b.box is not None and b.box.bottom <= _HEAD_PT and len(b.text) <= _HEAD_LENGTH for b in above)
    return first if above and heads else position


def _repeats(current: PartDraft, label: Label, text: Text, position: int) -> bool:
    """True for the label of the part that is open, printed again at the head of a later page."""
    if label.kind is not current.kind or label.number != current.number or label.belongs:
        return False
    first = text.blocks[current.start]
    again = text.blocks[position]
    if again.page == first.page and again.confidence is not None and label.number is not None:
        return True  # the running head of a scan, which says the same, opened the part
    return again.page > first.page and position in text.top and (label.number is not None or again.text == first.text)


def _without_empty_doubles(drafts: list[PartDraft], text: Text) -> list[PartDraft]:
    """Leave out entries of a list of annexes: labels that come again and have nothing but other labels under
    them."""
    kept = []
    for index, draft in enumerate(drafts):
        end = drafts[index + 1].start if index + 1 < len(drafts) else len(text.blocks)
        again = any(d.kind is draft.kind and d.number == draft.number for d in drafts[index + 1 :])
        if index and again and not _has_body(text, draft, end):
            continue
        kept.append(draft)
    return kept


def _has_body(text: Text, draft: PartDraft, end: int) -> bool:
    start = (draft.title_at if draft.title_at is not None else draft.start) + 1
    own_page = text.blocks[draft.start].page
    if end < len(text.blocks) and text.blocks[end].page > own_page:
        return True
    return any(
        not block.furniture and (block.text or block.kind is BlockKind.figure) for block in text.blocks[start:end]
    )


def _unlabelled(text: Text) -> list[PartDraft]:
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
            begin = _first_on_page(text, position)
            return [PartDraft(PartKind.annex, position, 1, title=title, title_at=position, begin=begin)]
        return []
    return []


def _bound_behind(text: Text, pages: Sequence[PageText]) -> list[PartDraft]:
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
