"""grids: ruled lines that close cells on all sides → tables as grids of cell boxes."""

from collections.abc import Sequence
from itertools import pairwise

from schemas.geometry import Box
from schemas.page import Grid, Rule

MEET_PT = 2.5
"""Rules that end this near to another one meet it: borders are drawn cell by cell, 0.5 to 1.5 points thick."""
CLOSED_SHARE = 0.8
"""Part of a table's outline that must be drawn; tables with horizontal rules only are left to the layout stage."""
MAX_RULES = 600
"""Rules beyond which a page is a drawing."""


def grids_of(rules: Sequence[Rule]) -> tuple[Grid, ...]:
    """Tables of two columns and two rows at least, from top to bottom."""
    across = [r.box for r in rules if r.horizontal]
    down = [r.box for r in rules if not r.horizontal]
    if len(across) < 2 or len(down) < 2 or len(rules) > MAX_RULES:
        return ()
    grids = [grid for group in _connected(across, down) if (grid := _grid(*group)) is not None]
    return tuple(sorted(grids, key=lambda g: (g.box.top, g.box.x0)))


def _meet(a: Box, d: Box) -> bool:
    return (
        a.x0 - MEET_PT <= (d.x0 + d.x1) / 2 <= a.x1 + MEET_PT
        and d.top - MEET_PT <= (a.top + a.bottom) / 2 <= d.bottom + MEET_PT
    )


def _connected(across: list[Box], down: list[Box]) -> list[tuple[list[Box], list[Box]]]:
    """Groups of rules that meet."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, a in enumerate(across):
        for j, d in enumerate(down):
            if _meet(a, d):
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Box], list[Box]]] = {}
    for i, a in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(a)
    for j, d in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(d)
    return [group for _, group in sorted(groups.items())]


def _grid(across: list[Box], down: list[Box]) -> Grid | None:
    xs = _places([(d.x0 + d.x1) / 2 for d in down])
    ys = _places([(a.top + a.bottom) / 2 for a in across])
    if len(xs) < 3 or len(ys) < 3:
        return None
    right = [[_drawn_down(down, x, top, bottom) for x in xs] for top, bottom in pairwise(ys)]
    below = [[_drawn_across(across, y, x0, x1) for x0, x1 in pairwise(xs)] for y in ys]
    rows, columns = len(ys) - 1, len(xs) - 1
    outline = [line[0] for line in right] + [line[-1] for line in right] + below[0] + below[-1]
    if sum(outline) < CLOSED_SHARE * len(outline):
        return None
    cells: list[list[Box | None]] = [[None] * columns for _ in range(rows)]
    taken = [[False] * columns for _ in range(rows)]
    count = 0
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            wide, high = _extent(r, c, right, below, taken, rows, columns)
            for i in range(r, r + high):
                for j in range(c, c + wide):
                    taken[i][j] = True
            cells[r][c] = Box(xs[c], ys[r], xs[c + wide], ys[r + high]).rounded()
            count += 1
    if count < 4:
        return None
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]).rounded(), tuple(tuple(row) for row in cells))


def _extent(
    r: int, c: int, right: list[list[bool]], below: list[list[bool]], taken: list[list[bool]], rows: int, columns: int
) -> tuple[int, int]:
    """How many columns and rows the cell that begins at (r, c) covers."""
    wide = 1
    while c + wide < columns and not right[r][c + wide] and not taken[r][c + wide]:
        wide += 1
    high = 1
    while r + high < rows and not any(below[r + high][c : c + wide]) and not any(taken[r + high][c : c + wide]):
        if any(right[r + high][c + 1 : c + wide]):
            break
        high += 1
    return wide, high


def _places(values: list[float]) -> list[float]:
    """Distinct places, those within MEET_PT taken together."""
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][-1] <= MEET_PT:
            out[-1].append(value)
        else:
            out.append([value])
    return [sum(group) / len(group) for group in out]


def _drawn_down(down: list[Box], x: float, top: float, bottom: float) -> bool:
    middle = (top + bottom) / 2
    return any(abs((d.x0 + d.x1) / 2 - x) <= MEET_PT and d.top <= middle <= d.bottom for d in down)


def _drawn_across(across: list[Box], y: float, x0: float, x1: float) -> bool:
    middle = (x0 + x1) / 2
    return any(abs((a.top + a.bottom) / 2 - y) <= MEET_PT and a.x0 <= middle <= a.x1 for a in across)
