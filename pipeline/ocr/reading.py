"""reading: passes over one page until one can be believed; the best is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pipeline.ocr.bilingual import merged
from pipeline.ocr.engine import AUTO_BLOCKS, ONE_BLOCK, Engine, GreyImage, Orientation, Word
from pipeline.ocr.gaps import fill_gaps
from pipeline.ocr.lines import Box, box_of, in_logical_order, lines_of, with_whole_boxes
from pipeline.ocr.packs import script_of
from pipeline.ocr.prepare import Prepared, background, border_of, dark_rows, darkened, even, ink_share, prepare
from pipeline.ocr.quality import Reading, confidence_of, judged
from pipeline.ocr.rereading import reread
from pipeline.ocr.routing import (
    ARABIC,
    ARABIC_AND_LATIN,
    AZERBAIJANI,
    AZERBAIJANI_CYRILLIC,
    LATIN,
    RUSSIAN,
    SCRIPT_SURE,
    better_packs,
    dpi_for,
    first_packs,
    holds_azerbaijani,
    holds_latin,
)

OSD_DPI = 150
MOST_PX = 20_000_000
"""Pixels read of one page: A4 at 300 dpi has 8.7 million, A3 17 million; posters are set in larger type."""
MOST_SIDE_PX = 32_000
"""Tesseract refuses pictures wider or higher than 32767 pixels."""
OSD_BAND = 0.25
"""Share of the page that is looked at for it."""
TURN_SURE = 5.0
"""Confidence from which the verdict on how a page lies is taken: right ones came with 5.8 and more, wrong ones
(tables of figures, a running head over a table on its side) with up to 4."""
TURN_READS = 0.7
"""Confidence with which a stretch of the page reads where it stands upright; on its side or head down 0.2 to 0.5."""
TURN_LETTERS = 20
"""Letters and figures that such a stretch must show: a few were read with 0.6 off a page on its side."""
BELIEVED = 0.88
"""Mean confidence from which a pass needs no second: below it the median error rate is a tenth, above a hundredth."""
COVERED = 0.80
"""Share of the ink inside words from which no lines can be missing."""
BLANK_INK = 0.0004
"""Share of dark pixels of a page without text (dust)."""
BELIEVED_ARABIC = 0.8
"""The same for Arabic, whose digits and symbols alone bring a faultless page down to 0.84."""
DOUBTFUL_LINE = 0.7
"""Confidence of a line below which it may be of another script (Arabic read as Latin: 0.3 to 0.6)."""
DOUBTFUL_LATIN, DOUBTFUL_SHARE = 0.85, 0.05
"""Confidence of a line below which it may be Azerbaijani read as English or Russian, and share of letters in
such lines from which it is tried."""
WITH_AZERBAIJANI: dict[tuple[str, ...], tuple[str, ...]] = {LATIN: AZERBAIJANI, RUSSIAN: AZERBAIJANI_CYRILLIC}
"""What such a page is tried with."""
DOUBTFUL_LETTERS = 30
"""Letters in such lines from which it is worth asking."""
SHORT_LETTERS = 120
"""Letters up to which a page holds too few words to tell its language."""
SHORT_TRIED = (("fra",), ("spa",), AZERBAIJANI)
SHORT_LEAD = 0.02
"""Lead in confidence from which another pack is taken there: the right one leads English by 0.02 to 0.1 on French,
Spanish and Azerbaijani lines, wrong ones on English lines by up to 0.01."""
BELIEVED_PEEK, CLEAR_LEAD = 0.75, 0.25
"""Confidence from which another script's reading of those lines is believed, and its lead from which it is believed
with less (on grainy pages Arabic comes with 0.74, and read as Latin with 0.45)."""
LEAST_PEEK = 0.6
"""Confidence that it must have in any case: noise and handwriting have less in every script."""

Render = Callable[[int], GreyImage]


@dataclass(frozen=True, slots=True)
class PageReading:
    """The best reading of a page and how it came about."""

    reading: Reading
    turn: int
    """Clockwise degrees by which the page was turned."""
    prepared: Prepared
    passes: int
    script: str | None
    """The engine's verdict on the script, None where it gave none."""


def read_page(
    engine: Engine, render: Render, hints: Sequence[str], size_pt: tuple[float, float] = (0.0, 0.0)
) -> PageReading | None:
    """The best reading; None for a page without ink. Large pages (`size_pt`) are looked at more coarsely."""
    finest = _finest_dpi(size_pt)
    small = render(min(OSD_DPI, finest))
    if ink_share(small) < BLANK_INK:
        return None
    paper = background(small)
    evened = darkened(even(small, paper, border_of(paper)))
    orientation = _oriented(engine, evened, min(OSD_DPI, finest), hints)
    turn = orientation.turn if orientation else 0
    page = _Page(engine, render, turn, finest)
    best = page.read(first_packs(orientation, hints))
    best = _with_better_packs(page, best)
    best = _with_better_segmentation(page, best)
    best = _with_latin(page, best)
    best = reread(engine, best, page.prepared(best.dpi).image)
    return PageReading(best, turn, page.prepared(best.dpi), page.passes, orientation.script if orientation else None)


def _oriented(engine: Engine, image: GreyImage, dpi: int, hints: Sequence[str]) -> Orientation | None:
    """How the page lies and in which script: the engine's verdict where it is sure, else what can be read of the page.

    Typewritten English was called Cyrillic with a confidence of up to 2.9, and head down with up to 4: a page is
    Cyrillic only where it reads so.
    """
    verdict = engine.orient(_fullest_band(image), dpi)
    if verdict is None:
        return None
    sure = verdict.turn_confidence >= TURN_SURE
    if sure and verdict.script != "Cyrillic":
        return verdict
    tried = dict.fromkeys((first_packs(verdict, hints), LATIN, RUSSIAN, ARABIC))
    turns = (verdict.turn,) if sure else sorted((0, 90, 180, 270), key=lambda t: (t != verdict.turn, t))
    worth: dict[tuple[int, tuple[str, ...]], float] = {}
    for turn in turns:
        band = _fullest_band(turned(image, turn))
        for packs in tried:
            words = engine.read(band, packs, dpi, AUTO_BLOCKS)
            letters = sum(len(word.text) for word in words)
            if confidence_of(words) >= TURN_READS and letters >= TURN_LETTERS:
                return _as_read(verdict, turn, packs)
            worth[turn, packs] = confidence_of(words) * letters
    return _as_read(verdict, *max(worth, key=lambda key: worth[key]))


def _as_read(verdict: Orientation, turn: int, packs: tuple[str, ...]) -> Orientation:
    """The verdict with the turn and the script in which the page reads best, which is sure now."""
    confidence = max(verdict.script_confidence, SCRIPT_SURE)
    return replace(verdict, turn=turn, script=script_of(packs[0]), script_confidence=confidence)


def _finest_dpi(size_pt: tuple[float, float]) -> int:
    """The highest resolution at which a page of this size stays within what the engine takes and time allows."""
    width_in, height_in = (max(0.01, n / 72) for n in size_pt)
    by_area = (MOST_PX / (width_in * height_in)) ** 0.5
    return max(1, int(min(by_area, MOST_SIDE_PX / max(width_in, height_in), 10_000)))


def _fullest_band(image: GreyImage) -> GreyImage:
    """The stretch of the page that holds most ink: enough to tell how it lies, in less time."""
    height = image.shape[0]
    band = int(height * OSD_BAND)
    ink = np.concatenate(([0], np.cumsum(dark_rows(image))))
    starts = range(0, height - band + 1, max(1, height // 40))
    start = max(starts, key=lambda y: (int(ink[y + band] - ink[y]), -y), default=0)
    return np.ascontiguousarray(image[start : start + band])


class _Page:
    """One page, prepared once for each resolution."""

    def __init__(self, engine: Engine, render: Render, turn: int, finest_dpi: int) -> None:
        self._finest_dpi = finest_dpi
        self._engine = engine
        self._render = render
        self._turn = turn
        self._prepared: dict[int, Prepared] = {}
        self.passes = 0

    def prepared(self, dpi: int) -> Prepared:
        if dpi not in self._prepared:
            self._prepared[dpi] = prepare(turned(self._render(dpi), self._turn), dpi)
        return self._prepared[dpi]

    def read(self, packs: tuple[str, ...], dpi: int = 0, segmentation: int = AUTO_BLOCKS) -> Reading:
        self.passes += 1
        dpi = min(dpi or dpi_for(packs), self._finest_dpi)
        image = self.prepared(dpi).image
        words = with_whole_boxes(self._engine.read(image, packs, dpi, segmentation))
        reading = judged(words, image, packs, dpi, segmentation)
        return fill_gaps(self._engine, reading, image)

    def peek(self, box: Box, dpi: int, packs: tuple[str, ...]) -> float:
        """Confidence with which these packs read a stretch of the page, given in pixels at `dpi`."""
        own = min(dpi_for(packs), self._finest_dpi)
        image = self.prepared(own).image
        top, bottom = (
            max(0, round((y + margin) * own / dpi)) for y, margin in ((box.top, -dpi // 30), (box.bottom, dpi // 30))
        )
        return confidence_of(self._engine.read(np.ascontiguousarray(image[top:bottom]), packs, own, ONE_BLOCK))


def turned(image: GreyImage, turn: int) -> GreyImage:
    """The picture turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(image, -turn // 90))


def _with_better_packs(page: _Page, best: Reading) -> Reading:
    if best.packs == ARABIC:
        return best
    wanted = better_packs(best.words, best.packs)
    if wanted is not None:
        return _better(best, page.read(wanted), lead=0.97)
    other = _script_of_doubtful_lines(page, best)
    if other == ARABIC:
        return page.read(ARABIC) if _doubtful_share(best, DOUBTFUL_LINE) > 0.5 else _bilingual(page, page.read(ARABIC))
    if other:
        return _better(best, page.read(other))
    if best.packs == LATIN and 0 < sum(len(word.text) for word in best.words) <= SHORT_LETTERS:
        return _of_short_page(page, best)
    azerbaijani = WITH_AZERBAIJANI.get(best.packs)
    if azerbaijani and _doubtful_share(best, DOUBTFUL_LATIN) > DOUBTFUL_SHARE:
        both = page.read(azerbaijani)
        return both if holds_azerbaijani(both.words) and both.confidence > best.confidence else best
    return best


def _of_short_page(page: _Page, best: Reading) -> Reading:
    """The reading of a page too short for its words to tell the language: that of the pack which is clearly surest."""
    surest = max((page.read(packs) for packs in SHORT_TRIED), key=lambda reading: reading.confidence)
    return surest if surest.confidence >= best.confidence + SHORT_LEAD else best


def _script_of_doubtful_lines(page: _Page, best: Reading) -> tuple[str, ...] | None:
    """Packs of another script that read the doubtful lines clearly better, tried on those lines alone."""
    lines = [line for line in lines_of(best.words) if confidence_of(line) < DOUBTFUL_LINE]
    if sum(len(word.text) for line in lines for word in line) < DOUBTFUL_LETTERS:
        return None
    box = box_of([word for line in _neighbours(lines) for word in line])
    was = confidence_of([w for w in best.words if box.top <= w.top and w.bottom <= box.bottom])
    for packs in (ARABIC, RUSSIAN):
        if packs == best.packs:
            continue
        reads = page.peek(box, best.dpi, packs)
        if reads > max(BELIEVED_PEEK, was + 0.1) or reads > max(LEAST_PEEK, was + CLEAR_LEAD):
            return packs
    return None


def _neighbours(lines: list[list[Word]]) -> list[list[Word]]:
    """The longest row of lines that stand below one another."""
    groups = [[lines[0]]]
    for before, line in pairwise(lines):
        if line[0].line - before[0].line <= 1:
            groups[-1].append(line)
        else:
            groups.append([line])
    return max(groups, key=lambda group: sum(len(w.text) for line in group for w in line))


def _doubtful_share(reading: Reading, below: float) -> float:
    """Share of letters in lines whose confidence is below this."""
    doubtful = sum(len(w.text) for line in lines_of(reading.words) if confidence_of(line) < below for w in line)
    return doubtful / max(1, sum(len(w.text) for w in reading.words))


def _with_better_segmentation(page: _Page, best: Reading) -> Reading:
    """Another segmentation, at a lower resolution for Arabic, where the first reading cannot be believed."""
    arabic = best.packs == ARABIC
    if best.confidence >= (BELIEVED_ARABIC if arabic else BELIEVED) and best.coverage >= COVERED:
        return best
    return _better(best, page.read(best.packs, 150 if arabic else best.dpi, ONE_BLOCK))


def _with_latin(page: _Page, best: Reading) -> Reading:
    return _bilingual(page, best) if best.packs == ARABIC and holds_latin(best.words) else best


def _bilingual(page: _Page, alone: Reading) -> Reading:
    """Arabic and Latin packs together, Arabic words from the reading with Arabic alone."""
    both = page.read(ARABIC_AND_LATIN, alone.dpi, alone.segmentation)
    words = merged(both.words, in_logical_order(alone.words))
    return judged(words, page.prepared(both.dpi).image, ARABIC_AND_LATIN, both.dpi, both.segmentation)


def _better(best: Reading, other: Reading, lead: float = 1.0) -> Reading:
    """The other pass where it is worth more; `lead` below 1 favours it (its packs were asked for by the words)."""
    return other if other.worth > best.worth * lead else best
