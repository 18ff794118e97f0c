"""Pieces of text that go on: one block on a page, a block that continues it on each later page."""

import pytest

from pipeline.layout.draft import Draft
from pipeline.layout.joins import blocks_of
from schemas.geometry import Box
from schemas.layout import BlockKind, Direction, Line, Style

OPEN = "The Conference took note of the report and requested the Secretary-General to"
MIDDLE = "submit to it at its next session a further report on the matters that were"
END = "raised by the States parties."


def _draft(
    text: str, page: int, region: int, kind: BlockKind = BlockKind.paragraph, bold: bool = False, number: str = ""
) -> Draft:
    x0 = 72.0 + 250 * region
    line = Line(page, text, Box(x0, 100, x0 + 240, 110), 108, 10.0, Direction.ltr, (Style(0, len(text), bold=bold),))
    return Draft(
        kind, page, [line], region=region, number=number or None, level=3 if kind is BlockKind.heading else None
    )


def _read(*places: tuple[str, int, int]) -> list[tuple[int, str, str | None]]:
    return [(b.page, b.text, b.continues) for b in blocks_of([_draft(*place) for place in places])]


def test_the_next_column_belongs_to_the_same_block() -> None:
    assert _read((OPEN, 1, 0), (END, 1, 1)) == [(1, f"{OPEN} {END}", None)]


def test_the_box_holds_both_columns() -> None:
    (block,) = blocks_of([_draft(OPEN, 1, 0), _draft(END, 1, 1)])
    assert block.box == Box(72, 100, 562, 110)


def test_the_next_page_continues_the_block() -> None:
    assert _read((OPEN, 1, 0), (END, 2, 0)) == [(1, f"{OPEN} {END}", None), (2, "", "b1")]


@pytest.mark.parametrize("regions", [(0, 1), (1, 0)])
def test_columns_of_a_later_page_are_one_continuation(regions: tuple[int, int]) -> None:
    found = _read(("Before.", 1, 1), (OPEN, 1, 0), (MIDDLE, 2, regions[0]), (END, 2, regions[1]), ("After.", 2, 0))
    assert found == [
        (1, "Before.", None),
        (1, f"{OPEN} {MIDDLE} {END}", None),
        (2, "", "b2"),
        (2, "After.", None),
    ]


@pytest.mark.parametrize(
    ("bold", "number", "kinds"),
    [
        (True, "54.", ["paragraph", "paragraph"]),
        (True, "(c)", ["list_item", "paragraph"]),
        (False, "54.", ["heading", "paragraph"]),
    ],
)
def test_bold_prose_cut_by_the_end_of_a_page_is_no_heading(bold: bool, number: str, kinds: list[str]) -> None:
    pieces = [_draft(OPEN, 1, 0, BlockKind.heading, True, number), _draft(MIDDLE, 2, 0, bold=bold)]
    found = blocks_of(pieces)
    assert [b.kind for b in found] == kinds
    assert (found[0].level is None) is (found[1].continues == "b1") is (kinds[0] != "heading")
