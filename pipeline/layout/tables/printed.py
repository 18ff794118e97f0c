"""printed: printed rows, cut into stretches where wide gaps part them, as tables without rules show them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.layout.tables.chains import CELL_GAP_EM, PROSE_LETTERS, PROSE_SHARE, Row

FAR_EM = 4.5
"""White space between two rows of one table, in sizes; typed tables leave two lines free between groups."""
_DIGITS = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]")
_DASHES = re.compile(r"^[-–—−.…•_=]{1,5}$")
_MARK = re.compile(r"\s+[a-z*]\s?/?\)?$|(?<=\d)[a-z*]{1,2}$")
_NOT_AMOUNT = re.compile(r"\d/\d|[@#]|\d:\d")
_LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}|_{5,}")


@dataclass(frozen=True, slots=True)
class Stretch:
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


class PrintedRow:
    """A printed row with its cells."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.top = min([line.box.top for line in row])
        self.bottom = max([line.box.bottom for line in row])
        self.cells = tuple(_stretches_of(row))
        """From left to right."""
        self.figures = self._figures()
        """The figures in which the row ends; what stands first is its label. Contents have words between theirs."""

    def _figures(self) -> tuple[Stretch, ...]:
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
        """Of its largest type, points."""
        return max(line.size for line in self.row)


def _stretches_of(row: Row) -> Iterator[Stretch]:
    for line in row:
        start, x0 = 0, line.box.x0
        for offset, left, right in sorted(line.gaps, key=lambda gap: gap[0]):
            if right - left > CELL_GAP_EM * line.size:
                yield Stretch(line.text[start:offset].strip(), x0, left)
                start, x0 = offset, right
        yield Stretch(line.text[start:].strip(), x0, line.box.x1)


def is_prose(printed: PrintedRow, width: float) -> bool:
    """One stretch of many letters over most of the width."""
    return any(
        cell.x1 - cell.x0 > PROSE_SHARE * width and len(cell.text) >= PROSE_LETTERS for cell in printed.cells
    ) or bool(_LEADERS.search(" ".join(line.text for line in printed.row)))
