"""vowelmarks: which base each Arabic or Hebrew vowel mark of a page belongs to."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from pipeline.layout.lines.placed import Placed

NO_WIDTH_PT = 0.3
"""A space narrower than this is none."""
MARK_REACH_EM = 0.35
"""How far beside its base a vowel mark may stand."""
MARK_ASTRAY_EM = 0.1
"""A mark that far outside the base voted for, and over the other one, belongs to the other."""
_GLYPHS = 4_096
"""Texts of glyphs that are remembered."""


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


def _beside(mark: Placed, base: Placed) -> bool:
    if abs(mark.run.baseline - base.run.baseline) > base.size or base.run.text == " ":
        return False
    centre, reach = (mark.x0 + mark.x1) / 2, MARK_REACH_EM * base.size
    return base.x0 - reach <= centre <= base.x1 + reach
