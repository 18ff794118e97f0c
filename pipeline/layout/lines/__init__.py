"""lines: the runs of a page → lines of text in logical order, with their styles.

A line never reaches over a wide gutter: what stands in two columns on one baseline is two lines. A list or paragraph
mark ("12.", "(a)", "•") stays in the line of the text that it numbers.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.layout.lines.brackets import letters_of, turned_families
from pipeline.layout.lines.letters import has_right_to_left, reads_from_right
from pipeline.layout.lines.order import ordered
from pipeline.layout.lines.placed import SMALL, SPACE_EM, Placed, Unit, is_bar_code
from pipeline.layout.lines.rows import RAISED_EM, rows_of
from pipeline.layout.lines.segments import gutters_of, segments_of
from pipeline.layout.lines.vowelmarks import mark_homes
from schemas.geometry import Box
from schemas.layout import Direction, Line, Style
from schemas.page import Font, PageText, Run

CELL_GAP_EM = 0.2
"""A gap this wide may part two cells of a table; the place of each is kept (columns of figures stand 0.3 em apart)."""

Letters = tuple[str, Placed, bool]
"""Letters in reading order, the run they are of, and True where a space stands before them."""


def lines_of(page: PageText) -> tuple[Line, ...]:
    """Lines from top to bottom, those on one baseline from left to right; turned text comes last."""
    runs = [r for r in page.runs if r.text]
    if not runs:
        return ()
    if all(r.line is not None for r in runs):
        return _reader_lines(page, runs)
    frame = (page.width_pt or 0.0, page.height_pt or 0.0)
    placed: dict[int, list[Placed]] = {0: [], 90: [], 180: [], 270: []}
    for place, run in enumerate(runs):
        turn = run.turn
        placed[turn].append(Placed(run, run.box.turned_back(turn, *frame) if turn else run.box, place))
    return tuple(
        _turned(line, turn, frame)
        for turn, of_turn in placed.items()
        if of_turn
        for line in _lines(page, of_turn, turn)
    )


def _lines(page: PageText, placed: list[Placed], turn: int) -> list[Line]:
    """Lines of the runs of one turn, in the page turned back."""
    glyphs = has_right_to_left(placed)
    visible = [p for p in placed if p.run.text != " "] if glyphs else placed
    homes = mark_homes(placed) if glyphs else {}
    if homes:  # marks are drawn above or below their base's baseline
        at = {p.place: p for p in visible}
        for place, home in homes.items():
            at[place].baseline = at[home].baseline
    rows = rows_of(visible)
    from_right = glyphs and reads_from_right(visible)
    gutters = gutters_of(rows, page.rules if turn == 0 else (), from_right=from_right)
    segments = [segment for row in rows for segment in segments_of(row, gutters)]
    if not glyphs:
        return [_line(page.number, segment, _as_drawn(segment), Direction.ltr) for segment in segments]
    spaces = _Spaces(p for p in placed if p.run.text == " ")
    read: list[tuple[list[Placed], list[Unit], Direction]] = []
    for segment in segments:
        if any(len(p.run.text) == 1 for p in segment) or has_right_to_left(segment):
            units, direction = ordered(segment, spaces.beside(segment[0]), homes, page_rtl=from_right)
        else:
            units, direction = [Unit(*piece) for piece in _as_drawn(segment)], Direction.ltr
        read.append((segment, units, direction))
    families = turned_families(units for _, units, _ in read)
    return [
        _line(page.number, segment, _in_order(units, direction, families), direction)
        for segment, units, direction in read
    ]


class _Spaces:
    """The space glyphs of a page, by baseline."""

    def __init__(self, placed: Iterable[Placed]) -> None:
        self._rows: dict[int, list[float]] = {}
        for item in placed:
            self._rows.setdefault(round(item.baseline), []).append((item.x0 + item.x1) / 2)

    def beside(self, item: Placed) -> list[float]:
        """Sorted x centres of the space glyphs on the item's baseline."""
        row = round(item.baseline)
        return sorted(x for at in (row - 1, row, row + 1) for x in self._rows.get(at, ()))


def _as_drawn(segment: Sequence[Placed]) -> list[Letters]:
    """Runs that stand from left to right."""
    pieces = [(segment[0].run.text, segment[0], False)]
    pieces += [(item.run.text, item, _space_between(before, item)) for before, item in pairwise(segment)]
    return pieces


def _in_order(units: Sequence[Unit], direction: Direction, families: frozenset[str]) -> list[Letters]:
    """The letters of units, with brackets that point as they are read."""
    if direction is Direction.rtl or families:
        return [(letters_of(unit, families), unit.item, unit.space) for unit in units]
    return [(unit.text, unit.item, unit.space) for unit in units]


def _line(page: int, segment: list[Placed], pieces: Sequence[Letters], direction: Direction) -> Line:
    """One line of pieces in reading order."""
    size, baseline = _most_letters(segment)
    text, styles = _styled(pieces, size, baseline)
    return Line(
        page=page,
        text=text,
        box=_around(segment).rounded(),
        baseline=round(baseline, 2),
        size=size,
        direction=direction,
        styles=styles,
        bar_code=is_bar_code(segment[0].run),
        gaps=_gaps(pieces, size),
    )


def _around(segment: Sequence[Placed]) -> Box:
    if len(segment) == 1:
        return segment[0].box
    x0s, tops, x1s, bottoms = zip(*[item.box for item in segment], strict=True)
    return Box(min(x0s), min(tops), max(x1s), max(bottoms))


def _most_letters(segment: Sequence[Placed]) -> tuple[float, float]:
    """Size and baseline that most letters have, rounded to 0.1 and 0.01 points; the larger of two as frequent."""
    if len(segment) == 1:
        return round(segment[0].size, 1), round(segment[0].baseline, 2)
    sizes: dict[float, int] = {}
    baselines: dict[float, int] = {}
    for item in segment:
        letters = len(item.run.text)
        sizes[item.size] = sizes.get(item.size, 0) + letters
        baselines[item.baseline] = baselines.get(item.baseline, 0) + letters
    return _weightiest(sizes, 1), _weightiest(baselines, 2)


def _weightiest(weights: dict[float, int], digits: int) -> float:
    """The key, rounded, with the greatest weight of all that are rounded to it."""
    if len(weights) == 1:
        return round(next(iter(weights)), digits)
    rounded: dict[float, int] = {}
    for value, weight in weights.items():
        key = round(value, digits)
        rounded[key] = rounded.get(key, 0) + weight
    return max(rounded, key=lambda key: (rounded[key], key))


def _gaps(pieces: Sequence[Letters], size: float) -> tuple[tuple[int, float, float], ...]:
    """Wide white spaces between neighbouring pieces, with the offset of the piece behind each."""
    found: list[tuple[int, float, float]] = []
    length = 0
    ends_open = True
    before: Placed | None = None
    for text, item, space in pieces:
        length += space and not ends_open
        if before is not None:
            left, right = (before, item) if before.x0 <= item.x0 else (item, before)
            if right.x0 - left.x1 >= CELL_GAP_EM * size:
                found.append((length, round(left.x1, 2), round(right.x0, 2)))
        length += len(text)
        ends_open = text.endswith(" ")
        before = item
    return tuple(found)


def _space_between(before: Placed, item: Placed) -> bool:
    if item.run.space_before is not None and item.place == before.place + 1:
        return item.run.space_before
    em = min(before.size, item.size) or 1.0
    return item.x0 - before.x1 >= SPACE_EM * em


def _styled(pieces: Sequence[Letters], size: float, baseline: float) -> tuple[str, tuple[Style, ...]]:
    """Text with spaces, and styles that cover it without gaps (a space goes with what stands before it)."""
    parts: list[str] = []
    styles: list[Style] = []
    length = begin = 0
    held: tuple[bool, bool, bool, float] | None = None
    drawn: tuple[Font, float, float] | None = None
    for text, item, space in pieces:
        if space and parts and not parts[-1].endswith(" "):
            parts.append(" ")
            length += 1
        font = item.run.font
        if drawn != (drawn := (font, item.size, item.baseline)):
            small = item.size < SMALL * size and baseline - item.baseline >= RAISED_EM[0] * size
            style = (font.bold, font.italic, small, round(item.size, 1))
            if style != held:
                if held is not None:
                    styles.append(Style(begin, length, *held))
                    begin = length
                held = style
        parts.append(text)
        length += len(text)
    if held is not None:
        styles.append(Style(begin, length, *held))
    return "".join(parts), tuple(styles)


def _turned(line: Line, turn: int, frame: tuple[float, float]) -> Line:
    if not turn:
        return line
    return Line(
        line.page,
        line.text,
        line.box.as_read(turn, *frame).rounded(),
        line.baseline,
        line.size,
        line.direction,
        line.styles,
        turn,
        line.confidence,
        line.bar_code,
    )


def _reader_lines(page: PageText, runs: Sequence[Run]) -> tuple[Line, ...]:
    """Lines as the reader (OCR) gave them; its runs stand in logical order."""
    groups: dict[int, list[Run]] = {}
    for run in runs:
        groups.setdefault(run.line or 0, []).append(run)
    out = []
    for _, group in sorted(groups.items()):
        placed = [Placed(r, r.box, i) for i, r in enumerate(group)]
        units = [(p.run.text, p, i > 0 and p.run.space_before is not False) for i, p in enumerate(placed)]
        sizes: Counter[float] = Counter()
        for run in group:
            sizes[round(run.size, 1)] += len(run.text)
        size = max(sizes, key=lambda s: (sizes[s], s))
        baseline = sorted(r.baseline for r in group)[len(group) // 2]
        text, styles = _styled(units, size, baseline)
        box = group[0].box
        for run in group[1:]:
            box = box.union(run.box)
        known = [(r.confidence, len(r.text)) for r in group if r.confidence is not None]
        weight = sum(n for _, n in known)
        out.append(
            Line(
                page=page.number,
                text=text,
                box=box.rounded(),
                baseline=round(baseline, 2),
                size=size,
                direction=Direction.rtl if has_right_to_left(placed, majority=True) else Direction.ltr,
                styles=styles,
                turn=group[0].turn,
                confidence=round(sum(c * n for c, n in known) / weight, 4) if weight else None,
                gaps=_gaps(units, size),
            )
        )
    return tuple(out)
