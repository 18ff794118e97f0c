"""fonts: what an embedded font program says about its glyphs: letters by its own cmap, outlines, kashida strokes."""

import hashlib
import io
import logging
import struct
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont, TTLibError

logging.getLogger("fontTools").setLevel(logging.CRITICAL)  # it reports every oddity of a subset font

STROKE_HEIGHT = 0.16
"""A glyph lower than this part of the em, wider than low, and near the baseline is a kashida: a piece of joining line
(measured: 0.05 to 0.13 in Simplified Arabic, Traditional Arabic, Noto Naskh, Amiri; the lowest letter, a dotless beh
stub, has 0.22)."""
FONT_ERRORS = (TTLibError, struct.error, KeyError, IndexError, ValueError, TypeError, AttributeError, AssertionError)
"""What fontTools raises on broken programs."""


_Drawing = tuple[list[tuple[str, tuple[tuple[float, float] | None, ...]]], float, float]
"""Moves of the pen, advance width, units per em."""


class FontProgram:
    """An embedded TrueType or OpenType program; broken tables count as absent."""

    def __init__(self, program: bytes) -> None:
        self._font: TTFont | None
        self._glyphs: Any = None
        self._drawn: dict[int, _Drawing | None] = {}
        try:
            self._font = TTFont(io.BytesIO(program), lazy=True, fontNumber=0)
            self._order: list[str] = self._font.getGlyphOrder()
        except FONT_ERRORS:
            self._font, self._order = None, []

    @cached_property
    def letters(self) -> Mapping[int, tuple[int, ...]]:
        """Glyph index → the code points that its Unicode cmap tables map to it, sorted."""
        out: dict[int, set[int]] = {}
        try:
            tables = self._font["cmap"].tables if self._font is not None else []
            index = {name: i for i, name in enumerate(self._order)}
            for table in tables:
                if not table.isUnicode() or (table.platformID, table.platEncID) == (3, 0):
                    continue
                for code, name in table.cmap.items():
                    out.setdefault(index[name], set()).add(code)
        except FONT_ERRORS:
            return {}
        return {glyph: tuple(sorted(codes)) for glyph, codes in out.items()}

    @cached_property
    def glyph_of_byte(self) -> Mapping[int, int]:
        """Single-byte code → glyph index by the Macintosh or symbol cmap (PDF 32000-1, 9.6.6.4)."""
        out: dict[int, int] = {}
        try:
            tables = self._font["cmap"].tables if self._font is not None else []
            index = {name: i for i, name in enumerate(self._order)}
            for table in tables:
                if (table.platformID, table.platEncID) in ((1, 0), (3, 0)):
                    for code, name in table.cmap.items():
                        out.setdefault(code & 0xFF, index[name])
        except FONT_ERRORS:
            return {}
        return out

    def outline_key(self, glyph: int) -> str | None:
        """Hex SHA-1 over the glyph's outline and advance in thousandths of the em; None for an empty or broken glyph.

        Equal for the same drawing in every subset of a font, whatever index it has there.
        """
        drawing = self._drawing(glyph)
        if drawing is None or not drawing[0]:
            return None
        moves, advance, unit = drawing
        parts = [f"{round(1000 * advance / unit)}"]
        for operator, points in moves:
            parts.append(
                operator + " ".join(f"{round(1000 * p[0] / unit)},{round(1000 * p[1] / unit)}" for p in points if p)
            )
        return hashlib.sha1("\n".join(parts).encode(), usedforsecurity=False).hexdigest()

    def is_stroke(self, glyph: int) -> bool:
        """True for a flat piece of joining line at the baseline: a kashida."""
        drawing = self._drawing(glyph)
        if drawing is None or not drawing[0]:
            return False
        moves, _, unit = drawing
        points = [p for _, operands in moves for p in operands if p]
        xs, ys = [p[0] / unit for p in points], [p[1] / unit for p in points]
        height = max(ys) - min(ys)
        return height <= STROKE_HEIGHT and max(xs) - min(xs) >= height and min(ys) >= -0.1 and max(ys) <= 0.25

    def _drawing(self, glyph: int) -> _Drawing | None:
        if glyph not in self._drawn:
            self._drawn[glyph] = self._draw(glyph)
        return self._drawn[glyph]

    def _draw(self, glyph: int) -> _Drawing | None:
        if self._font is None or not 0 <= glyph < len(self._order):
            return None
        try:
            if self._glyphs is None:
                self._glyphs = self._font.getGlyphSet()
            pen = RecordingPen()
            shape = self._glyphs[self._order[glyph]]
            shape.draw(pen)
            moves = _decomposed(pen.value, self._glyphs)
            return moves, float(shape.width), float(self._font["head"].unitsPerEm)
        except FONT_ERRORS:
            return None


def _decomposed(moves: list, glyphs: object) -> list:  # type: ignore[type-arg]
    """The moves with components named by the outline they stand for: glyph names differ between subsets."""
    out = []
    for operator, operands in moves:
        if operator == "addComponent":
            name, transform = operands
            inner = RecordingPen()
            glyphs[name].draw(inner)  # type: ignore[index]
            out.append(("component", ((transform[4], transform[5]),)))
            out.extend(m for m in inner.value if m[0] != "addComponent")
        else:
            out.append((operator, operands))
    return out
