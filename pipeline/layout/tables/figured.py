"""figured: tables without rules whose rows begin with words and go on in two figures or more."""

from collections.abc import Iterator, Sequence

from pipeline.layout.tables.printed import FAR_EM, PrintedRow, is_prose

LEAST_ROWS = 3
"""Rows of figures that make a table (the shortest typed table seen has 5)."""
LEAST_COLUMNS = 2
"""Columns of figures: one alone is a table of contents or a list of amounts."""
LABELLED_SHARE = 0.5
"""Share of the rows of figures that begin with words; the values of a chart have none."""
ALIGNED_EM = 0.8
"""Figures of one column end, or have their middles, within this of each other (OCR moves edges by 0.4)."""
WITHOUT_FIGURES = 5
"""So many rows without figures, of labels that run over several lines, may stand between two with figures."""
HEAD_FAR_EM = 2.6
"""White space between the head and the body and between the lines of the head."""
TITLE_SHARE = 0.6
"""Share of the columns' width that the head of several columns takes at most; titles are wider."""
TITLE_GAP_EM = 1.3
"""White space below a title, in sizes; heads stand closer."""
HEAD_ROWS = 9
"""Most printed lines of a head: narrow columns break their heads often."""


def figure_spans(rows: Sequence[PrintedRow], width: float) -> Iterator[tuple[int, int, int]]:
    """First row of the head, first of the body, and one past the last row, of tables of figures."""
    for seeds in _chains(rows, width):
        if not _is_table(seeds, rows):
            continue
        left = _left_of_figures(seeds, rows)
        first = next(i for i in seeds if rows[i].is_labelled and rows[i].cells[0].x0 < left - rows[i].size)
        start = _body_start(rows, first, left)
        yield _head_start(rows, start, seeds, width), start, _end(rows, seeds[-1], left)


def _chains(rows: Sequence[PrintedRow], width: float) -> Iterator[list[int]]:
    """Rows with figures that follow each other without prose or much white between them."""
    chain: list[int] = []
    without = 0
    for index, printed in enumerate(rows):
        far = index > 0 and printed.top - rows[index - 1].bottom > FAR_EM * printed.size
        if chain and (far or is_prose(printed, width) or without > WITHOUT_FIGURES):
            yield chain
            chain = []
        without += 1
        if printed.figures and len(printed.cells) > 1 and not is_prose(printed, width):
            chain.append(index)
            without = 0
    if chain:
        yield chain


def _is_table(seeds: Sequence[int], rows: Sequence[PrintedRow]) -> bool:
    """Do enough figures stand in enough columns, in rows that begin with words?"""
    full = [rows[i] for i in seeds if len(rows[i].figures) >= LEAST_COLUMNS]
    if len(full) < LEAST_ROWS or 2 * len(full) < len(seeds):
        return False
    labelled = sum(1 for printed in full if printed.is_labelled)
    return labelled >= LABELLED_SHARE * len(full) and len(_columns(full)) >= LEAST_COLUMNS


def _columns(full: Sequence[PrintedRow]) -> list[float]:
    """Right edges or middles at which figures of enough rows stand."""
    size = full[0].size
    found: list[float] = []
    cells = [cell for printed in full for cell in printed.figures]
    for places in ([c.x1 for c in cells], [(c.x0 + c.x1) / 2 for c in cells], [c.x0 for c in cells]):
        columns: list[list[float]] = []
        for x in sorted(places):
            if columns and x - columns[-1][-1] <= ALIGNED_EM * size / 2 and x - columns[-1][0] <= 2 * ALIGNED_EM * size:
                columns[-1].append(x)
            else:
                columns.append([x])
        enough = [sum(c) / len(c) for c in columns if len(c) >= max(LEAST_ROWS, len(full) // 3)]
        if len(enough) > len(found):
            found = enough
    return found


def _left_of_figures(seeds: Sequence[int], rows: Sequence[PrintedRow]) -> float:
    """Left edge of the first column of figures; a stray figure further left does not count."""
    lefts = sorted(rows[i].figures[0].x0 for i in seeds if rows[i].figures)
    return lefts[len(lefts) // 4]


def _end(rows: Sequence[PrintedRow], last: int, left: float) -> int:
    """One past the last row: a label that runs over goes on below its figures."""
    end = last + 1
    while end < len(rows) and _runs_on(rows[end - 1], rows[end], left):
        end += 1
    return end


def _runs_on(above: PrintedRow, printed: PrintedRow, left: float) -> bool:
    """The further line of a label: alone in its row, indented, close below, left of the figures."""
    line = printed.row[0]
    return (
        len(printed.cells) == 1
        and printed.top - above.bottom < 0.5 * printed.size
        and line.box.x0 > above.row[0].box.x0 + 0.8 * line.size
        and line.box.x1 < left
    )


def _body_start(rows: Sequence[PrintedRow], first: int, left: float) -> int:
    """The first row of the body: a label may begin above the row that holds its figures."""
    start = first
    while start > 0:
        printed, below = rows[start - 1], rows[start]
        alone = len(printed.cells) == 1 and printed.row[0].box.x1 < left + 2
        at_margin = abs(printed.row[0].box.x0 - below.row[0].box.x0) < 3 * printed.size
        if not alone or not at_margin or below.top - printed.bottom > HEAD_FAR_EM * printed.size:
            break
        start -= 1
    return start


def _head_start(rows: Sequence[PrintedRow], start: int, seeds: Sequence[int], width: float) -> int:
    """The first row of the head: what stands over the columns of figures, without the title."""
    left, right = _left_of_figures(seeds, rows), max(cell.x1 for i in seeds for cell in rows[i].cells)
    head = start
    for index in range(start - 1, max(-1, start - 1 - HEAD_ROWS), -1):
        printed = rows[index]
        if rows[index + 1].top - printed.bottom > HEAD_FAR_EM * printed.size or is_prose(printed, width):
            break
        alone = len(printed.cells) == 1
        if alone and not _is_over_columns(printed, rows[index + 1], left, right):
            break
        if printed.cells[-1].x0 < left - 3 * printed.size:
            break
        head = index
    return head


def _is_over_columns(printed: PrintedRow, below: PrintedRow, left: float, right: float) -> bool:
    """Is a lone line the head of some columns, close over the next line of the head? A title is wider or stands off."""
    cell = printed.cells[0]
    narrow = cell.x1 - cell.x0 < TITLE_SHARE * (right - left) and cell.x0 > left - 3 * printed.size
    return narrow and below.top - printed.bottom < TITLE_GAP_EM * printed.size
