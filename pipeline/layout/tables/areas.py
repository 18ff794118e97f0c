"""areas: where the tables of a page stand, told from its rules and from the rows beside them.

UN tables are drawn with horizontal rules: a thin one above the head, a thick one below it, thin ones between the
groups of rows and a thick one at the end. A table that goes on over the page lacks the last, or the first, or both.
Each rule draws rows to it from both sides until something stops it: prose, a title, white space, the end of the table.
Rules whose rows meet belong to one table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.layout.sheet import Sheet, rows_of
from schemas.geometry import Box
from schemas.layout import Line

LEAST_SHARE = 0.3
"""Share of the page's width that a rule of a table spans at least; shorter ones stand below heads of columns."""
LEAST_SPANNER_PT = 18.0
"""Shortest rule below a head of several columns."""
LEVEL_PT = 3.0
"""Rules this close in height are one."""
THICK_PT = 1.0
"""Rules below heads and at the ends of tables are thicker (UN: 1.4 against 0.5 points)."""
CELL_GAP_EM = 1.1
"""White space between two lines of a row that makes it a row of cells; gaps in justified prose stay below."""
FAR_GAP = 3.0
"""White space, in sizes, that no table holds between two rows."""
PROSE_SHARE = 0.72
"""A lone line over this share of the rule, of this many letters and in the size of the body, is prose."""
PROSE_LETTERS = 40
TITLE_RATIO = 1.12
"""Lone lines larger than the rows of cells by this factor are titles between tables."""
UNDERLINE_PT = 4.0
"""A rule this close to both ends of the line above it underlines that line."""
PAGE_HEAD_SHARE = 0.1
"""The first rule below a line of text and above this share of the page's height belongs to the running head."""
BOX_FIGURES = 0.6
"""A frame is a table where so many of its rows of cells end in a figure; other frames hold text."""
CHART_UPRIGHTS = 4
"""So many vertical rules, none as high as half the area, are boxes of a chart."""

Row = Sequence[Line]


@dataclass(frozen=True, slots=True)
class Level:
    """Rules at one height."""

    top: float
    bottom: float
    x0: float
    x1: float
    thick: bool

    @property
    def width(self) -> float:
        """From the left end of the leftmost to the right end of the rightmost."""
        return self.x1 - self.x0


@dataclass(frozen=True, slots=True)
class Area:
    """A table's place: its printed rows and the rules between and beside them."""

    rows: tuple[Row, ...]
    levels: tuple[Level, ...]
    spanners: tuple[Box, ...]
    uprights: tuple[Box, ...]
    body_top: float = 0.0
    """Top of the body of a table without rules, below its head; 0 where it has none, or where rules tell."""

    @property
    def box(self) -> Box:
        """Around rows and rules."""
        lines = [line for row in self.rows for line in row]
        return Box(
            min(*(x.box.x0 for x in lines), *(x.x0 for x in self.levels)),
            min(*(x.box.top for x in lines), *(x.top for x in self.levels)),
            max(*(x.box.x1 for x in lines), *(x.x1 for x in self.levels)),
            max(*(x.box.bottom for x in lines), *(x.bottom for x in self.levels)),
        )


def areas_of(sheet: Sheet, lines: Sequence[Line], size: float, masthead_end: float) -> list[Area]:
    """Areas from top to bottom; no line stands in two. `size` is the body's; rules of the masthead do not count."""
    levels, spanners = _rules(sheet, lines, masthead_end)
    if not levels:
        return []
    upright = [line for line in lines if not line.turn and line.box.top >= masthead_end]
    rows = rows_of(upright)
    areas: list[Area] = []
    used: set[int] = set()
    for chain, indexes in _chains(levels, rows, spanners, size):
        free = [i for i in indexes if i not in used]
        area = _area(sheet, chain, [rows[i] for i in free], spanners)
        if area is not None:
            used.update(free)
            areas.append(area)
    return areas


def is_row_of_cells(row: Row) -> bool:
    """Do the lines of the row stand in columns?"""
    return any(b.box.x0 - a.box.x1 > CELL_GAP_EM * max(a.size, b.size) for a, b in pairwise(row)) or len(row) > 3


def _rules(sheet: Sheet, lines: Sequence[Line], masthead_end: float) -> tuple[list[Level], list[Box]]:
    """Wide rules by height, and the short ones that stand below heads of several columns."""
    top = max(masthead_end + 1, _page_head_end(sheet))
    rules = [r for r in sheet.across if r.top > top and not _underlines(r, lines)]
    groups: list[list[Box]] = []
    for rule in sorted(rules, key=lambda r: r.top):
        if groups and rule.top - groups[-1][-1].top <= LEVEL_PT:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    levels: list[Level] = []
    spanners: list[Box] = []
    for group in groups:
        if max(r.width for r in group) >= LEAST_SHARE * sheet.width_pt:
            levels.append(
                Level(
                    min(r.top for r in group),
                    max(r.bottom for r in group),
                    min(r.x0 for r in group),
                    max(r.x1 for r in group),
                    max(r.height for r in group) >= THICK_PT,
                )
            )
        else:
            spanners.extend(r for r in group if r.width >= LEAST_SPANNER_PT)
    return levels, spanners


def _page_head_end(sheet: Sheet) -> float:
    """Height of the rule below the running head; 0 without one."""
    first = min((r.top for r in sheet.across), default=0.0)
    if first > PAGE_HEAD_SHARE * sheet.height_pt or not any(x.box.bottom <= first + 2 for x in sheet.lines):
        return 0.0
    return first + LEVEL_PT


def _underlines(rule: Box, lines: Sequence[Line]) -> bool:
    return any(
        abs(line.box.x0 - rule.x0) < UNDERLINE_PT
        and abs(line.box.x1 - rule.x1) < UNDERLINE_PT
        and -1 <= rule.top - line.baseline <= UNDERLINE_PT
        for line in lines
    )


def _chains(
    levels: Sequence[Level], rows: Sequence[Row], spanners: Sequence[Box], size: float
) -> list[tuple[list[Level], list[int]]]:
    """Rules of one table each, with the indexes of its rows."""
    chains: list[tuple[list[Level], list[int]]] = []
    chain: list[Level] = []
    taken: list[int] = []
    middles = [_middle(row) for row in rows]
    for position, level in enumerate(levels):
        above = levels[position - 1].bottom if position else -1e9
        between = [i for i, y in enumerate(middles) if above <= y < level.top and _beside(rows[i], level)]
        if chain and _far(chain[-1], level):
            _close(chains, chain, taken)
            chain, taken = [], []
        if not chain:
            taken = _drawn_up(between, rows, level, spanners, size)
        else:
            down = _drawn_down(between, rows, chain, _frame([*chain, level]), size)
            if len(down) == len(between) and (between or level.top - chain[-1].bottom < FAR_GAP * size):
                taken += between
            else:
                _close(chains, chain, [*taken, *_tail(down, rows)])
                left = [i for i in between if i not in set(down)] if _tail(down, rows) else between
                chain, taken = [], _drawn_up(left, rows, level, spanners, size)
        chain.append(level)
    if chain:
        below = [i for i, y in enumerate(middles) if y >= chain[-1].bottom and _beside(rows[i], chain[-1])]
        _close(chains, chain, [*taken, *_tail(_drawn_down(below, rows, chain, _frame(chain), size), rows)])
    return chains


def _frame(chain: Sequence[Level]) -> Level:
    """The last level, as wide as the widest."""
    return replace(chain[-1], x0=min(x.x0 for x in chain), x1=max(x.x1 for x in chain))


def _close(chains: list[tuple[list[Level], list[int]]], chain: list[Level], taken: list[int]) -> None:
    if chain:
        chains.append((chain, taken))


def _far(before: Level, level: Level) -> bool:
    """Rules that share less than half of the shorter do not belong to one table."""
    shared = min(before.x1, level.x1) - max(before.x0, level.x0)
    return shared < 0.5 * min(before.width, level.width)


def _beside(row: Row, level: Level) -> bool:
    middle = (min(x.box.x0 for x in row) + max(x.box.x1 for x in row)) / 2
    return level.x0 - 6 <= middle <= level.x1 + 6


def _middle(row: Row) -> float:
    return (min(x.box.top for x in row) + max(x.box.bottom for x in row)) / 2


def _drawn_down(
    indexes: Sequence[int], rows: Sequence[Row], chain: Sequence[Level], frame: Level, size: float
) -> list[int]:
    """Rows that follow the last rule of a chain without a stop."""
    if not indexes or _is_closing(chain, rows[indexes[0]]):
        return []
    level = replace(chain[-1], x0=frame.x0, x1=frame.x1)
    return _drawn(list(indexes), rows, level, size)


def _drawn_up(
    indexes: Sequence[int], rows: Sequence[Row], level: Level, spanners: Sequence[Box], size: float
) -> list[int]:
    """Rows that lead to the first rule of a table: cells, or heads over short rules."""
    drawn = _drawn(list(reversed(indexes)), rows, level, size)
    last = 0
    for count, index in enumerate(drawn, start=1):
        if is_row_of_cells(rows[index]) or _over_spanner(rows[index], spanners):
            last = count
    return sorted(drawn[:last])


def _over_spanner(row: Row, spanners: Sequence[Box]) -> bool:
    line = row[0]
    middle = (line.box.x0 + line.box.x1) / 2
    return any(s.x0 <= middle <= s.x1 and 0 <= s.top - line.baseline < 1.5 * line.size for s in spanners)


def _tail(drawn: Sequence[int], rows: Sequence[Row]) -> list[int]:
    """The drawn rows up to the last row of cells: what lone lines follow are notes or text."""
    starts: set[int] = set()
    last = 0
    for count, index in enumerate(drawn, start=1):
        row = rows[index]
        if is_row_of_cells(row):
            starts.update(round(line.box.x0) for line in row[1:])
            last = count
        elif last == count - 1 and any(abs(start - row[0].box.x0) <= 2 for start in starts):
            last = count
    return list(drawn[:last])


def _is_closing(chain: Sequence[Level], below: Row) -> bool:
    """A second thick rule ends a table, unless cells follow it at once."""
    level = chain[-1]
    if not level.thick or sum(1 for x in chain if x.thick) < 2:
        return False
    return not is_row_of_cells(below)


def _drawn(indexes: list[int], rows: Sequence[Row], level: Level, size: float) -> list[int]:
    """Rows away from a rule until one stops it."""
    cells = [rows[i][0].size for i in indexes[:8] if is_row_of_cells(rows[i])]
    table_size = max(cells, default=0.0)
    edge: float | None = None
    drawn: list[int] = []
    for index in indexes:
        row = rows[index]
        top, bottom = min(x.box.top for x in row), max(x.box.bottom for x in row)
        if edge is None:
            edge = level.bottom if top > level.top else level.top
        gap = _gap(edge, top, bottom)
        if gap > FAR_GAP * row[0].size or _stops(row, level, size, table_size):
            break
        drawn.append(index)
        edge = bottom if top > level.top else top
    return drawn


def _gap(edge: float, top: float, bottom: float) -> float:
    return top - edge if top >= edge - 1 else edge - bottom


def _stops(row: Row, level: Level, size: float, table_size: float) -> bool:
    if min(x.box.x0 for x in row) < level.x0 - 12 or max(x.box.x1 for x in row) > level.x1 + 12:
        return True
    if is_row_of_cells(row):
        return False
    line = row[0]
    width = max(x.box.x1 for x in row) - line.box.x0
    letters = sum(len(x.text) for x in row)
    if width > PROSE_SHARE * level.width and letters >= PROSE_LETTERS and line.size >= 0.95 * size:
        return True
    if table_size and line.size > TITLE_RATIO * table_size:
        return True
    first = next(iter(line.styles), None)
    return bool(first and first.superscript and first.start == 0) or line.text.startswith("____")


def _has_head(chain: Sequence[Level], rows: Sequence[Row]) -> bool:
    """Does small type between a thin and a thick rule open a table of one column, which a third rule ends?"""
    if len(chain) < 3 or chain[0].thick or not chain[1].thick:
        return False
    head = [row[0].size for row in rows if row[0].baseline < chain[1].top]
    body = [row[0].size for row in rows if row[0].baseline >= chain[1].top]
    return bool(head and body) and max(head) < 0.95 * min(body)


def _ends_in_figures(rows: Sequence[Row]) -> bool:
    cells = [row for row in rows if is_row_of_cells(row)]
    figures = sum(1 for row in cells if len(row[-1].text) < 20 and any(c.isdigit() for c in row[-1].text))
    return figures >= BOX_FIGURES * len(cells)


def _area(sheet: Sheet, chain: list[Level], rows: list[Row], spanners: Sequence[Box]) -> Area | None:
    """The area, None where it is no table: one rule, or fewer than two rows, or no cells beside each other."""
    if len(rows) < 2 or not (any(is_row_of_cells(row) for row in rows) or _has_head(chain, rows)):
        return None
    top, bottom = min(x.box.top for x in rows[0]), max(x.box.bottom for x in rows[-1])
    inside = tuple(s for s in spanners if top < s.top < bottom and chain[0].x0 - 4 <= s.x0 and s.x1 <= chain[0].x1 + 4)
    uprights = tuple(
        rule.box for rule in sheet.rules if not rule.horizontal and rule.box.top < bottom and rule.box.bottom > top
    )
    boxed = len([u for u in uprights if u.top <= top + 3 and u.bottom >= bottom - 3]) >= 2
    headed = any(s.top < chain[-1].top for s in inside)
    if len(chain) + headed + (boxed and _ends_in_figures(rows)) < 2:
        return None
    if len(uprights) >= CHART_UPRIGHTS and max(u.height for u in uprights) < (bottom - top) / 2:
        return None
    return Area(tuple(rows), tuple(chain), inside, uprights)
