import numpy as np
import pytest
from PIL import Image

from pipeline.ocr.cells import DARK, dark_shares, percentiles
from pipeline.ocr.engine import GreyImage
from pipeline.ocr.grain import is_grainy, smoothed, without_specks
from pipeline.ocr.paper import evened, ink_share, paper_of
from pipeline.ocr.prepare import Prepared, prepare
from pipeline.ocr.quality import coverage_of
from pipeline.ocr.skew import ink_at_a_glance, lines_run_down, skew_of
from pipeline.ocr.straightening import Turning, turning_of


def page() -> GreyImage:
    image = np.full((1200, 850), 250, np.uint8)
    for top in range(150, 1000, 40):
        for x in range(100, 750, 9):
            image[top : top + 14, x : x + 4] = 10
    return image


def prepared_of(image: GreyImage) -> Prepared:
    """The page as it is prepared after a first look at 100 dpi."""
    paper = paper_of(image, 100)
    return prepare(image, 100, paper, skew_of(evened(image, paper)))


@pytest.mark.parametrize("angle", [-3.0, -0.6, 1.5])
def test_skew_is_measured(angle: float) -> None:
    skewed = np.asarray(Image.fromarray(page()).rotate(-angle, Image.Resampling.BICUBIC, fillcolor=250))
    assert skew_of(skewed) == pytest.approx(angle, abs=0.2)


def test_a_straight_page_is_left_alone() -> None:
    image = page()
    assert np.array_equal(prepared_of(image).image, image)


def test_shade_is_taken_off() -> None:
    shade = np.linspace(1.0, 0.35, 850)[None, :]
    prepared = prepared_of((page() * shade).astype(np.uint8))
    assert prepared.evened
    paper = prepared.image[:140]
    assert np.percentile(paper, 5) > 230


def test_a_black_border_turns_white_and_does_not_hide_the_skew() -> None:
    skewed = np.asarray(Image.fromarray(page()).rotate(1.5, Image.Resampling.BICUBIC, fillcolor=250)).copy()
    skewed[:40], skewed[:, :40] = 8, 8
    prepared = prepared_of(skewed)
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
    blank = np.full((500, 400), 180, np.uint8)
    assert ink_share(evened(blank, paper_of(blank, 100))) == 0.0
    assert ink_share(evened(page(), paper_of(page(), 100))) > 0.05


def test_a_page_on_its_side_shows() -> None:
    image = np.full((1200, 850), 250, np.uint8)
    for row, top in enumerate(range(150, 1000, 40)):
        for x in range(100 + row * 5 % 11, 740, 11):  # strokes of one line do not stand below those of the next
            image[top : top + 14, x : x + 4] = 10
    assert not lines_run_down(ink_at_a_glance(image))
    assert lines_run_down(ink_at_a_glance(np.ascontiguousarray(np.rot90(image))))


def test_shade_is_taken_off_in_any_resolution() -> None:
    shade = np.linspace(1.0, 0.35, 850)[None, :]
    shaded = (page() * shade).astype(np.uint8)
    paper = paper_of(np.asarray(Image.fromarray(shaded).reduce(2)), 50)
    assert np.percentile(evened(shaded, paper)[:140], 5) > 230


def test_cells_tell_how_dark_they_are() -> None:
    image = np.zeros((7, 9), bool)
    image[0, 0] = image[2:4, 2:4] = True
    assert dark_shares(image, 2)[:2, :2].tolist() == [[0.25, 0.0], [0.0, 1.0]]
    assert dark_shares(image, 2).shape == (3, 4)


def test_a_page_without_words_is_not_covered() -> None:
    assert coverage_of((), page()) == 0.0
    assert coverage_of((), np.full((500, 400), 255, np.uint8)) == 1.0


@pytest.mark.parametrize(("grain", "much"), [(2.0, False), (10.0, True)])
def test_grain_is_told_and_smoothed(grain: float, much: bool) -> None:
    noise = np.random.default_rng(1).normal(0, grain, (1200, 850))
    image = np.clip(page() - 20 + noise, 0, 255).astype(np.uint8)
    assert is_grainy(image, 200) is much
    assert not is_grainy(smoothed(image, 200), 200)


def test_grainy_and_fine_pictures_are_turned_softly() -> None:
    assert [turning_of(grainy) for grainy in (False, True)] == [Turning.sharp, Turning.soft]


@pytest.mark.parametrize("shape", [(1, 1), (3, 2), (40, 31)])
def test_percentiles_are_numpys(shape: tuple[int, int]) -> None:
    image = np.random.default_rng(2).integers(0, 256, shape).astype(np.uint8)
    assert percentiles(image, 1, 50, 90, 100) == pytest.approx(tuple(np.percentile(image, (1, 50, 90, 100))))
