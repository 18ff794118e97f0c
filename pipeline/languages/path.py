"""The best path through the languages of neighbouring words, where changing the language has a price (Viterbi).

Most texts are in one language, and most of their words speak for it. So two questions are asked first that are far
cheaper than the path and never change it: could any change pay at all, and from which word on is every other language
so far behind that it could only be reached by a change from that one?
"""

from collections.abc import Iterable, Sequence
from itertools import repeat

import numpy as np

_CLEAR = 0.01
"""Lead, in natural-log units, beyond all rounding of 32-bit sums: with less the words are asked one by one."""


def best_path(scores: np.ndarray, costs: Sequence[float]) -> list[int]:
    """The column of each row such that scores less the costs of changing between rows are highest."""
    count, columns = scores.shape
    single = int(scores.sum(axis=0).argmax())
    leads = _leads(scores, single)
    if not _may_change(leads, costs):
        return [single] * count
    stops = _stops(leads, costs)
    reached = scores[0]
    back: list[tuple[int, np.ndarray | None, int]] = []
    row = 1
    while row < count:
        top = int(reached.argmax())
        moved = reached[top] - costs[row - 1]
        changed = moved > reached
        if top == single and np.count_nonzero(changed) == columns - 1:
            last = stops[row]
            back.append((last - row + 1, None, single))
            lead = _summed(reached[single], scores[row:last, single])
            reached = lead - costs[last - 1] + scores[last]
            reached[single] = lead + scores[last, single]
            row = last + 1
            continue
        back.append((1, changed, top))
        reached = np.maximum(moved, reached) + scores[row]
        row += 1
    path = [int(reached.argmax())]
    for steps, changed_there, top in reversed(back):
        if changed_there is None:
            path += [top] * steps
        else:
            path.append(top if changed_there[path[-1]] else path[-1])
    return path[::-1]


def is_single(scores: np.ndarray, summed: np.ndarray, cost: float) -> bool:
    """True where one column throughout is surely best, whatever the price of a change is above `cost`.

    `summed` are the sums of the columns and last the sum of the highest score of each row: a path with a change has at
    most that less its price, which is mostly less than the best column has.
    """
    *sums, peaks = summed.tolist()
    best = max(sums)
    if peaks - best < cost - _CLEAR:
        return True
    return not _may_change(_leads(scores, sums.index(best)), repeat(cost))


def _leads(scores: np.ndarray, single: int) -> list[float]:
    """For each row how far the column `single` leads the best of the others."""
    rivals = scores.copy()
    rivals[:, single] = -np.inf
    leads: list[float] = (scores[:, single] - np.maximum.reduce(rivals, 1)).tolist()
    return leads


def _may_change(leads: Sequence[float], costs: Iterable[float]) -> bool:
    """False where one column throughout is surely best.

    The others are taken for one that has the best of each of them in every row: not even that one may gain by a stretch
    of rows what the changes to it and from it cost.
    """
    away = -leads[0]
    """Best gain of a path that ends in the other column."""
    back = -_CLEAR - 1.0
    """Best gain of a path that has been there and came back; below zero by more than rounding it does not count."""
    for lead, cost in zip(leads[1:], costs, strict=False):
        returned = away - cost
        came = (back if back > 0.0 else 0.0) - cost
        if returned > back:
            back = returned
        away = (away if away > came else came) - lead
    return away >= -_CLEAR or back >= -_CLEAR


def _stops(leads: Sequence[float], costs: Sequence[float]) -> list[int]:
    """For each row the first one, itself included, after which another column may be nearer than a change away.

    It holds only where every other column was farther than a change away before the row.
    """
    stops = [0] * len(leads)
    stop = len(leads) - 1
    for row in range(len(leads) - 1, 0, -1):
        if row < len(costs) and leads[row] + costs[row - 1] <= costs[row] + _CLEAR:
            stop = row
        stops[row] = stop
    return stops


def _summed(start: np.floating, steps: np.ndarray) -> np.floating:
    """The sum in the order of the steps: it is rounded after each, as it would be word by word."""
    for step in steps:
        start = start + step
    return start
