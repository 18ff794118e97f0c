"""sheet: what layout keeps of a page once its runs are lines."""

from dataclasses import dataclass

from schemas.geometry import Box
from schemas.layout import Line
from schemas.page import Grid, PageText, Picture, Rule, TextOrigin


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as lines, rules and picture places."""

    number: int
    width_pt: float
    height_pt: float
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    grids: tuple[Grid, ...]
    pictures: tuple[Picture, ...]
    recognised: bool

    @property
    def across(self) -> tuple[Box, ...]:
        """Horizontal rules from top to bottom."""
        return tuple(rule.box for rule in self.rules if rule.horizontal)


def sheet_of(page: PageText, lines: tuple[Line, ...]) -> Sheet:
    """The page without its runs."""
    return Sheet(
        number=page.number,
        width_pt=page.width_pt or 612.0,
        height_pt=page.height_pt or 792.0,
        lines=lines,
        rules=page.rules,
        grids=page.grids,
        pictures=page.pictures,
        recognised=page.origin is TextOrigin.ocr,
    )


def box_of(lines: list[Line] | tuple[Line, ...]) -> Box:
    """The box around lines."""
    box = lines[0].box
    for line in lines[1:]:
        box = box.union(line.box)
    return box


def rows_of(lines: list[Line] | tuple[Line, ...]) -> list[list[Line]]:
    """Lines by row from top to bottom, each row from left to right.

    A line joins a row where it shares half the height of the lower of the two. Boxes of recognised lines reach into the
    next at times, so those must also stand less than a line below it.
    """
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda item: (item.baseline, item.box.x0)):
        if rows and _shares_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda item: item.box.x0)
    return rows


def _shares_row(first: Line, line: Line) -> bool:
    _, top, _, bottom = first.box
    _, high, _, low = line.box
    if line.confidence is not None and line.baseline - first.baseline >= max(first.size, line.size):
        return False
    shared = (bottom if bottom < low else low) - (top if top > high else high)
    return shared >= 0.5 * min(bottom - top, low - high)
