"""typesetting: the font, size, direction and slant in which a text object is drawn."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.pages.facts import Setting
from pipeline.pages.sweep import NO_OBJECT
from schemas.page import Font

LEANING = 0.1
"""Slant from which letters look italic; Word leans letters by 0.33."""
_STROKED, _HIDDEN = 2, (3, 7)
"""Render modes: filled and outlined; seen by nobody."""


class Drawn(NamedTuple):
    """How pdfium draws a text object."""

    handle: int
    """Of its font."""
    mode: int
    """Render mode (PDF 32000-1, table 106), or `NO_OBJECT`."""
    points: float
    """Font size before the matrix."""
    a: float
    b: float
    c: float
    d: float


class Typesetting:
    """Settings met on one page; those that are alike are one."""

    def __init__(self, rotation: int, font_at: Callable[[int, bool], Font]) -> None:
        """`font_at`: handle of a font, and whether its outlines are drawn as well as filled → font."""
        self._rotation = rotation
        self._font_at = font_at
        self._fonts: dict[tuple[int, bool], Font] = {}
        self._drawn: dict[tuple[float, ...], int] = {}
        self._known: dict[tuple[tuple[int, bool], float, int, bool, float], int] = {}
        self._settings: list[Setting] = []

    def settings_of(self, drawn: NDArray[np.float64]) -> tuple[Sequence[Setting], NDArray[np.intp]]:
        """All settings, and the place among them of each text object; objects are rows of the fields of `Drawn`."""
        # Neighbours are mostly set alike, but for the spaces without an object that pdfium puts between them.
        order = np.argsort(drawn[:, 1] == NO_OBJECT, kind="stable")
        rows = drawn[order]
        changes = np.ones(len(drawn), dtype=bool)
        changes[1:] = (rows[1:] != rows[:-1]).any(axis=1)
        kinds = np.array([self._place(tuple(fields)) for fields in rows[changes].tolist()], dtype=np.intp)
        places = np.empty(len(drawn), dtype=np.intp)
        places[order] = kinds[np.cumsum(changes) - 1]
        return self._settings, places

    def _place(self, fields: tuple[float, ...]) -> int:
        place = self._drawn.get(fields)
        if place is None:
            handle, mode, *rest = fields
            place = self._drawn[fields] = self._place_of(Drawn(int(handle), int(mode), *rest))
        return place

    def _place_of(self, drawn: Drawn) -> int:
        a, b, c, d = drawn[3:]
        width = math.hypot(a, b)
        height = abs(a * d - b * c) / width if width else math.hypot(c, d)
        slant = 0.0 if b or not d or not c else round(c / d, 3)
        visible = drawn.mode not in _HIDDEN
        face = (-1, False) if drawn.mode == NO_OBJECT else (drawn.handle, drawn.mode == _STROKED)
        key = (face, round(abs(drawn.points) * height, 2), self._turn(a, b), visible, slant)
        if key not in self._known:
            font = self._font(face)
            if not visible:  # what nobody sees has no weight
                font = replace(font, bold=False, italic=False)
            elif slant >= LEANING:
                font = replace(font, italic=True)
            self._known[key] = len(self._settings)
            self._settings.append(Setting(font, *key[1:]))
        return self._known[key]

    def _turn(self, a: float, b: float) -> int:
        if not (self._rotation or b or a <= 0):
            return 0
        return round((self._rotation - math.degrees(math.atan2(b, a))) / 90.0) * 90 % 360

    def _font(self, face: tuple[int, bool]) -> Font:
        if face not in self._fonts:
            self._fonts[face] = self._font_at(*face) if face[0] >= 0 else Font("")
        return self._fonts[face]


def font_of(name: str, flags: int, italic_angle: int, *, stroked: bool) -> Font:
    """A font by its PDF name, descriptor flags (PDF 32000-1, table 123) and slant."""
    plain = name.split("+", 1)[1] if len(name) > 7 and name[6] == "+" else name
    low = plain.lower()
    # Outlines drawn as well as filled: Word's stand-in for a bold font that it does not have.
    bold = stroked or any(word in low for word in ("bold", "black", "heavy", "demi")) or bool(flags & 1 << 18)
    italic = any(word in low for word in ("italic", "oblique", "kursiv")) or bool(flags & 1 << 6)
    return Font(plain, bold, italic or italic_angle not in (0,))
