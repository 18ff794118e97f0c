"""rows: printed rows → groups of them that make one row of a table each."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.layout.tables.chains import Row
from pipeline.layout.tables.cut import FIGURE, cut_at
from pipeline.layout.tables.rules import Level
from schemas.layout import Direction, Line

NEW_ROW_GAP = 0.36
"""White space above a printed row, in sizes, that begins a row (lines of one cell: 0.1 to 0.25; rows: 0.6)."""
LOOSE_SHARE = 0.25
"""Share of such gaps from which on white space alone parts rows."""


def groups_of(rows: Sequence[Row], gutters: Sequence[float], levels: Sequence[Level]) -> list[list[Row]]:
    """Printed rows that make one row of the table."""
    gaps = [(_gap(a, b), max(a[0].size, b[0].size)) for a, b in pairwise(rows)]
    loose = sum(1 for gap, size in gaps if gap > NEW_ROW_GAP * size) >= max(1, LOOSE_SHARE * len(gaps))
    ends = _ends(rows, gutters)
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _goes_on(groups[-1], row, gutters, levels, loose, ends):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _gap(above: Row, below: Row) -> float:
    return min(line.box.top for line in below) - max(line.box.bottom for line in above)


def _goes_on(
    group: Sequence[Row],
    row: Row,
    gutters: Sequence[float],
    levels: Sequence[Level],
    loose: bool,
    ends: Sequence[float],
) -> bool:
    """Is the printed row a further line of the row above it?"""
    above, below = max(x.baseline for x in group[-1]), min(x.baseline for x in row)
    if any(above < level.top < below for level in levels):
        return False
    if _gap(group[-1], row) > NEW_ROW_GAP * row[0].size:
        return False
    columns = _by_column(row, gutters)
    if loose:
        return 0 not in columns or not (
            _has_figures_below(group, columns, gutters) or _begins_label(group, columns, gutters, ends[0])
        )
    if 0 not in columns:
        return True
    if any(FIGURE.match(line.text) for column, line in columns.items() if column):
        return False
    before = _by_column(group[-1], gutters)
    return all(_wraps(before[c], columns[c], ends[c]) for c in columns if c in before)


def _has_figures_below(group: Sequence[Row], columns: dict[int, Line], gutters: Sequence[float]) -> bool:
    """Do figures stand below figures? Then each row is its own."""
    figures = {column for column, line in columns.items() if column and FIGURE.match(line.text)}
    above = {column for row in group for column, line in _by_column(row, gutters).items() if FIGURE.match(line.text)}
    return not figures.isdisjoint(above - {0})


def _begins_label(group: Sequence[Row], columns: dict[int, Line], gutters: Sequence[float], end: float) -> bool:
    """Does a label without figures open a row, where the row before it has all of its own?"""
    above = _by_column(group[-1], gutters)
    figures = sum(1 for column, line in above.items() if column and FIGURE.match(line.text))
    if len(columns) > 1 or 0 not in above or figures < 2 or figures < len(above) - 1:
        return False
    indented = columns[0].box.x0 > above[0].box.x0 + 0.5 * columns[0].size
    return not indented and not _wraps(above[0], columns[0], end)


def _wraps(before: Line, line: Line, end: float) -> bool:
    """Had the first word no place left in the line before?"""
    if line.direction is Direction.rtl:
        return True
    word = line.text.split(" ", 1)[0]
    return before.box.x1 + line.box.width * (len(word) + 1) / max(1, len(line.text)) > end - 2


def _ends(rows: Sequence[Row], gutters: Sequence[float]) -> list[float]:
    """Right edge of the text of each column."""
    ends = [0.0] * (len(gutters) + 1)
    for row in rows:
        for column, line in _by_column(row, gutters).items():
            ends[column] = max(ends[column], line.box.x1)
    return ends


def _by_column(row: Row, gutters: Sequence[float]) -> dict[int, Line]:
    return {_column(piece, gutters): piece for line in row for piece in cut_at(line, gutters, lone=len(row) == 1)}


def _column(line: Line, gutters: Sequence[float]) -> int:
    middle = (line.box.x0 + line.box.x1) / 2
    return sum(1 for gutter in gutters if middle > gutter)
