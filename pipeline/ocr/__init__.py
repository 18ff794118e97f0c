"""ocr: pages whose text layer is absent or false → the same pages with recognised text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.ocr.cleaning import clean_page, has_arabic_indic_digits
from pipeline.ocr.engine import Engine, GreyImage, Word
from pipeline.ocr.engines import ENGINES
from pipeline.ocr.lines import in_logical_order
from pipeline.ocr.quality import believed
from pipeline.ocr.reading import PageReading, read_page
from pipeline.ocr.runs import pictures_turned, rules_of, runs_of
from pipeline.ocr.sheet import sheet_of
from pipeline.ocr.symbols import repaired
from pipeline.settings import OcrSettings
from schemas.page import OcrFacts, PageDecision, PageText, TextOrder, TextOrigin
from schemas.problem import Problem, Severity

__all__ = ["OcrHints", "recognise"]

LOW_CONFIDENCE = 0.75
"""Mean confidence below which a page is flagged: error rates there were 0.13 and more."""

MANY_MARKS = 20
"""Marks from which a page without a credible word is one of writing that was not read, not of a picture or an emblem:
handwritten pages gave 26 to 112."""

LOW_COVERAGE = 0.6
"""Share of the ink inside words below which a page is flagged: text pages have 0.9, one with a large stamp 0.8."""


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
    sheet = sheet_of(page)
    found = read_page(engine, lambda dpi: render(round(dpi * sheet.zoom)), hints.languages, sheet)
    if found is None:
        return replace(page, needs_ocr=False, problems=(*page.problems, _blank(page.number)))
    found = replace(found, reading=replace(found.reading, dpi=round(found.reading.dpi * sheet.zoom)))
    words = clean_page(in_logical_order(found.reading.words), found.reading.packs)
    words, repairs = repaired(words)
    kept, unsure = believed(words, found.prepared.rings)
    found = replace(found, reading=replace(found.reading, words=kept))
    width, height = page.width_pt or 0.0, page.height_pt or 0.0
    if found.turn in (90, 270):
        width, height = height, width
    return replace(
        page,
        width_pt=width,
        height_pt=height,
        origin=TextOrigin.ocr,
        decision=_decision(page, found, unsure),
        runs=runs_of(found.reading),
        pictures=pictures_turned(page, found.turn),
        rules=rules_of(found),
        grids=(),
        order=TextOrder.logical,
        ocr=_facts(engine, found),
        problems=(*page.problems, *_doubts(page, found, unsure), *_repairs(page.number, repairs)),
        needs_ocr=False,
    )


@cache
def _engine(name: str) -> Engine:
    return ENGINES[name]()


def _decision(page: PageText, found: PageReading, unsure: Sequence[Word]) -> PageDecision:
    """Why the page was recognised, with what recognition saw of it."""
    signals = {
        **page.decision.signals,
        "ocr_script": found.script,
        "ocr_skew_deg": found.prepared.skew,
        "ocr_evened": found.prepared.evened,
        "ocr_light_on_dark": found.light_on_dark,
        "ocr_stamp_rings": len(found.prepared.rings),
        "ocr_segmentation": found.reading.segmentation,
        "ocr_unsure_words": len(unsure),
    }
    unread = None if found.reading.words else " ".join(word.text for word in unsure)
    return page.decision.model_copy(
        update={"signals": signals, "rejected_text": page.decision.rejected_text or unread or None}
    )


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


def _blank(number: int) -> Problem:
    message = "The page was to be recognised and holds no ink. Nothing is missing unless it shows very faint print."
    return Problem(severity=Severity.info, stage="ocr", code="ocr_blank_page", page=number, message=message)


def _doubts(page: PageText, found: PageReading, unsure: Sequence[Word]) -> tuple[Problem, ...]:
    doubts = []
    number, reading = page.number, found.reading
    if not reading.words and len(unsure) >= MANY_MARKS and not page.decision.is_photograph:
        doubts.append(
            Problem(
                severity=Severity.error,
                stage="ocr",
                code="ocr_not_read",
                page=number,
                message=f"The page could not be read (mean confidence {reading.confidence:.2f}): handwriting, a script "
                "without a language pack, or too poor a picture. A guess stands in its decision. Read the page itself.",
            )
        )
    elif not reading.words:
        doubts.append(
            _warning(
                number,
                "ocr_no_text",
                "The page holds ink, but no text could be recognised: a picture, handwriting, or a page too dark "
                "or too small. Look at the page.",
            )
        )
    elif reading.confidence < LOW_CONFIDENCE:
        doubts.append(
            _warning(
                number,
                "ocr_low_confidence",
                f"The recognised text is doubtful (mean confidence {reading.confidence:.2f}). "
                "Compare it with the page before you quote it.",
            )
        )
    if unsure and reading.words:
        guess = " ".join(word.text for word in unsure)[:200]
        doubts.append(
            _warning(
                number,
                "ocr_unreadable_region",
                f"{len(unsure)} marks could not be read for certain and are left out of the text: stamps, handwriting, "
                f"drawings. Best guess: {guess!r}. Look at the page.",
            )
        )
    if reading.words and reading.coverage < LOW_COVERAGE:
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


def _repairs(number: int, repairs: Sequence[tuple[str, str]]) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            severity=Severity.info,
            stage="ocr",
            code="ocr_symbol_repaired",
            page=number,
            message=f"{read!r} was read and taken for {taken!r}, the only symbol it can be. Nothing to do.",
        )
        for read, taken in repairs
    )


def _warning(number: int, code: str, message: str) -> Problem:
    return Problem(severity=Severity.warning, stage="ocr", code=code, page=number, message=message)
