"""cells: a page looked at on a grid: how dark each cell is, and what lies next to what."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.ocr.engine import GreyImage

DARK = 128
"""Grey value below which a pixel of an evened page is ink."""
_MOST_CELL = 15
"""Pixels to a side up to which a cell's sum fits the smallest integer."""

Mask = NDArray[np.bool_]


def dark_shares(dark: Mask, cell: int) -> NDArray[np.float32]:
    """Share of dark pixels in each square cell; what is left over at the right and lower edge is not looked at."""
    height, width = (n - n % cell for n in dark.shape)
    kind = np.uint8 if cell <= _MOST_CELL else np.uint32
    rows = dark[:height, :width].reshape(height // cell, cell, width).sum(axis=1, dtype=kind)
    sums = rows.reshape(height // cell, width // cell, cell).sum(axis=2, dtype=kind)
    shares: NDArray[np.float32] = sums.astype(np.float32) / np.float32(cell * cell)
    return shares


def ink_of(image: GreyImage) -> Mask:
    """Where an evened page is ink."""
    return image < DARK


def grown(mask: Mask) -> Mask:
    """The mask and the pixels next to it, also by a corner."""
    wide = mask.copy()
    wide[:, 1:] |= mask[:, :-1]
    wide[:, :-1] |= mask[:, 1:]
    out = wide.copy()
    out[1:] |= wide[:-1]
    out[:-1] |= wide[1:]
    return out


def percentiles(image: GreyImage, *percents: float) -> tuple[float, ...]:
    """What numpy gives, by counting the 256 greys instead of putting millions of pixels in order."""
    counts = np.cumsum(Image.fromarray(image).histogram())
    found = []
    for percent in percents:
        place = percent / 100 * (image.size - 1)
        low, high = np.searchsorted(counts, (int(place), min(int(place) + 1, image.size - 1)), side="right")
        found.append(float(low) + float(high - low) * (place - int(place)))
    return tuple(found)
