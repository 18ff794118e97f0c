"""grain: what scanners and faxes add to a page between its letters: noise is smoothed, specks are taken off."""

from itertools import product

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from pipeline.ocr.cells import DARK, Mask, percentiles
from pipeline.ocr.engine import GreyImage
from pipeline.ocr.paper import FAINT

NOISE = 4.75
"""Grey values between neighbouring pixels of paper, at up to 200 dpi, from which a page is smoothed: ordinary scans
have up to 4, at 300 dpi up to 4.5, which gain nothing by it; grainy ones 5 and more, whose errors it halves."""
_SMOOTH_IN = 1 / 300
"""Spread in inches of that smoothing, a third of a letter's stroke. Mean errors on grainy pages without it, with it and
with 1.5 times as much: .039, .010, .008 in Latin, .110, .067, .084 in Arabic letters."""
_LEAST_SMOOTH_PX = 0.7
"""Less does nothing to grain, which is a pixel wide."""
SPECKS = 0.0006
"""Share of the page under specks from which it is cleared of them: faxes have 0.001, clean scans under 0.0003."""
WHITE, CLEAN = 245, 0.9
"""Dust is told from the dots of letters only where the paper is pure: share of it that must be this white."""


def is_grainy(image: GreyImage, dpi: int) -> bool:
    """Does the paper between the letters show noise?"""
    height = image.shape[0]
    strip = image[height // 3 : height // 3 + height // 6 : 2].astype(np.int16)
    steps = np.abs(np.diff(strip, axis=1))[strip[:, 1:] >= FAINT].astype(np.uint8)
    return bool(steps.size) and percentiles(steps[None], 60)[0] * max(1.0, dpi / 200) >= NOISE


def smoothed(image: GreyImage, dpi: int) -> GreyImage:
    """The page without its noise."""
    return np.asarray(Image.fromarray(image).filter(ImageFilter.GaussianBlur(max(_LEAST_SMOOTH_PX, _SMOOTH_IN * dpi))))


def without_specks(image: GreyImage, dpi: int) -> GreyImage:
    """The page without the dust of a fax; unchanged where there is little."""
    size = max(2, round(dpi / 100))
    height = image.shape[0]
    strip = image[height // 3 : height // 3 + height // 6]
    paper = strip[strip >= DARK]
    if (
        not paper.size
        or float(np.mean(paper > WHITE)) < CLEAN
        or _specks(strip < DARK, size)[0].size < SPECKS * strip.size
    ):
        return image  # judged on a strip, which is a sixth of the work
    cleared = image.copy()
    _painted(cleared, _specks(image < DARK, size), 255)
    _painted(cleared, _specks(cleared >= DARK, size), 0)
    return cleared


def _painted(image: GreyImage, places: tuple[NDArray[np.intp], NDArray[np.intp]], grey: int) -> None:
    """These pixels and those around them, the rim of a speck, in this grey."""
    rows, columns = places
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            image[np.clip(rows + down, 0, image.shape[0] - 1), np.clip(columns + right, 0, image.shape[1] - 1)] = grey


def _specks(ink: Mask, size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Row and column of the pixels that belong to a piece at most `size` pixels wide and high, with none around it.

    The window around a pixel that holds all of its piece is 2 * size - 1 wide; few pixels are asked about theirs.
    """
    longest = 2 * size - 1
    rows, columns = np.divmod(np.flatnonzero(_short(ink, longest)), ink.shape[1])  # a fifth of nonzero's time
    padded = np.pad(ink, size)
    edge = (0, longest + 1)
    for down, right in product(range(longest + 2), repeat=2):
        if down in edge or right in edge:
            alone = ~padded[rows + down, columns + right]
            rows, columns = rows[alone], columns[alone]
    window = range(1, longest + 1)
    inside = sum(padded[rows + down, columns + right].astype(np.uint16) for down in window for right in window)
    few = inside <= size * size
    return rows[few], columns[few]


def _short(ink: Mask, longest: int) -> Mask:
    """Pixels whose runs of ink along row and column have at most so many: strokes fall out, which are most."""
    short = ink.copy()
    for along in (0, 1):
        starts = ink.shape[along] - longest
        if starts <= 0:
            continue
        long = _part(ink, along, 0, starts).copy()
        for step in range(1, longest + 1):
            long &= _part(ink, along, step, starts)
        np.logical_not(long, out=long)
        for step in range(longest + 1):
            np.logical_and(_part(short, along, step, starts), long, out=_part(short, along, step, starts))
    return short


def _part(mask: Mask, along: int, first: int, count: int) -> Mask:
    """So many rows (0) or columns (1) of the mask itself."""
    return mask[first : first + count] if along == 0 else mask[:, first : first + count]
