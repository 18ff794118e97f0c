"""Foot- and endnotes: note blocks → notes with their marks, text and anchors."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.structure.anchors import anchor_notes
from pipeline.structure.marks import Mark, leading_mark
from pipeline.structure.vocabulary import words_of
from schemas.layout import BlockKind, FootnoteRef, TextBlock
from schemas.problem import Problem, Severity
from schemas.structure import Anchor, Footnote


class NoteDraft(NamedTuple):
    """A note as it stands in its block."""

    position: int
    """Index of the block."""
    mark: str
    text: str
    page: int
    endnote: bool = False


class Notes(NamedTuple):
    """What was found."""

    footnotes: tuple[Footnote, ...]
    refs: Mapping[str, tuple[FootnoteRef, ...]]
    blocks: frozenset[str]
    """Ids of the blocks that hold notes."""
    problems: tuple[Problem, ...]


def find_notes(blocks: Sequence[TextBlock], part_of: Mapping[str, str]) -> Notes:
    """All notes in reading order, each with the places in the text that refer to it."""
    drafts = _drafts(blocks)
    held = {draft.position for draft in drafts}
    places = anchor_notes(
        [(draft.mark, 0 if draft.endnote else draft.page, part_of[blocks[draft.position].id]) for draft in drafts],
        blocks,
        part_of,
        held,
    )
    footnotes = tuple(
        Footnote(
            id=f"fn{number}",
            mark=draft.mark,
            text=draft.text,
            part=part_of[blocks[draft.position].id],
            page=draft.page,
            anchors=tuple(Anchor(block=blocks[p.position].id, offset=p.offset) for p in found),
        )
        for number, (draft, found) in enumerate(zip(drafts, places, strict=True), 1)
    )
    ids = frozenset(blocks[position].id for position in held)
    return Notes(footnotes, _refs(footnotes), ids, _problems(footnotes))


def _drafts(blocks: Sequence[TextBlock]) -> list[NoteDraft]:
    drafts: list[NoteDraft] = []
    endnotes = False
    for position, block in enumerate(blocks):
        if block.furniture or block.continues or not block.text:
            continue
        if _is_notes_heading(block):
            endnotes = True
        elif block.kind is BlockKind.footnote or (endnotes and _follows(drafts, leading_mark(block, 0))):
            drafts += [draft._replace(endnote=endnotes) for draft in _split(block, position)]
        elif endnotes and block.kind is BlockKind.heading:
            endnotes = False
    return [draft for draft in drafts if not _is_table_note(draft, blocks)]


def _is_notes_heading(block: TextBlock) -> bool:
    return len(block.text) < 30 and block.text.strip(" *:.").casefold() in words_of("notes")


def _follows(drafts: Sequence[NoteDraft], mark: Mark | None) -> bool:
    """True for a number that continues the endnotes, or begins them."""
    if mark is None or not mark.plain.isdecimal():
        return False
    numbers = [int(draft.mark) for draft in drafts if draft.mark.isdecimal()]
    return mark.raised or int(mark.plain) == (numbers[-1] if numbers else 0) + 1


def _split(block: TextBlock, position: int) -> list[NoteDraft]:
    """The notes of one block: a new one begins at a printed line that begins with the next mark."""
    starts: list[tuple[int, Mark]] = []
    for offset in sorted({0, *(line.offset for line in block.lines)}):
        mark = leading_mark(block, offset)
        if mark is not None and (not starts or _may_come_next(starts[-1][1], mark)):
            starts.append((offset, mark))
    drafts = []
    for index, (_, mark) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else len(block.text)
        page = next((line.page for line in reversed(block.lines) if line.offset <= mark.start), block.page)
        drafts.append(NoteDraft(position, mark.plain, block.text[mark.end : end].strip(), page))
    return drafts


def _may_come_next(before: Mark, mark: Mark) -> bool:
    if before.plain.isdecimal() and mark.plain.isdecimal():
        return int(mark.plain) == int(before.plain) + 1
    return mark.raised or mark.plain != before.plain


def _is_table_note(draft: NoteDraft, blocks: Sequence[TextBlock]) -> bool:
    """True for a lettered note: it belongs to the table, chart or box above it."""
    if not (draft.mark.isalpha() and len(draft.mark) == 1):
        return False
    return any(
        block.kind in (BlockKind.table, BlockKind.figure) and draft.page - 1 <= block.page <= draft.page
        for block in blocks[: draft.position]
    )


def _refs(footnotes: Sequence[Footnote]) -> dict[str, tuple[FootnoteRef, ...]]:
    refs: dict[str, list[FootnoteRef]] = {}
    for note in footnotes:
        for anchor in note.anchors:
            refs.setdefault(anchor.block, []).append(FootnoteRef(offset=anchor.offset, footnote=note.id))
    return {block: tuple(sorted(found, key=lambda ref: (ref.offset, ref.footnote))) for block, found in refs.items()}


def _problems(footnotes: Sequence[Footnote]) -> tuple[Problem, ...]:
    found = []
    last: dict[str, int] = {}
    for note in footnotes:
        if not note.anchors:
            found.append(_problem("footnote_without_anchor", note, "nothing in the text refers to it"))
        if note.mark.isdecimal():
            number, before = int(note.mark), last.get(note.part)
            if before is not None and number not in (before + 1, 1):
                found.append(_problem("footnote_numbering", note, f"it comes after footnote {before}"))
            last[note.part] = number
    return tuple(found)


def _problem(code: str, note: Footnote, what: str) -> Problem:
    return Problem(
        severity=Severity.info,
        stage="structure",
        code=code,
        page=note.page,
        message=f"Footnote {note.mark}: {what}. Look at the page if the note matters.",
    )
