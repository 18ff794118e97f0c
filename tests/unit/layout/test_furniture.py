"""What is furniture is told from the text."""

import pytest

from pipeline.layout.furniture import furniture_of
from pipeline.layout.sheet import Sheet
from schemas.geometry import Box
from schemas.layout import BlockKind, Direction, Line


def sheet(number: int, text: str, top: float) -> Sheet:
    line = Line(number, text, Box(56, top, 60, top + 9), top + 8, 9.0, Direction.ltr)
    return Sheet(number, 595.0, 842.0, (line,), (), (), (), recognised=False)


def kinds(*sheets: Sheet) -> list[BlockKind | None]:
    found = furniture_of(sheets)
    return [found[s.number][0][0] if found[s.number] else None for s in sheets]


def test_numbers_that_count_the_pages_above_the_foot_are_page_numbers() -> None:
    assert kinds(sheet(2, "2", 748), sheet(3, "3", 748)) == [BlockKind.page_number] * 2


def test_lone_numbers_that_do_not_count_the_pages_stay() -> None:
    assert kinds(sheet(2, "2", 748), sheet(3, "7", 748)) == [None, None]
    assert kinds(sheet(2, "2", 748), sheet(3, "3", 700)) == [None, None]
    assert kinds(sheet(2, "2", 400), sheet(3, "3", 400)) == [None, None]


@pytest.mark.parametrize(
    ("text", "top", "kind"),
    [
        ("Page 3 of 12", 700, BlockKind.page_number),
        ("صفحة 3من 12", 748, BlockKind.page_number),
        ("Page 3 / 12", 20, BlockKind.page_number),
        ("Page 3 of 12", 400, None),
        ("Page 3 of the report", 748, None),
    ],
)
def test_a_page_that_is_counted_among_others(text: str, top: float, kind: BlockKind | None) -> None:
    assert kinds(sheet(3, text, top)) == [kind]
