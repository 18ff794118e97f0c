"""pieces: what hangs together in a picture of a page: frames, stamps, drawings, letters."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Piece(NamedTuple):
    """Cells that touch one another, by their box."""

    x0: int
    top: int
    x1: int
    bottom: int
    cells: int
    """How many of the box's cells belong to it."""
    runs: tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]
    """Row, first column and column behind the last of each run of its cells."""

    def on(self, shape: tuple[int, int]) -> NDArray[np.bool_]:
        """Its cells on an empty map."""
        cells = np.zeros(shape, np.bool_)
        for row, left, right in zip(*self.runs, strict=True):
            cells[row, left:right] = True
        return cells


def pieces_of(ink: NDArray[np.bool_], least: int = 1, reach: int = 1) -> list[Piece]:
    """The pieces at least `least` cells wide and high.

    Rows are taken as runs of ink; runs that touch in neighbouring rows, also by a corner, are one piece, and those of
    one row whose ends stand up to `reach` cells apart.
    """
    starts, ends = _runs(ink)
    roots = _joined(starts, ends, reach)
    if not roots.size:
        return []
    order = np.argsort(roots, kind="stable")
    first = np.flatnonzero(np.diff(roots[order], prepend=-1))
    last = np.append(first[1:], order.size)
    rows, left, right = starts[order, 0], starts[order, 1], ends[order]
    x0, x1 = np.minimum.reduceat(left, first), np.maximum.reduceat(right, first)
    top, bottom = rows[first], rows[last - 1] + 1  # runs are in the order of their rows
    cells = np.add.reduceat(right - left, first)
    large = np.flatnonzero((x1 - x0 >= least) & (bottom - top >= least))
    return [
        Piece(
            int(x0[n]),
            int(top[n]),
            int(x1[n]),
            int(bottom[n]),
            int(cells[n]),
            (rows[first[n] : last[n]], left[first[n] : last[n]], right[first[n] : last[n]]),
        )
        for n in large.tolist()
    ]


def _runs(ink: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """(row, first column) of each run of ink, and the column behind its last."""
    padded = np.zeros((ink.shape[0], ink.shape[1] + 2), np.int8)
    padded[:, 1:-1] = ink
    step = np.diff(padded, axis=1)
    return np.argwhere(step == 1), np.argwhere(step == -1)[:, 1]


def _joined(starts: NDArray[np.intp], ends: NDArray[np.intp], reach: int) -> NDArray[np.intp]:
    """For each run the number of the first run of its piece.

    In each round every piece that touches one with a lower number is joined to the lowest such. What it is not joined
    to, it touches in the next round under a lower number: every two rounds halve the pieces, so that there are few.
    """
    ones, others = _touching(starts[:, 0], starts[:, 1], ends, reach)
    first = np.arange(len(starts), dtype=np.intp)
    for _ in range(2 * first.size.bit_length() + 1):
        of_ones, of_others = first[ones], first[others]
        apart = of_ones != of_others
        if not apart.any():
            break
        ones, others = ones[apart], others[apart]
        lower = np.minimum(of_ones, of_others)[apart]
        np.minimum.at(first, of_ones[apart], lower)
        np.minimum.at(first, of_others[apart], lower)
        first = _followed(first)
    return first


def _followed(first: NDArray[np.intp]) -> NDArray[np.intp]:
    """Each number followed to the one that stands for itself; every look goes twice as far as the one before."""
    for _ in range(first.size.bit_length()):
        further = first[first]
        if np.array_equal(further, first):
            break
        first = further
    return first


def _touching(
    rows: NDArray[np.intp], left: NDArray[np.intp], right: NDArray[np.intp], reach: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Numbers of runs that touch one another, pair by pair."""
    numbers = np.arange(len(rows), dtype=np.intp)
    beside = np.flatnonzero((rows[1:] == rows[:-1]) & (left[1:] - right[:-1] < reach))
    width = int(right.max(initial=0)) + 1
    lefts, rights = rows * width + left, rows * width + right  # both ascend: runs are in the order of their rows
    begin = np.searchsorted(rights, lefts - width)
    count = np.maximum(np.searchsorted(lefts, rights - width, side="right") - begin, 0)
    below = np.repeat(numbers, count)
    above = np.arange(below.size) - np.repeat(np.cumsum(count) - count, count) + np.repeat(begin, count)
    return np.concatenate([beside + 1, below]), np.concatenate([beside, above])
