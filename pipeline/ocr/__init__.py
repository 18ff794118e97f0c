"""ocr: pages whose text layer is absent or false → the same pages with recognised text."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from pipeline.ocr.cleaning import clean_page, has_arabic_indic_digits
from pipeline.ocr.engine import ENGINES, Engine, GreyImage
from pipeline.ocr.lines import in_logical_order
from pipeline.ocr.reading import PageReading, read_page
from pipeline.ocr.runs import pictures_turned, runs_of
from pipeline.settings import OcrSettings
from schemas.page import OcrFacts, PageText, TextOrder, TextOrigin
from schemas.problem import Problem, Severity

__all__ = ["OcrHints", "recognise"]

LOW_CONFIDENCE = 0.75
"""Mean confidence below which a page is flagged: error rates there were 0.13 and more."""


@dataclass(frozen=True)
class OcrHints:
    """What is known of the pages around."""

    languages: tuple[str, ...] = ()
    """BCP 47 tags of neighbouring pages, likeliest first."""


def recognise(
    page: PageText,
    render: Callable[[int], GreyImage],
    settings: OcrSettings,
    hints: OcrHints,
    engine: Engine | None = None,
) -> PageText:
    """The page with words read off its picture; `render(dpi)` draws it in grey.

    Raises:
        ToolMissing: the engine or a language pack is not installed.
        LimitExceeded: the picture is too large.
    """
    engine = engine or _engine(settings.engine)
    found = read_page(engine, render, hints.languages)
    if found is None:
        return replace(page, needs_ocr=False)
    words = clean_page(in_logical_order(found.reading.words), found.reading.packs)
    found = replace(found, reading=replace(found.reading, words=words))
    width, height = page.width_pt or 0.0, page.height_pt or 0.0
    if found.turn in (90, 270):
        width, height = height, width
    return replace(
        page,
        width_pt=width,
        height_pt=height,
        origin=TextOrigin.ocr,
        runs=runs_of(found.reading),
        pictures=pictures_turned(page, found.turn),
        rules=(),
        grids=(),
        order=TextOrder.logical,
        ocr=_facts(engine, found),
        problems=(*page.problems, *_doubts(page.number, found)),
        needs_ocr=False,
    )


@cache
def _engine(name: str) -> Engine:
    return ENGINES[name]()


def _facts(engine: Engine, found: PageReading) -> OcrFacts:
    return OcrFacts(
        engine=engine.name,
        packs=found.reading.packs,
        dpi=found.reading.dpi,
        mean_confidence=round(found.reading.confidence, 4),
        passes=found.passes,
        ink_coverage=round(found.reading.coverage, 4),
        rotation=found.turn,
    )


def _doubts(number: int, found: PageReading) -> tuple[Problem, ...]:
    doubts = []
    reading = found.reading
    if reading.words and reading.confidence < LOW_CONFIDENCE:
        doubts.append(
            _warning(
                number,
                "ocr_low_confidence",
                f"The recognised text is doubtful (mean confidence {reading.confidence:.2f}). "
                "Compare it with the page before you quote it.",
            )
        )
    if reading.coverage < 0.6:
        doubts.append(
            _warning(
                number,
                "ocr_low_coverage",
                f"Only {reading.coverage:.0%} of the ink became text: pictures, handwriting or lost lines. "
                "Look at the page.",
            )
        )
    if any(has_arabic_indic_digits(word) for word in reading.words):
        doubts.append(
            _warning(
                number,
                "ocr_arabic_indic_digits",
                "Arabic-Indic digits are recognised unreliably. Check numbers and dates against the page.",
            )
        )
    return tuple(doubts)


def _warning(number: int, code: str, message: str) -> Problem:
    return Problem(severity=Severity.warning, stage="ocr", code=code, page=number, message=message)
