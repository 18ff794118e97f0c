"""straightening: a page with level lines, as large as it is to be read.

A page that is turned by few degrees is sheared instead, up and down, then from side to side, in a third of the time:
letters are stretched by the square of the angle, which is under a hundredth.
"""

from enum import Enum
from itertools import pairwise
from math import ceil, radians, tan

import numpy as np
from PIL import Image

from pipeline.ocr.engine import GreyImage

_SHEARED_DPI = 250
"""Resolution from which that shows in no letter. At 200 dpi, where Arabic is read, the pages that lean on faint marks
lost by it (a cover .043, sheared .055; a page in two scripts .009, .019; three plain pages the same or less)."""
_SHIFT_PX = 0.25
"""Pixels by which neighbouring strips of the page are moved up or down: no letter shows the step."""
_LEAST_STRIP_PX = 10
"""Width of the narrowest strips, on steep pages: each costs a call, and half a pixel does not show in a letter."""


class Turning(Enum):
    """How a picture is turned by a few degrees, or enlarged."""

    quick = Image.Resampling.NEAREST
    """Good for a look."""
    soft = Image.Resampling.BILINEAR
    sharp = Image.Resampling.BICUBIC


def turning_of(grainy: bool) -> Turning:
    """How a page is best turned: what sharpens letters brings out grain too.

    Errors soft and sharp of Arabic pages: .023, .031 on six grainy ones, .069, .052 on six clean ones. Of nine Latin
    pages: .0038, .0037; on an older scan the mark of its only note was read sharp and lost soft.
    """
    return Turning.soft if grainy else Turning.sharp


def straightened(image: GreyImage, angle: float, turning: Turning, dpi: int, scale: float = 1.0) -> GreyImage:
    """The page of `dpi` turned by so many degrees counter-clockwise, and enlarged."""
    if turning is Turning.quick or dpi * scale < _SHEARED_DPI:
        return _enlarged(_turned(image, angle, turning), scale, turning)
    slope = tan(radians(angle))
    return _moved_along(_moved_down(image, slope, turning, scale), slope) if slope else _enlarged(image, scale, turning)


def _turned(image: GreyImage, angle: float, turning: Turning) -> GreyImage:
    return np.asarray(Image.fromarray(image).rotate(angle, turning.value, fillcolor=255)) if angle else image


def _enlarged(image: GreyImage, scale: float, turning: Turning) -> GreyImage:
    if scale == 1.0:
        return image
    size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
    return np.asarray(Image.fromarray(image).resize(size, turning.value))


def _moved_down(image: GreyImage, slope: float, turning: Turning, scale: float) -> GreyImage:
    """Enlarged, each strip of it moved up or down by its distance from the middle times the slope."""
    height, width = image.shape
    size = max(1, round(width * scale)), max(1, round(height * scale))
    reach = ceil(abs(slope) * width / 2) + 1
    source = Image.new("L", (width, height + 2 * reach), 255)
    source.paste(Image.fromarray(image), (0, reach))
    out = Image.new("L", size, 255)
    strip = max(_LEAST_STRIP_PX, round(_SHIFT_PX / abs(slope)))
    for left in range(0, size[0], strip):
        right = min(size[0], left + strip)
        top = reach + slope * ((left + right) / 2 / size[0] - 0.5) * width
        if scale == 1.0:  # cut out first, columns stay as they are: half the work
            cut, box = source.crop((left, 0, right, source.height)), (0.0, top, float(right - left), top + height)
        else:
            cut, box = source, (left * width / size[0], top, right * width / size[0], top + height)
        out.paste(cut.resize((right - left, size[1]), turning.value, box), (left, 0))
    return np.asarray(out)


def _moved_along(image: GreyImage, slope: float) -> GreyImage:
    """Each row moved to the side by whole pixels, by its distance from the middle times the slope."""
    height, width = image.shape
    shifts = np.rint(slope * (np.arange(height) - height / 2)).astype(int)
    if not shifts.any():
        return image
    out = np.full_like(image, 255)
    edges = [0, *(np.flatnonzero(np.diff(shifts)) + 1).tolist(), height]
    for top, bottom in pairwise(edges):
        right = int(shifts[top])
        kept = image[top:bottom, max(0, -right) : width - max(0, right)]
        out[top:bottom, max(0, right) : width + min(0, right)] = kept
    return out
