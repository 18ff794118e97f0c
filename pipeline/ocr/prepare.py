"""prepare: a scanned page → one that reads better: even background, upright, straight lines."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from pipeline.ocr.engine import GreyImage
from pipeline.ocr.frames import without_frames
from pipeline.ocr.lines import Box
from pipeline.ocr.stamps import Ring, without_rings

UNEVEN = 12.0
"""Spread of the background (grey values, 5th to 95th percentile) from which it is evened; a flat scan has under 6."""
BORDER = 0.4
"""Share of the paper's brightness below which what reaches the picture's edge is scanner border."""
_MOST_BORDER = 0.4
"""Share of the picture above which such darkness is the page itself: a photograph, a page scanned black."""
PALE, LEAST_CONTRAST = 110.0, 50.0
"""Grey value of the darkest hundredth from which a page is darkened (ordinary scans 85 to 91, which suffer from it;
bad ones 120 to 150), and how far it must stand from the paper: on a blank page there is only noise to stretch."""
NOISE = 5.5
"""Grey values between neighbouring pixels of paper, at up to 200 dpi, from which a page is smoothed: ordinary scans
have up to 4.5, which gain nothing by it; grainy ones 6 and more, whose errors it halves."""
_SMOOTH_IN = 1 / 300
"""Spread in inches of that smoothing, a third of a letter's stroke. Mean errors on grainy pages without it, with it and
with 1.5 times as much: .039, .010, .008 in Latin, .110, .067, .084 in Arabic letters."""
_LEAST_SMOOTH_PX = 0.7
"""Less does nothing to grain, which is a pixel wide."""
_SMALL = 8
"""The background is estimated on a picture this many times smaller."""
_MEDIAN = 9
"""Median filter on that picture: 72 pixels of the page, wider than strokes and most letters."""
SPECKS = 0.0006
"""Share of the page under specks from which it is cleared of them: faxes have 0.001, clean scans under 0.0003."""
WHITE, CLEAN = 245, 0.9
"""Dust is told from the dots of letters only where the paper is pure: share of it that must be this white."""
LEAST_SKEW = 0.15
"""Degrees below which straightening changes nothing that can be measured."""
_MOST_SKEW = 5.0
_SKEW_WIDTH = 800
"""Pixels: skew is measured on a picture this wide, where 0.1 degree moves the ends of a line by 1.4 pixels."""
_SOLID_CELL, _SOLID = 8, 0.75
"""Squares of that many pixels of that picture (2 mm), and the share of ink which no text reaches in one."""
FAINT = 170
"""Grey value on an evened page below which something is printed, however pale."""
DARK = 128
"""Grey value below which a pixel of an evened page is ink."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page ready to be read."""

    image: GreyImage
    skew: float
    """Degrees by which it was straightened."""
    evened: bool
    rings: tuple[Ring, ...] = ()
    """Rings of stamps that were taken off."""
    rules: tuple[tuple[Box, bool], ...] = ()
    """Lines of frames that were taken off: box in pixels, True where level."""


def prepare(image: GreyImage, dpi: int) -> Prepared:
    """The page with an even background and straight lines."""
    paper = background(image)
    border = border_of(paper)
    evened = spread(paper[~border]) > UNEVEN if not border.all() else False
    if evened or border.any():
        image = even(image, paper, border)
    image, rings = without_rings(image, dpi)
    image = without_specks(darkened(without_noise(image, dpi)), dpi)
    angle = skew_of(image)
    if abs(angle) >= LEAST_SKEW:
        filled = Image.fromarray(image).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
        image = np.asarray(filled)
    else:
        angle = 0.0
    image, rules = without_frames(image, dpi)
    return Prepared(image, angle, evened, tuple(ring.turned(angle, image) for ring in rings), rules)


def without_noise(image: GreyImage, dpi: int) -> GreyImage:
    """The page smoothed where its paper is grainy; others as they are."""
    height = image.shape[0]
    strip = image[height // 3 : height // 3 + height // 6].astype(np.int16)
    steps = np.abs(np.diff(strip, axis=1))[strip[:, 1:] >= FAINT]
    if not steps.size or float(np.percentile(steps, 60)) * max(1.0, dpi / 200) < NOISE:
        return image
    return np.asarray(Image.fromarray(image).filter(ImageFilter.GaussianBlur(max(_LEAST_SMOOTH_PX, _SMOOTH_IN * dpi))))


def without_specks(image: GreyImage, dpi: int) -> GreyImage:
    """The page without the dust of a fax; unchanged where there is little."""
    size = max(2, round(dpi / 100))
    height = image.shape[0]
    strip = image[height // 3 : height // 3 + height // 6]
    paper = strip[strip >= DARK]
    if not paper.size or float(np.mean(paper > WHITE)) < CLEAN or float(_specks(strip < DARK, size).mean()) < SPECKS:
        return image  # judged on a strip: looking at every pixel would cost as much as half a recognition
    cleared = image.copy()
    cleared[_grown(_specks(image < DARK, size))] = 255
    pinholes = _specks(cleared >= DARK, size)
    cleared[_grown(pinholes)] = 0
    return cleared


def _specks(dark: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    """Dark pixels that belong to a piece at most `size` pixels wide and high, with white all around."""
    window = 2 * size - 1
    inner, outer = _sums(dark, window), _sums(dark, window + 2)
    lonely: NDArray[np.bool_] = dark & (inner == outer) & (inner <= size * size)
    return lonely


def _sums(dark: NDArray[np.bool_], window: int) -> NDArray[np.int32]:
    """Number of dark pixels in the square window around each pixel; `window` is odd."""
    half = window // 2
    padded = np.pad(dark, ((half + 1, half), (half + 1, half)))
    total = padded.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    sums: NDArray[np.int32] = (
        total[window:, window:] - total[:-window, window:] - total[window:, :-window] + total[:-window, :-window]
    )
    return sums


def _grown(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The mask and the pixels next to it: the grey rim of a speck."""
    grown: NDArray[np.bool_] = _sums(mask, 3) > 0
    return grown


def background(image: GreyImage) -> NDArray[np.float32]:
    """Estimate of the paper's grey value, on a picture 8 times smaller."""
    height, width = image.shape
    size = (max(1, width // _SMALL), max(1, height // _SMALL))
    small = Image.fromarray(image).resize(size, Image.Resampling.BOX)
    brightest = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MedianFilter(_MEDIAN))
    return np.asarray(brightest, dtype=np.float32)


def spread(paper: NDArray[np.float32]) -> float:
    """How uneven the paper is, in grey values."""
    low, high = np.percentile(paper, (5, 95))
    return float(high - low)


def border_of(paper: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Where the scanner saw past the paper: dark all the way to the picture's edge; on the grid of `background`."""
    dark = paper < BORDER * float(np.percentile(paper, 90))
    reached = np.zeros_like(dark)
    reached[0], reached[-1], reached[:, 0], reached[:, -1] = dark[0], dark[-1], dark[:, 0], dark[:, -1]
    while True:
        further = dark & _grown(reached)
        if (further == reached).all():
            break
        reached = further
    if reached.mean() > _MOST_BORDER:
        return np.zeros_like(dark)
    return _grown(_grown(_grown(reached))) if reached.any() else reached


def even(image: GreyImage, paper: NDArray[np.float32], border: NDArray[np.bool_]) -> GreyImage:
    """The page divided by its background, its border white."""
    height, width = image.shape
    full = Image.fromarray(paper).resize((width, height), Image.Resampling.BILINEAR)
    quotient = image.astype(np.float32) * (255.0 / np.maximum(np.asarray(full), 1.0))
    evened: GreyImage = np.clip(quotient, 0, 255).astype(np.uint8)
    if border.any():
        mask = Image.fromarray(border.astype(np.uint8)).resize((width, height), Image.Resampling.NEAREST)
        evened[np.asarray(mask) > 0] = 255
    return evened


def darkened(image: GreyImage) -> GreyImage:
    """Pale print made as dark as print is; other pages as they are."""
    sample = image[::4, ::4]
    ink, paper = np.percentile(sample, (1, 50))
    if ink < PALE or paper - ink < LEAST_CONTRAST:
        return image
    table = np.clip((np.arange(256) - ink) * (255.0 / (255.0 - ink)), 0, 255).astype(np.uint8)
    stretched: GreyImage = table[image]
    return stretched


def skew_of(image: GreyImage) -> float:
    """Degrees (counter-clockwise) by which the page must be turned so that its lines lie straight; 0 if unclear."""
    height, width = image.shape
    scale = min(1.0, _SKEW_WIDTH / max(1, width))
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    small = Image.fromarray(image).resize(size, Image.Resampling.BOX)
    dark = _without_solids(np.asarray(small) < _threshold(np.asarray(small)))
    below, right = (n.astype(np.float32) for n in np.nonzero(dark))
    below, right = below - dark.shape[0] / 2, right - dark.shape[1] / 2

    def sharpness(angle: float) -> float:
        return _sharpness(below, right, float(np.radians(angle)), dark.shape[0])

    coarse = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.01, 0.5), key=lambda angle: (sharpness(angle), -abs(angle)))
    best = max(np.arange(coarse - 0.4, coarse + 0.41, 0.1), key=lambda angle: (sharpness(angle), -abs(angle)))
    return float(round(best, 2)) if sharpness(best) > 1.02 * sharpness(0.0) else 0.0


def _without_solids(dark: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Without scanner borders and photographs, whose edges would outweigh the lines of text."""
    height, width = (n - n % _SOLID_CELL for n in dark.shape)
    cut = dark[:height, :width]
    cells = cut.reshape(height // _SOLID_CELL, _SOLID_CELL, width // _SOLID_CELL, _SOLID_CELL).mean(axis=(1, 3))
    solid = _grown(cells > _SOLID)
    return cut & ~np.repeat(np.repeat(solid, _SOLID_CELL, axis=0), _SOLID_CELL, axis=1)


def _threshold(image: GreyImage) -> float:
    low, high = np.percentile(image, (1, 90))
    return float((low + high) / 2)


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
    dark = image < _threshold(image)
    shares: NDArray[np.float64] = np.zeros(image.shape[0])
    kept = _without_solids(dark)
    shares[: kept.shape[0]] = kept.mean(axis=1)
    return shares


def ink_share(image: GreyImage) -> float:
    """Share of the page's pixels that are clearly darker than the paper around them, its border left out."""
    paper = background(image)
    return float(np.mean(even(image, paper, border_of(paper)) < FAINT))
