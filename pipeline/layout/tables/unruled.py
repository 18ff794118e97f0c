"""unruled: tables that are set without rules, told from figures that stand in columns or from underlined heads.

Typescript, scans and older prints draw no rules: what makes a table there is that cells of many rows stand below each
other. Prose in columns, contents with their leaders, mastheads and charts do so too, and are told apart by what their
cells hold: a table has rows that begin with words and go on in two figures or more, or heads underlined one by one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.layout.sheet import Sheet, rows_of
from pipeline.layout.tables.areas import CELL_GAP_EM, PROSE_LETTERS, PROSE_SHARE, UNDERLINE_PT, Area, Row
from schemas.layout import Line

LEAST_ROWS = 3
"""Rows of figures that make a table (the shortest typed table seen has 5)."""
LEAST_COLUMNS = 2
"""Columns of figures: one alone is a table of contents or a list of amounts."""
LABELLED_SHARE = 0.5
"""Share of the rows of figures that begin with words; the values of a chart have none."""
ALIGNED_EM = 0.8
"""Figures of one column end, or have their middles, within this of each other (OCR moves edges by 0.4)."""
FAR_EM = 4.5
"""White space between two rows of one table, in sizes; typed tables leave two lines free between groups."""
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
UNDERLINED_ROWS = 2
"""Rows of cells that must stand below underlined heads."""

_DIGITS = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]")
_DASHES = re.compile(r"^[-–—−.…•_=]{1,5}$")
_MARK = re.compile(r"\s+[a-z*]\s?/?\)?$|(?<=\d)[a-z*]{1,2}$")
_NOT_AMOUNT = re.compile(r"\d/\d|[@#]|\d:\d")
_LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}|_{5,}")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A stretch of a row without a wide gap."""

    text: str
    x0: float
    x1: float

    @property
    def is_figure(self) -> bool:
        """Is it an amount, a share, or the dash that stands for none?"""
        text = _MARK.sub("", self.text.strip())
        if _DASHES.match(text):
            return True
        digits, letters = len(_DIGITS.findall(text)), len(_LETTERS.findall(text))
        return digits > 2 * letters and letters <= 2 and len(text) <= 24 and not _NOT_AMOUNT.search(text)


class _Printed:
    """A printed row with its cells."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.top = min([line.box.top for line in row])
        self.bottom = max([line.box.bottom for line in row])
        self.cells = tuple(_cells_of(row))
        """From left to right."""
        self.figures = self._figures()
        """The figures in which the row ends; what stands first is its label. Contents have words between theirs."""

    def _figures(self) -> tuple[_Cell, ...]:
        first = len(self.cells)
        while first > 1 and self.cells[first - 1].is_figure:
            first -= 1
        return self.cells[first:]

    @property
    def is_labelled(self) -> bool:
        """Does it begin with words, or a year, and hold figures?"""
        first = self.cells[0]
        return len(self.cells) > 1 and (len(_LETTERS.findall(first.text)) >= 2 or len(first.text.strip()) == 4)

    @property
    def size(self) -> float:
        return max(line.size for line in self.row)

    @property
    def letters(self) -> int:
        return sum(len(line.text) for line in self.row)


def unruled_areas(sheet: Sheet, lines: Sequence[Line], masthead_end: float) -> list[Area]:
    """Areas from top to bottom; no line stands in two."""
    upright = [line for line in lines if not line.turn and line.box.top >= masthead_end]
    rows = [_Printed(row) for row in rows_of(upright)]
    if not rows:
        return []
    width = max(line.box.x1 for line in upright) - min(line.box.x0 for line in upright)
    spans = sorted([*_figure_spans(rows, width), *_underlined_spans(sheet, rows, width)])
    areas: list[Area] = []
    reached = 0
    for start, head, end in spans:
        if start >= reached:
            body = rows[head].top if head > start else 0.0
            areas.append(Area(tuple(p.row for p in rows[start:end]), (), (), (), body))
            reached = end
    return areas


def _cells_of(row: Row) -> Iterator[_Cell]:
    for line in row:
        start, x0 = 0, line.box.x0
        for offset, left, right in sorted(line.gaps, key=lambda gap: gap[0]):
            if right - left > CELL_GAP_EM * line.size:
                yield _Cell(line.text[start:offset].strip(), x0, left)
                start, x0 = offset, right
        yield _Cell(line.text[start:].strip(), x0, line.box.x1)


def _is_prose(printed: _Printed, width: float) -> bool:
    """One stretch of many letters over most of the width."""
    return any(
        cell.x1 - cell.x0 > PROSE_SHARE * width and len(cell.text) >= PROSE_LETTERS for cell in printed.cells
    ) or bool(_LEADERS.search(" ".join(line.text for line in printed.row)))


def _figure_spans(rows: Sequence[_Printed], width: float) -> Iterator[tuple[int, int, int]]:
    """First row of the head, first of the body, and one past the last row, of tables of figures."""
    for seeds in _chains(rows, width):
        if not _is_table(seeds, rows):
            continue
        left = _left_of_figures(seeds, rows)
        first = next(i for i in seeds if rows[i].is_labelled and rows[i].cells[0].x0 < left - rows[i].size)
        start = _body_start(rows, first, left)
        yield _head_start(rows, start, seeds, width), start, _end(rows, seeds[-1], left)


def _chains(rows: Sequence[_Printed], width: float) -> Iterator[list[int]]:
    """Rows with figures that follow each other without prose or much white between them."""
    chain: list[int] = []
    without = 0
    for index, printed in enumerate(rows):
        far = index > 0 and printed.top - rows[index - 1].bottom > FAR_EM * printed.size
        if chain and (far or _is_prose(printed, width) or without > WITHOUT_FIGURES):
            yield chain
            chain = []
        without += 1
        if printed.figures and len(printed.cells) > 1 and not _is_prose(printed, width):
            chain.append(index)
            without = 0
    if chain:
        yield chain


def _is_table(seeds: Sequence[int], rows: Sequence[_Printed]) -> bool:
    """Do enough figures stand in enough columns, in rows that begin with words?"""
    full = [rows[i] for i in seeds if len(rows[i].figures) >= LEAST_COLUMNS]
    if len(full) < LEAST_ROWS or 2 * len(full) < len(seeds):
        return False
    labelled = sum(1 for printed in full if printed.is_labelled)
    return labelled >= LABELLED_SHARE * len(full) and len(_columns(full)) >= LEAST_COLUMNS


def _columns(full: Sequence[_Printed]) -> list[float]:
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


def _left_of_figures(seeds: Sequence[int], rows: Sequence[_Printed]) -> float:
    """Left edge of the first column of figures; a stray figure further left does not count."""
    lefts = sorted(rows[i].figures[0].x0 for i in seeds if rows[i].figures)
    return lefts[len(lefts) // 4]


def _end(rows: Sequence[_Printed], last: int, left: float) -> int:
    """One past the last row: a label that runs over goes on below its figures."""
    end = last + 1
    while end < len(rows) and _runs_on(rows[end - 1], rows[end], left):
        end += 1
    return end


def _runs_on(above: _Printed, printed: _Printed, left: float) -> bool:
    """The further line of a label: alone in its row, indented, close below, left of the figures."""
    line = printed.row[0]
    return (
        len(printed.cells) == 1
        and printed.top - above.bottom < 0.5 * printed.size
        and line.box.x0 > above.row[0].box.x0 + 0.8 * line.size
        and line.box.x1 < left
    )


def _body_start(rows: Sequence[_Printed], first: int, left: float) -> int:
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


def _head_start(rows: Sequence[_Printed], start: int, seeds: Sequence[int], width: float) -> int:
    """The first row of the head: what stands over the columns of figures, without the title."""
    left, right = _left_of_figures(seeds, rows), max(cell.x1 for i in seeds for cell in rows[i].cells)
    head = start
    for index in range(start - 1, max(-1, start - 1 - HEAD_ROWS), -1):
        printed = rows[index]
        if rows[index + 1].top - printed.bottom > HEAD_FAR_EM * printed.size or _is_prose(printed, width):
            break
        alone = len(printed.cells) == 1
        if alone and not _is_over_columns(printed, rows[index + 1], left, right):
            break
        if printed.cells[-1].x0 < left - 3 * printed.size:
            break
        head = index
    return head


def _is_over_columns(printed: _Printed, below: _Printed, left: float, right: float) -> bool:
    """Is a lone line the head of some columns, close over the next line of the head? A title is wider or stands off."""
    cell = printed.cells[0]
    narrow = cell.x1 - cell.x0 < TITLE_SHARE * (right - left) and cell.x0 > left - 3 * printed.size
    return narrow and below.top - printed.bottom < TITLE_GAP_EM * printed.size


def _underlined_spans(sheet: Sheet, rows: Sequence[_Printed], width: float) -> Iterator[tuple[int, int, int]]:
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


def _is_underlined_head(sheet: Sheet, printed: _Printed) -> bool:
    return len(printed.cells) > 1 and all(_is_underlined(sheet, cell, printed) for cell in printed.cells)


def _is_underlined(sheet: Sheet, cell: _Cell, printed: _Printed) -> bool:
    baseline = printed.row[0].baseline
    return any(
        abs(rule.x0 - cell.x0) < UNDERLINE_PT
        and abs(rule.x1 - cell.x1) < UNDERLINE_PT
        and -1 <= rule.top - baseline <= UNDERLINE_PT
        for rule in sheet.across
    )


def _head_above(sheet: Sheet, rows: Sequence[_Printed], index: int) -> int:
    """The first line of heads that take several."""
    start = index
    while start > 0:
        printed = rows[start - 1]
        close = rows[start].top - printed.bottom < 0.8 * printed.size
        if not close or not all(_is_underlined(sheet, cell, printed) for cell in printed.cells):
            break
        start -= 1
    return start


def _underlined_end(rows: Sequence[_Printed], head: int, width: float) -> int:
    """One past the last row below underlined heads, the row below them where too little follows."""
    cells = rows[head].cells
    end, count = head + 1, 0
    for index in range(head + 1, len(rows)):
        printed = rows[index]
        if printed.top - rows[index - 1].bottom > FAR_EM * printed.size or _is_prose(printed, width):
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


def _goes_on_below(rows: Sequence[_Printed], index: int, left: float) -> bool:
    printed, above = rows[index], rows[index - 1]
    return printed.cells[-1].x1 < left and printed.top - above.bottom < 0.8 * printed.size
