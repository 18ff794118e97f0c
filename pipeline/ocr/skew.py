"""skew: by how many degrees the lines of a page slope."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.ocr.cells import Mask, dark_shares, grown, percentiles
from pipeline.ocr.engine import GreyImage

LEAST_SKEW = 0.15
"""Degrees below which straightening changes nothing that can be measured."""
_MOST_SKEW = 5.0
_SKEW_WIDTH = 800
"""Pixels: skew is measured on a picture this wide, where 0.1 degree moves the ends of a line by 1.4 pixels."""
_RUN_DOWN = 3.0
"""How many times more sharply ink and white alternate across the lines of a page than along them: upright pages have
up to 1.8 where they are skewed, those on their side 7 and more."""
_SOLID_CELL, _SOLID = 8, 0.75
"""Squares of that many pixels of that picture (2 mm), and the share of ink which no text reaches in one."""


def skew_of(image: GreyImage) -> float:
    """Degrees (counter-clockwise) by which the page must be turned so that its lines lie straight; 0 if unclear."""
    return skew_in(ink_at_a_glance(image))


def skew_in(dark: Mask) -> float:
    """The same, of a page's ink at a glance."""
    below, right = (n.astype(np.float32) for n in np.nonzero(dark))
    below, right = below - dark.shape[0] / 2, right - dark.shape[1] / 2

    def sharpness(angle: float) -> float:
        return _sharpness(below, right, float(np.radians(angle)), dark.shape[0])

    coarse = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.01, 0.5), key=lambda angle: (sharpness(angle), -abs(angle)))
    best = max(np.arange(coarse - 0.4, coarse + 0.41, 0.1), key=lambda angle: (sharpness(angle), -abs(angle)))
    if sharpness(best) <= 1.02 * sharpness(0.0) or abs(best) < LEAST_SKEW:
        return 0.0
    return float(round(best, 2))


def lines_run_down(dark: Mask) -> bool:
    """Does the page lie on its side, by its ink at a glance?"""
    across, down = (np.square(np.diff(dark.sum(axis=n), prepend=0)).sum() * dark.shape[1 - n] for n in (1, 0))
    return bool(down > _RUN_DOWN * across)


def ink_at_a_glance(image: GreyImage) -> Mask:
    """Where a small picture of the page is printed."""
    height, width = image.shape
    scale = min(1.0, _SKEW_WIDTH / max(1, width))
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    small = np.asarray(Image.fromarray(image).resize(size, Image.Resampling.BOX))
    return without_solids(small < threshold(small))


def without_solids(dark: Mask) -> Mask:
    """Without scanner borders and photographs, whose edges would outweigh the lines of text."""
    height, width = (n - n % _SOLID_CELL for n in dark.shape)
    solid = grown(dark_shares(dark, _SOLID_CELL) > _SOLID)
    return dark[:height, :width] & ~np.repeat(np.repeat(solid, _SOLID_CELL, axis=0), _SOLID_CELL, axis=1)


def threshold(image: GreyImage) -> float:
    """Grey value between print and paper of this very picture."""
    low, high = percentiles(np.ascontiguousarray(image), 1, 90)
    return (low + high) / 2


def _sharpness(below: NDArray[np.float32], right: NDArray[np.float32], angle: float, height: int) -> float:
    """How sharply ink and white alternate from row to row, highest where lines lie straight.

    `below` and `right` are the places of the dark pixels from the middle of the page, turned here by `angle` (radians):
    ten times faster than turning the picture.
    """
    rows = np.rint(below * np.float32(np.cos(angle)) - right * np.float32(np.sin(angle))).astype(np.int64) + height // 2
    profile = np.bincount(rows[(rows >= 0) & (rows < height)], minlength=height).astype(np.float64)
    return float(np.square(np.diff(profile)).sum())


def dark_rows(image: GreyImage) -> NDArray[np.float64]:
    """Share of dark pixels in each row, borders and photographs left out; dark is relative to the page."""
    kept = without_solids(image < threshold(image[::4, ::4]))
    shares: NDArray[np.float64] = np.zeros(image.shape[0])
    shares[: kept.shape[0]] = kept.mean(axis=1)
    return shares
