"""areas: where the tables of a page stand, told from its rules and from the rows beside them.

UN tables are drawn with horizontal rules: a thin one above the head, a thick one below it, thin ones between the
groups of rows and a thick one at the end. A table that goes on over the page lacks the last, or the first, or both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layout.sheet import Sheet, rows_of
from pipeline.layout.tables.chains import Row, chains_of, is_row_of_cells
from pipeline.layout.tables.rules import Level, rules_of
from schemas.geometry import Box
from schemas.layout import Line

BOX_FIGURES = 0.6
"""A frame is a table where so many of its rows of cells end in a figure; other frames hold text."""
CHART_UPRIGHTS = 4
"""So many vertical rules, none as high as half the area, are boxes of a chart."""


@dataclass(frozen=True, slots=True)
class Area:
    """A table's place: its printed rows and the rules between and beside them."""

    rows: tuple[Row, ...]
    levels: tuple[Level, ...]
    spanners: tuple[Box, ...]
    uprights: tuple[Box, ...]
    body_top: float = 0.0
    """Top of the body of a table without rules, below its head; 0 where it has none, or where rules tell."""

    @property
    def box(self) -> Box:
        """Around rows and rules."""
        lines = [line for row in self.rows for line in row]
        return Box(
            min(*(x.box.x0 for x in lines), *(x.x0 for x in self.levels)),
            min(*(x.box.top for x in lines), *(x.top for x in self.levels)),
            max(*(x.box.x1 for x in lines), *(x.x1 for x in self.levels)),
            max(*(x.box.bottom for x in lines), *(x.bottom for x in self.levels)),
        )


def areas_of(sheet: Sheet, lines: Sequence[Line], size: float, masthead_end: float) -> list[Area]:
    """Areas from top to bottom; no line stands in two. `size` is the body's; rules of the masthead do not count."""
    levels, spanners = rules_of(sheet, lines, masthead_end)
    if not levels:
        return []
    upright = [line for line in lines if not line.turn and line.box.top >= masthead_end]
    rows = rows_of(upright)
    areas: list[Area] = []
    used: set[int] = set()
    for chain, indexes in chains_of(levels, rows, spanners, size):
        free = [i for i in indexes if i not in used]
        area = _area(sheet, chain, [rows[i] for i in free], spanners)
        if area is not None:
            used.update(free)
            areas.append(area)
    return areas


def _has_head(chain: Sequence[Level], rows: Sequence[Row]) -> bool:
    """Does small type between a thin and a thick rule open a table of one column, which a third rule ends?"""
    if len(chain) < 3 or chain[0].thick or not chain[1].thick:
        return False
    head = [row[0].size for row in rows if row[0].baseline < chain[1].top]
    body = [row[0].size for row in rows if row[0].baseline >= chain[1].top]
    return bool(head and body) and max(head) < 0.95 * min(body)


def _ends_in_figures(rows: Sequence[Row]) -> bool:
    cells = [row for row in rows if is_row_of_cells(row)]
    figures = sum(1 for row in cells if len(row[-1].text) < 20 and any(c.isdigit() for c in row[-1].text))
    return figures >= BOX_FIGURES * len(cells)


def _area(sheet: Sheet, chain: list[Level], rows: list[Row], spanners: Sequence[Box]) -> Area | None:
    """The area, None where it is no table: one rule, or fewer than two rows, or no cells beside each other."""
    if len(rows) < 2 or not (any(is_row_of_cells(row) for row in rows) or _has_head(chain, rows)):
        return None
    top, bottom = min(x.box.top for x in rows[0]), max(x.box.bottom for x in rows[-1])
    inside = tuple(s for s in spanners if top < s.top < bottom and chain[0].x0 - 4 <= s.x0 and s.x1 <= chain[0].x1 + 4)
    uprights = tuple(
        rule.box for rule in sheet.rules if not rule.horizontal and rule.box.top < bottom and rule.box.bottom > top
    )
    boxed = len([u for u in uprights if u.top <= top + 3 and u.bottom >= bottom - 3]) >= 2
    headed = any(s.top < chain[-1].top for s in inside)
    if len(chain) + headed + (boxed and _ends_in_figures(rows)) < 2:
        return None
    if len(uprights) >= CHART_UPRIGHTS and max(u.height for u in uprights) < (bottom - top) / 2:
        return None
    return Area(tuple(rows), tuple(chain), inside, uprights)
