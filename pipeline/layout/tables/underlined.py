"""underlined: tables without rules between their cells whose heads are underlined one by one."""

from collections.abc import Iterator, Sequence

from pipeline.layout.sheet import Sheet
from pipeline.layout.tables.printed import FAR_EM, PrintedRow, Stretch, is_prose
from pipeline.layout.tables.rules import UNDERLINE_PT

UNDERLINED_ROWS = 2
"""Rows of cells that must stand below underlined heads."""


def underlined_spans(sheet: Sheet, rows: Sequence[PrintedRow], width: float) -> Iterator[tuple[int, int, int]]:
    """The same of tables whose heads are underlined one by one."""
    index = 0
    while index < len(rows):
        if not _is_underlined_head(sheet, rows[index]):
            index += 1
            continue
        start = _head_above(sheet, rows, index)
        end = _underlined_end(rows, index, width)
        if end > index + 1:
            yield start, index + 1, end
        index = max(end, index + 1)


def _is_underlined_head(sheet: Sheet, printed: PrintedRow) -> bool:
    return len(printed.cells) > 1 and all(_is_underlined(sheet, cell, printed) for cell in printed.cells)


def _is_underlined(sheet: Sheet, cell: Stretch, printed: PrintedRow) -> bool:
    baseline = printed.row[0].baseline
    return any(
        abs(rule.x0 - cell.x0) < UNDERLINE_PT
        and abs(rule.x1 - cell.x1) < UNDERLINE_PT
        and -1 <= rule.top - baseline <= UNDERLINE_PT
        for rule in sheet.across
    )


def _head_above(sheet: Sheet, rows: Sequence[PrintedRow], index: int) -> int:
    """The first line of heads that take several."""
    start = index
    while start > 0:
        printed = rows[start - 1]
        close = rows[start].top - printed.bottom < 0.8 * printed.size
        if not close or not all(_is_underlined(sheet, cell, printed) for cell in printed.cells):
            break
        start -= 1
    return start


def _underlined_end(rows: Sequence[PrintedRow], head: int, width: float) -> int:
    """One past the last row below underlined heads, the row below them where too little follows."""
    cells = rows[head].cells
    end, count = head + 1, 0
    for index in range(head + 1, len(rows)):
        printed = rows[index]
        if printed.top - rows[index - 1].bottom > FAR_EM * printed.size or is_prose(printed, width):
            break
        if len(printed.cells) == 1:
            if printed.cells[0].x0 < cells[1].x0 < printed.cells[0].x1:
                break
            continue
        if not any(cell.x1 > cells[1].x0 and cell.x0 < cells[-1].x1 for cell in printed.cells[1:]):
            continue
        end, count = index + 1, count + 1
    while count >= UNDERLINED_ROWS and end < len(rows) and _goes_on_below(rows, end, cells[1].x0):
        end += 1
    return end if count >= UNDERLINED_ROWS else head + 1


def _goes_on_below(rows: Sequence[PrintedRow], index: int, left: float) -> bool:
    printed, above = rows[index], rows[index - 1]
    return printed.cells[-1].x1 < left and printed.top - above.bottom < 0.8 * printed.size
