"""reading: passes over one page until one can be believed; the best is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.ocr.bilingual import merged
from pipeline.ocr.engine import AUTO_BLOCKS, ONE_BLOCK, Engine, GreyImage, Word
from pipeline.ocr.gaps import fill_gaps, placed, scaled
from pipeline.ocr.glance import Look, look_at, turned
from pipeline.ocr.lines import Box, box_of, in_logical_order, lines_of, with_whole_boxes
from pipeline.ocr.packs import script_of
from pipeline.ocr.paper import is_light_on_dark, negative
from pipeline.ocr.prepare import Prepared, prepare
from pipeline.ocr.printed import printed_part
from pipeline.ocr.quality import Reading, confidence_of, judged
from pipeline.ocr.rereading import reread
from pipeline.ocr.routing import (
    ARABIC,
    ARABIC_AND_LATIN,
    AZERBAIJANI,
    AZERBAIJANI_CYRILLIC,
    LATIN,
    RUSSIAN,
    asking,
    better_packs,
    dpi_for,
    first_packs,
    holds_azerbaijani,
    holds_latin,
)
from pipeline.ocr.sheet import Sheet

LOOK_DPI = 200
"""Resolution of the first look at drawn pages, at which Arabic is read too: one picture serves both."""
FINE_ENOUGH = 0.98
"""Share of a scan's resolution at which it shows all that it has."""
MOST_PX = 20_000_000
"""Pixels read of one page: A4 at 300 dpi has 8.7 million, A3 17 million; posters are set in larger type."""
MOST_SIDE_PX = 32_000
"""Tesseract refuses pictures wider or higher than 32767 pixels."""
BELIEVED = 0.88
"""Mean confidence from which a pass needs no second: below it the median error rate is a tenth, above a hundredth."""
COVERED = 0.80
"""Share of the ink inside words from which no lines can be missing."""
BELIEVED_ARABIC = 0.8
"""The same for Arabic, whose digits and symbols alone bring a faultless page down to 0.84."""
DOUBTFUL_LINE = 0.7
"""Confidence of a line below which it may be of another script (Arabic read as Latin: 0.3 to 0.6)."""
DOUBTFUL_LATIN, DOUBTFUL_SHARE = 0.85, 0.05
"""Confidence of a line below which it may be Azerbaijani read as English or Russian, and share of letters in
such lines from which it is tried."""
WITH_AZERBAIJANI: dict[tuple[str, ...], tuple[str, ...]] = {LATIN: AZERBAIJANI, RUSSIAN: AZERBAIJANI_CYRILLIC}
"""What such a page is tried with."""
PEEK_IN = 1.0
"""Inches of them that are read to tell: six lines of body type."""
SCHWAS_PEEKED = 2
"""Letters ə from which they may be Azerbaijani."""
DOUBTFUL_LETTERS = 30
"""Letters in such lines from which it is worth asking: job numbers are read as surely by packs of any script."""
SHORT_LETTERS = 120
"""Letters up to which a page holds too few words to tell its language."""
SHORT_TRIED = (("fra",), ("spa",), AZERBAIJANI)
SHORT_LEAD = 0.02
"""Lead in confidence from which another pack is taken there: the right one leads English by 0.02 to 0.1 on French,
Spanish and Azerbaijani lines, wrong ones on English lines by up to 0.01."""
BELIEVED_PEEK, CLEAR_LEAD = 0.75, 0.25
"""Confidence from which another script's reading of those lines is believed, and its lead from which it is believed
with less (on grainy pages Arabic comes with 0.74, and read as Latin with 0.45)."""
PEEK_SIZES = (1.0, 0.75)
"""Sizes in which they are read: the same Arabic lines came with 0.81, and turned a hair otherwise with 0.60."""
LEAST_PEEK = 0.6
"""Confidence that it must have in any case: noise and handwriting have less in every script."""

READ_WHOLE = "Arabic"
"""Script whose pages are read with their margins: without them the engine loses other lines. Of ten such pages four
read otherwise then, for a twentieth of the time; of thirteen in Latin letters one, in two scripts, for a tenth."""

Render = Callable[[int], GreyImage]
Picture = Callable[[int], tuple[GreyImage, int]]
"""Wanted resolution → the page, and the resolution in which it is."""
ANY_SHEET = Sheet()


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
    light_on_dark: bool
    """True where the page's negative was read."""


def read_page(engine: Engine, render: Render, hints: Sequence[str], sheet: Sheet = ANY_SHEET) -> PageReading | None:
    """The best reading; None for a page without ink. Large sheets are looked at more coarsely.

    A scan is drawn as finely as it was made, and enlarged here where it is to be read in a finer resolution.
    """
    finest = _finest_dpi((sheet.width_pt, sheet.height_pt))
    dpi = _first_dpi(sheet, hints, finest)
    first = render(dpi)
    light_on_dark = is_light_on_dark(first)
    if light_on_dark:
        first = negative(first)
    look = look_at(engine, first, dpi, hints)
    if look is None:
        return None
    shows_all = sheet.scanned_dpi is not None and dpi >= FINE_ENOUGH * sheet.scanned_dpi

    def picture(at: int) -> tuple[GreyImage, int]:
        if at == dpi or (at > dpi and shows_all):
            return first, dpi
        return negative(render(at)) if light_on_dark else render(at), at

    page = _Page(engine, picture, look, finest)
    best = page.read(look.packs)
    best = _with_better_packs(page, best)
    best = _with_better_segmentation(page, best)
    best = _with_latin(page, best)
    best = reread(engine, best, page.prepared(best.dpi).image)
    return PageReading(best, look.turn, page.prepared(best.dpi), page.passes, look.script, light_on_dark)


def _first_dpi(sheet: Sheet, hints: Sequence[str], finest: int) -> int:
    """The resolution in which the page is likely to be read, so far as the scan has it."""
    wanted = min(sheet.scanned_dpi, dpi_for(first_packs(None, hints))) if sheet.scanned_dpi else LOOK_DPI
    return min(wanted, finest)


def _finest_dpi(size_pt: tuple[float, float]) -> int:
    """The highest resolution at which a page of this size stays within what the engine takes and time allows."""
    width_in, height_in = (max(0.01, n / 72) for n in size_pt)
    by_area = (MOST_PX / (width_in * height_in)) ** 0.5
    return max(1, int(min(by_area, MOST_SIDE_PX / max(width_in, height_in), 10_000)))


class _Page:
    """One page, prepared once for each resolution."""

    def __init__(self, engine: Engine, picture: Picture, look: Look, finest_dpi: int) -> None:
        self._finest_dpi = finest_dpi
        self._engine = engine
        self._picture = picture
        self._look = look
        self._prepared: dict[int, Prepared] = {}
        self.passes = 0

    def prepared(self, dpi: int) -> Prepared:
        if dpi not in self._prepared:
            image, drawn_dpi = self._picture(dpi)
            upright = turned(image, self._look.turn)
            self._prepared[dpi] = prepare(upright, drawn_dpi, self._look.paper, self._look.skew, dpi / drawn_dpi)
        return self._prepared[dpi]

    def read(self, packs: tuple[str, ...], dpi: int = 0, segmentation: int = AUTO_BLOCKS) -> Reading:
        self.passes += 1
        dpi = min(dpi or dpi_for(packs), self._finest_dpi)
        image = self.prepared(dpi).image
        words = with_whole_boxes(self._words(image, packs, dpi, segmentation))
        reading = judged(words, image, packs, dpi, segmentation)
        return fill_gaps(self._engine, reading, image)

    def _words(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
        """What the engine reads off the printed part of the page, in pixels of the page.

        Where it takes all for one block it is given all: cut, it ran lines of two columns together with more ink.
        """
        if segmentation != AUTO_BLOCKS or script_of(packs[0]) == READ_WHOLE:
            return self._engine.read(image, packs, dpi, segmentation)
        left, top, right, bottom = printed_part(image, dpi)
        part = np.ascontiguousarray(image[top:bottom, left:right])
        return [placed(word, 1.0, left, top) for word in self._engine.read(part, packs, dpi, segmentation)]

    def peek(self, box: Box, dpi: int, packs: tuple[str, ...], size: float = 1.0) -> Sequence[Word]:
        """Words that these packs read off a stretch of the page, given in pixels at `dpi`."""
        margin = dpi // 30
        image = self.prepared(dpi).image[max(0, box.top - margin) : box.bottom + margin]
        own = round(min(dpi, dpi_for(packs)) * size)
        return self._engine.read(scaled(image, own / dpi), packs, own, ONE_BLOCK)


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
    if azerbaijani and _shows(page, best, azerbaijani):
        both = page.read(azerbaijani)
        return both if holds_azerbaijani(both.words) and both.confidence > best.confidence else best
    return best


def _shows(page: _Page, best: Reading, azerbaijani: tuple[str, ...]) -> bool:
    """Do the page's doubtful lines hold Azerbaijani? It is asked of those lines alone, in a tenth of a pass."""
    if _doubtful_share(best, DOUBTFUL_LATIN) <= DOUBTFUL_SHARE:
        return False
    lines = _neighbours([line for line in lines_of(best.words) if confidence_of(line) < DOUBTFUL_LATIN], best.dpi)
    words = page.peek(box_of([word for line in lines for word in line]), best.dpi, azerbaijani)
    return holds_azerbaijani(words, SCHWAS_PEEKED)


def _of_short_page(page: _Page, best: Reading) -> Reading:
    """The reading of a page too short for its words to tell the language: that of the pack which is clearly surest."""
    surest = max((page.read(packs) for packs in SHORT_TRIED), key=lambda reading: reading.confidence)
    return surest if surest.confidence >= best.confidence + SHORT_LEAD else best


def _script_of_doubtful_lines(page: _Page, best: Reading) -> tuple[str, ...] | None:
    """Packs of another script that read the doubtful lines clearly better, tried on those lines alone."""
    lines = [line for line in lines_of(best.words) if confidence_of(line) < DOUBTFUL_LINE]
    if sum(c.isalpha() for line in lines for word in line for c in word.text) < DOUBTFUL_LETTERS:
        return None
    box = box_of([word for line in _neighbours(lines, best.dpi) for word in line])
    was = confidence_of([w for w in best.words if box.top <= w.top and w.bottom <= box.bottom])
    for packs in (ARABIC, RUSSIAN):
        if packs == best.packs:
            continue
        if any(_leads(confidence_of(page.peek(box, best.dpi, asking(packs), size)), was) for size in PEEK_SIZES):
            return packs
    return None


def _leads(reads: float, was: float) -> bool:
    return reads > max(BELIEVED_PEEK, was + 0.1) or reads > max(LEAST_PEEK, was + CLEAR_LEAD)


def _neighbours(lines: list[list[Word]], dpi: int) -> list[list[Word]]:
    """The longest row of lines that stand below one another, of which `PEEK_IN` are enough to tell."""
    groups = [[lines[0]]]
    for before, line in pairwise(lines):
        if line[0].line - before[0].line <= 1:
            groups[-1].append(line)
        else:
            groups.append([line])
    longest = max(groups, key=lambda group: sum(len(w.text) for line in group for w in line))
    top = box_of(longest[0]).top
    return [line for line in longest if box_of(line).bottom - top <= PEEK_IN * dpi] or longest[:1]


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
