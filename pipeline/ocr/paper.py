"""paper: what lies behind the print: its shade and the scanner's border are taken off, pale print is darkened.

The paper is looked at once a page, on the first picture of it, and serves the others, whatever their resolution.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from pipeline.ocr.cells import grown, percentiles
from pipeline.ocr.engine import GreyImage

UNEVEN = 12.0
"""Spread of the background (grey values, 5th to 95th percentile) from which it is evened; a flat scan has under 6."""
BORDER = 0.4
"""Share of the paper's brightness below which what reaches the picture's edge is scanner border."""
_MOST_BORDER = 0.4
"""Share of the picture above which such darkness is the page itself: a photograph, a page scanned black."""
PALE, LEAST_CONTRAST = 110.0, 50.0
"""Grey value of the darkest hundredth from which a page is darkened (ordinary scans 85 to 91, which suffer from it;
bad ones 120 to 150), and how far it must stand from the paper: on a blank page there is only noise to stretch."""
_DARK = 100.0
"""Median grey value below which the page is printed light on dark: a page of a brochure has 53, 90 pages of scans have
146 (shaded on purpose) and more."""
_CELL_IN = 1 / 19
"""Inches: the background is estimated on a grid this fine, 16 pixels at 300 dpi."""
_BRIGHTEST, _MEDIAN = 3, 5
"""Cells of that grid over which the brightest and then the median is taken: a quarter of an inch, wider than strokes
and most letters."""
_BORDER_RIM = 2
"""Cells by which the border is widened: its edge is blurred."""
FAINT = 170
"""Grey value on an evened page below which something is printed, however pale."""
_SPARSE = 8
"""One pixel of so many each way tells the shade of a page."""
_STEPS = 64
"""Brightening is reckoned in steps of a 64th, in whole numbers: four times faster than in fractions, and never off by
more than two grey values."""
_ROWS = 64
"""Rows that are brightened at a time."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The page's background, on a coarse grid."""

    grey: NDArray[np.uint8]
    border: NDArray[np.bool_]
    """Where the scanner saw past the paper."""
    uneven: bool

    def turned(self, turn: int) -> "Paper":
        """That of the page turned clockwise by a multiple of 90 degrees."""
        return Paper(np.rot90(self.grey, -turn // 90), np.rot90(self.border, -turn // 90), self.uneven)


def is_light_on_dark(image: GreyImage) -> bool:
    """True for a page whose letters are lighter than what they stand on."""
    return float(np.median(image[::_SPARSE, ::_SPARSE])) < _DARK


def negative(image: GreyImage) -> GreyImage:
    """The picture with dark and light exchanged."""
    return np.subtract(255, image, dtype=np.uint8)


def paper_of(image: GreyImage, dpi: int) -> Paper:
    """What the page is printed on."""
    grid = Image.fromarray(image).reduce(max(1, round(_CELL_IN * dpi)))
    brightest = grid.filter(ImageFilter.MaxFilter(_BRIGHTEST)).filter(ImageFilter.MedianFilter(_MEDIAN))
    grey = np.asarray(brightest)
    border = _border_of(grey)
    inner = grey[~border]
    return Paper(grey, border, bool(inner.size) and _spread(inner) > UNEVEN)


def _spread(grey: NDArray[np.uint8]) -> float:
    low, high = np.percentile(grey, (5, 95))
    return float(high - low)


def _border_of(grey: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """What is dark all the way to the picture's edge."""
    dark = grey < BORDER * float(np.percentile(grey, 90))
    reached = np.zeros_like(dark)
    reached[0], reached[-1], reached[:, 0], reached[:, -1] = dark[0], dark[-1], dark[:, 0], dark[:, -1]
    while True:
        further = dark & grown(reached)
        if (further == reached).all():
            break
        reached = further
    if reached.mean() > _MOST_BORDER:
        return np.zeros_like(dark)
    for _ in range(_BORDER_RIM if reached.any() else 0):
        reached = grown(reached)
    return reached


def evened(image: GreyImage, paper: Paper) -> GreyImage:
    """The page divided by its background, its border white."""
    height, width = image.shape
    factors = np.minimum(255.0, 255.0 * _STEPS / np.maximum(paper.grey, 1))
    full = Image.fromarray(np.rint(factors).astype(np.uint8)).resize((width, height), Image.Resampling.BILINEAR)
    white = _brightened(image, np.asarray(full))
    if paper.border.any():
        mask = Image.fromarray(paper.border.astype(np.uint8)).resize((width, height), Image.Resampling.NEAREST)
        white[np.asarray(mask) > 0] = 255
    return white


def _brightened(image: GreyImage, factors: GreyImage) -> GreyImage:
    """The page times so many 64ths, rows at a time: what stays in the processor's own memory costs a third."""
    out = np.empty_like(image)
    for top in range(0, image.shape[0], _ROWS):
        rows = slice(top, top + _ROWS)
        bright = np.multiply(image[rows], factors[rows], dtype=np.uint16)
        bright //= _STEPS
        np.minimum(bright, 255, out=bright)
        out[rows] = bright
    return out


def darkened(image: GreyImage) -> GreyImage:
    """Pale print made as dark as print is; other pages as they are."""
    ink, paper = percentiles(np.ascontiguousarray(image[::4, ::4]), 1, 50)
    if ink < PALE or paper - ink < LEAST_CONTRAST:
        return image
    table = np.clip((np.arange(256) - ink) * (255.0 / (255.0 - ink)), 0, 255).astype(np.uint8)
    return np.asarray(Image.fromarray(image).point(table.tolist()))


def ink_share(image: GreyImage) -> float:
    """Share of an evened page's pixels that are printed, however pale."""
    return int(np.count_nonzero(image < FAINT)) / image.size
