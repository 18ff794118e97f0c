"""plumber: pdfplumber's table finder over the page's own ruled lines → closed grids of cells."""

from collections.abc import Sequence
from typing import Any

from schemas.geometry import Box
from schemas.page import Grid, Rule

NEAR_PT = 3.0
"""Lines this near are one, and lines that end this near to another meet it (pdfplumber's own defaults)."""
MAX_RULES = 600
"""Rules beyond which a page is a drawing: the finder compares all with all."""


def grids_of(rules: Sequence[Rule]) -> tuple[Grid, ...]:
    """Tables of two columns and two rows at least whose cells are closed on all sides, from top to bottom.

    Only pages with both kinds of rules are looked at, so that others do not pay for pdfplumber's import.
    """
    across, down = (sum(rule.horizontal is way for rule in rules) for way in (True, False))
    if across < 2 or down < 2 or len(rules) > MAX_RULES:
        return ()
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = merge_edges([_edge(rule) for rule in rules], NEAR_PT, NEAR_PT, NEAR_PT, NEAR_PT)
    cells = intersections_to_cells(edges_to_intersections(edges, NEAR_PT, NEAR_PT))
    grids = [grid for table in cells_to_tables(cells) if (grid := _grid(table)) is not None]
    return tuple(sorted(grids, key=lambda grid: (grid.box.top, grid.box.x0)))


def _edge(rule: Rule) -> dict[str, Any]:
    """A rule as pdfplumber's edge: a line along the middle of it."""
    box = rule.box
    middle_x, middle_y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    x0, x1 = (box.x0, box.x1) if rule.horizontal else (middle_x, middle_x)
    top, bottom = (middle_y, middle_y) if rule.horizontal else (box.top, box.bottom)
    return {
        "object_type": "line",
        "orientation": "h" if rule.horizontal else "v",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }


def _grid(cells: Sequence[tuple[float, float, float, float]]) -> Grid | None:
    """Cells by row and column; a place that a wider or higher cell covers is None."""
    lefts, tops = sorted({cell[0] for cell in cells}), sorted({cell[1] for cell in cells})
    if len(lefts) < 2 or len(tops) < 2:
        return None
    at = {(cell[1], cell[0]): Box(*cell).rounded() for cell in cells}
    rows = tuple(tuple(at.get((top, left)) for left in lefts) for top in tops)
    box = Box(lefts[0], tops[0], max(cell[2] for cell in cells), max(cell[3] for cell in cells))
    return Grid(box.rounded(), rows)
