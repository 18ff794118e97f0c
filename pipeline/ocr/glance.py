"""glance: a first look at a page: what it is printed on, how it lies, how its lines slope, and what can read it.

A stretch of a few lines is read as the page most likely is, upright and in the language of the pages around it. Only
where that gives no text is the engine asked how the page lies, which takes four times as long.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.ocr.engine import AUTO_BLOCKS, ONE_BLOCK, Engine, GreyImage, Orientation, Word
from pipeline.ocr.packs import script_of
from pipeline.ocr.paper import Paper, darkened, evened, ink_share, paper_of
from pipeline.ocr.pieces import pieces_of
from pipeline.ocr.quality import confidence_of
from pipeline.ocr.routing import (
    ARABIC,
    AZERBAIJANI,
    LATIN,
    RUSSIAN,
    SCRIPT_SURE,
    asking,
    better_packs,
    first_packs,
    holds_azerbaijani,
)
from pipeline.ocr.skew import dark_rows, ink_at_a_glance, lines_run_down, skew_in, skew_of, threshold
from pipeline.ocr.straightening import Turning, straightened

BLANK_INK = 0.0004
"""Share of dark pixels of a page without text (dust)."""
GLANCE_DPI = 150
"""Resolution at which it is looked at: the engine's lines are 36 pixels high, those of body type have 25 there."""
BAND_IN = 0.4
"""Inches of the page, where it holds most ink, that are read: two or three lines of body type."""
BAND_WIDTH = 0.6
"""Share of its width, in the middle, that is read: of 42 pages all were judged as by the whole width, in a fifth less
time; two or three lines have 85 to 150 letters there."""
VALLEY_IN = 0.15
"""Inches by which the band is shifted so as to begin and end between lines: a line cut in two reads as nonsense."""
BAND_LETTERS = 40
"""Letters that they must show: fewer tell nothing."""
READS = 0.85
"""Confidence of them from which nothing else is tried: English has 0.88 and more there, Azerbaijani read as English
0.72 to 0.77."""
READS_PARTLY = 0.6
"""Confidence from which the same letters with other marks are tried; pages on their side and other scripts have 0.2 to
0.45."""
JOINED = 0.13
"""Share of the ink in joined letters from which Arabic is tried first: 32 Arabic stretches have 0.14 to 0.57, 40 in
Latin and Cyrillic letters up to 0.11."""
_WIDE, _LETTER_CELLS = 1.6, 12
"""How many times wider than high a joined piece is, and pixels below which a piece is a dot or dust."""
OSD_SHARE, BAND_SHARE = 0.25, 0.15
"""Share of the page that the engine is asked about, and that is read where its answer is unsure."""
TURN_SURE = 5.0
"""Confidence from which the verdict on how a page lies is taken: right ones came with 5.8 and more, wrong ones
(tables of figures, a running head over a table on its side) with up to 4."""
TURN_READS = 0.7
"""Confidence with which a stretch of the page reads where it stands upright; on its side or head down 0.2 to 0.5."""
READS_AT_ALL = 0.36
"""Confidence below which nothing is told from it: handwriting has 0.04 to 0.31 in every script, however it lies, and
was called Arabic for it."""
TURN_LETTERS = 20
"""Letters and figures that such a stretch must show: a few were read with 0.6 off a page on its side."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a first look showed."""

    turn: int
    """Clockwise degrees by which the page must be turned to stand upright."""
    script: str | None
    """Its script as the engine calls it, None where nothing could be told."""
    skew: float
    """Degrees (counter-clockwise) by which it must then be straightened."""
    paper: Paper
    """Of the page once it is turned."""
    packs: tuple[str, ...]
    """What to read it with first."""


def look_at(engine: Engine, image: GreyImage, dpi: int, hints: Sequence[str]) -> Look | None:
    """What can be told of the page before it is read; None where it holds no ink."""
    coarse = min(dpi, GLANCE_DPI)
    image = _at(image, coarse / dpi)
    paper = paper_of(image, coarse)
    clear = evened(image, paper)
    if ink_share(clear) < BLANK_INK:
        return None
    clear = darkened(clear)
    ink = ink_at_a_glance(clear)
    axes = ((90, 270), (0, 180)) if lines_run_down(ink) else ((0, 180),)
    for axis in axes:
        skew = skew_of(turned(clear, axis[0])) if axis[0] else skew_in(ink)
        for turn in axis:
            band = _fullest_lines(straightened(turned(clear, turn), skew, Turning.quick, coarse), coarse)
            packs = _packs_that_read(engine, band, coarse, hints)
            if packs:
                return Look(turn, script_of(packs[0]), skew, paper.turned(turn), packs)
    verdict = _oriented(engine, clear, coarse, hints)
    turn = verdict.turn if verdict else 0
    skew = skew_of(turned(clear, turn))
    return Look(turn, verdict.script if verdict else None, skew, paper.turned(turn), first_packs(verdict, hints))


def _packs_that_read(engine: Engine, band: GreyImage, dpi: int, hints: Sequence[str]) -> tuple[str, ...] | None:
    """Packs with which a stretch of the page is text as it lies; None where it is none in the likeliest scripts."""
    likely = (first_packs(None, hints), LATIN, ARABIC, RUSSIAN)
    for packs in dict.fromkeys((ARABIC, *likely) if joined_share(band) > JOINED else likely):
        words = engine.read(band, asking(packs), dpi, ONE_BLOCK if packs == ARABIC else AUTO_BLOCKS)
        reads = confidence_of(words)
        if _letters(words) < BAND_LETTERS:
            continue
        if packs == LATIN and READS_PARTLY <= reads < READS:
            both = engine.read(band, AZERBAIJANI, dpi, AUTO_BLOCKS)
            if holds_azerbaijani(both) and confidence_of(both) >= TURN_READS:
                return AZERBAIJANI
        if reads >= TURN_READS:
            return better_packs(words, packs) or packs
    return None


def joined_share(band: GreyImage) -> float:
    """Share of the ink in pieces clearly wider than high: letters that are joined, or lines that run down."""
    pieces = [p for p in pieces_of(band < threshold(band)) if p.cells >= _LETTER_CELLS]
    joined = sum(p.cells for p in pieces if p.x1 - p.x0 > _WIDE * (p.bottom - p.top))
    return joined / max(1, sum(p.cells for p in pieces))


def _oriented(engine: Engine, image: GreyImage, dpi: int, hints: Sequence[str]) -> Orientation | None:
    """How the page lies and in which script: as it reads, else as the engine is sure it does, else as it reads best.

    Typewritten English was called Cyrillic with a confidence of up to 2.9, and head down even where it was sure. A few
    clear words of a page on its side (the engine reads lines that run down, too) are less than all of it, read badly.
    Most pages of which a few lines told nothing are upright and grainy: more is read before the engine is asked.
    """
    likely = first_packs(None, hints)
    words = _words_of_band(engine, image, dpi, likely)
    if _reads(words):
        return Orientation(0, TURN_SURE, script_of(likely[0]), SCRIPT_SURE)
    verdict = engine.orient(_fullest_band(image, int(OSD_SHARE * image.shape[0])), dpi)
    if verdict is None:
        return None
    tried = dict.fromkeys((first_packs(verdict, hints), LATIN, RUSSIAN, ARABIC))
    worth = {(0, likely): confidence_of(words) * _letters(words)}
    surest = confidence_of(words)
    for turn in sorted((0, 90, 180, 270), key=lambda t: (t != verdict.turn, t)):
        upright = turned(image, turn)
        for packs in tried:
            if (turn, packs) in worth:
                continue
            words = _words_of_band(engine, upright, dpi, packs)
            read = confidence_of(words) * _letters(words)
            if _reads(words) and read >= max(worth.values()):
                return _as_read(verdict, turn, packs)
            worth[turn, packs] = read
            surest = max(surest, confidence_of(words))
    if verdict.turn_confidence >= TURN_SURE and verdict.script != "Cyrillic":
        return verdict
    if surest < READS_AT_ALL:
        return _as_read(verdict, 0, first_packs(None, hints))
    return _as_read(verdict, *max(worth, key=lambda key: worth[key]))


def _words_of_band(engine: Engine, image: GreyImage, dpi: int, packs: tuple[str, ...]) -> Sequence[Word]:
    band = _fullest_band(image, int(BAND_SHARE * image.shape[0]))
    return engine.read(band, asking(packs), dpi, AUTO_BLOCKS)


def _reads(words: Sequence[Word]) -> bool:
    return confidence_of(words) >= TURN_READS and _letters(words) >= TURN_LETTERS


def _as_read(verdict: Orientation, turn: int, packs: tuple[str, ...]) -> Orientation:
    """The verdict with the turn and the script in which the page reads best, which is sure now."""
    confidence = max(verdict.script_confidence, SCRIPT_SURE)
    return replace(verdict, turn=turn, script=script_of(packs[0]), script_confidence=confidence)


def turned(image: GreyImage, turn: int) -> GreyImage:
    """The picture turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(image, -turn // 90))


def _at(image: GreyImage, scale: float) -> GreyImage:
    if scale == 1.0:
        return image
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    return np.asarray(Image.fromarray(image).resize(size, Image.Resampling.BILINEAR, reducing_gap=1.0))


def _fullest_band(image: GreyImage, band: int) -> GreyImage:
    """The stretch of the page, `band` pixels high, that holds most ink: enough to tell what it is, in less time."""
    start = _fullest(dark_rows(image), band)
    return np.ascontiguousarray(image[start : start + band])


def _fullest_lines(image: GreyImage, dpi: int) -> GreyImage:
    """The middle of the same, about `BAND_IN` high, from between two lines to between two lines."""
    rows, band, reach = dark_rows(image), round(BAND_IN * dpi), round(VALLEY_IN * dpi)
    start = _fullest(rows, band)

    def valley(y: int) -> int:
        near = range(max(0, y - reach), min(rows.size, y + reach + 1))
        return min(near, key=lambda n: (float(rows[max(0, n - 1) : n + 2].sum()), abs(n - y), n), default=y)

    edge = round((1 - BAND_WIDTH) / 2 * image.shape[1])
    return np.ascontiguousarray(image[valley(start) : valley(start + band), edge : image.shape[1] - edge])


def _fullest(rows: NDArray[np.float64], band: int) -> int:
    ink = np.concatenate(([0.0], np.cumsum(rows)))
    starts = range(0, rows.size - band + 1, max(1, rows.size // 100))
    return max(starts, key=lambda y: (float(ink[y + band] - ink[y]), -y), default=0)


def _letters(words: Sequence[Word]) -> int:
    return sum(len(word.text) for word in words)
