"""gaps: ink that no word accounts for → read again by itself, and put where it belongs.

On clear Arabic pages Tesseract recognises nearly every letter but loses whole lines between paragraphs, and its
confidence cannot know. A lost line cut out and read alone is read well, for a fraction of another pass.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.ocr.cells import dark_shares, ink_of
from pipeline.ocr.engine import ONE_BLOCK, ONE_LINE, RAW_LINE, Engine, GreyImage, Word
from pipeline.ocr.lines import Box, inserted
from pipeline.ocr.pieces import pieces_of
from pipeline.ocr.quality import Reading, confidence_of, judged

_CELLS_PER_INCH = 40
"""Ink is looked at on a grid this fine: a cell is 1.8 points, about the stroke and gap of body type."""
_REACH_IN = 0.2
"""Inches of white that words of one lost line may have between them."""
_EDGE_IN = 0.15
"""Inches at the page's edge in which scanners leave shadows."""
_LEAST_HEIGHT_IN, _LEAST_WIDTH_IN = 0.06, 0.25
"""Inches; less is a rule, a dash, dust, or a mark over a letter."""
_MOST_HEIGHT_IN = 2.5
"""Inches; more lost ink in one piece is a picture or a page that needs another pass, not a gap."""
_LINE_HEIGHT_IN = 0.3
"""Inches up to which a gap is read as one line: body type of 12 points has lines of 0.2."""
_MARGIN_IN = 0.06
_SOLID = 0.85
"""Cells darker than this are borders, bars and photographs."""
_DENSITY = (0.03, 0.6)
"""Share of ink in a gap that can be text: letters fill 0.08 to 0.3 of their box."""
_MOST_GAPS = 12
"""Gaps read on one page; a page with more is noise, or belongs to the retry ladder."""
_ATTEMPTS = ((1.0, ONE_LINE), (1.5, ONE_LINE), (2.0, ONE_LINE), (1.25, ONE_LINE), (0.85, ONE_LINE), (1.5, RAW_LINE))
_BLOCK_ATTEMPTS = ((1.0, ONE_BLOCK), (1.5, ONE_BLOCK))
"""Sizes at which a gap is tried: the engine finds no line in one and reads the same line faultlessly in another."""
_LEAST_LETTERS = 2
_BELIEVED = 0.7
"""Confidence from which the words of a gap are taken: lost lines have 0.85 and more, stamps and scrawl under 0.6."""
_HOPELESS = 0.5
"""Confidence below which other sizes are not tried: what stands there is no text of these languages."""


def fill_gaps(engine: Engine, reading: Reading, image: GreyImage) -> Reading:
    """The reading with the lines that the first look lost; the same where no ink was left over."""
    places = gaps_of(reading.words, image, reading.dpi)
    if not places:
        return reading
    words = reading.words
    bare = _without(image, words)
    for place in places:
        words = inserted(words, _read(engine, bare, place, reading))
    return judged(words, image, reading.packs, reading.dpi, reading.segmentation)


def _read(engine: Engine, image: GreyImage, place: Box, reading: Reading) -> tuple[Word, ...]:
    """Words of one gap; none where no attempt can be believed."""
    crop, left, top = crop_around(image, place, reading.dpi)
    one_line = place.bottom - place.top <= _LINE_HEIGHT_IN * reading.dpi
    for scale, segmentation in _ATTEMPTS if one_line else _BLOCK_ATTEMPTS:
        found = engine.read(scaled(crop, scale), reading.packs, round(reading.dpi * scale), segmentation)
        if found and confidence_of(found) < _HOPELESS:
            return ()
        if confidence_of(found) >= _BELIEVED and sum(c.isalnum() for w in found for c in w.text) >= _LEAST_LETTERS:
            return tuple(placed(word, scale, left, top) for word in found)
    return ()


def crop_around(image: GreyImage, place: Box, dpi: int) -> tuple[GreyImage, int, int]:
    """The place cut out with a margin, and where its left upper corner lies."""
    margin = int(_MARGIN_IN * dpi)
    left, top = max(0, place.x0 - margin), max(0, place.top - margin)
    return image[top : place.bottom + margin, left : place.x1 + margin], left, top


def scaled(image: GreyImage, scale: float) -> GreyImage:
    """The picture enlarged or reduced."""
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    return image if scale == 1.0 else np.asarray(Image.fromarray(image).resize(size, Image.Resampling.BICUBIC))


def placed(word: Word, scale: float, left: int, top: int) -> Word:
    """A word of such a cut-out where it stands on the page."""
    x0, x1 = (left + round(x / scale) for x in (word.x0, word.x1))
    y0, y1 = (top + round(y / scale) for y in (word.top, word.bottom))
    return replace(word, x0=x0, top=y0, x1=x1, bottom=y1)


def _without(image: GreyImage, words: Sequence[Word]) -> GreyImage:
    """The page with all words wiped out, so that no word is read twice."""
    bare, paper = image.copy(), _paper(image)
    for word in words:
        bare[max(0, word.top) : word.bottom, max(0, word.x0) : word.x1] = paper
    return bare


def _paper(image: GreyImage) -> int:
    """Grey value of the paper; a frame of another grey would be taken for a picture's edge."""
    counts = np.cumsum(Image.fromarray(image).histogram())
    return int(np.searchsorted(counts, image.size / 2))


def gaps_of(words: Sequence[Word], image: GreyImage, dpi: int) -> tuple[Box, ...]:
    """Boxes in pixels of text-like ink outside all words, from top to bottom."""
    cell = max(2, dpi // _CELLS_PER_INCH)
    ink = _grid(image, cell)
    for word in words:
        ink[
            max(0, word.top // cell - 1) : word.bottom // cell + 2,
            max(0, word.x0 // cell - 1) : word.x1 // cell + 2,
        ] = 0
    edge = max(1, round(_EDGE_IN * dpi / cell))
    inner = np.zeros_like(ink)
    inner[edge:-edge, edge:-edge] = ink[edge:-edge, edge:-edge]
    pieces = sorted(
        (
            (float(ink[top:bottom, x0:x1].sum()), Box(x0 * cell, top * cell, x1 * cell, bottom * cell))
            for x0, top, x1, bottom, *_ in pieces_of(inner > 0.02, reach=max(1, round(_REACH_IN * dpi / cell)))
            if _like_text(inner[top:bottom, x0:x1], dpi / cell)
        ),
        key=lambda piece: -piece[0],
    )
    return tuple(sorted((box for _, box in pieces[:_MOST_GAPS]), key=lambda box: (box.top, box.x0)))


def _grid(image: GreyImage, cell: int) -> NDArray[np.float32]:
    """Share of dark pixels in each cell; solid cells count as empty."""
    shares = dark_shares(ink_of(image), cell)
    shares[shares > _SOLID] = 0.0
    return shares


def _like_text(ink: NDArray[np.float32], cells_per_inch: float) -> bool:
    height, width = ink.shape[0] / cells_per_inch, ink.shape[1] / cells_per_inch
    return (
        _LEAST_HEIGHT_IN <= height <= _MOST_HEIGHT_IN
        and width >= _LEAST_WIDTH_IN
        and _DENSITY[0] <= float(ink.mean()) <= _DENSITY[1]
    )
