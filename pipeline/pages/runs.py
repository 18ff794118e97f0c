"""runs: pdfium's letters → runs of one font on one baseline, with the spaces that the eye sees."""

import re
from collections.abc import Callable, Iterable

from pipeline.pages.facts import Piece, Setting
from pipeline.pages.pdfium import whole
from schemas.geometry import new_box
from schemas.page import Run, new_run

ASCENT, DESCENT = 0.8, 0.2
"""Part of the font size above and below the baseline that a letter's box takes; the same for all fonts, so that
boxes of one line agree (the fonts' own figures differ by up to a factor of two)."""
GAP_SURE_EM = 0.18
"""A gap this wide is a space whether or not the file holds one."""
GAP_NONE_EM = 0.06
"""A gap narrower than this is none, whatever the file holds: the narrowest real space in justified lines has 0.11."""
GAP_GENERATED_EM = 0.14
"""Below this a space which pdfium guessed is kerning inside a word ("hos tage")."""
JOIN_EM = 0.7
"""Pieces farther apart than this do not share a run: they may stand in two columns (two spaces take 0.5, one of a
typewriter font 0.6)."""
ONE_SPACE_EM = 0.45
"""Pieces farther apart than this stand in two runs, so that layout sees the gap: narrow columns of tables stand 0.5
apart, words of unjustified lines 0.25."""
SAME_BASELINE_EM = 0.03
"""Baselines this close are one: rounding of coordinates."""

_WORD = re.compile(r"[^\s\u0000]+")
_SOFT = str.maketrans({"\u0002": "-", "\ufffe": "-", "\u00ad": "-"})
"""pdfium marks a hyphen at a line end by U+0002 or U+FFFE; a drawn soft hyphen is a hyphen to the eye."""


def words_of(text: str) -> list[tuple[int, int]]:
    """Stretches of the page's text without white space."""
    return [match.span() for match in _WORD.finditer(text)]


def runs_of(
    text: str, pieces: Iterable[Piece], frame: tuple[float, float], generated: Callable[[int], bool]
) -> tuple[Run, ...]:
    """Runs in source order; `frame` is the page's width and height as read."""
    text = text.translate(_SOFT)
    out: list[Run] = []
    held: _Held | None = None
    for piece in pieces:
        space: bool | None = None
        if held is not None:
            space = held.space_to(piece, text, generated)
            if space is not None and held.joins(piece):
                held.add(piece, text, space)
                continue
            out.append(held.run(frame))
        held = _Held(piece, text, space)
    if held is not None:
        out.append(held.run(frame))
    return tuple(out)


class _Held:
    """The run being built."""

    __slots__ = ("baseline", "end", "parts", "setting", "space_before", "x0", "x1")

    def __init__(self, piece: Piece, text: str, space: bool | None) -> None:
        self.setting: Setting = piece.setting
        self.x0, self.x1, self.baseline = piece.x0, piece.x1, piece.baseline
        self.parts = [text[piece.start : piece.end]]
        self.end = piece.end
        self.space_before = space

    def space_to(self, piece: Piece, text: str, generated: Callable[[int], bool]) -> bool | None:
        """Whether a space stands between this run and the piece; None where the piece does not follow on the line."""
        start, _, x0, _, baseline, other = piece
        mine = self.setting
        size = tall = mine.size
        if other is not mine:
            size, tall = min(size, other.size), max(size, other.size)
        gap = (x0 - self.x1) / (size or 1.0)
        if not -0.5 < gap < JOIN_EM or other.turn != mine.turn or abs(baseline - self.baseline) >= tall:
            return None
        if gap >= GAP_SURE_EM:
            return True
        if gap < GAP_NONE_EM or start == self.end:
            return False
        # The file has white space here. Word's own is believed; what pdfium guessed from a gap has to be wide.
        return gap >= GAP_GENERATED_EM or not ("\n" in text[self.end : start] or generated(self.end))

    def joins(self, piece: Piece) -> bool:
        """True where the piece is of the same setting on the same baseline, one space away at most."""
        _, _, x0, _, baseline, setting = piece
        if setting is not self.setting or x0 - self.x1 > ONE_SPACE_EM * setting.size:
            return False
        return abs(baseline - self.baseline) <= SAME_BASELINE_EM * setting.size

    def add(self, piece: Piece, text: str, space: bool) -> None:
        """Append the piece."""
        start, end, x0, x1, _, _ = piece
        if space:
            self.parts.append(" ")
        self.parts.append(text[start:end])
        self.end = end
        if x1 > self.x1:
            self.x1 = x1
        if x0 < self.x0:
            self.x0 = x0

    def run(self, frame: tuple[float, float]) -> Run:
        """The finished run, boxes as read."""
        font, size, turn, visible = self.setting.font, self.setting.size, self.setting.turn, self.setting.visible
        baseline = self.baseline
        box = new_box((self.x0, baseline - ASCENT * size, self.x1, baseline + DESCENT * size))
        if turn:
            box = box.as_read(turn, *frame)
        text = "".join(self.parts)
        if not text.isascii():
            text = whole(text)
        return new_run((text, box, baseline, size, font, turn, None, None, self.space_before, visible))
