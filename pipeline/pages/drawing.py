"""drawing: what pdfium knows of images and paths, carried to the page as it is read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.pages.facts import PageFrame, PathFact
from schemas.geometry import Box

MAX_SEGMENTS = 2_000
"""Segments of one path beyond which it is a drawing and not a set of ruled lines."""
STRIP_SEGMENTS, STRIP_PT = 6, 3.0
"""A path so thin and of so few segments is a line or a rectangle; it need not be looked into."""
WHITE, UNSEEN = 240, 8
"""Of 255: all colours above are (nearly) white, opacity below is none."""
MOVE, LINE = 2, 0
"""pdfium's kinds of segments that are not curves."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Point = tuple[float, float, int, bool]
"""x and y where a segment ends, before any matrix; its kind; whether it closes the subpath."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """An image, a path or a form, and the matrix that carries it to the page."""

    fields: Sequence[float]
    """By `sweep.DRAWING_FIELDS`."""
    matrix: Matrix

    @property
    def address(self) -> int:
        """Where pdfium keeps it."""
        return int(self.fields[0])

    @property
    def kind(self) -> int:
        """pdfium's number for its kind."""
        return int(self.fields[1])

    def box(self, frame: PageFrame) -> Box:
        """Its place as read."""
        left, bottom, right, top = self.fields[2:6]
        if self.matrix is IDENTITY:
            return frame.box(left, bottom, right, top)
        corners = [apply(self.matrix, x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = zip(*corners, strict=True)
        return frame.box(min(xs), min(ys), max(xs), max(ys))

    def path(self, frame: PageFrame) -> PathFact:
        """The path, not looked into."""
        count, filled, stroked, *colour, alpha = self.fields[6:]
        light = min(colour) > WHITE or alpha < UNSEEN
        return PathFact(self.box(frame), (), bool(filled), bool(stroked), light, int(count), False)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does first `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """The point moved by the matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def may_hold_rules(path: PathFact) -> bool:
    """True where the path's segments are of interest: seen, not a mere strip, and no drawing of thousands of them."""
    strip = min(path.box.width, path.box.height) <= STRIP_PT and path.count <= STRIP_SEGMENTS
    return path.count <= MAX_SEGMENTS and not path.light and not strip and (path.stroked or path.filled)


def traced(path: PathFact, points: Iterable[Point], matrix: Matrix, frame: PageFrame) -> PathFact:
    """The path with its straight segments; `matrix` carries its points to the page."""
    segments: list[tuple[float, float, float, float]] = []
    curved = False
    here = begin = (0.0, 0.0)
    for x, y, kind, closes in points:
        point = frame.point(*apply(matrix, x, y))
        if kind == MOVE:
            begin = point
        elif kind == LINE:
            segments.append((*here, *point))
        else:
            curved = True
        here = point
        if closes:
            segments.append((*here, *begin))
            here = begin
    return replace(path, segments=tuple(segments), curved=curved)
