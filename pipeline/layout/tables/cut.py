"""cut: a line of text → its pieces between the borders of columns."""

import re
from collections.abc import Sequence
from dataclasses import replace

from schemas.geometry import Box
from schemas.layout import Direction, Line

Gap = tuple[int, float, float]
"""White space of a line: offset of the text behind it, left and right edge."""

WIDE_GAP_EM = 0.63
"""A gap this wide counts as white between columns, and parts two cells in a row of one line only: words stand 0.25
apart, those of typewriter fonts 0.6."""
RECOGNISED_GAP_EM = 1.0
"""The same on recognised pages, where sizes are guessed."""
FIGURE = re.compile(r"^[(\-–—−+$€£]?\s?[$€£]?[\d.…–—\-][\d\s.,/%–—\-]*[)%]?[a-z*]?\)?$")
"""A piece that is an amount, a share, or the dash that stands for none."""
_FIGURES = re.compile(r"^[\d\s.,()%–—−-]*$")
_FIGURE_END = re.compile(r"(?:\.\d+\)?|[)%–—]|(?=\s\())(\s+)(?=[\d(–—−-])")


def pieces_of(line: Line, gutters: Sequence[float]) -> list[Line]:
    """The line cut at the gutters that run through one of its white spaces, in the order of its text."""
    cuts = [gap for gap in gaps_of(line) if any(gap[1] - 0.5 <= g <= gap[2] + 0.5 for g in gutters)]
    if not cuts:
        return [line]
    out: list[Line] = []
    starts = [0, *(offset for offset, _, _ in cuts)]
    ends = [*(offset for offset, _, _ in cuts), len(line.text)]
    for start, end in zip(starts, ends, strict=True):
        raw = line.text[start:end]
        text = raw.strip()
        if not text:
            continue
        begin = start + len(raw) - len(raw.lstrip())
        styles = tuple(
            replace(s, start=max(s.start - begin, 0), end=min(s.end - begin, len(text)))
            for s in line.styles
            if s.end > begin and s.start < begin + len(text)
        )
        out.append(replace(line, text=text, styles=styles, gaps=(), box=_piece_box(line, cuts, start, end)))
    return out


def cut_at(line: Line, gutters: Sequence[float], *, lone: bool) -> list[Line]:
    """The line cut at the gutters; what stands alone in its row runs over them, unless its gaps are wide."""
    if not lone or FIGURE.match(line.text):
        return pieces_of(line, gutters)
    least = wide_em(line) * line.size
    wide = tuple(gap for gap in line.gaps if gap[2] - gap[1] >= least)
    return pieces_of(replace(line, gaps=wide), gutters)


def wide_em(line: Line) -> float:
    """From which width on, in sizes, a gap of the line is white between columns."""
    return WIDE_GAP_EM if line.confidence is None else RECOGNISED_GAP_EM


def gaps_of(line: Line) -> Sequence[Gap]:
    """The line's white spaces; those between figures of two columns that the source holds as one are estimated."""
    if not _FIGURES.match(line.text):
        return line.gaps
    known = {offset for offset, _, _ in line.gaps}
    joined = [match for match in _FIGURE_END.finditer(line.text) if match.end() not in known]
    if not joined:
        return line.gaps
    widths = [0.0]
    for char in line.text:
        widths.append(widths[-1] + (0.25 if char in " .,\u2009\u00a0" else 0.33 if char in "()" else 0.5))
    scale = line.box.width / max(widths[-1], 0.1)
    found = list(line.gaps)
    for match in joined:
        x0, x1 = (line.box.x0 + scale * widths[i] for i in (match.start(1), match.end()))
        found.append((match.end(), round(x0 - 0.5, 2), round(x1 + 0.5, 2)))
    return sorted(found)


def _piece_box(line: Line, cuts: Sequence[Gap], start: int, end: int) -> Box:
    before = next((g for g in cuts if g[0] == start), None)
    after = next((g for g in cuts if g[0] == end), None)
    x0, x1 = line.box.x0, line.box.x1
    if line.direction is Direction.rtl:
        return Box(after[2] if after else x0, line.box.top, before[1] if before else x1, line.box.bottom)
    return Box(before[2] if before else x0, line.box.top, after[1] if after else x1, line.box.bottom)
