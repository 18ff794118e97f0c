"""islands: numbers, symbols and Latin words inside a right-to-left line, which keep their left-to-right order."""

import re
from collections.abc import Sequence

from pipeline.layout.lines.brackets import PAIRS
from pipeline.layout.lines.letters import kind_of
from pipeline.layout.lines.placed import Placed

JOINS_NUMBERS = frozenset(".,:/\u066b\u066c\u00a0\u2044")
"""One of these between two numbers, without a space, keeps them together (UAX 9: CS)."""
ARABIC_DIGIT = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
"""Word sets "\u0667\u0665/\u0662\u0664\u0660" from the right, unlike UAX 9: a stroke does not join these digits."""
JOINS_EUROPEAN = frozenset("+-")
"""These too where the numbers do not follow Arabic letters (UAX 9, W2 and W4): in Hebrew lines."""
WITH_NUMBER = frozenset("%$\u20ac\u00a3\u00a5#\u00b0\u2030+-\u00b1\u066a")
"""Signs that go with the number they touch (UAX 9: ET), in Hebrew lines only (W2 again)."""
ARABIC = re.compile("[\u0608-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}( \d{3})+([.,]\d+)?")
_DAY_BEHIND_YEAR = re.compile(r"[^\W\d_] (?:19|20)\d\d (\d{1,2})$")


class Cell:
    """A base glyph with its marks; `space` says whether a space stands to its left."""

    __slots__ = ("item", "kind", "marks", "space", "text")

    def __init__(self, item: Placed, marks: str, space: bool) -> None:
        self.item, self.marks, self.space = item, marks, space
        self.text = item.run.text
        self.kind = kind_of(self.text)


def islands_of(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    """(first, last) of the left-to-right islands of a right-to-left line, from left to right."""
    islands: list[tuple[int, int]] = []
    arabic = any(ARABIC.search(c.text) for c in cells)
    i = 0
    while i < len(cells):
        if cells[i].kind not in "LN":
            i += 1
            continue
        first, last = i, _island_end(cells, i, arabic)
        if not arabic:
            first, last = _with_signs(cells, first, last, islands[-1][1] if islands else -1)
        day = _day_behind_year(cells, first, last)
        islands.extend([(first, last)] if day is None else [(first, day - 1), (day, last)])
        i = last + 1
    return islands


def _day_behind_year(cells: Sequence[Cell], first: int, last: int) -> int | None:
    """Where the day of a date begins that is drawn "November 2020 12": a number that follows Arabic letters stands by
    itself to the right of the Latin words that follow it (UAX 9, W2), so "12 November 2020" was written."""
    if cells[first].kind != "L":
        return None
    words = "".join((" " if c.space and i else "") + c.text for i, c in enumerate(cells[first : last + 1]))
    match = _DAY_BEHIND_YEAR.search(words)
    return last + 1 - len(match.group(1)) if match else None


def _island_end(cells: Sequence[Cell], start: int, arabic: bool) -> int:
    end, latin = start, cells[start].kind == "L"
    while True:
        following = end + 1
        while following < len(cells) and cells[following].kind == "O":
            following += 1
        if following >= len(cells) or cells[following].kind == "R":
            return _closed(cells, start, end) if latin else end
        kind = cells[following].kind
        if not (latin or kind == "L" or _numbers_join(cells, start, end, following, arabic)):
            return end
        latin = latin or kind == "L"
        end = following


def _numbers_join(cells: Sequence[Cell], start: int, end: int, following: int, arabic: bool) -> bool:
    between = cells[end + 1 : following]
    spaced = any(c.space for c in cells[end + 1 : following + 1])
    if not spaced:
        joins = JOINS_NUMBERS if arabic else JOINS_NUMBERS | JOINS_EUROPEAN
        if ARABIC_DIGIT.match(cells[end].text):
            joins = JOINS_NUMBERS - {"/"}
        return len(between) == 0 or (len(between) == 1 and between[0].text in joins)
    return not between and _is_thousands(cells, start, following)


def _is_thousands(cells: Sequence[Cell], start: int, following: int) -> bool:
    """True where the whole number that reaches over the gap is written in groups of three."""
    last = following
    while last + 1 < len(cells) and (cells[last + 1].kind == "N" or cells[last + 1].text in ".,"):
        last += 1
    while cells[last].kind != "N":
        last -= 1
    text = "".join((" " if c.space and i else "") + c.text for i, c in enumerate(cells[start : last + 1]))
    return bool(_THOUSANDS.fullmatch(text))


def _closed(cells: Sequence[Cell], start: int, end: int) -> int:
    """The island's end with the closing brackets whose openers stand inside it."""
    opened: list[str] = []
    for cell in cells[start : end + 1]:
        if cell.text in PAIRS:
            opened.append(PAIRS[cell.text])
        elif opened and cell.text == opened[-1]:
            opened.pop()
    while opened and end + 1 < len(cells) and cells[end + 1].text == opened[-1] and not cells[end + 1].space:
        opened.pop()
        end += 1
    return end


def _with_signs(cells: Sequence[Cell], first: int, last: int, taken: int) -> tuple[int, int]:
    """The island with the signs that touch its numbers."""
    while (
        cells[first].kind == "N"
        and first - 1 > taken
        and cells[first - 1].text in WITH_NUMBER
        and not cells[first].space
        and not (cells[first - 1].text in "+-" and first - 2 >= 0 and cells[first - 2].kind == "R")
    ):
        first -= 1
        if cells[first].kind != "N":
            break
    if (
        cells[last].kind == "N"
        and last + 1 < len(cells)
        and cells[last + 1].text in WITH_NUMBER - set("+-")
        and not cells[last + 1].space
    ):
        last += 1
    return first, last
