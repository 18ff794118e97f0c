"""A page smaller than paper is a picture of a sheet: it is read as large as the sheet was, if the picture shows it."""

import pytest

from pipeline.ocr.sheet import sheet_of
from schemas.geometry import Box
from schemas.page import PageDecision, PageText, Picture, TextOrigin


@pytest.mark.parametrize(
    ("width", "height", "width_px", "zoom"),
    [(595, 842, 2480, 1.0), (420, 595, 1240, 1.0), (229, 297, 1700, 2.84), (229, 297, 700, 1.47), (229, 297, 300, 1.0)],
)
def test_zoom(width: float, height: float, width_px: int, zoom: float) -> None:
    picture = Picture(Box(0, 0, width, height), width_px, round(width_px * height / width))
    decision = PageDecision(rule="no_text_full_image")
    page = PageText(1, width, height, 0, TextOrigin.none, decision, pictures=(picture,))
    assert sheet_of(page).zoom == pytest.approx(zoom, abs=0.01)


def test_without_a_picture_the_size_is_believed() -> None:
    page = PageText(1, 229, 297, 0, TextOrigin.none, PageDecision(rule="no_text_drawn_as_paths"))
    assert sheet_of(page).zoom == 1.0


def scan(width_px: int = 1654, area: float = 1.0, pictures: int = 1, **signals: float | int) -> PageText:
    width, height = 595.0, 842.0
    picture = Picture(Box(0, 0, width, height * area), width_px, round(width_px * height * area / width))
    decision = PageDecision(rule="no_text_full_image", signals=signals)
    return PageText(1, width, height, 0, TextOrigin.none, decision, pictures=(picture,) * pictures)


@pytest.mark.parametrize(
    ("page", "dpi"),
    [
        (scan(), 200),
        (scan(letters=900, invisible_share=1.0, paths=0), 200),
        (scan(letters=900, invisible_share=0.5), None),
        (scan(paths=3), None),
        (scan(width_px=900), None),
        (scan(area=0.8), None),
        (scan(pictures=2), None),
    ],
)
def test_the_resolution_of_a_scan_is_that_of_the_only_thing_it_shows(page: PageText, dpi: int | None) -> None:
    assert sheet_of(page).scanned_dpi == dpi
