"""gridded: a table whose cells are closed on all sides by rules → its rows, with the cells that span several."""

from collections.abc import Sequence

from pipeline.layout.tables.cells import text_of
from pipeline.layout.tables.cut import pieces_of
from schemas.geometry import Box
from schemas.layout import Line, Table, TableCell, TableRow
from schemas.page import Grid

SLACK_PT = 2.0
"""Borders of cells meet within this."""
SHARED = 0.9
"""Share of the table's area and of the grid's that the other takes where the grid is the table's."""

_Place = tuple[int, int]
"""Row and column of a cell's upper left corner."""


def grid_of(box: Box, grids: Sequence[Grid]) -> Grid | None:
    """The grid that is drawn around a table, None where there is none."""
    for grid in grids:
        if box.intersection(grid.box).area >= SHARED * max(box.area, grid.box.area):
            return grid
    return None


def table_of(grid: Grid, lines: Sequence[Line], head_end: float, *, rtl: bool) -> Table | None:
    """The table in a grid; None where the grid has holes or a line stands in none of its cells.

    Rows above `head_end` are heads.
    """
    boxes = {(r, c): box for r, row in enumerate(grid.rows) for c, box in enumerate(row) if box is not None}
    rows = [[box for box in row if box is not None] for row in grid.rows]
    columns = [[box for box in column if box is not None] for column in zip(*grid.rows, strict=True)]
    if not all([*rows, *columns]):
        return None
    tops = [min(box.top for box in row) for row in rows]
    lefts = [min(box.x0 for box in column) for column in columns]
    spans = {place: _span(box, tops, lefts) for place, box in boxes.items()}
    if sum(down * across for down, across in spans.values()) != len(tops) * len(lefts):
        return None
    held: dict[_Place, list[Line]] = {place: [] for place in boxes}
    for line in lines:
        for piece in pieces_of(line, lefts[1:]):
            place = _home(piece, boxes)
            if place is None:
                return None
            held[place].append(piece)
    out = []
    for r, top in enumerate(tops):
        places = [place for place in sorted(boxes, reverse=rtl) if place[0] == r]
        cells = [_cell(held[place], spans[place], header=top < head_end - SLACK_PT) for place in places]
        out.append(TableRow(cells=tuple(cells)))
    return Table(rows=tuple(out))


def _span(box: Box, tops: Sequence[float], lefts: Sequence[float]) -> tuple[int, int]:
    """How many rows and columns a cell covers."""
    down = sum(1 for top in tops if box.top - SLACK_PT <= top < box.bottom - SLACK_PT)
    across = sum(1 for left in lefts if box.x0 - SLACK_PT <= left < box.x1 - SLACK_PT)
    return down, across


def _home(piece: Line, boxes: dict[_Place, Box]) -> _Place | None:
    x, y = (piece.box.x0 + piece.box.x1) / 2, (piece.box.top + piece.box.bottom) / 2
    return next((place for place, b in boxes.items() if b.x0 <= x <= b.x1 and b.top <= y <= b.bottom), None)


def _cell(lines: Sequence[Line], span: tuple[int, int], *, header: bool) -> TableCell:
    return TableCell(text=text_of(lines), row_span=span[0], column_span=span[1], header=header)
