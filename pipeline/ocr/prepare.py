"""prepare: a scanned page → one that reads better: even background, upright, straight lines."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from pipeline.ocr.engine import GreyImage

UNEVEN = 12.0
"""Spread of the background (grey values, 5th to 95th percentile) from which it is evened; a flat scan has under 6."""
_SMALL = 8
"""The background is estimated on a picture this many times smaller."""
_MEDIAN = 9
"""Median filter on that picture: 72 pixels of the page, wider than strokes and most letters."""
LEAST_SKEW = 0.15
"""Degrees below which straightening changes nothing that can be measured."""
_MOST_SKEW = 5.0
_SKEW_WIDTH = 800
"""Pixels: skew is measured on a picture this wide, where 0.1 degree moves the ends of a line by 1.4 pixels."""
DARK = 128
"""Grey value below which a pixel of an evened page is ink."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page ready to be read."""

    image: GreyImage
    skew: float
    """Degrees by which it was straightened."""
    evened: bool


def prepare(image: GreyImage) -> Prepared:
    """The page with an even background and straight lines."""
    evened = background_spread(image) > UNEVEN
    if evened:
        image = even(image)
    angle = skew_of(image)
    if abs(angle) >= LEAST_SKEW:
        filled = Image.fromarray(image).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
        image = np.asarray(filled)
    else:
        angle = 0.0
    return Prepared(image, angle, evened)


def background(image: GreyImage) -> NDArray[np.float32]:
    """Estimate of the paper's grey value, on a picture 8 times smaller."""
    height, width = image.shape
    size = (max(1, width // _SMALL), max(1, height // _SMALL))
    small = Image.fromarray(image).resize(size, Image.Resampling.BOX)
    brightest = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MedianFilter(_MEDIAN))
    return np.asarray(brightest, dtype=np.float32)


def background_spread(image: GreyImage) -> float:
    """How uneven the paper is, in grey values."""
    low, high = np.percentile(background(image), (5, 95))
    return float(high - low)


def even(image: GreyImage) -> GreyImage:
    """The page divided by its background."""
    height, width = image.shape
    paper = Image.fromarray(background(image)).resize((width, height), Image.Resampling.BILINEAR)
    quotient = image.astype(np.float32) * 255.0 / np.maximum(np.asarray(paper), 1.0)
    evened: GreyImage = np.clip(quotient, 0, 255).astype(np.uint8)
    return evened


def skew_of(image: GreyImage) -> float:
    """Degrees (counter-clockwise) by which the page must be turned so that its lines lie straight; 0 if unclear."""
    height, width = image.shape
    scale = min(1.0, _SKEW_WIDTH / max(1, width))
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    small = Image.fromarray(image).resize(size, Image.Resampling.BOX)
    ink = Image.fromarray(((np.asarray(small) < _threshold(np.asarray(small))) * 255).astype(np.uint8))
    coarse = max(
        np.arange(-_MOST_SKEW, _MOST_SKEW + 0.01, 0.5), key=lambda angle: (_sharpness(ink, angle), -abs(angle))
    )
    fine = np.arange(coarse - 0.4, coarse + 0.41, 0.1)
    best = max(fine, key=lambda angle: (_sharpness(ink, angle), -abs(angle)))
    return float(round(best, 2)) if _sharpness(ink, best) > 1.02 * _sharpness(ink, 0.0) else 0.0


def _threshold(image: GreyImage) -> float:
    low, high = np.percentile(image, (1, 90))
    return float((low + high) / 2)


def _sharpness(ink: Image.Image, angle: float) -> float:
    """How sharply ink and white alternate from row to row: highest where lines lie straight."""
    turned = ink.rotate(float(angle), Image.Resampling.NEAREST) if angle else ink
    profile = np.asarray(turned, dtype=np.float32).sum(axis=1)
    return float(np.square(np.diff(profile)).sum())


def ink_share(image: GreyImage) -> float:
    """Share of the page's pixels that are dark."""
    return float(np.mean(image < DARK))
