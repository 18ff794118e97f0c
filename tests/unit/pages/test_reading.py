"""Letters, paths and rules of a PDF page become runs, rules and grids."""

import pytest

from pipeline.pages.facts import PageFrame, PathFact, Piece, Setting
from pipeline.pages.pdf import iso_date
from pipeline.pages.pdfium import whole
from pipeline.pages.plumber import grids_of
from pipeline.pages.ruled import rules_of
from pipeline.pages.runs import runs_of, words_of
from pipeline.pages.tounicode import codes_to_text
from pipeline.pages.typesetting import font_of
from schemas.geometry import Box
from schemas.page import Font, Rule

SETTING = Setting(Font("Times"), 10.0, 0, True)


def read(text: str, places: list[tuple[float, float]], generated: bool = False) -> list[str]:
    """Runs of words on one baseline that stand at (x0, x1)."""
    pieces = [Piece(a, b, x0, x1, 100.0, SETTING) for (a, b), (x0, x1) in zip(words_of(text), places, strict=True)]
    return [run.text for run in runs_of(text, pieces, (600.0, 800.0), lambda _: generated)]


@pytest.mark.parametrize(
    ("text", "places", "generated", "runs"),
    [
        ("the end", [(100, 115), (117.5, 130)], False, ["the end"]),
        ("hos tage", [(100, 115), (115.2, 130)], True, ["hostage"]),  # pdfium's guess against the true gap
        ("hos tage", [(100, 115), (116.0, 130)], True, ["hostage"]),
        ("on it", [(100, 115), (116.0, 130)], False, ["on it"]),  # a narrow space of a justified line
        ("left right", [(100, 115), (140, 160)], False, ["left", "right"]),  # two columns
    ],
)
def test_spaces_come_from_the_gaps(
    text: str, places: list[tuple[float, float]], generated: bool, runs: list[str]
) -> None:
    assert read(text, places, generated) == runs


def test_words_that_touch_in_the_source_are_parted_by_a_gap() -> None:
    pieces = [Piece(0, 3, 100, 115, 100.0, SETTING), Piece(3, 6, 118, 130, 100.0, SETTING)]
    assert [r.text for r in runs_of("theend", pieces, (600.0, 800.0), lambda _: False)] == ["the end"]


def test_hyphen_at_a_line_end_is_kept() -> None:
    assert read("action\ufffe", [(100, 130)]) == ["action-"]


def test_halves_of_a_character_are_put_together() -> None:
    assert whole("\ud835\udc41 x") == "\U0001d441 x"
    assert whole("\ud835 x") == "\ufffd x"


@pytest.mark.parametrize(
    ("rotation", "point"), [(0, (10.0, 100.0)), (90, (200.0, 10.0)), (180, (190.0, 200.0)), (270, (100.0, 190.0))]
)
def test_points_are_seen_as_the_page_is_read(rotation: int, point: tuple[float, float]) -> None:
    """A page of 200 by 300 points; the point lies 10 from the left and 100 from the top before it is turned."""
    frame = PageFrame(left=0, top=300, width=200, height=300, rotation=rotation)
    assert frame.point(10, 200) == point


@pytest.mark.parametrize(
    ("name", "flags", "bold", "italic"),
    [
        ("ABCDEF+TimesNewRomanPS-BoldMT", 0, True, False),
        ("TimesNewRomanPS-BoldItalicMT", 0, True, True),
        ("Arial", 1 << 18, True, False),
        ("Arial", 1 << 6, False, True),
        ("Garamond", 0, False, False),
    ],
)
def test_weight_and_slant(name: str, flags: int, bold: bool, italic: bool) -> None:
    font = font_of(name, flags, 0, stroked=False)
    assert (font.bold, font.italic, "+" in font.name) == (bold, italic, False)


def path(box: Box, **more: bool) -> PathFact:
    return PathFact(box, (), more.get("filled", True), more.get("stroked", False), more.get("light", False), 5, False)


def test_pieces_of_a_rule_are_joined_and_white_ones_dropped() -> None:
    paths = [path(Box(60, 65, 200, 65.5)), path(Box(200, 65, 550, 65.5)), path(Box(60, 90, 550, 90.5), light=True)]
    assert rules_of(paths) == (Rule(Box(60, 65, 550, 65.5), True),)
    assert rules_of([path(Box(60, 65, 64, 65.5)), path(Box(60, 100, 200, 140))]) == ()


def test_a_closed_grid_has_cells_and_spans() -> None:
    """Three columns, two rows; the first row is one cell."""
    across = [Rule(Box(0, y, 300, y), True) for y in (0, 20, 40)]
    down = [Rule(Box(0, 0, 0, 40), False), Rule(Box(300, 0, 300, 40), False)]
    inner = [Rule(Box(x, 20, x, 40), False) for x in (100, 200)]
    (grid,) = grids_of([*across, *down, *inner])
    assert grid.rows == (
        (Box(0, 0, 300, 20), None, None),
        (Box(0, 20, 100, 40), Box(100, 20, 200, 40), Box(200, 20, 300, 40)),
    )
    assert grids_of([*across, *inner]) == ()  # open sides
    assert grids_of([*across[:2], *down]) == ()  # a frame


def test_to_unicode_streams() -> None:
    stream = b"""2 beginbfchar <0003> <0020> <00AB> <06440627> endbfchar
    2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0061> <D835DC41>] endbfrange"""
    assert codes_to_text(stream) == {
        3: " ", 0xAB: "لا", 0x10: "A", 0x11: "B", 0x12: "C", 0x20: "a", 0x21: "\U0001d441"
    }  # fmt: skip
    assert codes_to_text(b"beginbfrange <0000> <FFFFFFFF> <0041> endbfrange") == {}


@pytest.mark.parametrize(
    ("pdf", "iso"),
    [
        ("D:20250217104937-05'00'", "2025-02-17T10:49:37-05:00"),
        ("D:20250217104937Z", "2025-02-17T10:49:37Z"),
        ("D:20250217", "2025-02-17"),
        ("yesterday", "yesterday"),
        (None, None),
    ],
)
def test_pdf_dates(pdf: str | None, iso: str | None) -> None:
    assert iso_date(pdf) == iso
