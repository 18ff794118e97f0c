"""borders: printed rows → where the borders between the columns of their table stand."""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from pipeline.layout.tables.areas import Area
from pipeline.layout.tables.chains import Row, is_row_of_cells
from pipeline.layout.tables.cut import FIGURE, Gap, gaps_of, pieces_of, wide_em
from pipeline.layout.tables.head import SMALL_TYPE, usual_size
from schemas.layout import Line

COLUMN_GAP_PT = 2.5
"""Narrowest white gutter between columns of a table."""
FULL_ROW = 0.7
"""Rows with this share of the most pieces that any has tell the columns of a table without rules."""
GUTTER_EM = 1.5
"""Amounts are parted at their thousands by less than this."""
THOUSANDS_SHARE = 0.8
"""Three figures behind a narrow gap in so many rows are thousands, not a column."""
FIGURE_SHARE = 0.6
"""A narrow gutter parts two columns where so many of the pieces behind it are figures."""
UPRIGHT_SHARE = 0.5
"""Vertical rules over this share of a table's height part its columns."""
_THOUSANDS = re.compile(r"(?:^|[^\w.,])\w{1,3}\|\w{3}[^\w.,]*$")
_Stripe = tuple[float, float]
"""Left and right edge."""
_Beside = tuple[str, str, float]
"""The text before a gutter, the word behind it, the gap between them in sizes."""


def borders_of(rows: Sequence[Row], area: Area, head: Sequence[Row]) -> list[float]:
    """x of the borders between columns, where the words of the head leave them free."""
    top, bottom = area.box.top, area.box.bottom
    inner = [
        (u.x0 + u.x1) / 2
        for u in area.uprights
        if min(u.bottom, bottom) - max(u.top, top) > UPRIGHT_SHARE * (bottom - top)
        and area.box.x0 + 6 < u.x0 < area.box.x1 - 6
    ]
    usual = usual_size(rows)
    full = [row for row in rows if row[0].size >= SMALL_TYPE * usual]
    cells = [row for row in full if is_row_of_cells(row)] or [row for row in rows if len(row) > 1]
    cells += [row for row in full if len(row) == 1 and len(_wide_places(row[0])) > 1]
    if not area.levels:
        cells = _fullest(cells)
    places = [[place for line in row for place in _wide_places(line)] for row in cells]
    wide = _white(places, 0) or _white(places, len(cells) // 8)
    if cells and cells[0][0].confidence is not None:
        wide = [w for w in wide if not _parts_thousands(_beside(w, cells))]
    if inner and len(inner) >= len(wide):
        return _apart(sorted(inner))
    narrow = [w for w in _white([_pieces_x(row) for row in cells], 0) if _parts_columns(_beside(w, cells))]
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
    return [place for line in row for place in _places(line, gaps_of(line), 0.0)]


def _fullest(rows: Sequence[Row]) -> list[Row]:
    """The rows with the most pieces: heads of sections, set over several columns, have fewer."""
    counts = [sum(len(_wide_places(line)) for line in row) for row in rows]
    return [row for row, count in zip(rows, counts, strict=True) if count >= FULL_ROW * max(counts)]


def _wide_places(line: Line) -> list[_Stripe]:
    return _places(line, line.gaps, wide_em(line))


def _places(line: Line, gaps: Sequence[Gap], least_em: float) -> list[_Stripe]:
    """Where the line's text stands between those of its gaps that are wide enough."""
    out: list[_Stripe] = []
    reach = line.box.x0
    for _, x0, x1 in sorted(gaps, key=lambda gap: gap[1]):
        if x1 - x0 >= least_em * line.size:
            out.append((reach, x0))
            reach = x1
    return [*out, (reach, line.box.x1)]


def _parts_columns(beside: Sequence[_Beside]) -> bool:
    return _parts_figures(beside) and not _parts_thousands(beside)


def _parts_figures(beside: Sequence[_Beside]) -> bool:
    """Do figures stand behind a narrow gutter, or before it, in most of the rows that it parts?"""
    behind = sum(1 for _, right, _ in beside if FIGURE.match(right))
    before = sum(1 for left, _, _ in beside if FIGURE.match(left))
    return len(beside) >= 2 and max(behind, before) >= FIGURE_SHARE * len(beside)


def _parts_thousands(beside: Sequence[_Beside]) -> bool:
    """Does the gutter run through the amounts of one column?"""
    near = [f"{left}|{right}" for left, right, gap in beside if gap < GUTTER_EM]
    thousands = sum(1 for pair in near if _THOUSANDS.search(pair))
    return thousands > 0 and thousands >= THOUSANDS_SHARE * len(near)


def _beside(gutter: _Stripe, rows: Sequence[Row]) -> list[_Beside]:
    """Of each row that it parts, what stands beside the middle of the gutter."""
    middle = (gutter[0] + gutter[1]) / 2
    found: list[_Beside] = []
    for row in rows:
        pieces = [piece for line in row for piece in pieces_of(line, [middle])]
        left, right = [p for p in pieces if p.box.x1 <= middle], [p for p in pieces if p.box.x0 >= middle]
        if left and right:
            before, behind = max(left, key=lambda p: p.box.x1), min(right, key=lambda p: p.box.x0)
            gap = (behind.box.x0 - before.box.x1) / behind.size
            found.append((before.text, behind.text.split(" ", 1)[0], gap))
    return found
