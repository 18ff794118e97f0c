"""tables: areas of a page → rows of cells, with header rows and spans."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from pipeline.layout.areas import Area, Level, Row, areas_of, is_row_of_cells
from pipeline.layout.gridded import grid_of, table_of
from pipeline.layout.linejoin import joined
from pipeline.layout.sheet import Sheet
from pipeline.layout.unruled import unruled_areas
from schemas.geometry import Box
from schemas.layout import Direction, Line, Table, TableCell, TableRow
from schemas.page import Grid

COLUMN_GAP_PT = 2.5
"""Narrowest white gutter between columns of a table."""
NEW_ROW_GAP = 0.36
"""White space above a printed row, in sizes, that begins a row (lines of one cell: 0.1 to 0.25; rows: 0.6)."""
WIDE_GAP_EM = 0.63
"""A gap this wide counts as white between columns, and parts two cells in a row of one line only: words stand 0.25
apart, those of typewriter fonts 0.6."""
RECOGNISED_GAP_EM = 1.0
"""The same on recognised pages, where sizes are guessed."""
FULL_ROW = 0.7
"""Rows with this share of the most pieces that any has tell the columns of a table without rules."""
GUTTER_EM = 1.5
"""Amounts are parted at their thousands by less than this."""
THOUSANDS_SHARE = 0.8
"""Three figures behind a narrow gap in so many rows are thousands, not a column."""
LOOSE_SHARE = 0.25
"""Share of such gaps from which on white space alone parts rows."""
FIGURE_SHARE = 0.6
"""A narrow gutter parts two columns where so many of the pieces behind it are figures."""
SMALL_TYPE = 0.95
"""Heads are set smaller than this part of the table's usual size (UN: 7 against 8.5 points)."""
UPRIGHT_SHARE = 0.5
"""Vertical rules over this share of a table's height part its columns."""

LEAST_GRID_ROWS = 3
"""Rows of a closed grid that make a table by themselves; boxes of forms and letterheads have fewer."""
FILLED_SHARE = 0.5
"""Share of the cells of such a grid that hold text; drawings leave most empty."""
_Stripe = tuple[float, float]
"""Left and right edge."""

_FIGURE = re.compile(r"^[(\-–—−+$€£]?\s?[$€£]?[\d.…–—\-][\d\s.,/%–—\-]*[)%]?[a-z*]?\)?$")
_THOUSANDS = re.compile(r"(?:^|[^\w.,])\w{1,3}\|\w{3}[^\w.,]*$")
_FIGURES = re.compile(r"^[\d\s.,()%–—−-]*$")
_FIGURE_END = re.compile(r"(?:\.\d+\)?|[)%–—]|(?=\s\())(\s+)(?=[\d(–—−-])")


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
        table = table_of(grid, inside, pieces_of, 0.0, rtl=_is_rtl(inside))
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
    return table_of(grid, lines, pieces_of, _head_end(area), rtl=_is_rtl(lines))


def _is_rtl(lines: Sequence[Line]) -> bool:
    return sum(1 if line.direction is Direction.rtl else -1 for line in lines) > 0


def _table(area: Area) -> Table | None:
    head, body = _parted(area)
    gutters = _gutters(body or head, area, head)
    if not gutters and not (head and body):
        return None
    rtl = _is_rtl([line for row in area.rows for line in row])
    rows = [*_head_rows(head, gutters, area)]
    rows += [_cells(group, gutters, header=False) for group in _groups(body, gutters, area.levels)]
    if len(rows) < 2:
        return None
    return Table(rows=tuple(TableRow(cells=tuple(reversed(row)) if rtl else tuple(row)) for row in rows))


def _parted(area: Area) -> tuple[list[Row], list[Row]]:
    """Rows of the head and of the body."""
    end = area.body_top or _head_end(area)
    head = [row for row in area.rows if row[0].baseline < end]
    return head, [row for row in area.rows if row[0].baseline >= end]


def _head_end(area: Area) -> float:
    """Height of the rule below the head; 0 for a table without one."""
    first, last = area.rows[0][0].baseline, area.rows[-1][0].baseline
    inner = [level for level in area.levels if first < level.top < last]
    usual = _usual_size(area.rows)
    small = [
        level.top
        for level in inner
        if all(x.size < SMALL_TYPE * usual for row in area.rows if row[0].baseline < level.top for x in row)
    ]
    if small:
        return small[-1]
    if not inner:
        return max((s.top for s in area.spanners), default=0.0)
    spanned = any(s.top < inner[0].top for s in area.spanners)
    return inner[0].top if inner[0].thick or spanned or _differs(area, inner[0].top) else 0.0


def _usual_size(rows: Sequence[Row]) -> float:
    sizes = Counter(line.size for row in rows for line in row)
    return max(sizes, key=lambda size: (sizes[size], size))


def _differs(area: Area, end: float) -> bool:
    """Is the first group of rows set in another type than the next?"""
    head = [line for row in area.rows if row[0].baseline < end for line in row]
    body = [line for row in area.rows if row[0].baseline >= end for line in row]
    if not head or not body:
        return False
    small = max(x.size for x in head) < 0.95 * min(x.size for x in body)
    return small or any(_set(head, flag) and not _set(body, flag) for flag in ("bold", "italic"))


def _set(lines: Sequence[Line], flag: str) -> bool:
    return all(
        getattr(style, flag) for line in lines for style in line.styles if line.text[style.start : style.end].strip()
    )


def _gutters(rows: Sequence[Row], area: Area, head: Sequence[Row]) -> list[float]:
    """x of the borders between columns, where the words of the head leave them free."""
    top, bottom = area.box.top, area.box.bottom
    inner = [
        (u.x0 + u.x1) / 2
        for u in area.uprights
        if min(u.bottom, bottom) - max(u.top, top) > UPRIGHT_SHARE * (bottom - top)
        and area.box.x0 + 6 < u.x0 < area.box.x1 - 6
    ]
    usual = _usual_size(rows)
    full = [row for row in rows if row[0].size >= SMALL_TYPE * usual]
    cells = [row for row in full if is_row_of_cells(row)] or [row for row in rows if len(row) > 1]
    cells += [row for row in full if len(row) == 1 and len(_wide_places(row[0])) > 1]
    if not area.levels:
        cells = _fullest(cells)
    places = [[place for line in row for place in _wide_places(line)] for row in cells]
    wide = _white(places, 0) or _white(places, len(cells) // 8)
    if cells and cells[0][0].confidence is not None:
        wide = [w for w in wide if not _parts_thousands((w[0] + w[1]) / 2, cells)]
    if inner and len(inner) >= len(wide):
        return _apart(sorted(inner))
    narrow = [w for w in _white([_pieces_x(row) for row in cells], 0) if _parts_columns((w[0] + w[1]) / 2, cells)]
    middles = [(a + b) / 2 for a, b in wide]
    stripes = [*wide, *(w for w in narrow if not any(abs((w[0] + w[1]) / 2 - middle) < 6 for middle in middles))]
    words = [piece for row in head for piece in _pieces_x(row)]
    return _apart(sorted(_free(stripe, words) for stripe in stripes))


def _free(stripe: _Stripe, words: Sequence[_Stripe]) -> float:
    """Middle of the widest part of a white stripe that the fewest words of the head cross."""
    edges = sorted({*stripe, *(x for word in words for x in word if stripe[0] < x < stripe[1])})
    parts = [(sum(1 for word in words if word[0] < b and word[1] > a), a - b, a, b) for a, b in pairwise(edges)]
    _, _, a, b = min(parts)
    return (a + b) / 2


def _apart(xs: Sequence[float]) -> list[float]:
    out: list[float] = []
    for x in xs:
        if not out or x - out[-1] > COLUMN_GAP_PT:
            out.append(x)
    return out


def _white(rows: Sequence[Sequence[_Stripe]], allowed: int) -> list[_Stripe]:
    """The vertical stripes that at most `allowed` rows cross."""
    if not rows:
        return []
    left = min(a for row in rows for a, _ in row)
    right = max(b for row in rows for _, b in row)
    edges = sorted({left, right, *(e for row in rows for pair in row for e in pair)})
    out: list[_Stripe] = []
    start: float | None = None
    for a, crossed in zip(edges, [*_crossings(rows, edges), allowed + 1], strict=True):
        if crossed <= allowed:
            start = a if start is None else start
        elif start is not None:
            if a - start >= COLUMN_GAP_PT and start > left:
                out.append((start, a))
            start = None
    return out


def _crossings(rows: Sequence[Sequence[_Stripe]], edges: Sequence[float]) -> list[int]:
    """How many rows cross each stripe between neighbouring edges; the edges of the rows' pieces are among them."""
    place = {x: i for i, x in enumerate(edges)}
    steps = [0] * len(edges)
    for row in rows:
        reached = 0
        for x0, x1 in sorted(row):
            begin, end = max(place[x0], reached), place[x1]
            if end > begin:
                steps[begin] += 1
                steps[end] -= 1
                reached = end
    return list(accumulate(steps[:-1]))


def _pieces_x(row: Row) -> list[_Stripe]:
    return [place for line in row for place in _places(line, _gaps_of(line), 0.0)]


def _fullest(rows: Sequence[Row]) -> list[Row]:
    """The rows with the most pieces: heads of sections, set over several columns, have fewer."""
    counts = [sum(len(_wide_places(line)) for line in row) for row in rows]
    return [row for row, count in zip(rows, counts, strict=True) if count >= FULL_ROW * max(counts)]


def _wide_places(line: Line) -> list[_Stripe]:
    return _places(line, line.gaps, WIDE_GAP_EM if line.confidence is None else RECOGNISED_GAP_EM)


def _places(line: Line, gaps: Sequence[tuple[int, float, float]], least_em: float) -> list[_Stripe]:
    """Where the line's text stands between those of its gaps that are wide enough."""
    out: list[_Stripe] = []
    reach = line.box.x0
    for _, x0, x1 in sorted(gaps, key=lambda gap: gap[1]):
        if x1 - x0 >= least_em * line.size:
            out.append((reach, x0))
            reach = x1
    return [*out, (reach, line.box.x1)]


def _parts_columns(gutter: float, rows: Sequence[Row]) -> bool:
    return _parts_figures(gutter, rows) and not _parts_thousands(gutter, rows)


def _parts_figures(gutter: float, rows: Sequence[Row]) -> bool:
    """Do figures stand behind a narrow gutter, or before it, in most of the rows that it parts?"""
    beside = _beside(gutter, rows)
    behind = sum(1 for _, right, _ in beside if _FIGURE.match(right))
    before = sum(1 for left, _, _ in beside if _FIGURE.match(left))
    return len(beside) >= 2 and max(behind, before) >= FIGURE_SHARE * len(beside)


def _parts_thousands(gutter: float, rows: Sequence[Row]) -> bool:
    """Does the gutter run through the amounts of one column?"""
    near = [f"{left}|{right}" for left, right, gap in _beside(gutter, rows) if gap < GUTTER_EM]
    thousands = sum(1 for pair in near if _THOUSANDS.search(pair))
    return thousands > 0 and thousands >= THOUSANDS_SHARE * len(near)


def _beside(gutter: float, rows: Sequence[Row]) -> list[tuple[str, str, float]]:
    """Of each row that it parts, the text before the gutter, the word behind it, the gap between them in sizes."""
    found: list[tuple[str, str, float]] = []
    for row in rows:
        pieces = [piece for line in row for piece in pieces_of(line, [gutter])]
        left, right = [p for p in pieces if p.box.x1 <= gutter], [p for p in pieces if p.box.x0 >= gutter]
        if left and right:
            before, behind = max(left, key=lambda p: p.box.x1), min(right, key=lambda p: p.box.x0)
            gap = (behind.box.x0 - before.box.x1) / behind.size
            found.append((before.text, behind.text.split(" ", 1)[0], gap))
    return found


def _gaps_of(line: Line) -> list[tuple[int, float, float]]:
    """The line's white spaces; those between figures of two columns that the source holds as one are estimated."""
    if not _FIGURES.match(line.text):
        return list(line.gaps)
    known = {offset for offset, _, _ in line.gaps}
    widths = [0.0]
    for char in line.text:
        widths.append(widths[-1] + (0.25 if char in " .,\u2009\u00a0" else 0.33 if char in "()" else 0.5))
    scale = line.box.width / max(widths[-1], 0.1)
    found = list(line.gaps)
    for match in _FIGURE_END.finditer(line.text):
        if match.end() not in known:
            x0, x1 = (line.box.x0 + scale * widths[i] for i in (match.start(1), match.end()))
            found.append((match.end(), round(x0 - 0.5, 2), round(x1 + 0.5, 2)))
    return sorted(found)


def pieces_of(line: Line, gutters: Sequence[float]) -> list[Line]:
    """The line cut at the gutters that run through one of its white spaces, in the order of its text."""
    cuts = [gap for gap in _gaps_of(line) if any(gap[1] - 0.5 <= g <= gap[2] + 0.5 for g in gutters)]
    if not cuts:
        return [line]
    out: list[Line] = []
    starts = [0, *(offset for offset, _, _ in cuts)]
    ends = [*(offset for offset, _, _ in cuts), len(line.text)]
    for start, end in zip(starts, ends, strict=True):
        raw = line.text[start:end]
        text = raw.strip()
        if not text:
            continue
        begin = start + len(raw) - len(raw.lstrip())
        styles = tuple(
            replace(s, start=max(s.start - begin, 0), end=min(s.end - begin, len(text)))
            for s in line.styles
            if s.end > begin and s.start < begin + len(text)
        )
        out.append(replace(line, text=text, styles=styles, gaps=(), box=_piece_box(line, cuts, start, end)))
    return out


def _piece_box(line: Line, cuts: Sequence[tuple[int, float, float]], start: int, end: int) -> Box:
    before = next((g for g in cuts if g[0] == start), None)
    after = next((g for g in cuts if g[0] == end), None)
    x0, x1 = line.box.x0, line.box.x1
    if line.direction is Direction.rtl:
        return Box(after[2] if after else x0, line.box.top, before[1] if before else x1, line.box.bottom)
    return Box(before[2] if before else x0, line.box.top, after[1] if after else x1, line.box.bottom)


def _groups(rows: Sequence[Row], gutters: Sequence[float], levels: Sequence[Level]) -> list[list[Row]]:
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
    if any(_FIGURE.match(line.text) for column, line in columns.items() if column):
        return False
    before = _by_column(group[-1], gutters)
    return all(_wraps(before[c], columns[c], ends[c]) for c in columns if c in before)


def _has_figures_below(group: Sequence[Row], columns: dict[int, Line], gutters: Sequence[float]) -> bool:
    """Do figures stand below figures? Then each row is its own."""
    figures = {column for column, line in columns.items() if column and _FIGURE.match(line.text)}
    above = {column for row in group for column, line in _by_column(row, gutters).items() if _FIGURE.match(line.text)}
    return not figures.isdisjoint(above - {0})


def _begins_label(group: Sequence[Row], columns: dict[int, Line], gutters: Sequence[float], end: float) -> bool:
    """Does a label without figures open a row, where the row before it has all of its own?"""
    above = _by_column(group[-1], gutters)
    figures = sum(1 for column, line in above.items() if column and _FIGURE.match(line.text))
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
    return {_column(piece, gutters): piece for line in row for piece in _cut(line, gutters, lone=len(row) == 1)}


def _cut(line: Line, gutters: Sequence[float], *, lone: bool) -> list[Line]:
    """The line cut at the gutters; what stands alone in its row runs over them, unless its gaps are wide."""
    if not lone or _FIGURE.match(line.text):
        return pieces_of(line, gutters)
    least = (WIDE_GAP_EM if line.confidence is None else RECOGNISED_GAP_EM) * line.size
    wide = tuple(gap for gap in line.gaps if gap[2] - gap[1] >= least)
    return pieces_of(replace(line, gaps=wide), gutters)


def _column(line: Line, gutters: Sequence[float]) -> int:
    middle = (line.box.x0 + line.box.x1) / 2
    return sum(1 for gutter in gutters if middle > gutter)


def _head_rows(rows: Sequence[Row], gutters: Sequence[float], area: Area) -> list[list[TableCell]]:
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
    return out + [_cells([single[above]], gutters, header=True) for above in sorted(single)]


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


def _cells(group: Sequence[Row], gutters: Sequence[float], *, header: bool) -> list[TableCell]:
    columns = len(gutters) + 1
    parts: list[list[Line]] = [[] for _ in range(columns)]
    spans = [1] * columns
    for row in group:
        lone = len(row) == 1
        for line in row:
            for piece in _cut(line, gutters, lone=lone):
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
        text = joined(_in_order(lines))[0] if lines else ""
        cells.append(TableCell(text=text, column_span=span, header=header))
        covered = span - 1
    return cells


def _in_order(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda x: (round(x.baseline / 3), -x.box.x1 if x.direction is Direction.rtl else x.box.x0))


def _reach(line: Line, gutters: Sequence[float]) -> tuple[int, int]:
    """First and last column of a piece; a slight overhang does not count."""
    slack = min(4.0, line.box.width / 4)
    first = sum(1 for gutter in gutters if line.box.x0 + slack > gutter)
    last = sum(1 for gutter in gutters if line.box.x1 - slack > gutter)
    return first, max(first, last)
