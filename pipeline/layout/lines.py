"""lines: the runs of a page → lines of text in logical order, with their styles.

A line never reaches over a wide gutter: what stands in two columns on one baseline is two lines. A list or paragraph
mark ("12.", "(a)", "•") stays in the line of the text that it numbers.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from pipeline.layout.order import (
    Unit,
    has_right_to_left,
    letters_of,
    mark_homes,
    ordered,
    reads_from_right,
    turned_families,
)
from schemas.geometry import Box
from schemas.layout import Direction, Line, Style
from schemas.page import PageText, Rule, Run

SAME_LINE_EM = 0.2
"""Runs whose baselines are this close share a line; raised marks stand at least 0.3 em higher."""
SMALL = 0.8
"""A mark is smaller than this part of the text beside it (UN documents: 0.6 to 0.67)."""
RAISED_EM = (0.1, 0.65)
"""How far above the baseline of its line a raised mark may stand, in sizes of that line."""
LOWERED_EM = 0.3
"""How far below the baseline a lowered mark (an index) may stand."""
BESIDE_EM = 0.6
"""A mark stands this close to the text it belongs to."""
BEFORE_EM = 1.5
"""The mark at the head of a note stands this close before the note's text (Geneva: 0.63, New York: 0.3)."""
GUTTER_EM = 1.2
"""A gap this wide between neighbours in source order ends the line; justified UN lines have gaps up to 0.9."""
FOREIGN_GUTTER_EM = 0.8
"""The same where the two do not follow each other in the source: cells and columns are written one after another."""
COLUMN_GAP_EM = 0.7
"""A gap this wide ends the line where text of other rows begins at the same place behind a gap."""
HIDDEN_STRETCH = 2.5
"""In the invisible layer of a scan letters are set smaller than they look: gaps of words reach 2.5 of their size."""
COLUMN_ROWS = 3
"""Rows that make such a place a column; justified prose was not seen to line up three gaps of that width."""
PROSE_ROWS = 10
"""Rows that make such a place a column of prose, though its gutter is no wider than the spaces of its lines."""
EVEN_GAPS = 4
"""So many gaps, most of one width, between words of letters are the spaces of a justified line."""
EVEN_SHARE = 0.6
"""Share of its gaps that are so even; the rest are columns beside it."""
EVEN_EM = 0.12
"""Gaps of a justified line differ by less than this: kerning across the space moves them by 0.07."""
WIDEST_SPACE_EM = 1.4
"""Widest space of a justified line (typed lines that are spread to the margin: 1.12) where not all are of one width."""
TYPED_EM, TYPED_WITHIN, TYPED_SHARE = 0.6, 0.012, 0.8
"""Width of a typewriter's letters and of its space, what scans move it by, and the share of a typed page's letters."""
MARK_GAP_EM = 5.0
"""How far its text may stand behind a list or paragraph mark."""
CELL_GAP_EM = 0.2
"""A gap this wide may part two cells of a table; the place of each is kept (columns of figures stand 0.3 em apart)."""
SPACE_EM = 0.14
"""A gap this wide is a space where the source does not settle it."""
BAR_CODE = re.compile(r"bar\s?code|3\s?of\s?9|code\s?(39|128)|\bean-?(8|13)", re.IGNORECASE)
"""Names of bar code fonts."""
_MARK = re.compile(
    r"^(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxlcIVXLC]{1,6}|[\u0621-\u064a]{1,2}|[\u0660-\u0669]{1,3}|[\u0430-\u044f])[.)\-]{1,2}|"
    r"[\u2022\u00b7\u25cf\u25aa\u25e6\uf0b7\u2013\u2014*-]|\d{1,3}(?:\.\d{1,3}){1,3}\.?|[\u4e00-\u5341]{1,3}\u3001|[\u2018\u2019']\d{1,2}[\u2018\u2019'])$"
)
_SENTENCE_END = re.compile(r"[.!?:;][)\]\"'\u201d\u2019]*\d{0,3}/?\s*$")
_LETTER = re.compile(r"[^\W\d_]")
_TURNED = str.maketrans("()", ")(")


def lines_of(page: PageText) -> tuple[Line, ...]:
    """Lines from top to bottom, those on one baseline from left to right; turned text comes last."""
    runs = [r for r in page.runs if r.text]
    if not runs:
        return ()
    if all(r.line is not None for r in runs):
        return _reader_lines(page, runs)
    frame = (page.width_pt or 0.0, page.height_pt or 0.0)
    placed: dict[int, list[_Placed]] = {0: [], 90: [], 180: [], 270: []}
    for place, run in enumerate(runs):
        turn = run.turn
        placed[turn].append(_Placed(run, run.box.turned_back(turn, *frame) if turn else run.box, place))
    return tuple(
        _turned(line, turn, frame)
        for turn, of_turn in placed.items()
        if of_turn
        for line in _lines(page, of_turn, turn)
    )


def _lines(page: PageText, placed: list["_Placed"], turn: int) -> list[Line]:
    """Lines of the runs of one turn, in the page turned back."""
    uprights = _vertical_rules(page.rules) if turn == 0 else ()
    glyphs = has_right_to_left(placed)
    visible = [p for p in placed if p.run.text != " "] if glyphs else placed
    homes = mark_homes(placed) if glyphs else {}
    if homes:  # marks are drawn above or below their base's baseline
        at = {p.place: p for p in visible}
        for place, home in homes.items():
            at[place].baseline = at[home].baseline
    rows = rows_of(visible)
    hidden = sum(not p.run.visible for p in visible) > len(visible) / 2
    stretch = HIDDEN_STRETCH if hidden else 1.0
    from_right = glyphs and reads_from_right(visible)
    edges = Counter[int]() if hidden else _edges(rows, right=from_right)
    columns, firm = column_edges(edges, COLUMN_ROWS), column_edges(edges, PROSE_ROWS)
    typed = _is_typed(visible)
    segments = [s for row in rows for s in segments_of(row, uprights, columns, stretch, typed, firm)]
    spaces = _Spaces(p for p in placed if p.run.text == " ")
    read: list[tuple[list[_Placed], list[Unit[_Placed]], Direction]] = []
    for segment in segments:
        if glyphs and (any(len(p.run.text) == 1 for p in segment) or has_right_to_left(segment)):
            units, direction = ordered(segment, spaces.beside(segment[0]), homes, page_rtl=from_right)
        else:
            units, direction = _as_drawn(segment), Direction.ltr
        read.append((segment, units, direction))
    families = turned_families(units for _, units, _ in read) if glyphs else frozenset()
    return [_line(page.number, segment, units, direction, families) for segment, units, direction in read]


class _Spaces:
    """The space glyphs of a page, by baseline."""

    def __init__(self, placed: Iterable["_Placed"]) -> None:
        self._rows: dict[int, list[float]] = {}
        for item in placed:
            self._rows.setdefault(round(item.baseline), []).append((item.x0 + item.x1) / 2)

    def beside(self, item: "_Placed") -> list[float]:
        """Sorted x centres of the space glyphs on the item's baseline."""
        row = round(item.baseline)
        return sorted(x for at in (row - 1, row, row + 1) for x in self._rows.get(at, ()))


def _as_drawn(segment: Sequence["_Placed"]) -> list[Unit["_Placed"]]:
    """Runs that stand from left to right."""
    return [
        Unit(item.run.text, item, _space_between(before, item))
        for before, item in zip([None, *segment], segment, strict=False)
    ]


class _Placed:
    """A run with its box in the page turned so that it stands upright."""

    __slots__ = ("baseline", "box", "place", "run", "size", "x0", "x1")

    def __init__(self, run: Run, box: Box, place: int) -> None:
        self.run, self.box, self.place = run, box, place
        self.x0, self.x1 = box.x0, box.x1
        self.baseline, self.size = run.baseline, run.size


def rows_of(placed: Sequence[_Placed]) -> list[list[_Placed]]:
    """Runs by baseline from top to bottom; raised and lowered marks with the text beside them."""
    rows: list[list[_Placed]] = []
    for item in sorted(placed, key=lambda p: (p.baseline, p.x0)):
        last = rows[-1] if rows else None
        if last is not None:
            near = item.baseline - last[-1].baseline
            reach = item.baseline - last[0].baseline
            size = min(item.size, last[-1].size) or 1.0
            if near <= SAME_LINE_EM * size and reach <= 2 * SAME_LINE_EM * size:
                last.append(item)
                continue
        rows.append([item])
    return _with_marks(rows)


def _with_marks(rows: list[list[_Placed]]) -> list[list[_Placed]]:
    """Rows after small raised or lowered runs have gone to the rows beside which they stand."""
    largest = max(item.size for row in rows for item in row)
    baselines = [row[0].baseline for row in rows]
    homes: dict[int, int] = {}
    for index, row in enumerate(rows):
        for item in row:
            home = _home(item, index, rows, baselines) if item.size < SMALL * largest else None
            if home is not None:
                homes[item.place] = home
    if not homes:
        return rows
    kept = [[item for item in row if item.place not in homes] for row in rows]
    for row in rows:
        for item in row:
            if item.place in homes:
                kept[homes[item.place]].append(item)
    return [row for row in kept if row]


def _home(item: _Placed, index: int, rows: list[list[_Placed]], baselines: list[float]) -> int | None:
    """The row to which a small run belongs, None where it stands in its own."""
    low, high = item.baseline - LOWERED_EM * 4 * item.size, item.baseline + RAISED_EM[1] * 4 * item.size
    best: tuple[float, int] | None = None
    for other in range(bisect_left(baselines, low), len(rows)):
        if baselines[other] > high:
            break
        if other == index:
            continue
        for text in rows[other]:
            if item.size >= SMALL * text.size:
                continue
            rise = (text.baseline - item.baseline) / text.size
            if not (RAISED_EM[0] <= rise <= RAISED_EM[1] or -LOWERED_EM <= rise <= 0):
                continue
            gap = max(item.x0 - text.x1, text.x0 - item.x1) / text.size
            near = BEFORE_EM if item.x1 <= text.x0 else BESIDE_EM
            if gap <= near and (best is None or gap < best[0]):
                best = (gap, other)
    return best[1] if best else None


def column_edges(edges: Mapping[int, int], least: int) -> frozenset[int]:
    """Edges (whole points) at which text begins behind a visible gap in so many rows: table columns."""
    return frozenset(x for x in edges if edges.get(x - 1, 0) + edges[x] + edges.get(x + 1, 0) >= least)


def _edges(rows: Sequence[list[_Placed]], *, right: bool) -> Counter[int]:
    """Whole points at which text begins behind a visible gap → number of rows.

    Left edges; on a page read from the right, right edges of what stands before the gap, as negative numbers.
    """
    edges: Counter[int] = Counter()
    for row in rows:
        if len(row) == 1:
            continue
        reach: float | None = None
        found = set()
        for item in sorted(row, key=_from_left):
            if reach is not None and item.x0 - reach > COLUMN_GAP_EM * item.size:
                found.add(-round(reach) if right else round(item.x0))
            reach = item.x1 if reach is None or item.x1 > reach else reach
        edges.update(found)
    return edges


def _from_left(item: _Placed) -> tuple[float, int]:
    return item.x0, item.place


def segments_of(
    row: list[_Placed],
    uprights: Sequence[Box] = (),
    columns: frozenset[int] = frozenset(),
    stretch: float = 1.0,
    typed: bool = False,
    firm: frozenset[int] = frozenset(),
) -> list[list[_Placed]]:
    """The row cut at gutters and at vertical rules, each part from left to right."""
    if len(row) == 1:
        return [row]
    segments: list[list[_Placed]] = []
    reach = 0.0
    row = sorted(row, key=_from_left)
    space, even = _word_space(row, typed=typed)
    if even:
        columns = firm = frozenset()
    for item in row:
        last = segments[-1] if segments else None
        if last is not None and (
            _heads(last, item, reach)
            or not _apart(
                last[-1], item, reach, uprights, columns, stretch, _allowed(space, last[-1], item, typed, columns, firm)
            )
        ):
            last.append(item)
            reach = max(reach, item.x1)
        else:
            segments.append([item])
            reach = item.x1
    if len(segments) == 2 and (
        _numbers(segments[0], segments[1], uprights) or _numbers_from_right(segments[0], segments[1], uprights)
    ):
        return [segments[0] + segments[1]]
    return segments


def _word_space(row: Sequence[_Placed], *, typed: bool) -> tuple[float | None, bool]:
    """White space between the words of a justified or typed row, points, and whether all its spaces are that wide.

    None where it is not told. Words stand one space apart, but for the ends of sentences; cells hold few words, and
    stand at any distance.
    """
    words, gaps = _words(row)
    inside = [gap for word, gap in zip(words, gaps, strict=False) if not _SENTENCE_END.search(word)]
    size = row[0].size
    if len(inside) >= EVEN_GAPS - 1 and 2 * sum(1 for word in words if _LETTER.search(word)) >= len(words):
        space = sorted(inside)[len(inside) // 2]
        if len(gaps) >= EVEN_GAPS and max(gaps) - min(gaps) <= EVEN_EM * size:
            return space, True
        even = sum(1 for gap in inside if abs(gap - space) <= EVEN_EM * size)
        if even >= EVEN_SHARE * len(inside) and space <= WIDEST_SPACE_EM * size:
            return space, False
    return (TYPED_EM * size if typed else None), False


def _allowed(
    space: float | None,
    before: _Placed,
    item: _Placed,
    typed: bool,
    columns: frozenset[int],
    firm: frozenset[int],
) -> float | None:
    """How far words may stand apart here: twice the space behind a sentence, None where a column of prose begins."""
    edges = {round(item.x0), -round(before.x1)}
    if space is None or (not typed and not edges.isdisjoint(firm)):
        return None
    ended = _SENTENCE_END.search(before.run.text) and (typed or edges.isdisjoint(columns))
    return 2 * space if ended else space


def _words(row: Sequence[_Placed]) -> tuple[list[str], list[float]]:
    """The words of a row, and the white spaces between them."""
    words, gaps = [""], list[float]()
    reach = row[0].x0
    for item in row:
        if item.x0 - reach > SPACE_EM * item.size:
            gaps.append(item.x0 - reach)
            words.append("")
        words[-1] += item.run.text
        reach = max(reach, item.x1)
    return words, gaps


def _is_typed(placed: Sequence[_Placed]) -> bool:
    """True for a page set in letters of one width, as typewriters do."""
    letters = typed = 0
    for item in placed:
        length = len(item.run.text)
        if length > 2 and item.size and " " not in item.run.text:
            letters += length
            typed += length * (abs((item.x1 - item.x0) / length / item.size - TYPED_EM) <= TYPED_WITHIN)
    return typed > TYPED_SHARE * letters


def _heads(mark: list[_Placed], text: _Placed, reach: float) -> bool:
    """True for small raised figures at the head of a note's text."""
    return (
        len(mark) <= 3
        and all(p.size < SMALL * text.size and p.baseline < text.baseline for p in mark)
        and text.x0 - reach <= BEFORE_EM * text.size
    )


def _apart(
    before: _Placed,
    item: _Placed,
    reach: float,
    uprights: Sequence[Box],
    columns: frozenset[int],
    stretch: float,
    space: float | None,
) -> bool:
    if _is_bar_code(before.run) != _is_bar_code(item.run):
        return True
    gap = item.x0 - reach
    em = max(before.size, item.size) * stretch
    if gap <= SPACE_EM * em:
        return False
    if _rule_between(reach, item, uprights):
        return True
    if space is not None and gap <= space + EVEN_EM * em:
        return False
    follows = abs(item.place - before.place) == 1
    if gap > (GUTTER_EM if follows else FOREIGN_GUTTER_EM) * em:
        return True
    return gap > COLUMN_GAP_EM * em and (round(item.x0) in columns or -round(reach) in columns)


def _rule_between(reach: float, item: _Placed, uprights: Sequence[Box]) -> bool:
    middle = item.baseline - 0.3 * item.size
    return any(reach - 1 <= r.x0 <= item.x0 + 1 and r.top <= middle <= r.bottom for r in uprights)


def _numbers(mark: list[_Placed], text: list[_Placed], uprights: Sequence[Box]) -> bool:
    """True where the first part of a row is the mark of the only other one: a table row has more parts."""
    gap = text[0].x0 - mark[-1].x1
    if len(mark) > 3 or gap > MARK_GAP_EM * max(text[0].size, mark[0].size):
        return False
    if _rule_between(mark[-1].x1, text[0], uprights) or _is_bar_code(text[0].run):
        return False
    return bool(_MARK.match("".join(p.run.text for p in mark).strip()))


def _numbers_from_right(text: list[_Placed], mark: list[_Placed], uprights: Sequence[Box]) -> bool:
    """The same where the text runs right to left and its mark stands to the right of it."""
    gap = mark[0].x0 - text[-1].x1
    if len(mark) > 5 or gap > MARK_GAP_EM * max(text[0].size, mark[0].size) or not has_right_to_left(text):
        return False
    if _rule_between(text[-1].x1, mark[0], uprights) or any(_is_bar_code(p.run) for p in mark):
        return False
    drawn = "".join(p.run.text for p in reversed(mark)).strip()
    return bool(_MARK.match(drawn) or _MARK.match(drawn.translate(_TURNED)))


def _vertical_rules(rules: Sequence[Rule]) -> tuple[Box, ...]:
    return tuple(r.box for r in rules if not r.horizontal)


def _is_bar_code(run: Run) -> bool:
    return _is_bar_code_font(run.font.name)


@lru_cache(maxsize=512)
def _is_bar_code_font(name: str) -> bool:
    return bool(BAR_CODE.search(name))


def _line(
    page: int, segment: list[_Placed], units: Sequence[Unit[_Placed]], direction: Direction, families: frozenset[str]
) -> Line:
    """One line of units in reading order."""
    size, baseline = _most_letters(segment)
    if direction is Direction.rtl or families:
        pieces = [(letters_of(unit, families), unit.item, unit.space) for unit in units]
    else:
        pieces = [(unit.text, unit.item, unit.space) for unit in units]
    text, styles = _styled(pieces, size, baseline)
    return Line(
        page=page,
        text=text,
        box=_around(segment).rounded(),
        baseline=round(baseline, 2),
        size=size,
        direction=direction,
        styles=styles,
        bar_code=_is_bar_code(segment[0].run),
        gaps=_gaps(pieces, size),
    )


def _around(segment: Sequence[_Placed]) -> Box:
    if len(segment) == 1:
        return segment[0].box
    x0s, tops, x1s, bottoms = zip(*[item.box for item in segment], strict=True)
    return Box(min(x0s), min(tops), max(x1s), max(bottoms))


def _most_letters(segment: Sequence[_Placed]) -> tuple[float, float]:
    """Size and baseline that most letters have, rounded to 0.1 and 0.01 points; the larger of two as frequent."""
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


def _gaps(pieces: Sequence[tuple[str, _Placed, bool]], size: float) -> tuple[tuple[int, float, float], ...]:
    """Wide white spaces between neighbouring pieces, with the offset of the piece behind each."""
    found: list[tuple[int, float, float]] = []
    length = 0
    ends_open = True
    before: _Placed | None = None
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


def _space_between(before: _Placed | None, item: _Placed) -> bool:
    if before is None:
        return False
    if item.run.space_before is not None and item.place == before.place + 1:
        return item.run.space_before
    em = min(before.size, item.size) or 1.0
    return item.x0 - before.x1 >= SPACE_EM * em


def _styled(units: Sequence[tuple[str, _Placed, bool]], size: float, baseline: float) -> tuple[str, tuple[Style, ...]]:
    """Text with spaces, and styles that cover it without gaps (a space goes with what stands before it)."""
    parts: list[str] = []
    styles: list[Style] = []
    length = begin = 0
    held: tuple[bool, bool, bool, float] | None = None
    for text, item, space in units:
        if space and parts and not parts[-1].endswith(" "):
            parts.append(" ")
            length += 1
        small = item.size < SMALL * size and baseline - item.baseline >= RAISED_EM[0] * size
        font = item.run.font
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
        placed = [_Placed(r, r.box, i) for i, r in enumerate(group)]
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
