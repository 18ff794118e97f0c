"""rules: the horizontal rules of a page that may belong to tables, and the ones that stand below heads of columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layout.sheet import Sheet
from schemas.geometry import Box
from schemas.layout import Line

LEAST_SHARE = 0.3
"""Share of the page's width that a rule of a table spans at least; shorter ones stand below heads of columns."""
LEAST_SPANNER_PT = 18.0
"""Shortest rule below a head of several columns."""
LEVEL_PT = 3.0
"""Rules this close in height are one."""
THICK_PT = 1.0
"""Rules below heads and at the ends of tables are thicker (UN: 1.4 against 0.5 points)."""
UNDERLINE_PT = 4.0
"""A rule this close to both ends of the line above it underlines that line."""
PAGE_HEAD_SHARE = 0.1
"""The first rule below a line of text and above this share of the page's height belongs to the running head."""


@dataclass(frozen=True, slots=True)
class Level:
    """Rules at one height."""

    top: float
    bottom: float
    x0: float
    x1: float
    thick: bool

    @property
    def width(self) -> float:
        """From the left end of the leftmost to the right end of the rightmost."""
        return self.x1 - self.x0


def rules_of(sheet: Sheet, lines: Sequence[Line], masthead_end: float) -> tuple[list[Level], list[Box]]:
    """Wide rules by height, and the short ones that stand below heads of several columns."""
    top = max(masthead_end + 1, _page_head_end(sheet))
    rules = [r for r in sheet.across if r.top > top and not _underlines(r, lines)]
    groups: list[list[Box]] = []
    for rule in sorted(rules, key=lambda r: r.top):
        if groups and rule.top - groups[-1][-1].top <= LEVEL_PT:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    levels: list[Level] = []
    spanners: list[Box] = []
    for group in groups:
        if max(r.width for r in group) >= LEAST_SHARE * sheet.width_pt:
            levels.append(
                Level(
                    min(r.top for r in group),
                    max(r.bottom for r in group),
                    min(r.x0 for r in group),
                    max(r.x1 for r in group),
                    max(r.height for r in group) >= THICK_PT,
                )
            )
        else:
            spanners.extend(r for r in group if r.width >= LEAST_SPANNER_PT)
    return levels, spanners


def _page_head_end(sheet: Sheet) -> float:
    """Height of the rule below the running head; 0 without one."""
    first = min((r.top for r in sheet.across), default=0.0)
    if first > PAGE_HEAD_SHARE * sheet.height_pt or not any(x.box.bottom <= first + 2 for x in sheet.lines):
        return 0.0
    return first + LEVEL_PT


def _underlines(rule: Box, lines: Sequence[Line]) -> bool:
    return any(
        abs(line.box.x0 - rule.x0) < UNDERLINE_PT
        and abs(line.box.x1 - rule.x1) < UNDERLINE_PT
        and -1 <= rule.top - line.baseline <= UNDERLINE_PT
        for line in lines
    )
