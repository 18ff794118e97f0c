"""reading: a record as a reader goes through it: parts, their text, notes and pictures in their places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from schemas.layout import Block, BlockKind, Table, TableCell
from schemas.record import DocumentRecord
from schemas.structure import Figure, Footnote, Part


@dataclass(frozen=True, slots=True)
class Section:
    """A part with what stands in it, in reading order."""

    part: Part
    depth: int
    """0 for the main part, 1 for what is attached to it …"""
    items: tuple[Block | Figure, ...]
    notes: tuple[Footnote, ...]
    """Its notes in reading order."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block's text in one language, or the mark of a note."""

    text: str
    language: str
    note: str | None = None
    """Id of the note, for a mark."""
    link: str | None = None
    """Address of the document that the stretch cites."""


@dataclass(frozen=True, slots=True)
class Apparatus:
    """What the text of a record refers to."""

    notes: Mapping[str, Footnote]
    """Id → note."""
    links: Mapping[str, tuple[tuple[int, int, str], ...]]
    """Id of a block → start, end and address of what it cites."""


def apparatus_of(record: DocumentRecord) -> Apparatus:
    """The record's notes and the addresses of the documents it cites."""
    links: dict[str, tuple[tuple[int, int, str], ...]] = {}
    for citation in record.citations:
        for mention in citation.mentions if citation.url else ():
            place = (mention.start, mention.end, citation.url or "")
            links[mention.block] = (*links.get(mention.block, ()), place)
    return Apparatus({note.id: note for note in record.footnotes}, links)


def sections(record: DocumentRecord) -> Iterator[Section]:
    """The parts that are in the file, in reading order."""
    parents = {part.id: part.parent for part in record.parts}
    for part in record.parts:
        if part.present:
            depth = 0
            above = part.parent
            while above is not None:
                depth, above = depth + 1, parents.get(above)
            notes = tuple(note for note in record.footnotes if note.part == part.id)
            yield Section(part, depth, tuple(_items(record, part)), notes)


def _items(record: DocumentRecord, part: Part) -> Iterator[Block | Figure]:
    """Blocks that are read as text; a figure after its caption, or else after the last block down to its page."""
    figures = [figure for figure in record.figures if figure.part == part.id and figure.images]
    captioned = {figure.caption_block: figure for figure in figures if figure.caption_block}
    loose = [figure for figure in figures if not figure.caption_block]
    for block in record.blocks:
        if block.part != part.id or not is_read(block):
            continue
        while loose and loose[0].images[0].page < block.page:
            yield loose.pop(0)
        yield block
        if block.id in captioned:
            yield captioned.pop(block.id)
    yield from loose
    yield from captioned.values()


def is_read(block: Block) -> bool:
    """False for furniture, notes (they have a list of their own) and the empty rests of a continued block."""
    return not block.furniture and block.kind is not BlockKind.footnote and bool(block.text.strip() or block.table)


def pieces(block: Block, apparatus: Apparatus) -> tuple[Piece, ...]:
    """The block's text in stretches of one language, marks of notes and cited documents apart."""
    notes, links = apparatus.notes, apparatus.links.get(block.id, ())
    marks: dict[int, tuple[int, str]] = {}
    for ref in block.footnote_refs:
        note = notes.get(ref.footnote)
        if note is not None:
            length = len(note.mark) if block.text.startswith(note.mark, ref.offset) else 0
            marks[ref.offset] = (ref.offset + length, ref.footnote)
    spans = block.spans
    cuts = {0, len(block.text), *(s.start for s in spans), *marks, *(end for end, _ in marks.values())}
    cuts |= {place for start, end, _ in links for place in (start, end)}
    out: list[Piece] = []
    until = 0
    for start, end in pairwise(sorted(cuts)):
        if start in marks:
            until, note_id = marks[start]
            out.append(Piece(notes[note_id].mark, block.language, note_id))
        if end > until:
            language = next((s.tag for s in spans if s.start <= start < s.end), block.language)
            link = next((url for a, b, url in links if a <= start < b), None)
            out.append(Piece(block.text[start:end], language, link=link))
    if len(block.text) in marks:
        note_id = marks[len(block.text)][1]
        out.append(Piece(notes[note_id].mark, block.language, note_id))
    return tuple(out)


def grid(table: Table) -> tuple[tuple[TableCell | None, ...], ...]:
    """The table as a rectangle: a cell at its upper left place, None where it spans or nothing stands."""
    rows: list[dict[int, TableCell | None]] = [{} for _ in table.rows]
    for y, row in enumerate(table.rows):
        x = 0
        for cell in row.cells:
            while x in rows[y]:
                x += 1
            for below in rows[y : y + cell.row_span]:
                below.update(dict.fromkeys(range(x, x + cell.column_span)))
            rows[y][x] = cell
            x += cell.column_span
    width = max((max(row, default=-1) + 1 for row in rows), default=0)
    return tuple(tuple(row.get(x) for x in range(width)) for row in rows)
