"""pdfium: opens PDF files, gives the raw facts of a page (letters, images, paths) and draws pages. Judges nothing."""

import ctypes
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from pipeline.errors import DamagedFile, Encrypted, LimitExceeded
from schemas.geometry import Box, new_box, point_turned_back
from schemas.page import Font

MAX_OBJECTS = 200_000
"""Most page objects looked at; the busiest honest page seen has 12 000 (a map drawn as paths)."""
MAX_DEPTH = 8
"""Deepest nesting of form objects followed; honest files nest two or three deep."""
MAX_SEGMENTS = 2_000
"""Segments of one path beyond which it is a drawing and not a set of ruled lines."""

_NO_OBJECT = -9
"""Stands for the render mode of a character without a text object; pdfium's own begin at -1."""

_HALF = re.compile("[\ud800-\udfff]")

LEANING = 0.1
"""Slant from which letters look italic; Word leans letters by 0.33."""
STRIP_SEGMENTS = 6
"""A thin path of so few segments is a line or a rectangle; it need not be looked into."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PageFrame:
    """Where the page lies in PDF space, and how it is turned to be read."""

    left: float
    top: float
    width: float
    height: float
    rotation: int

    @property
    def read_width(self) -> float:
        """Width as read, points."""
        return self.height if self.rotation in (90, 270) else self.width

    @property
    def read_height(self) -> float:
        """Height as read, points."""
        return self.width if self.rotation in (90, 270) else self.height

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A PDF point (origin bottom left) as seen by a reader (origin top left)."""
        u, v = x - self.left, self.top - y
        if self.rotation == 90:
            return self.height - v, u
        if self.rotation == 180:
            return self.width - u, self.height - v
        if self.rotation == 270:
            return v, self.width - u
        return u, v

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A PDF rectangle as seen by a reader."""
        xa, ya = self.point(left, top)
        xb, yb = self.point(right, bottom)
        return Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text object is set: font, size and direction as drawn."""

    font: Font
    size: float
    turn: int
    visible: bool
    slant: float = 0.0
    """How far its letters lean to the right for each point of height: an italic that the font does not have."""


class Piece(NamedTuple):
    """Neighbouring letters of one text object without white space; places in the page turned back, letters upright."""

    start: int
    """First character in the page's text."""
    end: int
    """One past its last character."""
    x0: float
    x1: float
    baseline: float
    setting: Setting


_piece = partial(tuple.__new__, Piece)
"""A piece of its six fields, in a third of the time that `Piece` takes to put them in order."""


class Letter(NamedTuple):
    """One character of the page's text that is drawn."""

    char: str
    origin: tuple[float, float]
    """Where its text object stands on the baseline, as read."""
    box: Box
    """Advance box, as read."""
    setting: Setting


_letter = partial(tuple.__new__, Letter)
"""The same for letters."""


@dataclass(frozen=True, slots=True)
class ImageFact:
    """An image as placed on the page."""

    box: Box
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class PathFact:
    """A path: its box, its straight segments (as read) and how it is painted."""

    box: Box
    segments: tuple[tuple[float, float, float, float], ...]
    filled: bool
    stroked: bool
    light: bool
    """True where its colour is (nearly) white."""
    count: int
    """Number of segments, curves too."""
    curved: bool


def _plain(function: object, result: type | None, *arguments: type) -> "ctypes._FuncPointer":
    """The same function with plain addresses in place of typed pointers, and without giving up the interpreter's lock.

    These calls are made for every word and take less time than either does. Without types of its arguments (none given)
    a function is cheaper still to call: whoever calls it then sees to it that addresses come as `c_void_p`.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    assert address is not None
    made = ctypes.PYFUNCTYPE(result, *arguments)(address)
    if not arguments:
        del made.argtypes
    return made


_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int
# (text page, index) or (page, index) and references
_text_object = _plain(raw.FPDFText_GetTextObject, _ADDRESS)
_char_origin = _plain(raw.FPDFText_GetCharOrigin, None)
_loose_box = _plain(raw.FPDFText_GetLooseCharBox, None)
_char_matrix = _plain(raw.FPDFText_GetMatrix, None)
_font_size = _plain(raw.FPDFText_GetFontSize, ctypes.c_double)
_object_at = _plain(raw.FPDFPage_GetObject, _ADDRESS)
# (address of an object)
_render_mode = _plain(raw.FPDFTextObj_GetTextRenderMode, _INT, _ADDRESS)
_font_handle = _plain(raw.FPDFTextObj_GetFont, _ADDRESS, _ADDRESS)
_kind_of = _plain(raw.FPDFPageObj_GetType, _INT, _ADDRESS)
_form_object_at = _plain(raw.FPDFFormObj_GetObject, _ADDRESS, _ADDRESS, ctypes.c_ulong)
_DRAWN = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM)


def _address(pointer: object) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _times(inner: Matrix, outer: Matrix) -> Matrix:
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


class PdfiumPage:
    """One loaded page; close it when done."""

    def __init__(self, page: "pdfium.PdfPage", number: int) -> None:
        self.number = number
        self._page = page
        self._textpage = page.get_textpage()
        self._text_address = ctypes.c_void_p(_address(self._textpage.raw))
        left, bottom, right, top = page.get_bbox()
        self.frame = PageFrame(left, top, right - left, top - bottom, page.get_rotation() % 360)
        self._fonts: dict[int, Font] = {}
        self._settings: dict[int, Setting] = {}
        self._known: dict[tuple[int, float, int, bool, float], Setting] = {}
        self._drawn: dict[tuple[float, int, int, float, float, float, float], Setting] = {}
        self._matrix = raw.FS_MATRIX()
        self._matrix_ref = ctypes.byref(self._matrix)
        self._corners = tuple(ctypes.c_float() for _ in range(4))
        self._colour = tuple(ctypes.c_uint() for _ in range(4))

    def close(self) -> None:
        """Free the page and its text."""
        self._textpage.close()
        self._page.close()

    def text(self) -> str:
        """All characters in pdfium's order, white space that it adds included.

        Characters beyond U+FFFF stand as two halves (surrogates), as pdfium counts them: see `whole`.
        """
        count = raw.FPDFText_CountChars(self._textpage)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (2 * count + 2))()
        written = raw.FPDFText_GetText(self._textpage, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) != count and written - 1 == count:  # pdfium counts the halves of a character beyond U+FFFF apart
            return "".join(map(chr, buffer[:count]))
        if len(text) != count:  # characters without a code are left out of the whole text: ask one by one
            codes = (raw.FPDFText_GetUnicode(self._textpage, i) for i in range(count))
            text = "".join(chr(c) if 0 < c < 0x110000 and not 0xD800 <= c < 0xE000 else "\ufffd" for c in codes)
        return text

    def pieces(self, spans: list[tuple[int, int]]) -> Iterator[Piece]:
        """The given stretches of `text()`, cut where the text object changes."""
        textpage, frame = self._text_address, self.frame
        cell, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        cell_ref, x_ref, y_ref = ctypes.byref(cell), ctypes.byref(x), ctypes.byref(y)
        settings, upright_page, left, top = self._settings, frame.rotation == 0, frame.left, frame.top
        held = 0
        for start, end in spans:
            last = _text_object(textpage, end - 1) or 0
            # The letters of a text object follow each other: where it holds the end of the word before, too, it holds
            # all of this one.
            parts: Sequence[tuple[int, int, int]] = ((start, end, last),)
            if end - start > 1 and (last != held or not last):
                address = _text_object(textpage, start) or 0
                if address != last:
                    parts = _halve(textpage, start, end, address, last)
            held = last
            for first, stop, owner in parts:
                _char_origin(textpage, first, x_ref, y_ref)
                _loose_box(textpage, stop - 1, cell_ref)
                setting = settings.get(owner) or self._setting(owner, first)
                if upright_page and not setting.turn:
                    y_here = y.value
                    x0, x1 = x.value - left, cell.right - left
                    if setting.slant:
                        x1 -= setting.slant * (cell.top - y_here)
                    if x1 < x0:
                        x0, x1 = x1, x0
                    yield _piece((first, stop, x0, x1, top - y_here, setting))
                else:
                    yield self._turned_piece(first, stop, (x.value, y.value), cell, setting)

    def _turned_piece(
        self, first: int, stop: int, origin: tuple[float, float], cell: "raw.FS_RECTF", setting: Setting
    ) -> Piece:
        frame = self.frame
        size = (frame.read_width, frame.read_height)
        x, baseline = point_turned_back(*frame.point(*origin), setting.turn, *size)
        last = frame.box(cell.left, cell.bottom, cell.right, cell.top).turned_back(setting.turn, *size)
        return Piece(first, stop, min(x, last.x0), max(x, last.x1), baseline, setting)

    def letters(self) -> Iterator[Letter]:
        """Every character that belongs to a text object, one by one."""
        textpage, frame = self._text_address, self.frame
        upright_page, left, top = frame.rotation == 0, frame.left, frame.top
        cell, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        cell_ref, x_ref, y_ref = ctypes.byref(cell), ctypes.byref(x), ctypes.byref(y)
        held = 0
        setting: Setting | None = None
        origin, base = (0.0, 0.0), 0.0
        for index, char in enumerate(self.text()):
            address = _text_object(textpage, index) or 0
            if not address:
                continue
            if address != held:
                held = address
                _char_origin(textpage, index, x_ref, y_ref)
                base, origin = y.value, frame.point(x.value, y.value)
                setting = self._settings.get(address) or self._setting(address, index)
            assert setting is not None
            _loose_box(textpage, index, cell_ref)
            if upright_page:
                x0, x1, high, low = cell.left - left, cell.right - left, cell.top, cell.bottom
                if setting.slant:
                    x0, x1 = x0 - setting.slant * (low - base), x1 - setting.slant * (high - base)
                box = new_box((x0, top - high, x1, top - low))
            else:
                box = frame.box(cell.left, cell.bottom, cell.right, cell.top)
            yield _letter((char, origin, box, setting))

    def is_generated(self, index: int) -> bool:
        """True for white space that is not in the file: pdfium put it there because of a gap."""
        return bool(raw.FPDFText_IsGenerated(self._textpage, index) == 1)

    def _setting(self, address: int, index: int) -> Setting:
        textpage, matrix = self._text_address, self._matrix
        _char_matrix(textpage, index, self._matrix_ref)
        a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
        mode = _render_mode(address) if address else _NO_OBJECT
        handle = _font_handle(address) or 0 if address else 0
        drawn = (_font_size(textpage, index), handle, mode, a, b, c, d)
        setting = self._drawn.get(drawn)
        if setting is None:
            setting = self._drawn[drawn] = self._setting_of(drawn)
        self._settings[address] = setting
        return setting

    def _setting_of(self, drawn: tuple[float, int, int, float, float, float, float]) -> Setting:
        points, handle, mode, a, b, c, d = drawn
        width = math.hypot(a, b)
        height = abs(a * d - b * c) / width if width else math.hypot(c, d)
        size = abs(points) * height
        turn = 0
        if self.frame.rotation or b or a <= 0:
            anticlockwise = math.degrees(math.atan2(b, a))
            turn = round((self.frame.rotation - anticlockwise) / 90.0) * 90 % 360
        no_object = mode == _NO_OBJECT
        font = Font("") if no_object else self._font(handle, mode)
        slant = 0.0 if b or not d or not c else round(c / d, 3)
        key = (-1 if no_object else _font_key(handle, mode), round(size, 2), turn, mode not in (3, 7), slant)
        setting = self._known.get(key)
        if setting is None:
            if not key[3]:  # what nobody sees has no weight
                font = replace(font, bold=False, italic=False)
            elif slant >= LEANING:
                font = replace(font, italic=True)
            setting = self._known[key] = Setting(font, key[1], turn, key[3], slant)
        return setting

    def _font(self, address: int, mode: int) -> Font:
        key = _font_key(address, mode)
        if key not in self._fonts:
            handle = ctypes.cast(address, raw.FPDF_FONT)
            buffer = ctypes.create_string_buffer(256)
            length = raw.FPDFFont_GetBaseFontName(handle, buffer, 256)
            name = buffer.value.decode("utf-8", "replace") if 0 < length <= 256 else ""
            angle = ctypes.c_int()
            raw.FPDFFont_GetItalicAngle(handle, angle)
            flags = raw.FPDFFont_GetFlags(handle)
            # Outlines drawn as well as filled: Word's stand-in for a bold font that it does not have.
            self._fonts[key] = font_of(name, flags, angle.value, stroked=mode == 2)
        return self._fonts[key]

    def render(self, dpi: float) -> NDArray[np.uint8]:
        """The page in grey, turned as read; the caller keeps the size in hand."""
        return _grey(self._page, dpi)

    def drawn(self) -> tuple[list[ImageFact], list[PathFact]]:
        """Images and paths of the page, forms opened, in the order in which they are drawn."""
        images: list[ImageFact] = []
        paths: list[PathFact] = []
        for obj, kind, matrix in self._objects():
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                width, height = ctypes.c_uint(), ctypes.c_uint()
                raw.FPDFImageObj_GetImagePixelSize(obj, width, height)
                images.append(ImageFact(self._bounds(obj, matrix), width.value, height.value))
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                paths.append(self._path(obj, matrix))
        return images, paths

    def image(self, index: int) -> tuple[str, bytes]:
        """File ending and bytes of the image at `index` of `drawn()[0]`."""
        images = (obj for obj, kind, _ in self._objects() if kind == raw.FPDF_PAGEOBJ_IMAGE)
        handle = next(obj for i, obj in enumerate(images) if i == index)
        image = pdfium.PdfImage(handle, page=self._page)
        if image.get_filters() == ["DCTDecode"]:
            return ".jpg", bytes(image.get_data())
        out = io.BytesIO()
        image.get_bitmap().to_pil().save(out, format="PNG")
        return ".png", out.getvalue()

    def _objects(self) -> Iterator[tuple[object, int, Matrix]]:
        """Page objects that are not text, with the matrix that carries them to the page."""
        page = ctypes.c_void_p(_address(self._page.raw))
        for i in range(min(raw.FPDFPage_CountObjects(self._page), MAX_OBJECTS)):
            address = _object_at(page, i)
            if _kind_of(address) in _DRAWN:
                yield from self._unfold(address, IDENTITY, 0)

    def _unfold(self, address: int, matrix: Matrix, depth: int) -> Iterator[tuple[object, int, Matrix]]:
        obj = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
        kind = _kind_of(address)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            own = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(obj, own)
            inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
            for i in range(min(raw.FPDFFormObj_CountObjects(obj), MAX_OBJECTS)):
                yield from self._unfold(_form_object_at(address, i), inner, depth + 1)
        elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH):
            yield obj, kind, matrix

    def _bounds(self, obj: object, matrix: Matrix) -> Box:
        left, bottom, right, top = self._corners
        raw.FPDFPageObj_GetBounds(obj, left, bottom, right, top)
        if matrix is IDENTITY:
            return self.frame.box(left.value, bottom.value, right.value, top.value)
        corners = [_apply(matrix, x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
        xs, ys = zip(*corners, strict=True)
        return self.frame.box(min(xs), min(ys), max(xs), max(ys))

    def _path(self, obj: object, matrix: Matrix) -> PathFact:
        count = raw.FPDFPath_CountSegments(obj)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(obj, fill, stroke)
        stroked, filled = bool(stroke.value), bool(fill.value)
        colour = self._colour
        (raw.FPDFPageObj_GetStrokeColor if stroked else raw.FPDFPageObj_GetFillColor)(obj, *colour)
        light = min(c.value for c in colour[:3]) > 240 or colour[3].value < 8
        box = self._bounds(obj, matrix)
        segments: list[tuple[float, float, float, float]] = []
        curved = False
        plain_strip = min(box.width, box.height) <= 3.0 and count <= STRIP_SEGMENTS
        if count <= MAX_SEGMENTS and not light and not plain_strip and (stroked or filled):
            segments, curved = self._segments(obj, count, matrix)
        return PathFact(box, tuple(segments), filled, stroked, light, count, curved)

    def _segments(
        self, obj: object, count: int, matrix: Matrix
    ) -> tuple[list[tuple[float, float, float, float]], bool]:
        own = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(obj, own)
        full = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        x_ref, y_ref = ctypes.byref(x), ctypes.byref(y)
        segments, curved = [], False
        here = begin = (0.0, 0.0)
        for i in range(count):
            segment = raw.FPDFPath_GetPathSegment(obj, i)
            raw.FPDFPathSegment_GetPoint(segment, x_ref, y_ref)
            point = self.frame.point(*_apply(full, x.value, y.value))
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                begin = point
            elif kind == raw.FPDF_SEGMENT_LINETO:
                segments.append((*here, *point))
            else:
                curved = True
            here = point
            if raw.FPDFPathSegment_GetClose(segment):
                segments.append((*here, *begin))
                here = begin
        return segments, curved


def _font_key(address: int, mode: int) -> int:
    """A number for the font and whether its outlines are drawn as well as filled."""
    return address * 4 + (mode == 2)


def whole(text: str) -> str:
    """The text with halves of characters beyond U+FFFF put together; a lone half becomes U+FFFD."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _halve(textpage: ctypes.c_void_p, start: int, end: int, first: int, last: int) -> list[tuple[int, int, int]]:
    """[start, end) cut where the text object changes: (first, stop, object address)."""
    if first == last or end - start == 1:
        return [(start, end, first)]
    if end - start == 2:
        return [(start, start + 1, first), (start + 1, end, last)]
    middle = (start + end) // 2
    left_last, right_first = _text_object(textpage, middle - 1) or 0, _text_object(textpage, middle) or 0
    left = _halve(textpage, start, middle, first, left_last)
    right = _halve(textpage, middle, end, right_first, last)
    if left[-1][2] == right[0][2]:
        return [*left[:-1], (left[-1][0], right[0][1], right[0][2]), *right[1:]]
    return left + right


def font_of(name: str, flags: int, italic_angle: int, *, stroked: bool) -> Font:
    """A font by its PDF name, descriptor flags (PDF 32000-1, table 123) and slant."""
    plain = name.split("+", 1)[1] if len(name) > 7 and name[6] == "+" else name
    low = plain.lower()
    bold = stroked or any(word in low for word in ("bold", "black", "heavy", "demi")) or bool(flags & 1 << 18)
    italic = any(word in low for word in ("italic", "oblique", "kursiv")) or bool(flags & 1 << 6)
    return Font(plain, bold, italic or italic_angle not in (0,))


class PdfiumFile:
    """An open PDF file."""

    def __init__(self, source: Path | bytes, name: str) -> None:
        self.name = name
        try:
            self._pdf = pdfium.PdfDocument(source)
            self.page_count = len(self._pdf)
        except pdfium.PdfiumError as error:
            raise _typed(error, name) from error

    def close(self) -> None:
        """Free the file."""
        self._pdf.close()

    def facts(self) -> dict[str, str]:
        """Entries of the information dictionary, empty ones left out."""
        return {key: value for key, value in self._pdf.get_metadata_dict().items() if value}

    @property
    def version(self) -> str | None:
        """PDF version such as `1.7`."""
        version = self._pdf.get_version()
        return f"{version // 10}.{version % 10}" if version else None

    @property
    def tagged(self) -> bool:
        """True where the catalogue says that the file is tagged."""
        return bool(raw.FPDFCatalog_IsTagged(self._pdf))

    @property
    def encrypted(self) -> bool:
        """True where a security handler is named, even if no password is needed."""
        return bool(raw.FPDF_GetSecurityHandlerRevision(self._pdf) >= 0)

    def label(self, number: int) -> str | None:
        """Label of page `number` by /PageLabels, None without one."""
        return self._pdf.get_page_label(number - 1) or None

    def page(self, number: int) -> PdfiumPage:
        """Page `number` from 1; raises DamagedFile where it cannot be loaded."""
        try:
            return PdfiumPage(self._pdf[number - 1], number)
        except pdfium.PdfiumError as error:
            raise DamagedFile(
                "pages",
                self.name,
                f"page {number} cannot be loaded ({error})",
                "Look at the page in a viewer.",
            ) from error

    def render(self, number: int, dpi: int, max_px: int) -> NDArray[np.uint8]:
        """Page `number` in grey, turned as read."""
        try:
            page = self._pdf[number - 1]
        except pdfium.PdfiumError as error:
            raise DamagedFile(
                "pages",
                self.name,
                f"page {number} cannot be loaded ({error})",
                "Look at the page in a viewer.",
            ) from error
        try:
            width, height = (math.ceil(side * dpi / 72.0) for side in page.get_size())
            if width * height > max_px:
                raise LimitExceeded(
                    "pages",
                    self.name,
                    f"page {number} at {dpi} dpi has {width}x{height} pixels, {max_px} are granted",
                    "Draw it at fewer dpi, or raise limits.max_page_px.",
                )
            return _grey(page, dpi)
        finally:
            page.close()


def _grey(page: "pdfium.PdfPage", dpi: float) -> NDArray[np.uint8]:
    bitmap = page.render(scale=dpi / 72.0, grayscale=True)
    return np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)


def _typed(error: "pdfium.PdfiumError", name: str) -> DamagedFile | Encrypted:
    if "assword" in str(error) or "ecurity" in str(error):
        return Encrypted("pages", name, "the file needs a password", "Remove the password with its owner's consent.")
    return DamagedFile("pages", name, f"pdfium cannot open the file ({error})", "Get the file anew from its source.")
