"""pdf: one PDF file, page by page: fast letters where text runs left to right, glyphs where it does not."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import DamagedFile, InputError
from pipeline.pages.fontmaps import RIGHT_TO_LEFT
from pipeline.pages.glyphs import UNKNOWN, GlyphFacts, GlyphReader, order_of
from pipeline.pages.ink import INK_DPI, LOOK_PX
from pipeline.pages.pdfium import PdfiumFile, PdfiumPage
from pipeline.pages.plumber import grids_of
from pipeline.pages.ruled import rules_of
from pipeline.pages.runs import runs_of, words_of
from pipeline.pages.salvage import Salvaged, is_cut, is_doubtful, salvage
from pipeline.pages.textlayer import Layer, Verdict, judged
from pipeline.settings import Limits
from schemas.page import PageText, Picture, Run, TextOrder, TextOrigin
from schemas.problem import Problem, Severity
from schemas.source import MediaType, PdfInfo


class PdfDocument:
    """An open PDF file; see `pipeline.pages.OpenDocument`."""

    def __init__(self, source: Path | bytes, file: PdfiumFile, limits: Limits, saved: Salvaged | None = None) -> None:
        self._file = file
        self._with_lost_fonts = saved.with_lost_fonts if saved else frozenset()
        self._source = source
        self._glyphs: GlyphReader | None = None
        self._no_glyphs = False
        self._seen: tuple[int, NDArray[np.uint8], float] | None = None
        self._limits = limits
        self.page_count = min(file.page_count, limits.max_pages)
        self.info = info_of(file, salvaged=saved is not None)
        self.problems = (saved.problems if saved else ()) + _page_limit(file.page_count, limits)

    def read(self, number: int) -> PageText:
        """Page `number` from 1; raises DamagedFile where it cannot be loaded."""
        page = self._file.page(number)
        try:
            return self._page_text(page)
        finally:
            page.close()

    def _page_text(self, page: PdfiumPage) -> PageText:
        frame = page.frame
        size = (frame.read_width, frame.read_height)
        text = page.text()
        facts: GlyphFacts | None = None
        order = TextOrder.logical
        reader = self._glyph_reader() if RIGHT_TO_LEFT.search(text) else None
        problems: tuple[Problem, ...] = ()
        if reader is not None:
            runs, facts = reader.page(page.number)
            order = order_of(runs)
        else:
            if self._no_glyphs and RIGHT_TO_LEFT.search(text):
                problems = (_glyphs_unreadable(page.number),)
            runs = runs_of(text, page.pieces(words_of(text)), size, page.is_generated)
        if not text.replace(UNKNOWN, "").strip():
            runs = ()
        images, paths = page.drawn()
        pictures = tuple(Picture(i.box.rounded(), i.width_px, i.height_px) for i in images)
        rules = rules_of(paths)
        layer = Layer(runs, pictures, size[0], size[1], len(paths), facts, order, page.number in self._with_lost_fonts)
        verdict = judged(layer, lambda: self._look(page))
        return PageText(
            number=page.number,
            width_pt=round(size[0], 2),
            height_pt=round(size[1], 2),
            rotation=frame.rotation,
            origin=_origin(runs, verdict),
            decision=verdict.decision,
            runs=runs,
            pictures=pictures,
            rules=rules,
            grids=grids_of(rules),
            order=order,
            label=self._file.label(page.number),
            needs_ocr=verdict.needs_ocr,
            problems=problems,
        )

    def _glyph_reader(self) -> GlyphReader | None:
        """The reader of whole glyphs; None where qpdf cannot take the file apart, though pdfium can read it."""
        if self._glyphs is None and not self._no_glyphs:
            try:
                self._glyphs = GlyphReader(self._source)
            except InputError:
                self._no_glyphs = True
        return self._glyphs

    def _look(self, page: PdfiumPage) -> tuple[NDArray[np.uint8], float]:
        """The page drawn small, and at how many dpi; kept while the page is judged."""
        if self._seen is None or self._seen[0] != page.number:
            area_pt = page.frame.width * page.frame.height
            dpi = min(float(INK_DPI), 72.0 * (LOOK_PX / max(1.0, area_pt)) ** 0.5)
            self._seen = page.number, page.render(dpi), dpi
        return self._seen[1:]

    def render(self, number: int, dpi: int) -> NDArray[np.uint8]:
        """Page `number` in grey, turned as read; raises LimitExceeded above the pixel limit."""
        return self._file.render(number, dpi, self._limits.max_page_px)

    def picture_bytes(self, number: int, index: int) -> tuple[str, bytes]:
        """File ending and bytes of a picture of page `number`, by its place in `PageText.pictures`."""
        page = self._file.page(number)
        try:
            return page.image(index)
        finally:
            page.close()

    def close(self) -> None:
        """Give back the file."""
        self._file.close()
        if self._glyphs is not None:
            self._glyphs.close()


def open_document(path: Path, media_type: MediaType, limits: Limits) -> PdfDocument:
    """The PDF behind `path`, salvaged where it is damaged, cut or not whole; raises Encrypted or DamagedFile."""
    file = None if is_cut(path) else _opened(path)
    if file is not None and not is_doubtful(path, limits.max_pages):
        return PdfDocument(path, file, limits)
    saved = salvage(path, opens=file is not None)
    if file is not None:
        if not saved.losses:
            return PdfDocument(path, file, limits)
        file.close()
    return PdfDocument(saved.copy, PdfiumFile(saved.copy, path.name), limits, saved)


def _opened(path: Path) -> PdfiumFile | None:
    try:
        return PdfiumFile(path, path.name)
    except DamagedFile:
        return None


def _origin(runs: tuple[Run, ...], verdict: Verdict) -> TextOrigin:
    if not runs or verdict.needs_ocr:
        return TextOrigin.none
    return TextOrigin.repaired_text_layer if verdict.repaired else TextOrigin.text_layer


def info_of(file: PdfiumFile, *, salvaged: bool) -> PdfInfo:
    """What the file says about itself."""
    facts = file.facts()
    return PdfInfo(
        version=file.version,
        producer=facts.get("Producer"),
        creator=facts.get("Creator"),
        title=facts.get("Title"),
        author=facts.get("Author"),
        created=iso_date(facts.get("CreationDate")),
        modified=iso_date(facts.get("ModDate")),
        encrypted=file.encrypted,
        tagged=file.tagged,
        salvaged=salvaged,
    )


def iso_date(pdf_date: str | None) -> str | None:
    """`D:20250304102233-05'00'` as `2025-03-04T10:22:33-05:00`; anything else as it stands."""
    if not pdf_date:
        return None
    digits = pdf_date.removeprefix("D:")
    if len(digits) < 8 or not digits[:8].isdigit():
        return pdf_date
    out = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
    clock = digits[8:14]
    if len(clock) == 6 and clock.isdigit():
        out += f"T{clock[:2]}:{clock[2:4]}:{clock[4:]}"
        zone = digits[14:].replace("'", "")
        if zone[:1] == "Z":
            out += "Z"
        elif zone[:1] in ("+", "-") and zone[1:5].isdigit() and len(zone) >= 5:
            out += f"{zone[:3]}:{zone[3:5]}"
    return out


def _glyphs_unreadable(number: int) -> Problem:
    return Problem(
        severity=Severity.warning,
        stage="pages",
        code="glyphs_unreadable",
        page=number,
        message="The fonts of the file cannot be taken apart; right-to-left words may stand in the wrong order."
        " Compare the page with its picture.",
    )


def _page_limit(count: int, limits: Limits) -> tuple[Problem, ...]:
    if count <= limits.max_pages:
        return ()
    return (
        Problem(
            severity=Severity.error,
            stage="pages",
            code="page_limit",
            message=f"The file has {count} pages; only the first {limits.max_pages} were read. Raise limits.max_pages.",
        ),
    )
