"""Pages come out level and as large as they are to be read, turned or sheared."""

import numpy as np
import pytest
from PIL import Image

from pipeline.ocr.engine import GreyImage
from pipeline.ocr.skew import skew_of
from pipeline.ocr.straightening import Turning, straightened


def page() -> GreyImage:
    image = np.full((1200, 850), 250, np.uint8)
    for top in range(150, 1000, 40):
        for x in range(100, 750, 9):
            image[top : top + 14, x : x + 4] = 10
    return image


@pytest.mark.parametrize("dpi", [100, 300])
@pytest.mark.parametrize("angle", [-3.0, 0.6, 1.5])
def test_a_page_comes_out_straight(angle: float, dpi: int) -> None:
    skewed = np.asarray(Image.fromarray(page()).rotate(-angle, Image.Resampling.BICUBIC, fillcolor=250))
    straight = straightened(skewed, angle, Turning.sharp, dpi)
    assert straight.shape == skewed.shape
    assert skew_of(straight) == 0.0
    inner = np.s_[200:1000, 150:700]
    ink = float((straight[inner] < 128).mean()), float((page()[inner] < 128).mean())
    assert ink[0] == pytest.approx(ink[1], rel=0.1)


def test_sheared_and_turned_pages_agree() -> None:
    skewed = np.asarray(Image.fromarray(page()).rotate(-1.5, Image.Resampling.BICUBIC, fillcolor=250))
    turned, sheared = (straightened(skewed, 1.5, Turning.sharp, dpi)[100:1100, 60:790] < 128 for dpi in (200, 300))
    assert (turned != sheared).mean() < 0.05


@pytest.mark.parametrize("angle", [0.0, 1.5])
def test_a_page_is_enlarged(angle: float) -> None:
    assert straightened(page(), angle, Turning.sharp, 200, 1.5).shape == (1800, 1275)
    assert straightened(page(), angle, Turning.soft, 100, 1.5).shape == (1800, 1275)


def test_nothing_is_done_without_need() -> None:
    image = page()
    assert straightened(image, 0.0, Turning.sharp, 300) is image
    assert straightened(image, 0.0, Turning.sharp, 200) is image
