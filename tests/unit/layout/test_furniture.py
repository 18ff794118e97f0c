"""What is furniture is told from the text."""

from dataclasses import replace

import pytest

from pipeline.layout.furniture import furniture_of
from pipeline.layout.sheet import Sheet
from schemas.geometry import Box
from schemas.layout import BlockKind, Direction, Line, Style


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


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("Report 2025", "Report 2025"), BlockKind.page_header),
        (("A/79/876, page 4 of 9", "A/79/876, page 5 of 9"), BlockKind.page_header),
        (("مادة 3", "مادة 26"), None),
        (("Rule 12", "Rule 19"), None),
        (("Rule 12", "Annex 12"), None),
    ],
)
def test_running_heads_come_back_with_the_same_figures_or_count_the_pages(
    texts: tuple[str, str], kind: BlockKind | None
) -> None:
    sheets = [sheet(page, text, 50) for page, text in zip((4, 5), texts, strict=True)]
    assert kinds(sheet(1, "United Nations", 50), *sheets)[1:] == [kind] * 2


@pytest.mark.parametrize(("top", "kind"), [(18, BlockKind.page_header), (45, None)])
def test_a_browser_prints_above_the_masthead(top: float, kind: BlockKind | None) -> None:
    assert kinds(*(sheet(page, "4/8/25, 6:39 PM", top) for page in (1, 2, 3)))[0] is kind


@pytest.mark.parametrize(("page", "kind"), [(1, None), (2, BlockKind.page_number)])
def test_a_lone_number_over_the_first_page_is_no_page_number(page: int, kind: BlockKind | None) -> None:
    assert kinds(*(sheet(n, "United Nations" if n < page else "12", 50) for n in range(1, page + 1)))[-1] is kind


@pytest.mark.parametrize(("raised", "kind"), [(True, None), (False, BlockKind.page_footer)])
def test_a_note_that_comes_back_word_for_word_stays_a_note(raised: bool, kind: BlockKind | None) -> None:
    plain = [sheet(page, "a Including the field offices.", 770) for page in (2, 3)]
    styles = (Style(0, 1, superscript=raised),)
    sheets = [replace(s, lines=tuple(replace(line, styles=styles) for line in s.lines)) for s in plain]
    assert kinds(*sheets) == [kind, kind]
