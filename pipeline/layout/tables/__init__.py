"""tables: the tables of a page, each with the lines that it takes out of the text."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layout.sheet import Sheet
from pipeline.layout.tables.areas import Area, areas_of
from pipeline.layout.tables.borders import borders_of
from pipeline.layout.tables.cells import cells_of, head_rows
from pipeline.layout.tables.gridded import grid_of, table_of
from pipeline.layout.tables.head import head_end, parted
from pipeline.layout.tables.rows import groups_of
from pipeline.layout.tables.unruled import unruled_areas
from schemas.geometry import Box
from schemas.layout import Direction, Line, Table, TableRow
from schemas.page import Grid

LEAST_GRID_ROWS = 3
"""Rows of a closed grid that make a table by themselves; boxes of forms and letterheads have fewer."""
FILLED_SHARE = 0.5
"""Share of the cells of such a grid that hold text; drawings leave most empty."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the lines that went into it."""

    box: Box
    lines: tuple[Line, ...]
    table: Table


def tables_of(sheet: Sheet, lines: Sequence[Line], size: float, masthead_end: float) -> list[Found]:
    """Tables of a page from top to bottom; each takes its lines out of the text."""
    ruled = _found(areas_of(sheet, lines, size, masthead_end), sheet.grids)
    closed = _closed(sheet, _without(lines, ruled))
    unruled = _found(unruled_areas(sheet, _without(lines, [*ruled, *closed]), masthead_end))
    return sorted([*ruled, *closed, *unruled], key=lambda found: found.box.top)


def _without(lines: Sequence[Line], tables: Sequence[Found]) -> list[Line]:
    taken = {id(line) for found in tables for line in found.lines}
    return [line for line in lines if id(line) not in taken]


def _closed(sheet: Sheet, lines: Sequence[Line]) -> list[Found]:
    """Tables in closed grids that the rules between their rows did not tell: most of their cells hold text."""
    found: list[Found] = []
    for grid in sheet.grids:
        inside = [
            line for line in lines if not line.turn and line.box.intersection(grid.box).area > 0.5 * line.box.area
        ]
        if len(grid.rows) < LEAST_GRID_ROWS or not inside:
            continue
        table = table_of(grid, inside, 0.0, rtl=_is_rtl(inside))
        cells = [cell for row in table.rows for cell in row.cells] if table else []
        if table and sum(1 for cell in cells if cell.text) > FILLED_SHARE * len(cells):
            found.append(Found(grid.box, tuple(inside), table))
    return found


def _found(areas: Sequence[Area], grids: Sequence[Grid] = ()) -> list[Found]:
    found: list[Found] = []
    for area in areas:
        grid = grid_of(area.box, grids)
        table = (_in_grid(grid, area) if grid is not None else None) or _table(area)
        if table is not None:
            found.append(Found(area.box, tuple(line for row in area.rows for line in row), table))
    return found


def _in_grid(grid: Grid, area: Area) -> Table | None:
    lines = [line for row in area.rows for line in row]
    return table_of(grid, lines, head_end(area), rtl=_is_rtl(lines))


def _is_rtl(lines: Sequence[Line]) -> bool:
    return sum(1 if line.direction is Direction.rtl else -1 for line in lines) > 0


def _table(area: Area) -> Table | None:
    head, body = parted(area)
    gutters = borders_of(body or head, area, head)
    if not gutters and not (head and body):
        return None
    rtl = _is_rtl([line for row in area.rows for line in row])
    rows = [*head_rows(head, gutters, area)]
    rows += [cells_of(group, gutters, header=False) for group in groups_of(body, gutters, area.levels)]
    if len(rows) < 2:
        return None
    return Table(rows=tuple(TableRow(cells=tuple(reversed(row)) if rtl else tuple(row)) for row in rows))
