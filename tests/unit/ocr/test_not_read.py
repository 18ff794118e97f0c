"""A page of which nothing credible was read has no text: its guess is kept apart, and an error says so."""

from dataclasses import dataclass

import numpy as np
import pytest

from pipeline.ocr import OcrHints, recognise
from pipeline.ocr.engine import Orientation, Word
from pipeline.ocr.quality import believed
from pipeline.settings import OcrSettings
from schemas.page import PageDecision, PageText, TextOrigin
from schemas.problem import Severity


def scrawl(count: int, confidence: float) -> tuple[Word, ...]:
    """Lines of four words."""
    return tuple(
        Word(
            "svord",
            120 + 300 * (n % 4),
            150 + 60 * (n // 4),
            380 + 300 * (n % 4),
            190 + 60 * (n // 4),
            confidence,
            n // 4,
        )
        for n in range(count)
    )


@dataclass
class Sure:
    """An engine that is equally sure of each word."""

    words: tuple[Word, ...]
    name = "sure"

    def read(self, image, packs, dpi, segmentation):
        return self.words

    def orient(self, image, dpi):
        return Orientation(0, 9.0, "Latin", 9.0)


def drawn(dpi: int):
    """Four rows of ink on a sheet of 595 by 842 points."""
    page = np.full((round(842 * dpi / 72), round(595 * dpi / 72)), 255, dtype=np.uint8)
    for n in range(24):
        top, x0 = 150 + 60 * (n // 4), 120 + 300 * (n % 4)
        page[top + 10 : top + 30 : 4, x0 : x0 + 260] = 0
    return page


def read(words: tuple[Word, ...], **signals: bool) -> PageText:
    page = PageText(1, 595, 842, 0, TextOrigin.none, PageDecision(rule="picture_file", signals=signals), needs_ocr=True)
    return recognise(page, drawn, OcrSettings(), OcrHints(), Sure(words))


@pytest.mark.parametrize(("confidence", "kept"), [(0.5, 0), (0.6, 24), (0.9, 24)])
def test_below_a_mean_confidence_nothing_is_believed(confidence: float, kept: int) -> None:
    text, marks = believed(scrawl(24, confidence))
    assert (len(text), len(marks)) == (kept, 24 - kept)


def test_a_page_that_was_not_read_says_so_and_keeps_the_guess() -> None:
    page = read(scrawl(24, 0.45))
    assert page.runs == ()
    assert page.decision.rejected_text is not None
    assert page.decision.rejected_text.startswith("svord svord")
    assert [(p.code, p.severity) for p in page.problems] == [("ocr_not_read", Severity.error)]


def test_a_photograph_or_a_few_marks_are_not_missing_text() -> None:
    for page in (read(scrawl(24, 0.45), photograph=True), read(scrawl(8, 0.45))):
        assert page.runs == ()
        assert [(p.code, p.severity) for p in page.problems] == [("ocr_no_text", Severity.warning)]


def test_what_was_read_well_stays() -> None:
    page = read(scrawl(24, 0.9))
    assert " ".join(run.text for run in page.runs).count("svord") == 24
    assert page.decision.rejected_text is None
    assert not page.problems
