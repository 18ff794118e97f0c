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
    pieces = []
    order = np.argsort(roots, kind="stable")
    edges = np.flatnonzero(np.diff(roots[order], prepend=-1))
    for group in np.split(order, edges[1:]) if order.size else ():
        rows, left, right = starts[group, 0], starts[group, 1], ends[group]
        x0, x1, top, bottom = int(left.min()), int(right.max()), int(rows.min()), int(rows.max()) + 1
        if x1 - x0 >= least and bottom - top >= least:
            pieces.append(Piece(x0, top, x1, bottom, int((right - left).sum()), (rows, left, right)))
    return pieces


def _runs(ink: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """(row, first column) of each run of ink, and the column behind its last."""
    padded = np.zeros((ink.shape[0], ink.shape[1] + 2), np.int8)
    padded[:, 1:-1] = ink
    step = np.diff(padded, axis=1)
    return np.argwhere(step == 1), np.argwhere(step == -1)[:, 1]


def _joined(starts: NDArray[np.intp], ends: NDArray[np.intp], reach: int) -> NDArray[np.intp]:
    """For each run the number of the first run of its piece."""
    parent = list(range(len(starts)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    rows, left, right = starts[:, 0].tolist(), starts[:, 1].tolist(), ends.tolist()
    above = 0
    for n in range(len(rows)):
        if n and rows[n - 1] == rows[n] and left[n] - right[n - 1] < reach:
            parent[root(n)] = root(n - 1)
        while above < n and (rows[above] < rows[n] - 1 or (rows[above] == rows[n] - 1 and right[above] < left[n])):
            above += 1
        other = above
        while other < n and rows[other] == rows[n] - 1 and left[other] <= right[n]:
            a, b = root(n), root(other)
            parent[max(a, b)] = min(a, b)
            other += 1
    return np.array([root(n) for n in range(len(rows))], dtype=np.intp)
