"""cells: the printed rows of one row of a table, or of its head → cells with the columns that they span."""

from collections.abc import Sequence

from pipeline.layout.linejoin import joined
from pipeline.layout.tables.areas import Area
from pipeline.layout.tables.chains import Row
from pipeline.layout.tables.cut import cut_at, pieces_of
from schemas.geometry import Box
from schemas.layout import Direction, Line, TableCell


def head_rows(rows: Sequence[Row], gutters: Sequence[float], area: Area) -> list[list[TableCell]]:
    """Rows of the head: heads of several columns by the rules below them, then the heads of single columns."""
    over: dict[int, list[Line]] = {}
    single: dict[int, list[Line]] = {}
    for line in (line for row in rows for line in row):
        home = _spanner_of(line, area.spanners)
        if home is not None:
            over.setdefault(home, []).append(line)
            continue
        for piece in pieces_of(line, gutters):
            middle = (piece.box.x0 + piece.box.x1) / 2
            above = sum(1 for x in area.levels if x.top < piece.baseline and x.x0 <= middle <= x.x1)
            single.setdefault(above, []).append(piece)
    heights = sorted({round(area.spanners[i].top / 4) for i in over})
    out = []
    for height in heights:
        here = [i for i in over if round(area.spanners[i].top / 4) == height]
        out.append(_spanner_row(here, over, gutters, area.spanners))
    return out + [cells_of([single[above]], gutters, header=True) for above in sorted(single)]


def _spanner_of(line: Line, spanners: Sequence[Box]) -> int | None:
    """The nearest short rule below a line that holds its middle."""
    middle = (line.box.x0 + line.box.x1) / 2
    below = [i for i, s in enumerate(spanners) if s.x0 - 2 <= middle <= s.x1 + 2 and s.top >= line.baseline]
    return min(below, key=lambda i: spanners[i].top, default=None)


def _spanner_row(
    here: Sequence[int], over: dict[int, list[Line]], gutters: Sequence[float], spanners: Sequence[Box]
) -> list[TableCell]:
    cells: list[TableCell] = []
    column = 0
    for index in sorted(here, key=lambda i: spanners[i].x0):
        rule = spanners[index]
        first = sum(1 for g in gutters if rule.x0 + 4 > g)
        last = sum(1 for g in gutters if rule.x1 - 4 > g)
        first = max(first, column)
        cells += [TableCell(text="", header=True)] * (first - column)
        text = joined(over[index])[0]
        cells.append(TableCell(text=text, column_span=max(1, last - first + 1), header=True))
        column = max(first, last) + 1
    return cells + [TableCell(text="", header=True)] * (len(gutters) + 1 - column)


def cells_of(group: Sequence[Row], gutters: Sequence[float], *, header: bool) -> list[TableCell]:
    """The cells of one row of the table, from the printed rows that make it."""
    columns = len(gutters) + 1
    parts: list[list[Line]] = [[] for _ in range(columns)]
    spans = [1] * columns
    for row in group:
        lone = len(row) == 1
        for line in row:
            for piece in cut_at(line, gutters, lone=lone):
                first, last = _reach(piece, gutters)
                parts[first].append(piece)
                spans[first] = max(spans[first], last - first + 1)
    cells: list[TableCell] = []
    covered = 0
    for column, lines in enumerate(parts):
        if covered > 0 and not lines:
            covered -= 1
            continue
        free = next((n for n, later in enumerate(parts[column + 1 :], start=1) if later), columns - column)
        span = min(spans[column], free)
        text = text_of(lines)
        cells.append(TableCell(text=text, column_span=span, header=header))
        covered = span - 1
    return cells


def text_of(lines: Sequence[Line]) -> str:
    """The text of a cell: its pieces from top to bottom, those of one height in the order in which they are read."""
    ordered = sorted(
        lines, key=lambda x: (round(x.baseline / 3), -x.box.x1 if x.direction is Direction.rtl else x.box.x0)
    )
    return joined(ordered)[0]


def _reach(line: Line, gutters: Sequence[float]) -> tuple[int, int]:
    """First and last column of a piece; a slight overhang does not count."""
    slack = min(4.0, line.box.width / 4)
    first = sum(1 for gutter in gutters if line.box.x0 + slack > gutter)
    last = sum(1 for gutter in gutters if line.box.x1 - slack > gutter)
    return first, max(first, last)
