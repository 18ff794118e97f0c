"""rows: the runs of a page → its rows by baseline, with raised and lowered marks in the row they belong to."""

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from pipeline.layout.lines.placed import SMALL, Placed

SAME_LINE_EM = 0.2
"""Runs whose baselines are this close share a line; raised marks stand at least 0.3 em higher."""
RAISED_EM = (0.1, 0.65)
"""How far above the baseline of its line a raised mark may stand, in sizes of that line."""
FIGURES_RAISED_EM, FIGURES_BESIDE_EM = 0.9, 1.0
"""The same for figures in square brackets, of any size, and how far they stand from the text: between the baselines of
two lines they can be nothing but a mark (Azerbaijani laws: 0.69 to 0.84, and 0 to 0.66)."""
LOWERED_EM = 0.3
"""How far below the baseline a lowered mark (an index) may stand."""
BESIDE_EM = 0.6
"""A mark stands this close to the text it belongs to."""
BEFORE_EM = 1.5
"""The mark at the head of a note stands this close before the note's text (Geneva: 0.63, New York: 0.3)."""
_FIGURES = re.compile(r"\[\d{1,3}\]")


def rows_of(placed: Sequence[Placed]) -> list[list[Placed]]:
    """Runs by baseline from top to bottom; raised and lowered marks with the text beside them."""
    rows: list[list[Placed]] = []
    for item in sorted(placed, key=attrgetter("baseline", "x0")):
        last = rows[-1] if rows else None
        if last is not None:
            near = item.baseline - last[-1].baseline
            reach = item.baseline - last[0].baseline
            size = min(item.size, last[-1].size) or 1.0
            if near <= SAME_LINE_EM * size and reach <= 2 * SAME_LINE_EM * size:
                last.append(item)
                continue
        rows.append([item])
    return _with_marks(rows)


def _with_marks(rows: list[list[Placed]]) -> list[list[Placed]]:
    """Rows after small raised or lowered runs have gone to the rows beside which they stand."""
    largest = max(item.size for row in rows for item in row)
    baselines = [row[0].baseline for row in rows]
    homes: dict[int, int] = {}
    for index, row in enumerate(rows):
        for item in row:
            may_be_mark = item.size < SMALL * largest or _FIGURES.fullmatch(item.run.text)
            home = _home(item, index, rows, baselines) if may_be_mark else None
            if home is not None:
                homes[item.place] = home
    if not homes:
        return rows
    kept = [[item for item in row if item.place not in homes] for row in rows]
    for row in rows:
        for item in row:
            if item.place in homes:
                kept[homes[item.place]].append(item)
    return [row for row in kept if row]


def _home(item: Placed, index: int, rows: list[list[Placed]], baselines: list[float]) -> int | None:
    """The row to which a small run belongs, None where it stands in its own."""
    figures = _FIGURES.fullmatch(item.run.text)
    small, highest, beside = (SMALL, RAISED_EM[1], BESIDE_EM)
    if figures:
        small, highest, beside = (math.inf, FIGURES_RAISED_EM, FIGURES_BESIDE_EM)
    low, high = item.baseline - LOWERED_EM * 4 * item.size, item.baseline + highest * 4 * item.size
    best: tuple[float, int] | None = None
    for other in range(bisect_left(baselines, low), len(rows)):
        if baselines[other] > high:
            break
        if other == index:
            continue
        for text in rows[other]:
            if item.size >= small * text.size:
                continue
            rise = (text.baseline - item.baseline) / text.size
            if not (RAISED_EM[0] <= rise <= highest or -LOWERED_EM <= rise <= 0):
                continue
            gap = max(item.x0 - text.x1, text.x0 - item.x1) / text.size
            near = BEFORE_EM if item.x1 <= text.x0 else beside
            if gap <= near and (best is None or gap < best[0]):
                best = (gap, other)
    return best[1] if best else None
