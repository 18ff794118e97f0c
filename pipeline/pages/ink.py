"""ink: what the drawn page shows: how much of its ink the text layer accounts for, and whether a picture holds text."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from schemas.geometry import Box

INK_DPI = 72
"""Resolution at which pages are looked at: letters of 8 points are 5 pixels high."""
LOOK_PX = 2_000_000
"""Most pixels of such a look; larger pages (posters) are looked at more coarsely."""
PAPER_SPREAD = 24
"""Greys this near to the paper's are paper."""
DARK = 0.6
"""A pixel darker than this part of the paper's grey is ink."""


def paper_and_ink(grey: NDArray[np.uint8]) -> tuple[float, NDArray[np.bool_]]:
    """Grey of the paper (the most common bright grey) and the mask of inked pixels."""
    histogram = np.bincount(grey.ravel(), minlength=256)
    smooth = np.convolve(histogram, np.ones(9), mode="same")
    paper = float(np.argmax(smooth[96:]) + 96)
    return paper, grey < DARK * paper


def paper_share(grey: NDArray[np.uint8]) -> float:
    """Share of the pixels that are plain paper."""
    paper, _ = paper_and_ink(grey)
    return round(float((np.abs(grey.astype(np.int16) - paper) <= PAPER_SPREAD).mean()), 3)


def ink_share(grey: NDArray[np.uint8]) -> float:
    """Share of the pixels that are ink."""
    return round(float(paper_and_ink(grey)[1].mean()), 4)


def ink_coverage(grey: NDArray[np.uint8], dpi: float, boxes: Iterable[Box]) -> float:
    """Share of the page's ink that lies inside the boxes (points, widened by a pixel); 1.0 for a page without ink."""
    _, ink = paper_and_ink(grey)
    total = int(ink.sum())
    if not total:
        return 1.0
    scale = dpi / 72.0
    covered = np.zeros(ink.shape, dtype=bool)
    for box in boxes:
        top, bottom = int(box.top * scale) - 1, int(box.bottom * scale) + 2
        left, right = int(box.x0 * scale) - 1, int(box.x1 * scale) + 2
        covered[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = True
    return round(float((ink & covered).sum()) / total, 3)


LINES_OF_TEXT = 8
"""Bands of ink that make a picture one of text; maps, charts and photographs seen have up to 4."""
BAND_PX = (3, 16)
"""Height of a line of text at INK_DPI, pixels: letters of 4 to 16 points."""
PAPER_SHARE = 0.6
"""Share of a text picture that is plain paper; photographs have up to 0.35."""
WORD_GAP_PX = 9
"""Gaps up to this wide at INK_DPI part words, not columns."""
LINE_FILL = 0.8
"""How far a line reaches across its strip: prose 0.83 to 1.00, boxes of organization charts 0.25 to 0.67."""
STRIPS = 5
"""Strips into which a picture is cut, so that a slant or a frame does not blur its lines together."""


def holds_text(grey: NDArray[np.uint8], dpi: float, box: Box) -> bool:
    """True where the part of the drawn page in `box` (points) looks like lines of text on paper."""
    scale = dpi / 72.0
    part = grey[
        max(0, int(box.top * scale)) : int(box.bottom * scale), max(0, int(box.x0 * scale)) : int(box.x1 * scale)
    ]
    if min(part.shape, default=0) < 8 * STRIPS:
        return False
    _, ink = paper_and_ink(part)
    if paper_share(part) < PAPER_SHARE:
        return False
    width = part.shape[1] // STRIPS
    prose = sum(_is_prose(ink[:, i * width : (i + 1) * width]) for i in range(STRIPS))
    return prose >= 2


def _is_prose(ink: NDArray[np.bool_]) -> bool:
    """True for a strip with many bands of inked rows that are as high as lines of text and run across it."""
    rows = ink.mean(axis=1) > 0.02
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    filled = []
    for top, bottom in zip(edges[0::2], edges[1::2], strict=True):
        if BAND_PX[0] <= bottom - top <= BAND_PX[1]:
            columns = ink[top:bottom].any(axis=0)
            filled.append(float((np.convolve(columns, np.ones(WORD_GAP_PX), mode="same") > 0).mean()))
    return len(filled) >= LINES_OF_TEXT and float(np.median(filled)) >= LINE_FILL
