"""order: glyphs of a line from left to right → the letters in the order in which they are read.

Always by geometry, so there is no "is the source visual or logical?" to get wrong. A glyph stays whole however many
letters it stands for. Right-to-left lines are read from the right; numbers, symbols and Latin words inside them are
islands that keep their left-to-right order.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from schemas.layout import Direction
from schemas.page import Run

RIGHT_TO_LEFT = re.compile("[\u0590-\u05ff\u0608\u060b\u060d\u061b-\u064a\u066d-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Letters that run right to left (Hebrew, Arabic, Syriac, Thaana, N'Ko, presentation forms); not their digits."""
DIGIT = re.compile("[0-9\u0660-\u0669\u06f0-\u06f9\u00b9\u00b2\u00b3]")
TATWEEL = "\u0640"
GAP_SPACE_EM = 0.10
"""A gap this wide is a space where the source has one there (Word's justified Arabic: 0.15 and more)."""
GAP_SURE_EM = 0.18
"""A gap this wide is a space even where the source has none."""
GAP_LETTERS_EM = 0.09
"""The same between two right-to-left letters without vowel marks: inside words they stand 0.06 apart at most, words
0.10 at least; before brackets and stops producers leave up to 0.17."""
GAP_MARKED_EM = 0.12
"""The same beside a letter with a vowel mark, which may push its neighbour 0.11 away."""
GAP_FINAL_EM = 0.02
"""A gap this wide is a space behind a letter that only ever ends a word; swashes leave as little as 0.06."""
FINAL_ONLY = "\u0629\ufe93\ufe94"
"""Teh marbuta and its presentation forms."""
NO_WIDTH_PT = 0.3
"""A space narrower than this is none."""
STACK_REACH = 4
"""Glyphs this near in the source may be parts of one stack."""
STACK_OVERLAP = 0.3
"""Share of the narrower glyph that lies over the other in a stack; kerned neighbours overlap by up to 0.2."""
STACK_SHIFT_EM = 0.1
"""Centres farther apart than this tell the order (an alef inside the tail of a reh: 0.12)."""
MARK_REACH_EM = 0.35
"""How far beside its base a vowel mark may stand."""
MARK_ASTRAY_EM = 0.1
"""A mark that far outside the base voted for, and over the other one, belongs to the other."""
RTL_SHARE = 0.4
"""A line with this many right-to-left letters for each left-to-right one is read from the right."""
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
_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">", "\u00ab": "\u00bb", "\u2039": "\u203a", "\ufd3e": "\ufd3f"}
_CLOSERS = frozenset(_PAIRS.values())
MIRRORED = {**_PAIRS, **{close: opening for opening, close in _PAIRS.items()}}
_FAMILY = {c: ("quotes" if c in "\u00ab\u00bb\u2039\u203a" else "brackets") for c in MIRRORED}
_GLYPHS = 4_096
"""Texts of glyphs whose kind is remembered; a document in Arabic has a few hundred."""
_PRESENTATION = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")


class Placed(Protocol):
    """A glyph and where it stands."""

    run: Run
    x0: float
    x1: float
    size: float
    place: int


P = TypeVar("P", bound=Placed)


@dataclass(slots=True)
class Unit(Generic[P]):
    """A glyph in reading order."""

    text: str
    item: P
    space: bool
    """True where a space stands before it."""
    mirrors: bool = False
    """True for a bracket in right-to-left text: which way it points is decided for the whole page."""


def has_right_to_left(items: Iterable[Placed], *, majority: bool = False) -> bool:
    """True where a letter runs right to left; with `majority`, where most letters do."""
    if not majority:
        return any(runs_right_to_left(item.run.text) for item in items)
    text = "".join(item.run.text for item in items)
    return len(RIGHT_TO_LEFT.findall(text)) > sum(c.isalpha() for c in text) / 2


def reads_from_right(items: Iterable[Placed]) -> bool:
    """True for a page with at least RTL_SHARE right-to-left letters for each left-to-right one."""
    kinds = [kind_of(item.run.text) for item in items]
    return kinds.count("R") >= RTL_SHARE * kinds.count("L")


def ordered(
    items: Sequence[P],
    spaces: Sequence[float] = (),
    homes: Mapping[int, int] | None = None,
    *,
    page_rtl: bool = True,
) -> tuple[list[Unit[P]], Direction]:
    """Glyphs of one line in reading order, and the line's base direction.

    `spaces` are the sorted x centres of the line's space glyphs; `homes` are the bases of the vowel marks. On a page
    not read from the right (`page_rtl` False) a line with Latin letters at its left end is not either.
    """
    homes = mark_homes(items) if homes is None else homes
    present = {p.place for p in items}
    following: dict[int, str] = {}
    ends: dict[int, float] = {}
    bases: list[P] = []
    for item in sorted(items, key=lambda p: p.place):
        home = homes.get(item.place)
        if home is not None and home in present:
            following[home] = following.get(home, "") + item.run.text
            ends[home] = max(ends.get(home, item.x1), item.x1)
        else:
            bases.append(item)
    bases = _from_left_to_right(bases)
    cells = [_Cell(item, following.get(item.place, ""), gap) for item, gap in _spaced(bases, spaces, ends)]
    right = sum(1 for c in cells if c.kind == "R")
    left = sum(1 for c in cells if c.kind == "L")
    strong = [c.kind for c in cells if c.kind in "LR"]
    if not page_rtl and strong[:1] == ["L"] and strong[-1:] == ["R"]:
        return _from_left(cells), Direction.ltr
    if right and right >= RTL_SHARE * left:
        return _from_right(cells), Direction.rtl
    return _from_left(cells), Direction.ltr


def _from_left_to_right(bases: list[P]) -> list[P]:
    """By x centre; letters drawn one over the other (stacked ligatures, long tails) as the source draws them."""
    out = sorted(bases, key=lambda p: (p.x0 + p.x1, p.place))
    if len(out) < 2:
        return out
    step = _stream_step(out)
    for _ in range(3):  # a stack is three letters deep at most
        moved = False
        for i in range(len(out) - 1):
            a, b = out[i], out[i + 1]
            if not 0 < (a.place - b.place) * step <= STACK_REACH:
                continue
            overlap = min(a.x1, b.x1) - max(a.x0, b.x0)
            if b.x0 + b.x1 - a.x0 - a.x1 > 2 * STACK_SHIFT_EM * min(a.size, b.size):
                continue
            if overlap > STACK_OVERLAP * min(a.x1 - a.x0, b.x1 - b.x0) and _both_right_to_left(a, b):
                out[i], out[i + 1] = b, a
                moved = True
        if not moved:
            break
    return out


def _opens_right_to_left(left: Placed, right: Placed) -> bool:
    """True where a right-to-left letter follows on another one or on a stop."""
    return (
        runs_right_to_left(left.run.text)
        and kind_of(right.run.text) in "RO"
        and right.run.text not in _PAIRS
        and right.run.text not in _CLOSERS
    )


def _both_right_to_left(a: Placed, b: Placed) -> bool:
    return runs_right_to_left(a.run.text) and runs_right_to_left(b.run.text)


class _Cell(Generic[P]):
    """A base glyph with its marks; `space` says whether a space stands to its left."""

    __slots__ = ("item", "kind", "marks", "space", "text")

    def __init__(self, item: P, marks: str, space: bool) -> None:
        self.item, self.marks, self.space = item, marks, space
        self.text = item.run.text
        self.kind = kind_of(self.text)


@lru_cache(maxsize=_GLYPHS)
def runs_right_to_left(text: str) -> bool:
    """True where one of the letters runs right to left."""
    return bool(RIGHT_TO_LEFT.search(text))


@lru_cache(maxsize=_GLYPHS)
def kind_of(text: str) -> str:
    """`R` right-to-left letter, `L` left-to-right letter, `N` digit, `O` anything else."""
    if RIGHT_TO_LEFT.search(text):
        return "R"
    if DIGIT.search(text):
        return "N"
    return "L" if any(c.isalpha() for c in text) else "O"


def mark_homes(items: Sequence[Placed]) -> dict[int, int]:
    """Place of each vowel mark → place of the base it belongs to.

    The base is the mark's neighbour in the source. Whether it stands before or after the mark is decided for all marks
    together, by which neighbour lies nearer: producers differ, and one mark alone misleads.
    """
    marks = [p for p in items if _is_mark(p.run.text)]
    if not marks or len(marks) == len(items):
        return {}
    by_place = {p.place: p for p in items}
    # Some producers put a space without width between a mark and its base.
    skipped = {p.place for p in marks} | {p.place for p in items if p.run.text == " " and p.x1 - p.x0 < NO_WIDTH_PT}
    sides: dict[int, dict[int, Placed]] = {-1: {}, 1: {}}
    away = {-1: 0.0, 1: 0.0}
    for mark in marks:
        for step in (-1, 1):
            place = mark.place + step
            while place in skipped:
                place += step
            base = by_place.get(place)
            if base is not None and _beside(mark, base):
                sides[step][mark.place] = base
            away[step] += min(_distance(mark, base), mark.size) if base is not None else mark.size
    better = -1 if away[-1] <= away[1] else 1
    out = {}
    for mark in marks:
        voted, other = sides[better].get(mark.place), sides[-better].get(mark.place)
        if voted and other and _distance(mark, voted) > MARK_ASTRAY_EM * mark.size and not _distance(mark, other):
            voted = other
        home = voted or other or _nearest(mark, items, skipped)
        if home is not None:
            out[mark.place] = home.place
    return out


@lru_cache(maxsize=_GLYPHS)
def _is_mark(text: str) -> bool:
    return all(unicodedata.combining(c) for c in text)


def _nearest(mark: Placed, items: Sequence[Placed], skipped: set[int]) -> Placed | None:
    near = [p for p in items if p.place not in skipped and _beside(mark, p)]
    return min(near, key=lambda p: (_distance(mark, p), p.place)) if near else None


def _distance(mark: Placed, base: Placed) -> float:
    centre = (mark.x0 + mark.x1) / 2
    if abs(mark.run.baseline - base.run.baseline) > base.size:
        return base.size
    return max(base.x0 - centre, centre - base.x1, 0.0)


def _stream_step(bases: Sequence[P]) -> int:
    """+1 where the source draws right-to-left letters from left to right (the mark stands before its base), else -1."""
    rightward = 0
    letters = sorted((p for p in bases if runs_right_to_left(p.run.text)), key=lambda p: p.place)
    for a, b in pairwise(letters):
        if b.place - a.place <= 3:
            rightward += 1 if b.x0 > a.x0 else -1
    return 1 if rightward > 0 else -1


def _beside(mark: Placed, base: Placed) -> bool:
    if abs(mark.run.baseline - base.run.baseline) > base.size or base.run.text == " ":
        return False
    centre, reach = (mark.x0 + mark.x1) / 2, MARK_REACH_EM * base.size
    return base.x0 - reach <= centre <= base.x1 + reach


def _spaced(bases: Sequence[P], spaces: Sequence[float], ends: Mapping[int, float]) -> list[tuple[P, bool]]:
    """Each base with whether a space stands to its left."""
    out: list[tuple[P, bool]] = []
    reach: float | None = None
    before: P | None = None
    for item in bases:
        space = False
        if before is not None and reach is not None:
            gap = item.x0 - reach
            em = min(before.size, item.size) or 1.0
            final = before_ends_word(item.run.text) and gap >= GAP_FINAL_EM * em and _both_right_to_left(before, item)
            sure = GAP_SURE_EM
            if _opens_right_to_left(before, item):
                sure = GAP_MARKED_EM if item.place in ends or before.place in ends else GAP_LETTERS_EM
            space = final or gap >= sure * em or (gap >= GAP_SPACE_EM * em and _any_between(spaces, before, item))
        out.append((item, space))
        end = max(item.x1, ends.get(item.place, item.x1))  # a mark may take room beside its base
        reach = end if reach is None else max(reach, end)
        before = item
    return out


def before_ends_word(text: str) -> bool:
    """True for a letter that only ever ends a word: what stands to its left is another word however near it is."""
    return text[-1:] in FINAL_ONLY


def _any_between(spaces: Sequence[float], left: Placed, right: Placed) -> bool:
    at = bisect_left(spaces, (left.x0 + left.x1) / 2)
    return at < len(spaces) and spaces[at] <= (right.x0 + right.x1) / 2


def _from_left(cells: Sequence[_Cell[P]]) -> list[Unit[P]]:
    """A left-to-right line: stretches from the first to the last right-to-left letter are turned."""
    out: list[Unit[P]] = []
    i = 0
    while i < len(cells):
        if cells[i].kind != "R":
            out.append(_unit(cells[i], cells[i].space))
            i += 1
            continue
        end = i
        for j in range(i, len(cells)):
            if cells[j].kind == "L":
                break
            if cells[j].kind == "R":
                end = j
        turned = _from_right(cells[i : end + 1])
        if turned:
            turned[0].space = cells[i].space
        out.extend(turned)
        i = end + 1
    return out


def _from_right(cells: Sequence[_Cell[P]]) -> list[Unit[P]]:
    """A right-to-left line read from its right end; islands keep their order."""
    out: list[Unit[P]] = []
    islands = _islands(cells)
    ends = {end: start for start, end in islands}
    i = len(cells) - 1
    space = False
    while i >= 0:
        if i in ends:
            start = ends[i]
            for j in range(start, i + 1):
                out.append(_unit(cells[j], space if j == start else cells[j].space))
            space = cells[start].space
            i = start - 1
            continue
        cell = cells[i]
        out.append(_unit(cell, space, mirrors=cell.text in MIRRORED))
        space = cell.space
        i -= 1
    return out


def _unit(cell: "_Cell[P]", space: bool, *, mirrors: bool = False) -> Unit[P]:
    return Unit(cell.text + cell.marks, cell.item, space, mirrors)


def _islands(cells: Sequence[_Cell[P]]) -> list[tuple[int, int]]:
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


def _day_behind_year(cells: Sequence[_Cell[P]], first: int, last: int) -> int | None:
    """Where the day of a date begins that is drawn "November 2020 12": a number that follows Arabic letters stands by
    itself to the right of the Latin words that follow it (UAX 9, W2), so "12 November 2020" was written."""
    if cells[first].kind != "L":
        return None
    words = "".join((" " if c.space and i else "") + c.text for i, c in enumerate(cells[first : last + 1]))
    match = _DAY_BEHIND_YEAR.search(words)
    return last + 1 - len(match.group(1)) if match else None


def _island_end(cells: Sequence[_Cell[P]], start: int, arabic: bool) -> int:
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


def _numbers_join(cells: Sequence[_Cell[P]], start: int, end: int, following: int, arabic: bool) -> bool:
    between = cells[end + 1 : following]
    spaced = any(c.space for c in cells[end + 1 : following + 1])
    if not spaced:
        joins = JOINS_NUMBERS if arabic else JOINS_NUMBERS | JOINS_EUROPEAN
        if ARABIC_DIGIT.match(cells[end].text):
            joins = JOINS_NUMBERS - {"/"}
        return len(between) == 0 or (len(between) == 1 and between[0].text in joins)
    return not between and _is_thousands(cells, start, following)


def _is_thousands(cells: Sequence[_Cell[P]], start: int, following: int) -> bool:
    """True where the whole number that reaches over the gap is written in groups of three."""
    last = following
    while last + 1 < len(cells) and (cells[last + 1].kind == "N" or cells[last + 1].text in ".,"):
        last += 1
    while cells[last].kind != "N":
        last -= 1
    text = "".join((" " if c.space and i else "") + c.text for i, c in enumerate(cells[start : last + 1]))
    return bool(_THOUSANDS.fullmatch(text))


def _closed(cells: Sequence[_Cell[P]], start: int, end: int) -> int:
    """The island's end with the closing brackets whose openers stand inside it."""
    opened: list[str] = []
    for cell in cells[start : end + 1]:
        if cell.text in _PAIRS:
            opened.append(_PAIRS[cell.text])
        elif opened and cell.text == opened[-1]:
            opened.pop()
    while opened and end + 1 < len(cells) and cells[end + 1].text == opened[-1] and not cells[end + 1].space:
        opened.pop()
        end += 1
    return end


def _with_signs(cells: Sequence[_Cell[P]], first: int, last: int, taken: int) -> tuple[int, int]:
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


def turned_families(lines: Iterable[Sequence[Unit[P]]]) -> frozenset[str]:
    """Families of brackets ("brackets", "quotes") that the page's source holds by shape, so that they must be turned.

    Decided for the page as a whole: a bracket may open on one line and close on the next.
    """
    as_is = {"brackets": 0, "quotes": 0}
    turned = {"brackets": 0, "quotes": 0}
    open_now: dict[str, str] = {}
    for units in lines:
        for unit in units:
            if not unit.mirrors:
                continue
            family = _FAMILY[unit.text[0]]
            held = open_now.pop(family, None)
            if held is None:
                open_now[family] = unit.text[0]
            elif MIRRORED[held] == unit.text[0]:
                (as_is if held in _PAIRS else turned)[family] += 1
            else:
                open_now[family] = unit.text[0]
    out = set()
    for family, other in (("brackets", "quotes"), ("quotes", "brackets")):
        votes = turned[family] - as_is[family] or turned[other] - as_is[other]
        if votes > 0 or (votes == 0 and not as_is[family]):
            out.add(family)
    return frozenset(out)


def letters_of(unit: Unit[P], turned: frozenset[str]) -> str:
    """The unit's text: brackets turned where the page asks for it, presentation forms folded, justification dropped."""
    text = unit.text
    if unit.mirrors and _FAMILY[text[0]] in turned:
        text = MIRRORED[text[0]] + text[1:]
    if _PRESENTATION.search(text):
        text = _PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    return text.replace(TATWEEL, "")
