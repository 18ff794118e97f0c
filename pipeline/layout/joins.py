"""joins: blocks cut by a page or column break stand whole in their first half; tables go on over pages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.layout.blocks import text_block
from pipeline.layout.draft import Draft
from pipeline.layout.linejoin import Hyphens
from pipeline.layout.paragraphs import is_bold, kind_of_text
from schemas.geometry import Box
from schemas.layout import BlockKind, Direction, Table, TextBlock

_SENTENCE_END = re.compile(r"[.!?:;…。！？；：؟؛][\"”’»)\]]*\d{0,3}$")
SAME_EDGE_PT = 12.0
"""A table that goes on over the page begins and ends within this of where it did."""
LEAST_PROSE = 6
"""Letters of a text that can run over a page or column end; the figures of charts and forms have fewer."""
_TEXT = (BlockKind.paragraph, BlockKind.list_item, BlockKind.quotation)


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A table in its place in the reading order."""

    page: int
    box: Box
    table: Table
    direction: Direction


@dataclass(frozen=True, slots=True)
class Repeated:
    """The head of a table that a later page prints again: furniture."""

    page: int
    box: Box
    text: str
    direction: Direction


Piece = Draft | TableDraft | Repeated


def blocks_of(pieces: Sequence[Piece], hyphens: Hyphens | None = None) -> tuple[TextBlock, ...]:
    """Blocks with ids in reading order; what goes on is joined to where it began.

    A block that continues another begins a page; what goes on in the next column stands in the same block.
    """
    pieces = _with_repeated_heads(pieces)
    pieces, heads = _whole_on_pages(pieces, _heads(pieces))
    grown = _grown(pieces, heads)
    return tuple(_block(piece, index, heads, grown, hyphens) for index, piece in enumerate(pieces))


def _with_repeated_heads(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces in which the head that a table repeats on its next page stands apart from its rows."""
    out: list[Piece] = []
    last: tuple[int, TableDraft] | None = None
    for index, piece in enumerate(pieces):
        if isinstance(piece, TableDraft):
            header = [row for row in piece.table.rows if row.cells and row.cells[0].header]
            goes_on = last is not None and _table_goes_on(last[1], piece, pieces[last[0] + 1 : index])
            last = (index, piece)
            if goes_on and header and len(header) < len(piece.table.rows):
                text = " ".join(cell.text for row in header for cell in row.cells if cell.text)
                out.append(Repeated(piece.page, piece.box, text, piece.direction))
                piece = replace(piece, table=Table(rows=piece.table.rows[len(header) :]))
        out.append(piece)
    return out


def _whole_on_pages(pieces: Sequence[Piece], heads: Mapping[int, int]) -> tuple[list[Piece], dict[int, int]]:
    """Pieces and heads again; what goes on where a page shows its text already is one with what it goes on there."""
    whole = list(pieces)
    shown: dict[tuple[int, int], int] = {}
    for index, piece in enumerate(pieces):
        first = shown.setdefault((heads.get(index, index), piece.page), index)
        own = whole[first]
        if first != index and isinstance(own, Draft) and isinstance(piece, Draft):
            whole[first] = replace(own, lines=[*own.lines, *piece.lines])
    kept = sorted(shown.values())
    place = {index: position for position, index in enumerate(kept)}
    return [whole[index] for index in kept], {place[i]: place[head] for i, head in heads.items() if i in place}


def _heads(pieces: Sequence[Piece]) -> dict[int, int]:
    """Index of a piece → index of the piece that it continues."""
    heads: dict[int, int] = {}
    text: int | None = None
    note: int | None = None
    table: int | None = None
    for index, piece in enumerate(pieces):
        if isinstance(piece, TableDraft):
            if table is not None and (
                isinstance(pieces[index - 1], Repeated)
                or _table_goes_on(pieces[table], piece, pieces[table + 1 : index])
            ):
                heads[index] = heads.get(table, table)
            table = index
            text = None
            continue
        if isinstance(piece, Repeated) or piece.furniture:
            continue
        if piece.notes:
            if note is not None and _note_goes_on(pieces[note], piece):
                heads[index] = heads.get(note, note)
            note = index
            continue
        if text is not None and _text_goes_on(pieces[text], piece):
            heads[index] = heads.get(text, text)
        text = index
        table = table if piece.kind is BlockKind.heading and table is not None else None
    return heads


def _text_goes_on(before: Piece, piece: Draft) -> bool:
    if not isinstance(before, Draft) or piece.kind is not BlockKind.paragraph:
        return False
    if before.kind not in _TEXT and not _is_cut_bold_text(before, piece):
        return False
    same_place = before.page == piece.page and before.region == piece.region
    if same_place or piece.page - before.page > 2 or piece.number or piece.centred:
        return False
    last, first = before.lines[-1], piece.lines[0]
    if abs(last.size - first.size) > 0.06 * last.size or _SENTENCE_END.search(last.text.rstrip()):
        return False
    opening = first.text.lstrip("“\"'«(")[:1]
    if opening.islower():
        return sum(c.isalpha() for line in before.lines for c in line.text) >= LEAST_PROSE
    long_line = last.box.width > 0.8 * max(line.box.width for line in before.lines)
    return long_line and len(last.text) > 40 and bool(opening)


def _is_cut_bold_text(before: Draft, piece: Draft) -> bool:
    """Bold prose cut by the end of a page looks like a heading there: recommendations, actions to be taken."""
    return (
        before.kind is BlockKind.heading
        and not before.centred
        and before.page < piece.page
        and is_bold(before.lines[-1])
        and is_bold(piece.lines[0])
        and piece.lines[0].text[:1].islower()
    )


def _note_goes_on(before: Piece, piece: Draft) -> bool:
    if not isinstance(before, Draft) or before.page == piece.page or _SENTENCE_END.search(before.lines[-1].text):
        return False
    first = piece.lines[0]
    opens = re.match(r"^(?:\d{1,3}\s|[*†‡§])", first.text)
    return not opens and piece.page - before.page <= 2


def _table_goes_on(before: Piece, piece: TableDraft, between: Sequence[Piece]) -> bool:
    """Is it the table before, which the page cut? `between` is what stands between the two."""
    if not isinstance(before, TableDraft) or piece.page != before.page + 1:
        return False
    if any(isinstance(p, TableDraft) or (isinstance(p, Draft) and not p.furniture and not p.notes) for p in between):
        return False
    if abs(before.box.x0 - piece.box.x0) > SAME_EDGE_PT or abs(before.box.x1 - piece.box.x1) > SAME_EDGE_PT:
        return False
    head = _head(piece.table)
    return not head or head == _head(before.table)


def _head(table: Table) -> str:
    """Letters of the head, sorted: on another page they may fall into other cells."""
    return "".join(sorted("".join(cell.text for row in table.rows for cell in row.cells if cell.header))).strip()


def _grown(pieces: Sequence[Piece], heads: dict[int, int]) -> dict[int, Draft | TableDraft]:
    """Index of a first piece → the piece with all that continues it."""
    grown: dict[int, Draft | TableDraft] = {}
    for index, head in sorted(heads.items()):
        first, piece = grown.get(head) or pieces[head], pieces[index]
        if isinstance(first, TableDraft) and isinstance(piece, TableDraft):
            grown[head] = replace(first, table=Table(rows=first.table.rows + piece.table.rows))
        elif isinstance(first, Draft) and isinstance(piece, Draft):
            kind = kind_of_text(first.number) if first.kind is BlockKind.heading else first.kind
            grown[head] = replace(first, lines=[*first.lines, *piece.lines], kind=kind, level=None)
    return grown


def _block(
    piece: Piece,
    index: int,
    heads: dict[int, int],
    grown: dict[int, Draft | TableDraft],
    hyphens: Hyphens | None,
) -> TextBlock:
    block_id = f"b{index + 1}"
    if isinstance(piece, Repeated):
        return _repeated_block(piece, block_id)
    if index in heads:
        return _continuation(piece, block_id, f"b{heads[index] + 1}")
    return _own_block(grown.get(index, piece), block_id, hyphens)


def _repeated_block(piece: Repeated, block_id: str) -> TextBlock:
    return TextBlock(
        id=block_id,
        page=piece.page,
        box=piece.box,
        kind=BlockKind.page_header,
        text=piece.text,
        direction=piece.direction,
        furniture=True,
    )


def _own_block(piece: Draft | TableDraft, block_id: str, hyphens: Hyphens | None = None) -> TextBlock:
    return _table_block(piece, block_id) if isinstance(piece, TableDraft) else text_block(piece, block_id, hyphens)


def _continuation(piece: Draft | TableDraft, block_id: str, head: str) -> TextBlock:
    own = _own_block(piece, block_id)
    kind = BlockKind.footnote if isinstance(piece, Draft) and piece.notes else own.kind
    return TextBlock(block_id, own.page, own.box, kind, "", own.direction, continues=head)


def _table_block(piece: TableDraft, block_id: str) -> TextBlock:
    text = "\n".join(" ".join(cell.text for cell in row.cells if cell.text) for row in piece.table.rows)
    return TextBlock(
        id=block_id,
        page=piece.page,
        box=piece.box,
        kind=BlockKind.table,
        text=text,
        direction=piece.direction,
        table=piece.table,
    )
