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
PROSE_LETTERS = 55
PROSE_SHARE = 0.75
"""A lone line this long over this share of the table's width is prose, which no table holds between its rules."""
FAR_GAP = 2.5
"""White space, in sizes, at which an unclosed table ends."""
NEW_ROW_GAP = 0.45
"""White space above a line, in sizes, that begins a row."""
TIGHTER = 0.12
"""White space, in sizes, by which lines of one row stand closer than rows do."""
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
    for box, cuts in _areas(sheet, lines, first):
        inside = [line for line in lines if id(line) not in taken and _within(line, box)]
        table = _table(inside, cuts)
        if table is not None:
            taken.update(id(line) for line in inside)
            found.append(Found(box, tuple(inside), table))
    return found


def _areas(sheet: Sheet, lines: Sequence[Line], first: bool) -> list[tuple[Box, list[float]]]:
    """(box, heights of the rules inside) of areas that rules of one width bound, from top to bottom."""
    rules = [r for r in sheet.across if r.width >= LEAST_WIDTH * sheet.width_pt]
    if first:
        rules = [r for r in rules if r.top > MASTHEAD_SHARE * sheet.height_pt]
    groups: list[list[Box]] = []
    for rule in sorted(rules, key=lambda r: r.top):
        home = next((g for g in reversed(groups) if _same_edges(g[0], rule)), None)
        if home is not None and _is_tabular(_between(lines, home[-1], rule), rule):
            home.append(rule)
        else:
            groups.append([rule])
    areas = [_area(_closed(group, lines), sheet) for group in groups if len(group) >= 2]
    return sorted(areas, key=lambda area: area[0].top)


def _between(lines: Sequence[Line], above: Box, below: Box) -> list[Line]:
    return [line for line in lines if above.bottom - 1 <= line.baseline <= below.bottom + 1]


def _is_tabular(lines: Sequence[Line], rule: Box) -> bool:
    """Do the lines between two rules belong to one table? Not where prose or only headings stand there."""
    rows = rows_of(list(lines))
    if not rows:
        return True
    return any(len(row) > 1 for row in rows) and not any(_is_prose(row, rule) for row in rows)


def _is_prose(row: Sequence[Line], rule: Box) -> bool:
    line = row[0]
    return len(row) == 1 and len(line.text) >= PROSE_LETTERS and line.box.width > PROSE_SHARE * rule.width


def _closed(group: list[Box], lines: Sequence[Line]) -> list[Box]:
    """The rules with one more where a table has no closing rule: it goes on over the page, or has none."""
    if len(group) > 2:
        return group
    last = group[-1]
    bottom = reach = last.bottom
    misses = 0
    for row in rows_of([line for line in lines if line.baseline > last.bottom + 1]):
        if _is_prose(row, last) or _opens_note(row[0]) or not _inside(row, last):
            break
        gap = min(line.box.top for line in row) - reach
        reach = max(line.box.bottom for line in row)
        misses = 0 if len(row) > 1 else misses + 1
        if gap > FAR_GAP * row[0].size or misses > 3:
            break
        if len(row) > 1:
            bottom = reach
    return group if bottom == last.bottom else [*group, Box(last.x0, bottom, last.x1, bottom)]


def _inside(row: Sequence[Line], rule: Box) -> bool:
    return all(line.box.x0 >= rule.x0 - 4 and line.box.x1 <= rule.x1 + 4 for line in row)


def _opens_note(line: Line) -> bool:
    first = next(iter(line.styles), None)
    return bool(first and first.superscript and first.start == 0)


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
    header_bottom = _header_bottom(rows, cuts)
    groups = _row_groups(rows, gutters, cuts, header_bottom)
    if len(groups) < 2:
        return None
    rtl = sum(1 if line.direction is Direction.rtl else -1 for line in lines) > 0
    return Table(
        rows=tuple(
            TableRow(cells=_cells(group, gutters, rtl, header=group[-1][0].baseline < header_bottom))
            for group in groups
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
    rows: Sequence[Sequence[Line]], gutters: Sequence[float], cuts: Sequence[float], header_bottom: float
) -> list[list[Sequence[Line]]]:
    """Printed rows that make one row of the table."""
    usual = _usual_gap(rows, gutters)
    groups: list[list[Sequence[Line]]] = []
    for row in rows:
        if (
            groups
            and not _cut_between(groups[-1][-1], row, cuts)
            and (row[0].baseline < header_bottom or _continues(groups[-1], row, gutters, usual))
        ):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _gap(above: Sequence[Line], below: Sequence[Line]) -> float:
    return min(line.box.top for line in below) - max(line.box.bottom for line in above)


def _usual_gap(rows: Sequence[Sequence[Line]], gutters: Sequence[float]) -> float | None:
    """White space between printed rows that are surely two rows: both fill the first and another column."""
    full = [{_column(line, gutters) for line in row} for row in rows]
    gaps = sorted(
        _gap(rows[i], rows[i + 1])
        for i in range(len(rows) - 1)
        if all(0 in full[j] and len(full[j]) > 1 for j in (i, i + 1))
    )
    return gaps[len(gaps) // 2] if gaps else None


def _cut_between(above: Sequence[Line], below: Sequence[Line], cuts: Sequence[float]) -> bool:
    top, bottom = max(line.baseline for line in above), min(line.baseline for line in below)
    return any(top < cut < bottom for cut in cuts)


def _continues(
    group: Sequence[Sequence[Line]], row: Sequence[Line], gutters: Sequence[float], usual: float | None
) -> bool:
    """Is the printed row a further line of the row above it?"""
    gap = _gap(group[-1], row)
    size = row[0].size
    if gap > NEW_ROW_GAP * size:
        return False
    if usual is not None and gap < usual - TIGHTER * size:
        return True
    columns = {_column(line, gutters) for line in row}
    return 0 not in columns


def _column(line: Line, gutters: Sequence[float]) -> int:
    middle = (line.box.x0 + line.box.x1) / 2
    return sum(1 for gutter in gutters if middle > gutter)


def _header_bottom(rows: Sequence[Sequence[Line]], cuts: Sequence[float]) -> float:
    """Height of the first rule below the first printed row, where more of the table follows; 0 where there is none."""
    first, last = rows[0][0].baseline, rows[-1][0].baseline
    return next((cut for cut in cuts if first < cut < last), 0.0)


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
