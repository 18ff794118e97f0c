"""unruled: tables that are set without rules.

Typescript, scans and older prints draw no rules: what makes a table there is that cells of many rows stand below each
other. Prose in columns, contents with their leaders, mastheads and charts do so too, and are told apart by what their
cells hold: a table has rows that begin with words and go on in two figures or more, or heads underlined one by one.
"""

from collections.abc import Sequence

from pipeline.layout.sheet import Sheet, rows_of
from pipeline.layout.tables.areas import Area
from pipeline.layout.tables.figured import figure_spans
from pipeline.layout.tables.printed import PrintedRow
from pipeline.layout.tables.underlined import underlined_spans
from schemas.layout import Line


def unruled_areas(sheet: Sheet, lines: Sequence[Line], masthead_end: float) -> list[Area]:
    """Areas from top to bottom; no line stands in two."""
    upright = [line for line in lines if not line.turn and line.box.top >= masthead_end]
    rows = [PrintedRow(row) for row in rows_of(upright)]
    if not rows:
        return []
    width = max(line.box.x1 for line in upright) - min(line.box.x0 for line in upright)
    spans = sorted([*figure_spans(rows, width), *underlined_spans(sheet, rows, width)])
    areas: list[Area] = []
    reached = 0
    for start, head, end in spans:
        if start >= reached:
            body = rows[head].top if head > start else 0.0
            areas.append(Area(tuple(p.row for p in rows[start:end]), (), (), (), body))
            reached = end
    return areas
