"""Rings of stamps are taken off; letters under them stay; frames and discs are none."""

import numpy as np
import pytest

from pipeline.ocr.cells import DARK
from pipeline.ocr.engine import Word
from pipeline.ocr.pieces import pieces_of
from pipeline.ocr.quality import apart
from pipeline.ocr.stamps import Ring, without_known_rings, without_rings

DPI = 150
ROWS, COLUMNS = np.indices((600, 600))


def page() -> np.ndarray:
    """White, with a line of strokes across its middle."""
    image = np.full((600, 600), 255, np.uint8)
    image[296:304, 20:580:4] = 20
    image[290:296, 20:580:12] = 20
    return image


def circle(radius: float, thick: float) -> np.ndarray:
    return np.abs(np.hypot(ROWS - 300, COLUMNS - 310) - radius) < thick


@pytest.mark.parametrize("grey", [0.45, 0.6])
def test_a_ring_goes_and_the_text_under_it_stays(grey: float) -> None:
    bare = page()
    stamped = np.where(circle(110, 4), bare * grey, bare).astype(np.uint8)
    image, rings = without_rings(stamped, DPI)
    assert len(rings) == 1 and rings[0].radius == pytest.approx(110, abs=3)
    assert rings[0].x == pytest.approx(310, abs=3) and rings[0].y == pytest.approx(300, abs=3)
    dark, was = image < DARK, bare < DARK
    assert (dark & ~was).sum() < 0.01 * circle(110, 4).sum()
    assert (dark & was).sum() > 0.99 * was.sum()


def test_two_rings_are_both_found() -> None:
    stamped = np.where(circle(110, 4) | circle(75, 2), 110, page()).astype(np.uint8)
    radii = [ring.radius for ring in without_rings(stamped, DPI)[1]]
    assert sorted(radii) == [pytest.approx(75, abs=3), pytest.approx(110, abs=3)]


def test_a_ring_known_from_a_coarser_picture_is_found_again() -> None:
    stamped = np.where(circle(110, 4), 110, page()).astype(np.uint8)
    image, rings = without_known_rings(stamped, DPI, [Ring(311, 299, 109)])
    assert rings[0].radius == pytest.approx(110, abs=3)
    assert ((image < DARK) & ~(page() < DARK)).sum() < 0.01 * circle(110, 4).sum()
    assert Ring(30, 20, 10).enlarged(1.5) == Ring(45, 30, 15)


def test_frames_and_discs_stay() -> None:
    framed = page()
    framed[200:206, 200:420] = framed[400:406, 200:420] = framed[200:406, 200:206] = framed[200:406, 414:420] = 110
    disc = np.where(np.hypot(ROWS - 300, COLUMNS - 310) < 110, 110, page()).astype(np.uint8)
    for image in (framed, disc, page()):
        same, rings = without_rings(image, DPI)
        assert not rings and (same == image).all()


def test_a_line_inside_a_ring_is_the_stamps() -> None:
    inside = Word("RECEIVED", 280, 290, 330, 305, 0.9, 0)
    across = Word("malikdirlər", 150, 330, 330, 345, 0.9, 1)
    kept, stamps = apart((inside, across), (Ring(310, 300, 110),))
    assert (kept, stamps) == ((across,), (inside,))


def test_a_ring_moves_with_its_page() -> None:
    turned = Ring(400, 300, 50).turned(90, np.zeros((600, 600), np.uint8))
    assert (turned.x, turned.y) == (pytest.approx(300), pytest.approx(200))


def test_pieces_hang_together_across_rows() -> None:
    ink = np.array([[1, 0, 1, 0, 0], [1, 0, 1, 0, 1], [1, 1, 1, 0, 0]], dtype=bool)
    pieces = pieces_of(ink, least=3)
    assert [(p.x0, p.top, p.x1, p.bottom, p.cells) for p in pieces] == [(0, 0, 3, 3, 7)]
    assert pieces[0].on((3, 5)).sum() == 7
    assert len(pieces_of(ink)) == 2
    assert len(pieces_of(ink, reach=2)) == 1
