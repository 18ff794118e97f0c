"""openings: where labelled parts begin ("Annex II", "Appendix to the letter dated …"), told from mentions of them."""

from collections import Counter
from dataclasses import replace

from pipeline.structure.draft import PartDraft
from pipeline.structure.headings import Text, has_leaders, is_ended, is_strong, may_be_heading
from pipeline.structure.labels import Label, read_label
from pipeline.structure.titles import continued_title, split_heading, title_after
from pipeline.structure.vocabulary import part_words
from schemas.layout import BlockKind, TextBlock
from schemas.structure import PartKind

_RANKS = {PartKind.main: 0, PartKind.annex: 1, PartKind.enclosure: 3, PartKind.appendix: 3}
_LONGEST_BELONGING = 500
"""Characters of the longest heading of the kind "Annex to the letter dated …"."""
_LONGEST_INLINE = 300
"""Characters of the longest label and title on one line."""
_REFERENCES = 3
"""So many headings in the same words are no annexes: a law on the web says "annex of the article" below some of its."""
_HEAD_PT = 130.0
"""Running heads end above this place on the page, points; scans stand lower than printed pages."""
_HEAD_LENGTH = 60
"""Characters of the longest line of a running head."""


def labelled_parts(text: Text) -> list[PartDraft]:
    """Parts that a label opens, in reading order.

    Labels printed again, entries of lists of annexes, and words that refer to an annex time and again open none.
    """
    drafts: list[PartDraft] = []
    for position in range(len(text.blocks)):
        label = _heading_label(text, position)
        if label is not None and not (drafts and _repeats(drafts[-1], label, text, position)):
            drafts.append(_draft(text, position, label))
    return _without_references(_without_empty_doubles(drafts, text), text)


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
    return first_on_page(text, begin)


def first_on_page(text: Text, position: int) -> int:
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
        if again and not _has_body(text, draft, end):
            continue
        kept.append(draft)
    return kept


def _without_references(drafts: list[PartDraft], text: Text) -> list[PartDraft]:
    """Leave out what stands without a number, in the same words, in the middle of many pages: links to an annex."""
    same = Counter((draft.label, draft.title) for draft in drafts if draft.number is None and draft.title)
    opens = {(draft.label, draft.title) for draft in drafts if draft.start in text.top}
    references = {words for words, count in same.items() if count >= _REFERENCES} - opens
    return [draft for draft in drafts if draft.number is not None or (draft.label, draft.title) not in references]


def _has_body(text: Text, draft: PartDraft, end: int) -> bool:
    start = (draft.title_at if draft.title_at is not None else draft.start) + 1
    own_page = text.blocks[draft.start].page
    if end < len(text.blocks) and text.blocks[end].page > own_page:
        return True
    return any(
        not block.furniture and (block.text or block.kind is BlockKind.figure) for block in text.blocks[start:end]
    )
