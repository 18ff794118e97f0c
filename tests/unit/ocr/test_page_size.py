"""A page smaller than paper is a picture of a sheet: it is read as large as the sheet was, if the picture shows it."""

import pytest

from pipeline.ocr import _zoom
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
    assert _zoom(page) == pytest.approx(zoom, abs=0.01)


def test_without_a_picture_the_size_is_believed() -> None:
    page = PageText(1, 229, 297, 0, TextOrigin.none, PageDecision(rule="no_text_drawn_as_paths"))
    assert _zoom(page) == 1.0
