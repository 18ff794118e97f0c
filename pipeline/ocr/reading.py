"""reading: passes over one page until one can be believed; the best is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.ocr.engine import AUTO_BLOCKS, ONE_BLOCK, Engine, GreyImage
from pipeline.ocr.prepare import Prepared, ink_share, prepare
from pipeline.ocr.quality import Reading, judged
from pipeline.ocr.routing import (
    ARABIC,
    ARABIC_AND_LATIN,
    better_packs,
    dpi_for,
    first_packs,
    holds_latin,
)

OSD_DPI = 150
TURN_SURE = 2.0
"""Confidence from which a page is turned (right verdicts came with 6.8 and more)."""
BELIEVED = 0.88
"""Mean confidence from which a pass needs no second: below it the median error rate is a tenth, above a hundredth."""
COVERED = 0.80
"""Share of the ink inside words from which no lines can be missing."""
BLANK_INK = 0.0004
"""Share of dark pixels of a page without text (dust)."""
OTHER_SCRIPT_BELOW = 0.6
"""Confidence below which the script itself may have been taken wrongly."""

Render = Callable[[int], GreyImage]


@dataclass(frozen=True, slots=True)
class PageReading:
    """The best reading of a page and how it came about."""

    reading: Reading
    turn: int
    """Clockwise degrees by which the page was turned."""
    prepared: Prepared
    passes: int


def read_page(engine: Engine, render: Render, hints: Sequence[str]) -> PageReading | None:
    """The best reading; None for a page without ink."""
    small = render(OSD_DPI)
    if ink_share(small) < BLANK_INK:
        return None
    orientation = engine.orient(small, OSD_DPI)
    turn = orientation.turn if orientation and orientation.turn_confidence >= TURN_SURE else 0
    page = _Page(engine, render, turn)
    best = page.read(first_packs(orientation, hints))
    best = _with_better_packs(page, best)
    best = _with_better_segmentation(page, best)
    return PageReading(best, turn, page.prepared(best.dpi), page.passes)


class _Page:
    """One page, prepared once for each resolution."""

    def __init__(self, engine: Engine, render: Render, turn: int) -> None:
        self._engine = engine
        self._render = render
        self._turn = turn
        self._prepared: dict[int, Prepared] = {}
        self.passes = 0

    def prepared(self, dpi: int) -> Prepared:
        if dpi not in self._prepared:
            self._prepared[dpi] = prepare(turned(self._render(dpi), self._turn))
        return self._prepared[dpi]

    def read(self, packs: tuple[str, ...], dpi: int = 0, segmentation: int = AUTO_BLOCKS) -> Reading:
        self.passes += 1
        dpi = dpi or dpi_for(packs)
        image = self.prepared(dpi).image
        return judged(self._engine.read(image, packs, dpi, segmentation), image, packs, dpi, segmentation)


def turned(image: GreyImage, turn: int) -> GreyImage:
    """The picture turned clockwise by a multiple of 90 degrees."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(image, -turn // 90))


def _with_better_packs(page: _Page, best: Reading) -> Reading:
    if best.packs == ARABIC:
        if holds_latin(best.words):
            best = _better(best, page.read(ARABIC_AND_LATIN))
        return best
    wanted = better_packs(best.words, best.packs)
    if wanted is not None:
        return _better(best, page.read(wanted), lead=0.97)
    if best.confidence < OTHER_SCRIPT_BELOW:
        for packs in (("rus",), ARABIC, ("aze", "eng")):
            if packs != best.packs:
                best = _better(best, page.read(packs))
            if best.confidence >= BELIEVED:
                break
    return best


def _with_better_segmentation(page: _Page, best: Reading) -> Reading:
    if best.confidence >= BELIEVED and best.coverage >= COVERED:
        return best
    dpi = 150 if best.packs[0] == "ara" else best.dpi
    return _better(best, page.read(best.packs, dpi, ONE_BLOCK))


def _better(best: Reading, other: Reading, lead: float = 1.0) -> Reading:
    """The other pass where it is worth more; `lead` below 1 favours it (its packs were asked for by the words)."""
    return other if other.worth > best.worth * lead else best
