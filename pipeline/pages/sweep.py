"""sweep: asks pdfium about all characters, or all drawings, of a page; it has no call that answers for many at once.

`luajit.py` runs the same loops in machine code, some 40 times as fast. This one is read to understand them, tests
compare the two, and it serves where LuaJIT is not built.
"""

import ctypes
from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

CHARACTER_FIELDS = 7
"""Row of its object; origin x and y; loose box: left, top, right, bottom. All in PDF space, points."""
OBJECT_FIELDS = 8
"""Font (its address), render mode, font size, matrix a to d; first character."""
DRAWING_FIELDS = 13
"""Address, kind; box: left, bottom, right, top. Of paths also: number of segments, fill mode, whether they are
stroked, colour (red, green, blue, alpha, 0 to 255) of the stroke, else of the filling."""

NO_OBJECT = -9
"""Stands for the render mode of a character without a text object; pdfium's own begin at -1."""
IMAGE, PATH, FORM = 3, 2, 5
"""pdfium's kinds of page objects that are looked at."""

FUNCTIONS = (
    "FPDFText_GetTextObject",
    "FPDFText_GetCharOrigin",
    "FPDFText_GetLooseCharBox",
    "FPDFText_GetMatrix",
    "FPDFText_GetFontSize",
    "FPDFTextObj_GetTextRenderMode",
    "FPDFTextObj_GetFont",
    "FPDFPage_GetObject",
    "FPDFFormObj_GetObject",
    "FPDFPageObj_GetType",
    "FPDFPageObj_GetBounds",
    "FPDFPath_CountSegments",
    "FPDFPath_GetDrawMode",
    "FPDFPageObj_GetFillColor",
    "FPDFPageObj_GetStrokeColor",
)
"""Functions of pdfium that a sweep calls."""


class Sweep(Protocol):
    """Loops over the characters and the drawings of a page."""

    def characters(self, textpage: int, count: int) -> tuple[Numbers, Numbers]:
        """(`count` characters, the text objects that hold them) of the text page at this address.

        Neighbouring characters of one object share its row, even with one between them that has no object; those
        without an object have rows of their own.
        """
        ...

    def drawings(self, container: int, count: int, *, in_form: bool) -> Numbers:
        """Images, paths and forms among the first `count` objects of the page, or form, at this address."""
        ...


class PlainSweep:
    """The loops by ctypes."""

    def __init__(self, addresses: Mapping[str, int]) -> None:
        """`addresses` of `FUNCTIONS`."""
        address, integer = ctypes.c_void_p, ctypes.c_int

        def function(name: str, result: type | None, *arguments: type) -> "ctypes._FuncPointer":
            return ctypes.PYFUNCTYPE(result, *arguments)(addresses[name])

        indexed = (address, integer)
        self._text_object = function("FPDFText_GetTextObject", address, *indexed)
        self._origin = function("FPDFText_GetCharOrigin", integer, *indexed, address, address)
        self._loose_box = function("FPDFText_GetLooseCharBox", integer, *indexed, address)
        self._matrix = function("FPDFText_GetMatrix", integer, *indexed, address)
        self._font_size = function("FPDFText_GetFontSize", ctypes.c_double, *indexed)
        self._render_mode = function("FPDFTextObj_GetTextRenderMode", integer, address)
        self._font = function("FPDFTextObj_GetFont", address, address)
        self._page_object = function("FPDFPage_GetObject", address, *indexed)
        self._form_object = function("FPDFFormObj_GetObject", address, address, ctypes.c_ulong)
        self._kind = function("FPDFPageObj_GetType", integer, address)
        self._bounds = function("FPDFPageObj_GetBounds", integer, *[address] * 5)
        self._segments = function("FPDFPath_CountSegments", integer, address)
        self._draw_mode = function("FPDFPath_GetDrawMode", integer, *[address] * 3)
        self._fill_colour = function("FPDFPageObj_GetFillColor", integer, *[address] * 5)
        self._stroke_colour = function("FPDFPageObj_GetStrokeColor", integer, *[address] * 5)

    def characters(self, textpage: int, count: int) -> tuple[Numbers, Numbers]:
        """See `Sweep`."""
        characters, objects = [], list[tuple[float, ...]]()
        xy, cell = (ctypes.c_double * 2)(), (ctypes.c_float * 4)()
        x_at, y_at = ctypes.addressof(xy), ctypes.addressof(xy) + 8
        held, row, kept, kept_row = -1, -1, 0, -1
        for i in range(count):
            found = self._text_object(textpage, i) or 0
            if found != held:
                held, row = found, kept_row
                if not found or found != kept:
                    row = len(objects)
                    objects.append((*self._setting(textpage, i, found), i))
                if found:
                    kept, kept_row = found, row
            self._origin(textpage, i, x_at, y_at)
            self._loose_box(textpage, i, ctypes.addressof(cell))
            characters.append((row, *xy, *cell))
        return _table(characters, CHARACTER_FIELDS), _table(objects, OBJECT_FIELDS)

    def _setting(self, textpage: int, index: int, found: int) -> tuple[float, ...]:
        matrix = (ctypes.c_float * 6)()
        self._matrix(textpage, index, ctypes.addressof(matrix))
        face = (self._font(found) or 0, self._render_mode(found)) if found else (0, NO_OBJECT)
        return (*face, self._font_size(textpage, index), *matrix[:4])

    def drawings(self, container: int, count: int, *, in_form: bool) -> Numbers:
        """See `Sweep`."""
        object_at = self._form_object if in_form else self._page_object
        rows = []
        for i in range(count):
            found = object_at(container, i) or 0
            kind = self._kind(found)
            if kind in (IMAGE, PATH, FORM):
                edge = (ctypes.c_float * 4)()
                self._bounds(found, *_each(edge))
                rows.append((found, kind, *edge, *(self._painted(found) if kind == PATH else [0] * 7)))
        return _table(rows, DRAWING_FIELDS)

    def _painted(self, path: int) -> tuple[int, ...]:
        modes, colour = (ctypes.c_int * 2)(), (ctypes.c_uint * 4)()
        self._draw_mode(path, *_each(modes))
        (self._stroke_colour if modes[1] else self._fill_colour)(path, *_each(colour))
        return (self._segments(path), *modes, *colour)


def _each(array: "ctypes.Array[ctypes.c_float] | ctypes.Array[ctypes.c_int] | ctypes.Array[ctypes.c_uint]") -> range:
    """Addresses of four-byte numbers."""
    start = ctypes.addressof(array)
    return range(start, start + 4 * len(array), 4)


def _table(rows: list[tuple[float, ...]], fields: int) -> Numbers:
    return np.array(rows, dtype=np.float64).reshape(len(rows), fields)
