"""stamps: round rubber stamps are taken off the text that they cross.

A ring can be told from letters by its shape. It is divided out of the picture as a shadow is, so that the letters under
it stay. What stands inside it is the stamp's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.ocr.engine import GreyImage
from pipeline.ocr.lines import Box
from pipeline.ocr.pieces import Piece, pieces_of

_DPI = 60
"""Resolution at which rings are looked for: lines of text stay apart, a ring's worn ink hangs together."""
_INK = 205
"""Grey value on an evened page below which something is printed at that resolution, where strokes are paler."""
_LEAST_IN, _MOST_IN = 0.6, 4.0
"""Inches; stamps are wider and higher than the first, and with the text that they cross not as wide as the second."""
_MOST_FILLED = 0.5
"""Share of its box that a photograph or a dark field fills; rings crossed by text fill under 0.3."""
_ANGLES = 96
"""Points at which a ring is tried."""
_ROUND = 0.9
"""Share of them that must be printed: rings crossed by text 1.0, frames and signatures 0.2 to 0.6."""
_ANGLES_AT_FIRST = 24
"""Points at which it is tried first: of them so many must be printed that with all the others it could be round."""
_PROMISING = 1 - (1 - _ROUND) * _ANGLES / _ANGLES_AT_FIRST - 1e-9
_HOLLOW, _INSIDE = 0.5, 0.85
"""Share of the points that may be printed at this share of the radius: emblems and discs are printed throughout."""
_MOST_RINGS = 6
"""Rings taken off one page: two stamps of two rings each, and some to spare."""
_REFINED_PX = 2
"""Pixels by which a ring may lie off where it was found on a coarser picture."""
_STROKE_IN = 0.06
"""Inches to either side of a ring's circle in which its stroke is looked for."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle in pixels."""

    x: float
    y: float
    radius: float

    def holds(self, box: Box) -> bool:
        """Does all of the box lie inside?"""
        corners = ((x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom))
        return all((x - self.x) ** 2 + (y - self.y) ** 2 < self.radius**2 for x, y in corners)

    def turned(self, degrees: float, image: GreyImage) -> "Ring":
        """Where it lies once the picture is turned counter-clockwise around its middle."""
        middle_y, middle_x = image.shape[0] / 2, image.shape[1] / 2
        dx, dy = self.x - middle_x, self.y - middle_y
        c, s = cos(radians(degrees)), sin(radians(degrees))
        return Ring(middle_x + dx * c + dy * s, middle_y - dx * s + dy * c, self.radius)

    def enlarged(self, scale: float) -> "Ring":
        """Where it lies once the picture is enlarged."""
        return Ring(self.x * scale, self.y * scale, self.radius * scale)


def without_rings(image: GreyImage, dpi: int) -> tuple[GreyImage, tuple[Ring, ...]]:
    """The page without the rings of its stamps, and those rings; unchanged where there are none."""
    rings: list[Ring] = []
    factor = max(1, round(dpi / _DPI))
    while len(rings) < _MOST_RINGS:
        ring = _ring_on(image, factor, dpi)
        if ring is None:
            break
        image = _divided_out(image, ring, round(_STROKE_IN * dpi))
        rings.append(ring)
    return image, tuple(rings)


def without_known_rings(image: GreyImage, dpi: int, rings: Sequence[Ring]) -> tuple[GreyImage, tuple[Ring, ...]]:
    """The page without rings that were found on a coarser picture of it and are given as they lie on this one."""
    refined: list[Ring] = []
    for ring in rings:
        refined.append(_refined(image, ring, _REFINED_PX))
        image = _divided_out(image, refined[-1], round(_STROKE_IN * dpi))
    return image, tuple(refined)


def _ring_on(image: GreyImage, factor: int, dpi: int) -> Ring | None:
    height, width = (n // factor for n in image.shape)
    least, most = (round(inches * dpi / factor) for inches in (_LEAST_IN, _MOST_IN))
    if min(height, width) < least:
        return None
    small = np.asarray(Image.fromarray(image).resize((width, height), Image.Resampling.BOX))
    for piece in pieces_of(small < _INK, least):
        wide, high = piece.x1 - piece.x0, piece.bottom - piece.top
        if max(wide, high) > most or piece.cells > _MOST_FILLED * wide * high:
            continue
        ring = _ring_of(piece.on(small.shape), piece)
        if ring is not None:
            return _refined(image, Ring(ring.x * factor, ring.y * factor, ring.radius * factor), factor)
    return None


def _ring_of(mask: NDArray[np.bool_], piece: Piece) -> Ring | None:
    """The widest ring in the piece, in cells; None where there is none."""
    padded = np.pad(mask, 1)
    thick = mask | padded[:-2, 1:-1] | padded[2:, 1:-1] | padded[1:-1, :-2] | padded[1:-1, 2:]
    largest = min(piece.x1 - piece.x0, piece.bottom - piece.top) / 2
    best, share = None, 0.0
    for radius in np.arange(largest - 0.5, 0.7 * largest, -0.5):
        centres = _promising(thick, piece, float(radius))
        shares = _on_circle(thick, centres, float(radius), _ANGLES)
        if shares.size and float(shares.max()) > max(share + 0.005, _ROUND - 1e-9):
            y, x = centres[int(shares.argmax())]
            best, share = Ring(float(x), float(y), float(radius)), float(shares.max())
    if best is None:
        return None
    inside = _on_circle(mask, np.array([(best.y, best.x)]), _INSIDE * best.radius, _ANGLES)
    return best if float(inside[0]) <= _HOLLOW else None


def _promising(mask: NDArray[np.bool_], piece: Piece, radius: float) -> NDArray[np.float64]:
    """Centres (y, x) of the circles inside the piece's box, half a cell apart, that may be printed all around.

    At each angle all circles are looked up at once: the rows of the map that they meet, and of those the columns.
    """
    ys = np.arange(piece.top + radius, piece.bottom - radius + 0.5, 0.5)
    xs = np.arange(piece.x0 + radius, piece.x1 - radius + 0.5, 0.5)
    angles = np.linspace(0, 2 * np.pi, _ANGLES_AT_FIRST, endpoint=False)[:, None]
    rows = np.clip(np.rint(ys + radius * np.sin(angles)).astype(int), 0, mask.shape[0] - 1)
    columns = np.clip(np.rint(xs + radius * np.cos(angles)).astype(int), 0, mask.shape[1] - 1)
    printed = np.zeros((ys.size, xs.size), np.uint8)
    for row, column in zip(rows, columns, strict=True):
        printed += mask[row][:, column]
    down, right = np.nonzero(printed >= _PROMISING * _ANGLES_AT_FIRST)
    return np.stack([ys[down], xs[right]], axis=-1)


def _on_circle(
    mask: NDArray[np.bool_], centres: NDArray[np.float64], radius: float, points: int
) -> NDArray[np.float64]:
    """Share of so many points of the circle that are on the mask, for each centre (y, x)."""
    angles = np.linspace(0, 2 * np.pi, points, endpoint=False)
    rows = np.clip(np.rint(centres[:, :1] + radius * np.sin(angles)).astype(int), 0, mask.shape[0] - 1)
    columns = np.clip(np.rint(centres[:, 1:] + radius * np.cos(angles)).astype(int), 0, mask.shape[1] - 1)
    shares: NDArray[np.float64] = mask[rows, columns].mean(axis=1)
    return shares


def _refined(image: GreyImage, ring: Ring, reach: int) -> Ring:
    """The ring where its circle is darkest, within `reach` pixels."""
    angles = np.linspace(0, 2 * np.pi, 4 * _ANGLES, endpoint=False)
    sine, cosine = np.sin(angles), np.cos(angles)

    for most, step in ((reach, max(1, reach // 2)), (2, 1)):
        steps = np.arange(-most, most + 1, step)
        moves = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(-1, 3)
        tried = moves + np.array([ring.x, ring.y, ring.radius])
        x, y, radius = (tried[:, n : n + 1] for n in range(3))
        rows = np.clip(np.rint(y + radius * sine).astype(int), 0, image.shape[0] - 1)
        columns = np.clip(np.rint(x + radius * cosine).astype(int), 0, image.shape[1] - 1)
        grey = image[rows, columns].mean(axis=1)
        ring = Ring(*(float(n) for n in tried[np.lexsort((tried[:, 1], tried[:, 0], tried[:, 2], grey))[0]]))
    return ring


def _lowest_near(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each value lowered to the lowest within two: a ring is not quite round, its edge lies up to two pixels off."""
    padded = np.pad(values, 2, mode="edge")
    lowest: NDArray[np.float64] = np.lib.stride_tricks.sliding_window_view(padded, 5).min(axis=1)
    return lowest


def _medians(values: NDArray[np.uint8], groups: NDArray[np.intp], count: int) -> NDArray[np.float64]:
    """Median of the values of each group; 255, which is paper, for groups without any."""
    order = np.argsort(groups.astype(np.uint8), kind="stable")  # the kind that only counts such small numbers
    edges = np.searchsorted(groups[order], np.arange(count + 1))
    sorted_values = values[order]
    return np.array([np.median(sorted_values[a:b]) if a < b else 255.0 for a, b in pairwise(edges.tolist())])


def _divided_out(image: GreyImage, ring: Ring, reach: int) -> GreyImage:
    """The page divided by what the ring is like all around: the ring becomes paper, letters under it stay darker."""
    around = ring.radius + reach
    top, left = max(0, int(ring.y - around)), max(0, int(ring.x - around))
    place = np.s_[top : int(ring.y + around) + 1, left : int(ring.x + around) + 1]
    rows, columns = np.indices(image[place].shape)
    steps = np.rint(np.hypot(rows + top - ring.y, columns + left - ring.x) - ring.radius).astype(int) + reach
    band = (steps >= 0) & (steps <= 2 * reach)
    grey, at = image[place][band], steps[band]
    usual = _lowest_near(_medians(grey, at, 2 * reach + 1))
    out = image.copy()
    out[place][band] = np.clip(grey * (255.0 / np.maximum(usual[at], 1.0)), 0, 255).astype(np.uint8)
    return out
