"""head: where the head of a table ends and its body begins."""

from collections import Counter
from collections.abc import Sequence

from pipeline.layout.tables.areas import Area
from pipeline.layout.tables.chains import Row
from schemas.layout import Line

SMALL_TYPE = 0.95
"""Heads are set smaller than this part of the table's usual size (UN: 7 against 8.5 points)."""


def parted(area: Area) -> tuple[list[Row], list[Row]]:
    """Rows of the head and of the body."""
    end = area.body_top or head_end(area)
    head = [row for row in area.rows if row[0].baseline < end]
    return head, [row for row in area.rows if row[0].baseline >= end]


def head_end(area: Area) -> float:
    """Height of the rule below the head; 0 for a table without one."""
    first, last = area.rows[0][0].baseline, area.rows[-1][0].baseline
    inner = [level for level in area.levels if first < level.top < last]
    usual = usual_size(area.rows)
    small = [
        level.top
        for level in inner
        if all(x.size < SMALL_TYPE * usual for row in area.rows if row[0].baseline < level.top for x in row)
    ]
    if small:
        return small[-1]
    if not inner:
        return max((s.top for s in area.spanners), default=0.0)
    spanned = any(s.top < inner[0].top for s in area.spanners)
    return inner[0].top if inner[0].thick or spanned or _differs(area, inner[0].top) else 0.0


def usual_size(rows: Sequence[Row]) -> float:
    """The size of most lines, points; the larger of two as frequent."""
    sizes = Counter(line.size for row in rows for line in row)
    return max(sizes, key=lambda size: (sizes[size], size))


def _differs(area: Area, end: float) -> bool:
    """Is the first group of rows set in another type than the next?"""
    head = [line for row in area.rows if row[0].baseline < end for line in row]
    body = [line for row in area.rows if row[0].baseline >= end for line in row]
    if not head or not body:
        return False
    small = max(x.size for x in head) < 0.95 * min(x.size for x in body)
    return small or any(_set(head, flag) and not _set(body, flag) for flag in ("bold", "italic"))


def _set(lines: Sequence[Line], flag: str) -> bool:
    return all(
        getattr(style, flag) for line in lines for style in line.styles if line.text[style.start : style.end].strip()
    )
