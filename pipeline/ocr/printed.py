"""printed: the part of a page that is printed; of white margins an engine looks at every pixel, and finds nothing."""

import numpy as np

from pipeline.ocr.cells import dark_shares
from pipeline.ocr.engine import GreyImage
from pipeline.ocr.lines import Box
from pipeline.ocr.paper import FAINT

_CELL_IN, _PRINTED = 0.1, 0.02
"""Inches of the squares that are looked at, and share of one from which it is printed: a figure of body type fills
0.03 of each of the four squares that it may lie across, a speck 0.01 of one."""
_SPARSE = 2
"""One pixel of so many each way tells that."""
_MARGIN_IN = 0.25
"""Inches of white that are left around: more than what is passed over at a page's edges as a scanner's shadow."""
_LEAST_HEIGHT = 0.5
"""Share of the page's height that is left in any case: the engine parts a page into blocks by its height."""

_WORTH = 0.9
"""Share of the page up to which it is cut: noisy and bordered pages keep 0.93 and more, which would gain nothing."""


def printed_part(image: GreyImage, dpi: int) -> Box:
    """The part in pixels, with a margin; all of a page that is printed to its edges, or nowhere."""
    height, width = image.shape
    part = _part(image, dpi)
    worth = (part.x1 - part.x0) * (part.bottom - part.top) <= _WORTH * width * height
    return part if worth else Box(0, 0, width, height)


def _part(image: GreyImage, dpi: int) -> Box:
    height, width = image.shape
    cell = max(1, round(_CELL_IN * dpi / _SPARSE))
    printed = dark_shares(np.ascontiguousarray(image[::_SPARSE, ::_SPARSE]) < FAINT, cell) > _PRINTED
    rows, columns = (np.flatnonzero(printed.any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return Box(0, 0, width, height)
    side, margin = cell * _SPARSE, round(_MARGIN_IN * dpi)
    top, bottom = max(0, int(rows[0]) * side - margin), min(height, (int(rows[-1]) + 1) * side + margin)
    left, right = max(0, int(columns[0]) * side - margin), min(width, (int(columns[-1]) + 1) * side + margin)
    bottom = max(bottom, min(height, top + round(_LEAST_HEIGHT * height)))
    return Box(left, min(top, bottom - round(_LEAST_HEIGHT * height)), right, bottom)
