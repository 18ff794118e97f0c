"""pdfium: opens PDF files, gives the raw facts of a page (letters, images, paths) and draws pages. Judges nothing."""

import ctypes
import io
import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from pipeline.errors import DamagedFile, Encrypted, LimitExceeded
from pipeline.pages.characters import Characters, characters_of, letters_of, pieces_of
from pipeline.pages.drawing import IDENTITY, Drawing, Matrix, Point, may_hold_rules, times, traced
from pipeline.pages.facts import ImageFact, Letter, PageFrame, PathFact, Piece
from pipeline.pages.luajit import sweep_with
from pipeline.pages.sweep import FORM, FUNCTIONS, IMAGE, Sweep
from pipeline.pages.typesetting import Typesetting, font_of
from schemas.page import Font

MAX_OBJECTS = 200_000
"""Most page objects looked at; the busiest honest page seen has 12 000 (a map drawn as paths)."""
MAX_DEPTH = 8
"""Deepest nesting of form objects followed; honest files nest two or three deep."""

_HALF = re.compile("[\ud800-\udfff]")


def _address(pointer: Any) -> int:
    """Where a handle or function of pdfium stands; pypdfium2 gives them no common type."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _object(address: int) -> object:
    return ctypes.cast(address, raw.FPDF_PAGEOBJECT)


def functions() -> dict[str, int]:
    """Addresses of the functions that a sweep calls."""
    return {name: _address(getattr(raw, name)) for name in FUNCTIONS}


@cache
def _fast_sweep() -> Sweep:
    return sweep_with(functions())


class PdfiumPage:
    """One loaded page; close it when done."""

    def __init__(self, page: "pdfium.PdfPage", number: int, sweep: Sweep) -> None:
        self.number = number
        self._sweep = sweep
        self._page = page
        self._textpage = page.get_textpage()
        left, bottom, right, top = page.get_bbox()
        self.frame = PageFrame(left, top, right - left, top - bottom, page.get_rotation() % 360)

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

    def pieces(self, spans: Sequence[tuple[int, int]]) -> list[Piece]:
        """The given stretches of `text()`, cut where the text object changes."""
        return pieces_of(self._characters(), self.frame, spans)

    def letters(self) -> list[Letter]:
        """Every character that belongs to a text object, one by one."""
        return letters_of(self._characters(), self.frame, self.text())

    def _characters(self) -> Characters:
        count = max(0, raw.FPDFText_CountChars(self._textpage))
        facts, objects = self._sweep.characters(_address(self._textpage.raw), count)
        return characters_of(facts, objects, Typesetting(self.frame.rotation, _font_at))

    def is_generated(self, index: int) -> bool:
        """True for white space that is not in the file: pdfium put it there because of a gap."""
        return bool(raw.FPDFText_IsGenerated(self._textpage, index) == 1)

    def render(self, dpi: float) -> NDArray[np.uint8]:
        """The page in grey, turned as read; the caller keeps the size in hand."""
        return _grey(self._page, dpi)

    def drawn(self) -> tuple[list[ImageFact], list[PathFact]]:
        """Images and paths of the page, forms opened, in the order in which they are drawn."""
        images: list[ImageFact] = []
        paths: list[PathFact] = []
        for drawing in self._drawings():
            if drawing.kind == IMAGE:
                width, height = ctypes.c_uint(), ctypes.c_uint()
                raw.FPDFImageObj_GetImagePixelSize(_object(drawing.address), width, height)
                images.append(ImageFact(drawing.box(self.frame), width.value, height.value))
            else:
                path = drawing.path(self.frame)
                if may_hold_rules(path):
                    matrix = times(_matrix_of(drawing.address), drawing.matrix)
                    path = traced(path, _points_of(drawing.address, path.count), matrix, self.frame)
                paths.append(path)
        return images, paths

    def image(self, index: int) -> tuple[str, bytes]:
        """File ending and bytes of the image at `index` of `drawn()[0]`."""
        images = (drawing for drawing in self._drawings() if drawing.kind == IMAGE)
        handle = _object(next(drawing for i, drawing in enumerate(images) if i == index).address)
        image = pdfium.PdfImage(handle, page=self._page)
        if image.get_filters() == ["DCTDecode"]:
            return ".jpg", bytes(image.get_data())
        out = io.BytesIO()
        image.get_bitmap().to_pil().save(out, format="PNG")
        return ".png", out.getvalue()

    def _drawings(self) -> Iterator[Drawing]:
        """Images and paths, forms opened."""
        count = min(raw.FPDFPage_CountObjects(self._page), MAX_OBJECTS)
        for fields in self._sweep.drawings(_address(self._page.raw), count, in_form=False).tolist():
            yield from self._unfolded(Drawing(fields, IDENTITY), 0)

    def _unfolded(self, drawing: Drawing, depth: int) -> Iterator[Drawing]:
        if drawing.kind != FORM:
            yield drawing
        elif depth < MAX_DEPTH:
            inner = times(_matrix_of(drawing.address), drawing.matrix)
            count = min(raw.FPDFFormObj_CountObjects(_object(drawing.address)), MAX_OBJECTS)
            for fields in self._sweep.drawings(drawing.address, count, in_form=True).tolist():
                yield from self._unfolded(Drawing(fields, inner), depth + 1)


def _matrix_of(address: int) -> Matrix:
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(_object(address), own)
    return own.a, own.b, own.c, own.d, own.e, own.f


def _points_of(address: int, count: int) -> Iterator[Point]:
    path = _object(address)
    x, y = ctypes.c_float(), ctypes.c_float()
    x_ref, y_ref = ctypes.byref(x), ctypes.byref(y)
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        raw.FPDFPathSegment_GetPoint(segment, x_ref, y_ref)
        kind, closes = raw.FPDFPathSegment_GetType(segment), raw.FPDFPathSegment_GetClose(segment)
        yield x.value, y.value, kind, bool(closes)


def _font_at(address: int, stroked: bool) -> Font:
    """The font at this address; `stroked` where outlines are drawn as well as filled."""
    handle = ctypes.cast(address, raw.FPDF_FONT)
    buffer = ctypes.create_string_buffer(256)
    length = raw.FPDFFont_GetBaseFontName(handle, buffer, 256)
    name = buffer.value.decode("utf-8", "replace") if 0 < length <= 256 else ""
    angle = ctypes.c_int()
    raw.FPDFFont_GetItalicAngle(handle, angle)
    return font_of(name, raw.FPDFFont_GetFlags(handle), angle.value, stroked=stroked)


def whole(text: str) -> str:
    """The text with halves of characters beyond U+FFFF put together; a lone half becomes U+FFFD."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class PdfiumFile:
    """An open PDF file."""

    def __init__(self, source: Path | bytes, name: str, sweep: Sweep | None = None) -> None:
        self.name = name
        self._sweep = sweep or _fast_sweep()
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
            return PdfiumPage(self._pdf[number - 1], number, self._sweep)
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
