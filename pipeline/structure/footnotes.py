"""Foot- and endnotes: note blocks → notes with their marks, text and anchors."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.structure.anchors import Place, anchor_notes
from pipeline.structure.bracketed import bracketed_notes
from pipeline.structure.draft import NoteDraft
from pipeline.structure.lostmarks import lost_marks
from pipeline.structure.marks import Mark, damaged_mark, leading_mark, marks_in, page_at, typed_marks
from pipeline.structure.vocabulary import words_of
from schemas.layout import BlockKind, FootnoteRef, TextBlock
from schemas.problem import Problem, Severity
from schemas.structure import Anchor, Footnote

_RUNNING = (BlockKind.paragraph, BlockKind.list_item, BlockKind.heading, BlockKind.quotation)
_RUNNING_LENGTH = 80
"""Characters of the shortest block of running text, as against a cell or a line of a chart."""
_SKIPPED = 5
"""Numbers that may be missing before a note whose mark is not raised: more, and it is a number of the text."""


_TYPESCRIPT = 3
"""Typed marks (`2/`) that make a typescript, in which damaged ones are looked for; a fraction or two do not."""


class Notes(NamedTuple):
    """What was found."""

    footnotes: tuple[Footnote, ...]
    refs: Mapping[str, tuple[FootnoteRef, ...]]
    blocks: frozenset[str]
    """Ids of the blocks that hold notes."""
    problems: tuple[Problem, ...]


def find_notes(blocks: Sequence[TextBlock], part_of: Mapping[str, str]) -> Notes:
    """All notes in reading order, each with the places in the text that refer to it."""
    reading = _Reading(blocks, part_of)
    bracketed = bracketed_notes(blocks, part_of)
    for position, block in enumerate(blocks):
        if not block.furniture and not block.continues and block.text and position not in bracketed.held:
            reading.read(position)
    drafts = reading.drafts
    sought = [_sought(draft, blocks, part_of) for draft in drafts]
    places = [
        found or tuple(place for place in (reading.text_marks.get((draft.mark, draft.page)),) if place)
        for draft, found in zip(
            drafts, anchor_notes(sought, blocks, part_of, reading.held, reading.typescript), strict=True
        )
    ]
    numbered = {part_of[blocks[draft.position].id] for draft in drafts if draft.mark.isdecimal()}
    kept = [
        (draft, found)
        for draft, found in zip(drafts, places, strict=True)
        if _is_kept(draft, found, blocks, numbered=part_of[blocks[draft.position].id] in numbered)
    ]
    dropped = {draft.position for draft in drafts} - {draft.position for draft, _ in kept}
    kept = sorted([*kept, *bracketed.notes], key=lambda note: note[0].position)
    footnotes = tuple(
        Footnote(
            id=f"fn{number}",
            mark=draft.mark,
            text=draft.text,
            part=part_of[blocks[draft.position].id],
            page=draft.page,
            anchors=tuple(Anchor(block=blocks[p.position].id, offset=p.offset) for p in found),
        )
        for number, (draft, found) in enumerate(kept, 1)
    )
    unsure = {position for position in dropped if blocks[position].kind is not BlockKind.footnote}
    ids = frozenset(blocks[position].id for position in (reading.held - unsure) | bracketed.held)
    return Notes(footnotes, _refs(footnotes), ids, _problems(footnotes))


def _sought(draft: NoteDraft, blocks: Sequence[TextBlock], part_of: Mapping[str, str]) -> tuple[str, int, str]:
    return draft.mark, 0 if draft.endnote else draft.page, part_of[blocks[draft.position].id]


def _is_kept(draft: NoteDraft, places: Sequence[Place], blocks: Sequence[TextBlock], numbered: bool) -> bool:
    """Lettered notes belong to the table, chart or box above them, unless the text has no others and refers to them."""
    if not (draft.mark.isalpha() and len(draft.mark) == 1):
        return draft.sure or draft.endnote or bool(places)
    return (
        not numbered
        and any(
            blocks[place.position].kind in _RUNNING and len(blocks[place.position].text) >= _RUNNING_LENGTH
            for place in places
        )
        and not any(block.kind is BlockKind.table and block.page == draft.page for block in blocks)
    )


class _Reading:
    """Goes through the blocks and gathers notes."""

    def __init__(self, blocks: Sequence[TextBlock], part_of: Mapping[str, str]) -> None:
        self.blocks = blocks
        self.drafts: list[NoteDraft] = []
        self.held: set[int] = set()
        self.text_marks: dict[tuple[str, int], Place] = {}
        """(number, page) → a mark of the text that stood at the head of a block and was first taken for the note."""
        self._part_of = part_of
        self._endnotes = False
        self._last: dict[str, int] = {}
        self._lost = lost_marks(blocks, part_of)
        self._referred = _referred_marks(blocks) - _bulleted_pages(blocks)
        self.typescript = sum(typed_marks(block.text) for block in blocks if not block.furniture) >= _TYPESCRIPT

    def read(self, position: int) -> None:
        """Take the notes of one block, if it holds any."""
        block = self.blocks[position]
        if position and self._part_of[block.id] != self._part_of[self.blocks[position - 1].id]:
            self._endnotes = False
        lost = self._lost.get(position)
        if lost is not None:
            self._split(position, [(0, Mark(str(lost.number), 0, lost.end, True))] if lost.number else [])
        elif _is_notes_heading(block):
            self._endnotes = True
        elif block.kind is BlockKind.footnote or self._looks_like_note(block):
            self._split(position, self._starts(block))
        elif self._endnotes and block.kind is BlockKind.heading:
            self._endnotes = False
        else:
            self._hanging_lines(position)

    def _looks_like_note(self, block: TextBlock) -> bool:
        if block.kind not in _RUNNING:
            return False
        mark = self._mark_at(block, 0, ())
        if self._endnotes:
            starts = [start for _, start in self._starts(block)]
            return any(start.raised for start in starts) or self._follows(block, mark, 1) or self._goes_on(block)
        if mark is None:
            return False
        if mark.plain[0] in "*†‡§":
            return (block.page, mark.plain) in self._referred
        typed = "/" in block.text[mark.start : mark.end]
        return (mark.raised or typed) and (
            self._follows(block, mark, _SKIPPED if typed else 1) or self._comes_again(block, mark)
        )

    def _mark_at(self, block: TextBlock, offset: int, within: Sequence[Mark]) -> Mark | None:
        """The mark that begins there; in a typescript also a damaged one that can be the number that comes next."""
        mark = leading_mark(block, offset)
        if not self.typescript or (mark and (mark.raised or self._follows(block, mark, _SKIPPED, within))):
            return mark
        numbers = [int(before.plain) for before in within if before.plain.isdecimal()]
        last = numbers[-1] if numbers else self._last.get(self._part_of[block.id], 0)
        return (damaged_mark(block, offset, last + 1) if last else None) or mark

    def _comes_again(self, block: TextBlock, mark: Mark) -> bool:
        """True for the last note's number, printed again further down its page: the first was a mark of the text."""
        last = self.drafts[-1] if self.drafts else None
        if last is None or not mark.plain.isdecimal() or (last.mark, last.page) != (mark.plain, block.page):
            return False
        own = self.blocks[last.position]
        return self.blocks.index(block) > last.position + 1 and not own.text[own.text.find("/") + 1 :][:1].isspace()

    def _follows(self, block: TextBlock, mark: Mark | None, most: int, within: Sequence[Mark] = ()) -> bool:
        """True for a number that comes next in its part or block, or that begins a new count."""
        if mark is None or not mark.plain.isdecimal():
            return False
        numbers = [int(before.plain) for before in within if before.plain.isdecimal()]
        last = numbers[-1] if numbers else self._last.get(self._part_of[block.id], 0)
        return last < int(mark.plain) <= last + most or mark.plain == "1"

    def _goes_on(self, block: TextBlock) -> bool:
        """True for small type between endnotes: lines of the note above."""
        if not self.drafts or not self.drafts[-1].endnote or block.size is None:
            return False
        return block.size == self.blocks[self.drafts[-1].position].size

    def _starts(self, block: TextBlock) -> list[tuple[int, Mark]]:
        """Printed lines of the block at which a note begins."""
        starts: list[tuple[int, Mark]] = []
        for offset in sorted({0, *(line.offset for line in block.lines)}):
            before = [start for _, start in starts]
            mark = self._mark_at(block, offset, before)
            if mark is None:
                continue
            follows = mark.raised or self._follows(block, mark, _SKIPPED, before) or self._comes_again(block, mark)
            if mark.plain.isdecimal() and not follows:
                continue
            if not starts or _may_come_next(before, mark):
                starts.append((offset, mark))
        return starts

    def _split(self, position: int, starts: Sequence[tuple[int, Mark]]) -> None:
        block = self.blocks[position]
        head = block.text[: starts[0][0]].strip() if starts else block.text.strip()
        if head and self.drafts:
            before = self.drafts[-1]
            self.drafts[-1] = before._replace(text=f"{before.text} {head}".strip())
        if starts or (head and self.drafts):
            self.held.add(position)
        for index, (_, mark) in enumerate(starts):
            end = starts[index + 1][0] if index + 1 < len(starts) else len(block.text)
            self._add(position, mark, end)

    def _add(self, position: int, mark: Mark, end: int) -> None:
        block = self.blocks[position]
        if self._comes_again(block, mark):
            before = self.drafts.pop()
            self.held.discard(before.position)
            self.text_marks[mark.plain, block.page] = Place(before.position, 0)
        page = page_at(block, mark.start)
        text = block.text[mark.end : end].strip()
        sure = block.kind is BlockKind.footnote or not mark.raised or position in self._lost
        self.drafts.append(NoteDraft(position, mark.plain, text, page, self._endnotes, sure))
        if mark.plain.isdecimal():
            self._last[self._part_of[block.id]] = int(mark.plain)

    def _hanging_lines(self, position: int) -> None:
        """Starred and typed notes that were printed close under other text and share its block."""
        block = self.blocks[position]
        if block.kind not in _RUNNING:
            return
        found: list[tuple[int, Mark]] = []
        for line in block.lines[1:]:
            mark = leading_mark(block, line.offset)
            if mark is None or mark.raised or not block.text[mark.end : mark.end + 1].isspace():
                continue
            starred = mark.plain[0] == "*"
            typed = block.text[mark.start : mark.end].endswith("/")
            follows = self._follows(block, mark, 1, [before for _, before in found])
            if (starred or (typed and follows)) and (block.page, mark.plain) in self._referred:
                found.append((line.offset, mark))
        for index, (_, mark) in enumerate(found):
            self._add(position, mark, found[index + 1][0] if index + 1 < len(found) else len(block.text))


def _referred_marks(blocks: Sequence[TextBlock]) -> set[tuple[int, str]]:
    """Pages and the stars and typed marks that hang on a word there."""
    return {
        (block.page, mark.plain)
        for block in blocks
        if block.kind is not BlockKind.bar_code
        for mark in marks_in(block)
        if mark.start > 0 and not (mark.raised and mark.plain.isdecimal())
    }


def _bulleted_pages(blocks: Sequence[TextBlock]) -> set[tuple[int, str]]:
    """Pages and the stars that begin several lines there: they are bullets of a list."""
    heads = Counter(
        (block.page, mark.plain)
        for block in blocks
        if not block.furniture
        for line in block.lines
        if (mark := leading_mark(block, line.offset)) is not None
    )
    return {place for place, count in heads.items() if count > 1}


def _is_notes_heading(block: TextBlock) -> bool:
    return len(block.text) < 30 and block.text.strip(" *:.").casefold() in words_of("notes")


def _may_come_next(before: Sequence[Mark], mark: Mark) -> bool:
    numbers = [int(start.plain) for start in before if start.plain.isdecimal()]
    if mark.plain.isdecimal():
        return not numbers or int(mark.plain) == numbers[-1] + 1
    return mark.raised or mark.plain != before[-1].plain


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
