"""Characters become pieces of words and single letters."""

import numpy as np
import pytest

from pipeline.pages.characters import Characters, characters_of, letters_of, pieces_of
from pipeline.pages.facts import PageFrame
from pipeline.pages.sweep import NO_OBJECT
from pipeline.pages.typesetting import Typesetting
from schemas.page import Font

FRAME = PageFrame(left=0.0, top=800.0, width=600.0, height=800.0, rotation=0)
UPRIGHT, LEANING, DOWN = (1.0, 0.0, 0.0, 1.0), (1.0, 0.0, 0.33, 1.0), (0.0, -1.0, 1.0, 0.0)
ROMAN, BOLD = 1, 2

Cell = tuple[int, float, float]
Object = tuple[int, tuple[float, float, float, float]]


def characters(cells: list[Cell], objects: list[Object]) -> Characters:
    """Letters of 10 points, 5 wide, (row of their object, x, y); objects are (font, matrix), font 0 for none."""
    facts = [(row, x, y, x, y + 8.0, x + 5.0, y - 2.0) for row, x, y in cells]
    first = [[row for row, *_ in cells].index(place) for place in range(len(objects))]
    rows = [
        (font, 0 if font else NO_OBJECT, 10.0, *matrix, i) for i, (font, matrix) in zip(first, objects, strict=True)
    ]
    faces = {ROMAN: Font("Roman"), BOLD: Font("Bold", bold=True)}
    return characters_of(np.array(facts), np.array(rows, dtype=float), Typesetting(0, lambda face, _: faces[face]))


@pytest.mark.parametrize(
    ("xs", "baselines", "fonts", "cut"),
    [
        ((0, 5, 10), (700, 700, 700), (ROMAN, ROMAN, ROMAN), [(0, 3)]),  # set one by one, but they touch
        ((0, 5, 12), (700, 700, 700), (ROMAN, ROMAN, ROMAN), [(0, 2), (2, 3)]),  # a gap of 0.2 em
        ((0, 5, 10), (700, 700, 703), (ROMAN, ROMAN, ROMAN), [(0, 2), (2, 3)]),  # a raised mark
        ((0, 5, 10), (700, 700, 700), (ROMAN, BOLD, BOLD), [(0, 1), (1, 3)]),
        ((50, 5, 10), (700, 700, 700), (ROMAN, ROMAN, ROMAN), [(0, 1), (1, 3)]),  # the pen goes back
    ],
)
def test_letters_set_one_by_one(
    xs: tuple[float, ...], baselines: tuple[float, ...], fonts: tuple[int, ...], cut: list[tuple[int, int]]
) -> None:
    cells = [(i, x, y) for i, (x, y) in enumerate(zip(xs, baselines, strict=True))]
    found = pieces_of(characters(cells, [(font, UPRIGHT) for font in fonts]), FRAME, [(0, 3)])
    assert [(piece.start, piece.end) for piece in found] == cut


def test_words_stand_apart_and_objects_cut_them() -> None:
    """ "ab c": the space is in the object of the first word; places are those of the first and last letters."""
    cells = [(0, 10.0, 700.0), (0, 15.0, 700.0), (0, 20.0, 700.0), (1, 25.0, 700.0)]
    first, second = pieces_of(characters(cells, [(ROMAN, UPRIGHT), (BOLD, UPRIGHT)]), FRAME, [(0, 2), (3, 4)])
    assert first[:5] == (0, 2, 10.0, 20.0, 100.0)
    assert (second[:5], second.setting.font.bold) == ((3, 4, 25.0, 30.0, 100.0), True)
    assert pieces_of(characters(cells, [(ROMAN, UPRIGHT), (BOLD, UPRIGHT)]), FRAME, []) == []


def test_leaning_letters_are_set_upright_and_turned_ones_turned_back() -> None:
    leaning, turned = pieces_of(
        characters([(0, 10.0, 700.0), (1, 30.0, 700.0)], [(ROMAN, LEANING), (ROMAN, DOWN)]), FRAME, [(0, 1), (1, 2)]
    )
    assert leaning.setting.font.italic
    assert leaning.x1 == pytest.approx(15.0 - 0.33 * 8.0)
    assert (turned.setting.turn, turned.baseline) == (90, 570.0)


def test_letters_are_those_that_an_object_holds() -> None:
    cells = [(0, 10.0, 700.0), (1, 15.0, 700.0), (0, 20.0, 700.0)]
    found = letters_of(characters(cells, [(ROMAN, UPRIGHT), (0, UPRIGHT)]), FRAME, "a b")
    assert [letter[:4] for letter in found] == [("a", 10.0, 15.0, 100.0), ("b", 20.0, 25.0, 100.0)]


def test_leaning_and_turned_letters_stand_upright() -> None:
    cells = [(0, 10.0, 700.0), (1, 30.0, 700.0)]
    leaning, turned = letters_of(characters(cells, [(ROMAN, LEANING), (ROMAN, DOWN)]), FRAME, "ab")
    assert leaning[1:4] == pytest.approx((10.0 + 0.33 * 2.0, 15.0 - 0.33 * 8.0, 100.0))
    assert turned[1:4] == (92.0, 102.0, 570.0)
