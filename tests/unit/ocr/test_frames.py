"""Lines of frames go, letters that cross them stay, underlines and pages without frames are left alone."""

import numpy as np
import pytest

from pipeline.ocr.frames import without_frames

DPI = 150


def page() -> np.ndarray:
    """White, with letter-like strokes, one of which crosses a line at y 200."""
    image = np.full((500, 600), 255, np.uint8)
    for x in range(60, 540, 24):
        image[180:196, x : x + 5] = 10
        image[190:212, 300:305] = 10
    return image


def framed(level: int = 3, upright: int = 2, thick: int = 2) -> np.ndarray:
    image = page()
    for n in range(level):
        image[100 * (n + 1) : 100 * (n + 1) + thick, 40:560] = 10
    for n in range(upright):
        image[100:300, 40 + 518 * n : 40 + 518 * n + thick] = 10
    return image


def test_a_frame_goes_and_a_crossing_stroke_stays() -> None:
    image, rules = without_frames(framed(), DPI)
    assert [level for _, level in rules] == [True, True, True, False, False]
    assert rules[0][0].x0 == pytest.approx(40, abs=4) and rules[0][0].x1 == pytest.approx(560, abs=4)
    assert (image[190:212, 300:305] < 128).all()
    assert (image < 128).sum() < 1.03 * (page() < 128).sum()
    assert (image[page() < 128] < 128).mean() > 0.99


@pytest.mark.parametrize("thick", [1, 4])
def test_thin_and_thick_lines_go(thick: int) -> None:
    assert len(without_frames(framed(thick=thick), DPI)[1]) == 5


@pytest.mark.parametrize(("level", "upright", "thick"), [(0, 0, 2), (3, 0, 2), (1, 2, 2), (3, 1, 2), (3, 2, 12)])
def test_underlines_bars_and_plain_pages_are_left_alone(level: int, upright: int, thick: int) -> None:
    before = framed(level, upright, thick)
    image, rules = without_frames(before, DPI)
    assert not rules and np.array_equal(image, before)
