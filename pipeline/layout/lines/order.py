"""order: glyphs of a line from left to right → the letters in the order in which they are read.

Always by geometry, so there is no "is the source visual or logical?" to get wrong. A glyph stays whole however many
letters it stands for. Right-to-left lines are read from the right; numbers, symbols and Latin words inside them are
islands that keep their left-to-right order.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.layout.lines.brackets import MIRRORED
from pipeline.layout.lines.islands import Cell, islands_of
from pipeline.layout.lines.letters import RTL_SHARE, kind_of, runs_right_to_left
from pipeline.layout.lines.placed import Placed, Unit
from schemas.layout import Direction

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
STACK_REACH = 4
"""Glyphs this near in the source may be parts of one stack."""
STACK_OVERLAP = 0.3
"""Share of the narrower glyph that lies over the other in a stack; kerned neighbours overlap by up to 0.2."""
STACK_SHIFT_EM = 0.1
"""Centres farther apart than this tell the order (an alef inside the tail of a reh: 0.12)."""


def ordered(
    items: Sequence[Placed],
    spaces: Sequence[float],
    homes: Mapping[int, int],
    *,
    page_rtl: bool = True,
) -> tuple[list[Unit], Direction]:
    """Glyphs of one line in reading order, and the line's base direction.

    `spaces` are the sorted x centres of the line's space glyphs; `homes` are the bases of the vowel marks. On a page
    not read from the right (`page_rtl` False) a line with Latin letters at its left end is not either.
    """
    present = {p.place for p in items}
    following: dict[int, str] = {}
    ends: dict[int, float] = {}
    bases: list[Placed] = []
    for item in sorted(items, key=lambda p: p.place):
        home = homes.get(item.place)
        if home is not None and home in present:
            following[home] = following.get(home, "") + item.run.text
            ends[home] = max(ends.get(home, item.x1), item.x1)
        else:
            bases.append(item)
    bases = _from_left_to_right(bases)
    cells = [Cell(item, following.get(item.place, ""), gap) for item, gap in _spaced(bases, spaces, ends)]
    right = sum(1 for c in cells if c.kind == "R")
    left = sum(1 for c in cells if c.kind == "L")
    strong = [c.kind for c in cells if c.kind in "LR"]
    if not page_rtl and strong[:1] == ["L"] and strong[-1:] == ["R"]:
        return _from_left(cells), Direction.ltr
    if right and right >= RTL_SHARE * left:
        return _from_right(cells), Direction.rtl
    return _from_left(cells), Direction.ltr


def _from_left_to_right(bases: list[Placed]) -> list[Placed]:
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
    return runs_right_to_left(left.run.text) and kind_of(right.run.text) in "RO" and right.run.text not in MIRRORED


def _both_right_to_left(a: Placed, b: Placed) -> bool:
    return runs_right_to_left(a.run.text) and runs_right_to_left(b.run.text)


def _stream_step(bases: Sequence[Placed]) -> int:
    """+1 where the source draws right-to-left letters from left to right (the mark stands before its base), else -1."""
    rightward = 0
    letters = sorted((p for p in bases if runs_right_to_left(p.run.text)), key=lambda p: p.place)
    for a, b in pairwise(letters):
        if b.place - a.place <= 3:
            rightward += 1 if b.x0 > a.x0 else -1
    return 1 if rightward > 0 else -1


def _spaced(bases: Sequence[Placed], spaces: Sequence[float], ends: Mapping[int, float]) -> list[tuple[Placed, bool]]:
    """Each base with whether a space stands to its left."""
    out: list[tuple[Placed, bool]] = []
    reach: float | None = None
    before: Placed | None = None
    for item in bases:
        space = False
        if before is not None and reach is not None:
            gap = item.x0 - reach
            em = min(before.size, item.size) or 1.0
            if gap >= GAP_FINAL_EM * em:  # no space is narrower
                marked = item.place in ends or before.place in ends
                sure = GAP_SURE_EM
                if _opens_right_to_left(before, item):
                    sure = GAP_MARKED_EM if marked else GAP_LETTERS_EM
                final = _ends_word(item.run.text) and _both_right_to_left(before, item)
                space = final or gap >= sure * em or (gap >= GAP_SPACE_EM * em and _any_between(spaces, before, item))
        out.append((item, space))
        end = max(item.x1, ends.get(item.place, item.x1))  # a mark may take room beside its base
        reach = end if reach is None else max(reach, end)
        before = item
    return out


def _ends_word(text: str) -> bool:
    """True for a letter that only ever ends a word: what stands to its left is another word however near it is."""
    return text[-1:] in FINAL_ONLY


def _any_between(spaces: Sequence[float], left: Placed, right: Placed) -> bool:
    at = bisect_left(spaces, (left.x0 + left.x1) / 2)
    return at < len(spaces) and spaces[at] <= (right.x0 + right.x1) / 2


def _from_left(cells: Sequence[Cell]) -> list[Unit]:
    """A left-to-right line: stretches from the first to the last right-to-left letter are turned."""
    out: list[Unit] = []
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


def _from_right(cells: Sequence[Cell]) -> list[Unit]:
    """A right-to-left line read from its right end; islands keep their order."""
    out: list[Unit] = []
    islands = islands_of(cells)
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


def _unit(cell: Cell, space: bool, *, mirrors: bool = False) -> Unit:
    return Unit(cell.text + cell.marks, cell.item, space, mirrors)
