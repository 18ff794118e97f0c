"""tables: ruled areas of a page → rows of cells; UN tables mostly have horizontal rules only."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layout.columns import join
from pipeline.layout.sheet import Sheet, rows_of
from schemas.geometry import Box
from schemas.layout import Direction, Line, Table, TableCell, TableRow

LEAST_WIDTH = 0.3
"""Share of the page's width that the rules of a table span at least."""
SAME_EDGE_PT = 8.0
"""Rules of one table begin and end within this of each other."""
COLUMN_GAP_PT = 3.0
"""Narrowest white gutter between columns of a table."""
CROSSING_SHARE = 0.12
"""Share of the rows that may cross a gutter: headings that span columns."""
NEW_ROW_GAP = 0.45
"""White space above a line, in sizes, that begins a row."""
MASTHEAD_SHARE = 0.16
"""Rules of a table on page 1 do not begin above this share of the height: that is the masthead."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the lines that went into it."""

    box: Box
    lines: tuple[Line, ...]
    table: Table


def tables_of(sheet: Sheet, lines: Sequence[Line], first: bool) -> list[Found]:
    """Tables of a page from top to bottom; each takes its lines out of the text."""
    found: list[Found] = []
    taken: set[int] = set()
    for box, cuts in _areas(sheet, first):
        inside = [line for line in lines if id(line) not in taken and _within(line, box)]
        table = _table(inside, cuts)
        if table is not None:
            taken.update(id(line) for line in inside)
            found.append(Found(box, tuple(inside), table))
    return found


def _areas(sheet: Sheet, first: bool) -> list[tuple[Box, list[float]]]:
    """(box, heights of the rules inside) of areas bounded by rules of one width."""
    rules = [r for r in sheet.across if r.width >= LEAST_WIDTH * sheet.width_pt]
    if first:
        rules = [r for r in rules if r.top > MASTHEAD_SHARE * sheet.height_pt]
    groups: list[list[Box]] = []
    for rule in sorted(rules, key=lambda r: r.top):
        home = next((g for g in groups if _same_edges(g[0], rule)), None)
        if home is None:
            groups.append([rule])
        else:
            home.append(rule)
    areas = [_area(g, sheet) for g in groups if len(g) >= 2]
    return sorted(areas, key=lambda area: area[0].top)


def _area(group: list[Box], sheet: Sheet) -> tuple[Box, list[float]]:
    box = Box(group[0].x0 - 2, group[0].top - 1, group[0].x1 + 2, group[-1].bottom + 1)
    cuts = sorted(r.top for r in sheet.across if box.top <= r.top <= box.bottom and r.x0 >= box.x0 - 2)
    return box, cuts


def _same_edges(one: Box, other: Box) -> bool:
    return abs(one.x0 - other.x0) <= SAME_EDGE_PT and abs(one.x1 - other.x1) <= SAME_EDGE_PT


def _within(line: Line, box: Box) -> bool:
    middle = (line.box.top + line.box.bottom) / 2
    return box.top <= middle <= box.bottom and line.box.x0 >= box.x0 - 4 and line.box.x1 <= box.x1 + 4


def _table(lines: Sequence[Line], cuts: Sequence[float]) -> Table | None:
    rows = rows_of(list(lines))
    if len(rows) < 2 or sum(1 for row in rows if len(row) > 1) < 2:
        return None
    gutters = _gutters(rows)
    if not gutters:
        return None
    groups = _row_groups(rows, gutters, cuts)
    if len(groups) < 2:
        return None
    rtl = sum(1 if line.direction is Direction.rtl else -1 for line in lines) > 0
    header_end = _header_end(groups, cuts)
    return Table(
        rows=tuple(
            TableRow(cells=_cells(group, gutters, rtl, header=index < header_end)) for index, group in enumerate(groups)
        )
    )


def _gutters(rows: Sequence[Sequence[Line]]) -> list[float]:
    """Middles of the white gutters that hardly any row crosses."""
    left = int(min(line.box.x0 for row in rows for line in row))
    right = int(max(line.box.x1 for row in rows for line in row)) + 1
    crossings = [0] * (right - left + 1)
    for row in rows:
        for line in row:
            for x in range(int(line.box.x0) - left, int(line.box.x1 + 0.99) - left):
                crossings[x] += 1
    allowed = CROSSING_SHARE * len(rows)
    gutters: list[float] = []
    start: int | None = None
    for x, count in enumerate([*crossings, len(rows) + 1]):
        if count <= allowed:
            start = x if start is None else start
        elif start is not None:
            if x - start >= COLUMN_GAP_PT and start > 0 and x < len(crossings):
                gutters.append(left + (start + x) / 2)
            start = None
    return gutters


def _row_groups(
    rows: Sequence[Sequence[Line]], gutters: Sequence[float], cuts: Sequence[float]
) -> list[list[Sequence[Line]]]:
    """Printed rows that make one row of the table."""
    groups: list[list[Sequence[Line]]] = []
    for row in rows:
        if groups and _continues(groups[-1], row, gutters, cuts):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _continues(
    group: Sequence[Sequence[Line]], row: Sequence[Line], gutters: Sequence[float], cuts: Sequence[float]
) -> bool:
    above, below = max(x.baseline for x in group[-1]), min(x.baseline for x in row)
    if any(above < cut < below for cut in cuts):
        return False
    gap = min(x.box.top for x in row) - max(x.box.bottom for x in group[-1])
    if gap > NEW_ROW_GAP * row[0].size:
        return False
    columns = {_column(line, gutters) for line in row}
    return 0 not in columns or len(columns) == 1


def _column(line: Line, gutters: Sequence[float]) -> int:
    middle = (line.box.x0 + line.box.x1) / 2
    return sum(1 for gutter in gutters if middle > gutter)


def _header_end(groups: Sequence[Sequence[Sequence[Line]]], cuts: Sequence[float]) -> int:
    """Number of rows above the first rule inside the table; 0 where there is none."""
    first_top = min(line.baseline for line in groups[0][0])
    inner = [cut for cut in cuts if cut > first_top]
    if len(inner) < 2:
        return 0
    return sum(1 for group in groups if max(line.baseline for line in group[-1]) < inner[0])


def _cells(
    group: Sequence[Sequence[Line]], gutters: Sequence[float], rtl: bool, *, header: bool
) -> tuple[TableCell, ...]:
    texts: list[list[str]] = [[] for _ in range(len(gutters) + 1)]
    spans = [1] * (len(gutters) + 1)
    for row in group:
        for column in range(len(texts)):
            here = [line for line in row if _first_column(line, gutters) == column]
            if here:
                texts[column].append(join(here).text)
                spans[column] = max(spans[column], *(_last_column(x, gutters) - column + 1 for x in here))
    cells: list[TableCell] = []
    covered = 0
    for column, parts in enumerate(texts):
        if covered > 0 and not parts:
            covered -= 1
            continue
        cells.append(TableCell(text=" ".join(parts), column_span=spans[column], header=header))
        covered = spans[column] - 1
    return tuple(reversed(cells)) if rtl else tuple(cells)


def _first_column(line: Line, gutters: Sequence[float]) -> int:
    return sum(1 for gutter in gutters if line.box.x0 + 1 > gutter)


def _last_column(line: Line, gutters: Sequence[float]) -> int:
    return sum(1 for gutter in gutters if line.box.x1 - 1 > gutter)
