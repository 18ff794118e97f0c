"""Where the text refers to its notes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.structure.marks import damaged_places, digits_behind_year, marks_in, plain_digits, spaced_digits
from schemas.layout import BlockKind, TextBlock

_PAGES_BACK = 1
"""A note may be printed on the page after its mark where the page was full."""


class Place(NamedTuple):
    """A place in the text."""

    position: int
    """Index of the block."""
    offset: int


class _Candidate(NamedTuple):
    place: Place
    page: int
    part: str
    furniture: bool


class _Body(NamedTuple):
    """The text in which marks are sought."""

    blocks: Sequence[TextBlock]
    part_of: Mapping[str, str]
    held: set[int]
    """Positions of the blocks of notes."""
    paged: bool
    """False where all text stands on one page, as in text files."""

    def of_part(self, part: str) -> Iterator[tuple[int, TextBlock]]:
        """Position and block of the part's text, notes and furniture left out."""
        for position, block in enumerate(self.blocks):
            if position not in self.held and not block.furniture and self.part_of[block.id] == part:
                yield position, block


def anchor_notes(
    notes: Sequence[tuple[str, int, str]],
    blocks: Sequence[TextBlock],
    part_of: Mapping[str, str],
    held: set[int],
    typescript: bool = False,
) -> list[tuple[Place, ...]]:
    """For each note (mark, page, part) the places that refer to it, in reading order; `held` are the blocks
    of notes.

    Numbered notes take the marks in order: the mark of note 5 stands after that of note 4. Marks that style gives away
    come first; a digit that merely hangs on a word is taken only where no such mark is left.
    """
    sure = _sure_marks(blocks, part_of, held)
    first = min((block.page for block in blocks), default=1)
    found: list[tuple[Place, ...]] = []
    last: dict[str, Place] = {}
    body = _Body(blocks, part_of, held, any(block.page > first for block in blocks))
    for mark, page, part in notes:
        after = last.get(part, Place(-1, -1)) if mark.isdecimal() and mark != "1" else Place(-1, -1)
        options = _nearest([c for c in sure.get(mark, ()) if _is_near(c, page, part, body.paged)], page)
        places = [c.place for c in options if c.place > after] or [c.place for c in options]
        if not places and mark.isdecimal():
            places = _hanging(mark, page, part, after, body)[:1]
        if not places and typescript and mark.isdecimal():
            places = _damaged(int(mark), page, part, after, body)[:1]
        chosen = tuple(places[:1]) if mark.isdecimal() else tuple(places)
        if chosen and mark.isdecimal():
            last[part] = chosen[0]
        found.append(chosen)
    return found


def is_near(page: int, note_page: int) -> bool:
    """True where a mark on `page` may belong to a note on `note_page`."""
    return not note_page or note_page - _PAGES_BACK <= page <= note_page


def _sure_marks(blocks: Sequence[TextBlock], part_of: Mapping[str, str], held: set[int]) -> dict[str, list[_Candidate]]:
    sure: dict[str, list[_Candidate]] = {}
    for position, block in enumerate(blocks):
        if position in held or block.kind is BlockKind.bar_code:
            continue
        for mark in marks_in(block):
            place = Place(position, mark.start)
            sure.setdefault(mark.plain, []).append(
                _Candidate(place, _page_at(block, mark.start), part_of[block.id], block.furniture)
            )
    return sure


def _nearest(options: Sequence[_Candidate], page: int) -> Sequence[_Candidate]:
    """Those on the note's own page where there are any, and in the text rather than in furniture."""
    here = [option for option in options if option.page == page] or options
    return [option for option in here if not option.furniture] or here


def _page_at(block: TextBlock, offset: int) -> int:
    return next((line.page for line in reversed(block.lines) if line.offset <= offset), block.page)


def _is_near(candidate: _Candidate, page: int, part: str, paged: bool) -> bool:
    return candidate.part == part and (not paged or is_near(candidate.page, page))


def _damaged(number: int, page: int, part: str, after: Place, body: _Body) -> list[Place]:
    """Damaged typed marks on the note's page that can be its number, after the last mark."""
    return [
        Place(position, offset)
        for position, block in body.of_part(part)
        if is_near(block.page, page)
        for offset in damaged_places(block.text, number)
        if _page_at(block, offset) in (page, page - _PAGES_BACK) and Place(position, offset) > after
    ]


def _hanging(mark: str, page: int, part: str, after: Place, body: _Body) -> list[Place]:
    """Digits that hang on a word after the last mark, nearest first."""
    found = []
    for position, block in body.of_part(part):
        if block.kind is BlockKind.footnote:
            continue
        in_cells = digits_behind_year(block.text, mark) if block.kind is BlockKind.table else ()
        spaced = spaced_digits(block.text, int(mark)) if block.confidence is not None else ()
        for offset in sorted((*plain_digits(block.text, mark), *in_cells, *spaced)):
            near = not body.paged or is_near(_page_at(block, offset), page)
            if near and Place(position, offset) > after:
                found.append(Place(position, offset))
    return found
