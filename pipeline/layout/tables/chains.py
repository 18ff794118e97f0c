"""chains: rules of one table each, with the rows that they draw to them.

Each rule draws rows from both sides until something stops it: prose, a title, white space, the end of the table. Rules
whose rows meet belong to one table.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.layout.tables.rules import Level
from schemas.geometry import Box
from schemas.layout import Line

CELL_GAP_EM = 1.1
"""White space between two lines of a row that makes it a row of cells; gaps in justified prose stay below."""
FAR_GAP = 3.0
"""White space, in sizes, that no table holds between two rows."""
PROSE_SHARE = 0.72
"""A lone line over this share of the rule, of this many letters and in the size of the body, is prose."""
PROSE_LETTERS = 40
TITLE_RATIO = 1.12
"""Lone lines larger than the rows of cells by this factor are titles between tables."""
Row = Sequence[Line]


def is_row_of_cells(row: Row) -> bool:
    """Do the lines of the row stand in columns?"""
    return any(b.box.x0 - a.box.x1 > CELL_GAP_EM * max(a.size, b.size) for a, b in pairwise(row)) or len(row) > 3


def chains_of(
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
