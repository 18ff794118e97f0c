"""ruled: paths → thin straight rules, pieces of one rule joined."""

from collections.abc import Iterable

from pipeline.pages.facts import PathFact
from schemas.geometry import Box
from schemas.page import Rule

THICK_PT = 3.0
"""A filled strip up to this thickness is a rule; UN mastheads draw theirs 0.5 and 1.5 points thick."""
SHORT_PT = 2.0
"""Shorter pieces are dots."""
KEPT_PT = 10.0
"""Shorter rules are parts of drawings once their pieces are joined: the shortest footnote rule seen has 72 points,
the lowest row of a bordered table 10."""
SLANT_PT = 0.5
"""Rise over its length that a rule may have."""
JOIN_PT = 2.0
"""Pieces of one rule may stand this far apart: Word draws a border cell by cell."""


def rules_of(paths: Iterable[PathFact]) -> tuple[Rule, ...]:
    """Horizontal rules from top to bottom, then vertical ones from left to right."""
    boxes: list[Box] = []
    for path in paths:
        boxes.extend(_rule_boxes(path))
    across = _joined([b for b in boxes if b.width >= b.height])
    down = _joined([_swap(b) for b in boxes if b.width < b.height])
    return tuple([Rule(b.rounded(), True) for b in across] + [Rule(_swap(b).rounded(), False) for b in down])


def _rule_boxes(path: PathFact) -> list[Box]:
    if path.light or not (path.filled or path.stroked):
        return []
    thin = min(path.box.width, path.box.height)
    if thin <= THICK_PT:
        return [path.box] if max(path.box.width, path.box.height) >= SHORT_PT and not path.curved else []
    if path.curved:
        return []
    if path.stroked:
        return [b for b in map(_segment_box, path.segments) if b is not None]
    return _strips(path)


def _segment_box(segment: tuple[float, float, float, float]) -> Box | None:
    xa, ya, xb, yb = segment
    box = Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
    if min(box.width, box.height) > SLANT_PT or max(box.width, box.height) < SHORT_PT:
        return None
    return box


def _strips(path: PathFact) -> list[Box]:
    """Thin rectangles among the subpaths of one filled path (four segments each)."""
    out = []
    for i in range(0, len(path.segments) - 3, 4):
        xs = [v for s in path.segments[i : i + 4] for v in (s[0], s[2])]
        ys = [v for s in path.segments[i : i + 4] for v in (s[1], s[3])]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        if min(box.width, box.height) <= THICK_PT and max(box.width, box.height) >= SHORT_PT:
            out.append(box)
    return out


def _swap(box: Box) -> Box:
    return Box(box.top, box.x0, box.bottom, box.x1)


def _joined(boxes: list[Box]) -> list[Box]:
    """Level strips that touch end to end, joined."""
    out: list[Box] = []
    for box in sorted(boxes, key=lambda b: (round((b.top + b.bottom) / 2), b.x0, b.x1, b.top)):
        last = out[-1] if out else None
        if (
            last is not None
            and abs((last.top + last.bottom) - (box.top + box.bottom)) <= 2 * 1.0
            and box.x0 <= last.x1 + JOIN_PT
        ):
            out[-1] = last.union(box)
        else:
            out.append(box)
    return sorted((b for b in out if b.width >= KEPT_PT), key=lambda b: (b.top, b.x0))
