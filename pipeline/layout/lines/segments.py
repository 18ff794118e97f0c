"""segments: a row → the parts of it that are lines of their own: columns, cells, what a vertical rule divides.

The white space between words of justified and typed prose is told from a gutter by the page it stands on: by the
spaces of its own row, by what begins at the same place in other rows, and by the order of the source.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from pipeline.layout.lines.letters import has_right_to_left
from pipeline.layout.lines.placed import SMALL, SPACE_EM, Placed, is_bar_code
from pipeline.layout.lines.rows import BEFORE_EM
from schemas.geometry import Box
from schemas.page import Rule

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
_MARK = re.compile(
    r"^(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxlcIVXLC]{1,6}|[\u0621-\u064a]{1,2}|[\u0660-\u0669]{1,3}|[\u0430-\u044f])[.)\-]{1,2}|"
    r"[\u2022\u00b7\u25cf\u25aa\u25e6\uf0b7\u2013\u2014*-]|\d{1,3}(?:\.\d{1,3}){1,3}\.?|[\u4e00-\u5341]{1,3}\u3001|[\u2018\u2019']\d{1,2}[\u2018\u2019'])$"
)
_SENTENCE_END = re.compile(r"[.!?:;][)\]\"'\u201d\u2019]*\d{0,3}/?\s*$")
_LETTER = re.compile(r"[^\W\d_]")
_TURNED = str.maketrans("()", ")(")
_from_left = attrgetter("x0", "place")


@dataclass(frozen=True, slots=True)
class Gutters:
    """What a page shows of where its lines may end."""

    rules: tuple[Box, ...] = ()
    """Its vertical rules."""
    columns: frozenset[int] = frozenset()
    """Edges of the columns of tables: whole points; right edges, on a page read from the right, are negative."""
    prose: frozenset[int] = frozenset()
    """Edges of columns of prose, which hold in justified lines too."""
    stretch: float = 1.0
    """How much wider than its letters tell a gap may be."""
    typed: bool = False
    """True where letters and spaces are as wide as a typewriter's."""


def gutters_of(rows: Sequence[Sequence[Placed]], rules: Sequence[Rule], *, from_right: bool) -> Gutters:
    """The gutters of a page of these rows; `from_right` where it is read from the right."""
    placed = [item for row in rows for item in row]
    hidden = sum(not item.run.visible for item in placed) > len(placed) / 2
    edges = Counter[int]() if hidden else _edges(rows, right=from_right)
    return Gutters(
        rules=tuple(rule.box for rule in rules if not rule.horizontal),
        columns=_column_edges(edges, COLUMN_ROWS),
        prose=_column_edges(edges, PROSE_ROWS),
        stretch=HIDDEN_STRETCH if hidden else 1.0,
        typed=_is_typed(placed),
    )


def segments_of(row: list[Placed], gutters: Gutters) -> list[list[Placed]]:
    """The row cut at gutters and at vertical rules, each part from left to right."""
    if len(row) == 1:
        return [row]
    row = sorted(row, key=_from_left)
    space, even = _word_space(row, typed=gutters.typed)
    if even:
        gutters = replace(gutters, columns=frozenset(), prose=frozenset())
    segments = [[row[0]]]
    reach = row[0].x1
    for item in row[1:]:
        last = segments[-1]
        if not _apart(last[-1], item, reach, gutters, space) or _heads(last, item, reach):
            last.append(item)
            reach = item.x1 if item.x1 > reach else reach
        else:
            segments.append([item])
            reach = item.x1
    if len(segments) == 2:
        left, right = segments
        if _numbers(left, right, gutters) or _numbers_from_right(left, right, gutters):
            return [left + right]
    return segments


def _word_space(row: Sequence[Placed], *, typed: bool) -> tuple[float | None, bool]:
    """White space between the words of a justified or typed row, points, and whether all its spaces are that wide.

    None where it is not told. Words stand one space apart, but for the ends of sentences; cells hold few words, and
    stand at any distance.
    """
    words, gaps = _words(row)
    inside = [gap for word, gap in zip(words, gaps, strict=False) if not _ends_sentence(word)]
    size = row[0].size
    if len(inside) >= EVEN_GAPS - 1 and 2 * sum(1 for word in words if _LETTER.search(word)) >= len(words):
        space = sorted(inside)[len(inside) // 2]
        if len(gaps) >= EVEN_GAPS and max(gaps) - min(gaps) <= EVEN_EM * size:
            return space, True
        even = sum(1 for gap in inside if abs(gap - space) <= EVEN_EM * size)
        if even >= EVEN_SHARE * len(inside) and space <= WIDEST_SPACE_EM * size:
            return space, False
    return (TYPED_EM * size if typed else None), False


def _allowed(space: float | None, before: Placed, item: Placed, gutters: Gutters) -> float | None:
    """How far words may stand apart here: twice the space behind a sentence, None where a column of prose begins."""
    if space is None:
        return None
    loose = gutters.typed or not gutters.columns  # columns of prose are among them
    edges = set() if loose else {round(item.x0), -round(before.x1)}
    if not edges.isdisjoint(gutters.prose):
        return None
    if item.place - before.place == 1:
        return 2 * space
    return 2 * space if edges.isdisjoint(gutters.columns) and _ends_sentence(before.run.text) else space


def _ends_sentence(text: str) -> bool:
    return not text[-1:].isalpha() and bool(_SENTENCE_END.search(text))


def _words(row: Sequence[Placed]) -> tuple[list[str], list[float]]:
    """The words of a row, and the white spaces between them."""
    words, gaps = [""], list[float]()
    reach = row[0].x0
    for item in row:
        if item.x0 - reach > SPACE_EM * item.size:
            gaps.append(item.x0 - reach)
            words.append(item.run.text)
        else:
            words[-1] += item.run.text
        reach = item.x1 if item.x1 > reach else reach
    return words, gaps


def _heads(mark: list[Placed], text: Placed, reach: float) -> bool:
    """True for small raised figures at the head of a note's text."""
    return (
        len(mark) <= 3
        and all(p.size < SMALL * text.size and p.baseline < text.baseline for p in mark)
        and text.x0 - reach <= BEFORE_EM * text.size
    )


def _apart(before: Placed, item: Placed, reach: float, gutters: Gutters, space: float | None) -> bool:
    if before.run.font is not item.run.font and is_bar_code(before.run) != is_bar_code(item.run):
        return True
    gap = item.x0 - reach
    em = (before.size if before.size > item.size else item.size) * gutters.stretch
    if gap <= SPACE_EM * em:
        return False
    if gutters.rules and _rule_between(reach, item, gutters.rules):
        return True
    allowed = _allowed(space, before, item, gutters)
    if allowed is not None and gap <= allowed + EVEN_EM * em:
        return False
    follows = abs(item.place - before.place) == 1
    if gap > (GUTTER_EM if follows else FOREIGN_GUTTER_EM) * em:
        return True
    return gap > COLUMN_GAP_EM * em and (round(item.x0) in gutters.columns or -round(reach) in gutters.columns)


def _rule_between(reach: float, item: Placed, rules: Sequence[Box]) -> bool:
    middle = item.baseline - 0.3 * item.size
    return any(reach - 1 <= r.x0 <= item.x0 + 1 and r.top <= middle <= r.bottom for r in rules)


def _numbers(mark: list[Placed], text: list[Placed], gutters: Gutters) -> bool:
    """True where the first part of a row is the mark of the only other one: a table row has more parts."""
    gap = text[0].x0 - mark[-1].x1
    if len(mark) > 3 or gap > MARK_GAP_EM * max(text[0].size, mark[0].size):
        return False
    if _rule_between(mark[-1].x1, text[0], gutters.rules) or is_bar_code(text[0].run):
        return False
    return bool(_MARK.match("".join(p.run.text for p in mark).strip()))


def _numbers_from_right(text: list[Placed], mark: list[Placed], gutters: Gutters) -> bool:
    """The same where the text runs right to left and its mark stands to the right of it."""
    gap = mark[0].x0 - text[-1].x1
    if len(mark) > 5 or gap > MARK_GAP_EM * max(text[0].size, mark[0].size) or not has_right_to_left(text):
        return False
    if _rule_between(text[-1].x1, mark[0], gutters.rules) or any(is_bar_code(p.run) for p in mark):
        return False
    drawn = "".join(p.run.text for p in reversed(mark)).strip()
    return bool(_MARK.match(drawn) or _MARK.match(drawn.translate(_TURNED)))


def _column_edges(edges: Mapping[int, int], least: int) -> frozenset[int]:
    """Edges (whole points) at which text begins behind a visible gap in so many rows: table columns."""
    return frozenset(x for x in edges if edges.get(x - 1, 0) + edges[x] + edges.get(x + 1, 0) >= least)


def _edges(rows: Sequence[Sequence[Placed]], *, right: bool) -> Counter[int]:
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


def _is_typed(placed: Sequence[Placed]) -> bool:
    """True for a page set in letters of one width, as typewriters do."""
    letters = typed = 0
    for item in placed:
        length = len(item.run.text)
        if length > 2 and item.size and " " not in item.run.text:
            letters += length
            typed += length * (abs((item.x1 - item.x0) / length / item.size - TYPED_EM) <= TYPED_WITHIN)
    return typed > TYPED_SHARE * letters
