import numpy as np
import pytest
from PIL import Image

from pipeline.ocr.engine import GreyImage
from pipeline.ocr.prepare import DARK, ink_share, prepare, skew_of, without_noise, without_specks
from pipeline.ocr.quality import coverage_of


def page() -> GreyImage:
    image = np.full((1200, 850), 250, np.uint8)
    for top in range(150, 1000, 40):
        for x in range(100, 750, 9):
            image[top : top + 14, x : x + 4] = 10
    return image


@pytest.mark.parametrize("angle", [-3.0, -0.6, 1.5])
def test_skew_is_measured(angle: float) -> None:
    skewed = np.asarray(Image.fromarray(page()).rotate(-angle, Image.Resampling.BICUBIC, fillcolor=250))
    assert skew_of(skewed) == pytest.approx(angle, abs=0.2)


def test_a_straight_page_is_left_alone() -> None:
    image = page()
    assert np.array_equal(prepare(image, 100).image, image)


def test_shade_is_taken_off() -> None:
    shade = np.linspace(1.0, 0.35, 850)[None, :]
    prepared = prepare((page() * shade).astype(np.uint8), 100)
    assert prepared.evened
    paper = prepared.image[:140]
    assert np.percentile(paper, 5) > 230


def test_a_black_border_turns_white_and_does_not_hide_the_skew() -> None:
    skewed = np.asarray(Image.fromarray(page()).rotate(1.5, Image.Resampling.BICUBIC, fillcolor=250)).copy()
    skewed[:40], skewed[:, :40] = 8, 8
    prepared = prepare(skewed, 100)
    assert prepared.skew == pytest.approx(-1.5, abs=0.2)
    assert float(np.mean(prepared.image[:, :30] < DARK)) < 0.02


def test_specks_go_and_letters_stay() -> None:
    clean = np.full((600, 600), 255, np.uint8)
    clean[100:140, 100:110] = 0
    noisy = clean.copy()
    rng = np.random.default_rng(1)
    ys, xs = rng.integers(0, 600, 900), rng.integers(0, 600, 900)
    noisy[ys, xs] = 0
    cleared = without_specks(noisy, 200)
    assert int((cleared < DARK).sum()) < 450
    assert (cleared[105:135, 103:107] < DARK).all()
    assert np.array_equal(without_specks(clean, 200), clean)


def test_blank_pages_hold_no_ink_whatever_the_paper() -> None:
    assert ink_share(np.full((500, 400), 200, np.uint8)) == 0.0
    assert ink_share(page()) > 0.05


def test_a_page_without_words_is_not_covered() -> None:
    assert coverage_of((), page()) == 0.0
    assert coverage_of((), np.full((500, 400), 255, np.uint8)) == 1.0


@pytest.mark.parametrize(("grain", "smoothed"), [(2.0, False), (12.0, True)])
def test_grain_is_smoothed_where_there_is_much(grain: float, smoothed: bool) -> None:
    noise = np.random.default_rng(1).normal(0, grain, (1200, 850))
    image = np.clip(page() - 20 + noise, 0, 255).astype(np.uint8)
    assert (not np.array_equal(without_noise(image, 200), image)) is smoothed
