"""frames: the ruled lines of a form or table on a scan are taken off the text; where they ran is told to layout.

Tesseract takes framed cells for drawings and passes them over. Pages with lines in one direction only keep them: they
are underlines and footnote rules, which it copes with.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.ocr.engine import GreyImage
from pipeline.ocr.lines import Box

_INK = 150
"""Grey value below which a pixel may belong to a line; thin ones come out paler than letters."""
_LEAST_IN = 0.4
"""Inches; no stroke of a letter is as long."""
_THICK_IN = 0.04
"""Inches; thicker is a bar or a dark field."""
_STEP = 3
"""Only each third pixel along a line is looked at, which takes a third of the time."""
_BOTH_WAYS = 2
"""Lines in each direction from which they are a frame."""
_REACH_IN = 0.024
"""Inches above and below a line's pixel in which a letter's stroke must go on to be taken for one that crosses it."""
_JOIN_IN = 0.03
"""Inches by which pieces of one line may stand apart or off its course."""

Mask = NDArray[np.bool_]


def without_frames(image: GreyImage, dpi: int) -> tuple[GreyImage, tuple[tuple[Box, bool], ...]]:
    """The page without the lines of its frames, and the lines: box in pixels, True where level."""
    if not _may_hold_uprights(image, dpi):
        return image, ()
    dark = image < _INK
    across = _lines(dark, dpi)
    level = _boxes(across, dpi, dark.shape[1])
    if len(level) < _BOTH_WAYS:
        return image, ()
    down = _lines(dark.T, dpi)
    upright = [_turned(box) for box in _boxes(down, dpi, dark.shape[0])]
    if len(upright) < _BOTH_WAYS:
        return image, ()
    out = image.copy()
    reach = max(2, round(_REACH_IN * dpi))
    out[_bare(dark, _widened(across, dark.shape[1]), reach)] = 255
    out.T[_bare(dark.T, _widened(down, dark.shape[0]), reach)] = 255
    return out, tuple([(box, True) for box in level] + [(box, False) for box in upright])


def _may_hold_uprights(image: GreyImage, dpi: int) -> bool:
    """A quick look that spares nearly all pages the full one: is there an upright run of ink on every ninth row?"""
    sampled = np.ascontiguousarray(image[:: _STEP * _STEP].T) < _INK
    length = max(4, round(_LEAST_IN * dpi / (_STEP * _STEP)))
    return sampled.shape[1] >= length and bool(_opened(sampled, length).any())


def _lines(dark: Mask, dpi: int) -> Mask:
    """Where ink runs level for long enough and is thin, in each `_STEP`th column."""
    sampled = np.ascontiguousarray(dark[:, ::_STEP])
    length = max(4, round(_LEAST_IN * dpi / _STEP))
    if sampled.shape[1] < length:
        return np.zeros_like(sampled)
    runs = _opened(sampled, length)
    thick = round(_THICK_IN * dpi) + 1
    if runs.shape[0] > thick:
        runs &= ~_opened(runs.T, thick).T
    return runs


def _widened(lines: Mask, width: int) -> Mask:
    """The columns between as well."""
    return np.repeat(lines, _STEP, axis=1)[:, :width]


def _opened(mask: Mask, length: int) -> Mask:
    """Only the runs along rows that are at least so long; spans double at each step, so there are few."""
    full, span = mask, 1
    while span < length:
        step = min(span, length - span)
        full = full[:, :-step] & full[:, step:]
        span += step
    opened = np.zeros_like(mask)
    opened[:, : full.shape[1]] = full
    span = 1
    while span < length:
        step = min(span, length - span)
        opened[:, step:] |= opened[:, :-step]
        span += step
    return opened


def _bare(dark: Mask, lines: Mask, reach: int) -> Mask:
    """The lines' pixels with their pale rims, but where a stroke goes on above and below."""
    rims = lines.copy()
    rims[1:] |= lines[:-1]
    rims[:-1] |= lines[1:]
    strokes = dark & ~rims
    above, below = np.zeros_like(dark), np.zeros_like(dark)
    for step in range(1, reach + 1):
        above[step:] |= strokes[:-step]
        below[:-step] |= strokes[step:]
    bare: Mask = rims & ~(above & below)
    return bare


def _boxes(lines: Mask, dpi: int, width: int) -> list[Box]:
    """Box of each line on a page so wide, pieces joined: rows of runs that follow one another."""
    near = max(1, round(_JOIN_IN * dpi))
    boxes: list[Box] = []
    for row in np.flatnonzero(lines.any(axis=1)).tolist():
        step = np.diff(lines[row].astype(np.int8), prepend=0, append=0)
        starts, ends = (np.minimum(np.flatnonzero(step == sign) * _STEP, width) for sign in (1, -1))
        for x0, x1 in zip(starts.tolist(), ends.tolist(), strict=True):
            for n in range(len(boxes) - 1, -1, -1):
                box = boxes[n]
                if row - box.bottom <= near and x0 <= box.x1 + near and box.x0 <= x1 + near:
                    boxes[n] = Box(min(box.x0, x0), box.top, max(box.x1, x1), row + 1)
                    break
            else:
                boxes.append(Box(x0, row, x1, row + 1))
    least = round(_LEAST_IN * dpi)
    return [box for box in boxes if box.x1 - box.x0 >= least]


def _turned(box: Box) -> Box:
    return Box(box.top, box.x0, box.bottom, box.x1)
