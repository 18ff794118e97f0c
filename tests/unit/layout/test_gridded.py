"""Cells closed on all sides, with spans over rows and columns."""

from pipeline.layout.tables.gridded import grid_of, table_of
from schemas.geometry import Box
from schemas.layout import Direction, Line
from schemas.page import Grid

GRID = Grid(
    Box(0, 0, 300, 60),
    (
        (Box(0, 0, 100, 40), Box(100, 0, 300, 20), None),
        (None, Box(100, 20, 200, 40), Box(200, 20, 300, 40)),
        (Box(0, 40, 100, 60), Box(100, 40, 200, 60), Box(200, 40, 300, 60)),
    ),
)


def _line(text: str, x0: float, top: float) -> Line:
    return Line(1, text, Box(x0, top, x0 + 40, top + 8), top + 6, 8.0, Direction.ltr)


LINES = [
    _line("Priority", 5, 5),
    _line("Targets", 150, 5),
    _line("one", 5, 17),
    _line("2021", 110, 25),
    _line("2026", 210, 25),
    _line("Growth", 5, 45),
    _line("5.6%", 110, 45),
]


def test_cells_span_the_rows_and_columns_that_their_borders_cover():
    table = table_of(GRID, LINES, head_end=40, rtl=False)
    assert table is not None
    assert [[(c.text, c.row_span, c.column_span, c.header) for c in row.cells] for row in table.rows] == [
        [("Priority one", 2, 1, True), ("Targets", 1, 2, True)],
        [("2021", 1, 1, True), ("2026", 1, 1, True)],
        [("Growth", 1, 1, False), ("5.6%", 1, 1, False), ("", 1, 1, False)],
    ]


def test_a_line_outside_the_cells_or_a_hole_in_the_grid_leaves_the_table_to_the_other_rules():
    assert table_of(GRID, [*LINES, _line("note", 5, 70)], head_end=0, rtl=False) is None
    holed = Grid(GRID.box, (*GRID.rows[:2], (GRID.rows[2][0], None, GRID.rows[2][2])))
    assert table_of(holed, LINES[:5], head_end=0, rtl=False) is None


def test_the_grid_of_a_table_is_the_one_around_it():
    assert grid_of(Box(0, 0, 301, 60), (GRID,)) is GRID
    assert grid_of(Box(0, 0, 300, 400), (GRID,)) is None
