"""Columns, hyphens and tables from lines placed by hand."""

from dataclasses import replace

import pytest

from pipeline.layout.columns import reading_order
from pipeline.layout.linejoin import hyphens_of, joined
from pipeline.layout.sheet import Sheet, rows_of
from pipeline.layout.tables import tables_of
from schemas.geometry import Box
from schemas.layout import Direction, Line
from schemas.page import Rule


def _line(text: str, x0: float, top: float, x1: float, size: float = 8.5) -> Line:
    return Line(1, text, Box(x0, top, x1, top + size), top + size * 0.8, size, Direction.ltr)


def _sheet(lines: list[Line], rules: list[tuple[float, float, float, float]]) -> Sheet:
    boxes = tuple(Rule(Box(x0, top, x1, top + thickness), True) for x0, x1, top, thickness in rules)
    return Sheet(2, 612.0, 792.0, tuple(lines), boxes, (), (), recognised=False)


def _staff_table() -> tuple[list[Line], list[tuple[float, float, float, float]]]:
    lines = [
        _line("Variance", 330, 156, 360, 7),
        _line("Category", 60, 173, 90, 7),
        _line("Amount", 310, 173, 340, 7),
        _line("Share", 380, 173, 400, 7),
        _line("Staff", 60, 200, 90),
        _line("104.5", 320, 200, 340),
        _line("2.5", 388, 200, 400),
        _line("Travel of staff and", 60, 214, 140),
        _line("consultants", 60, 224, 110),
        _line("(6.1)", 320, 224, 340),
        _line("–", 395, 224, 400),
    ]
    return lines, [(60, 420, 150, 0.5), (305, 405, 168, 0.5), (60, 420, 185, 1.4), (60, 420, 236, 1.4)]


def test_a_table_with_horizontal_rules_only_gives_rows_heads_and_spans():
    lines, rules = _staff_table()
    (found,) = tables_of(_sheet(lines, rules), lines, 10.0, 0.0)
    rows = [[(c.text, c.column_span, c.header) for c in row.cells] for row in found.table.rows]
    assert rows == [
        [("", 1, True), ("Variance", 2, True)],
        [("Category", 1, True), ("Amount", 1, True), ("Share", 1, True)],
        [("Staff", 1, False), ("104.5", 1, False), ("2.5", 1, False)],
        [("Travel of staff and consultants", 1, False), ("(6.1)", 1, False), ("–", 1, False)],
    ]


def test_prose_between_two_rules_is_no_table():
    lines = [_line("The proposed resources amount to two million dollars, as follows below.", 60, 160 + 12 * i, 410, 10)
             for i in range(4)]  # fmt: skip
    assert tables_of(_sheet(lines, [(60, 420, 150, 0.5), (60, 420, 215, 0.5)]), lines, 10.0, 0.0) == []


def test_two_columns_of_prose_are_read_one_after_the_other():
    left = [_line(f"left {i}", 60, 100 + 12 * i, 290) for i in range(12)]
    right = [_line(f"right {i}", 310, 100 + 12 * i, 540) for i in range(12)]
    title = _line("Title over both columns", 60, 80, 500)
    order = [line.text for region in reading_order([title, *right, *left]) for line in region]
    assert order == ["Title over both columns", *(f"left {i}" for i in range(12)), *(f"right {i}" for i in range(12))]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ([], "a high-risk area"),
        (["the area is of highrisk nature"], "a highrisk area"),
        (["highrisk, high-risk"], "a high-risk area"),
    ],
)
def test_a_hyphen_at_the_line_end_stays_unless_the_document_writes_the_word_without(document, expected):
    lines = [_line("a high-", 60, 100, 100), _line("risk area", 60, 112, 120)]
    own = [_line(text, 60, 200, 300) for text in document]
    assert joined(lines, hyphens_of([*own, *lines]))[0] == expected


def test_a_document_that_breaks_words_loses_its_hyphens():
    pairs = [("govern-", "ment"), ("commit-", "tee"), ("assem-", "bly"), ("resolu-", "tion")]
    lines = [line for a, b in pairs for line in (_line(a, 60, 100, 100), _line(b, 60, 112, 100))]
    own = [_line("the government and the committee of the assembly", 60, 300, 300)]
    hyphens = hyphens_of([*own, *lines])
    assert hyphens.breaks_words
    assert joined(lines[-2:], hyphens)[0] == "resolution"


@pytest.mark.parametrize(("confidence", "rows"), [(0.8, 2), (None, 1)])
def test_a_recognised_line_whose_box_reaches_into_the_next_stays_apart(confidence, rows):
    above = replace(_line("efforts made by the", 60, 392, 540, 21), baseline=402.0, size=12.0, confidence=confidence)
    below = replace(_line("no results.", 56, 405, 140, 11), baseline=417.0, size=12.0, confidence=confidence)
    assert len(rows_of([above, below])) == rows
