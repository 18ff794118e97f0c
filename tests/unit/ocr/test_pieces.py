"""Pieces are what a flood would fill, whatever their shape."""

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.ocr.pieces import pieces_of

Mask = NDArray[np.bool_]


def flooded(ink: Mask) -> set[frozenset[tuple[int, int]]]:
    """The pieces cell by cell, found by walking from each cell to those around it."""
    left = {(int(y), int(x)) for y, x in np.argwhere(ink)}
    pieces = set()
    while left:
        edge = [left.pop()]
        piece = set(edge)
        while edge:
            y, x = edge.pop()
            near = {(y + down, x + right) for down in (-1, 0, 1) for right in (-1, 0, 1)} & left
            left -= near
            piece |= near
            edge += near
        pieces.add(frozenset(piece))
    return pieces


def comb(teeth: int) -> Mask:
    """Teeth that hang together in the last row only."""
    ink = np.zeros((9, 2 * teeth), np.bool_)
    ink[:, ::2] = ink[-1] = True
    return ink


def stairs(steps: int) -> Mask:
    """Down to the left, each step touching the next by a corner: every run's number is higher than the one before."""
    return np.asarray(np.fliplr(np.eye(steps, dtype=np.bool_)))


def snake(turns: int) -> Mask:
    """Rows joined at the right and at the left end in turn."""
    ink = np.zeros((4 * turns, 12), np.bool_)
    ink[::2] = True
    ink[1::4, -1] = ink[3::4, 0] = True
    return ink


@pytest.mark.parametrize("ink", [comb(40), stairs(70), snake(20), np.flipud(comb(40)), np.ones((1, 1), np.bool_)])
def test_one_piece_is_one_piece(ink: Mask) -> None:
    assert [piece.cells for piece in pieces_of(ink)] == [ink.sum()]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.35, 0.6])
@pytest.mark.parametrize("seed", range(5))
def test_pieces_are_what_a_flood_fills(share: float, seed: int) -> None:
    ink = np.random.default_rng(seed).random((40, 50)) < share
    found = {frozenset((int(y), int(x)) for y, x in np.argwhere(piece.on(ink.shape))) for piece in pieces_of(ink)}
    assert found == flooded(ink)
