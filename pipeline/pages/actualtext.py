"""actualtext: hides the replacement texts of tagged PDFs, which pdfium would give instead of the glyphs."""

from pipeline.pages.parts import contents_of, pictures_in
from pipeline.pages.qpdf import PdfError, QpdfFile, Stream

_ACTUAL_TEXT, _NO_TEXT = b"/ActualText", b"/ActualNone"


def forget_actual_text(file: QpdfFile) -> None:
    """Hides the replacement texts of tagged PDFs (PDF 32000-1, 14.9.4), which pdfium gives instead of the glyphs.

    They stand in the order of the source, cut evenly over the glyphs, so that a ligature came apart the wrong way
    round.
    """
    if "/StructTreeRoot" not in file.pdf.Root and "/MarkInfo" not in file.pdf.Root:
        return
    for page in file.pdf.pages:
        for stream in (*contents_of(page), *(form for _, form in pictures_in(page.resources))):
            _forget(stream)


def _forget(stream: object) -> None:
    """Renames the key /ActualText inside a content stream; a picture, or what cannot be decoded, stays as it is."""
    if not isinstance(stream, Stream) or stream.get("/Subtype") == "/Image":
        return
    try:
        content = stream.read_bytes()
    except (PdfError, MemoryError):  # a bomb costs its own page later, not the whole file
        return
    if _ACTUAL_TEXT in content:
        stream.write(content.replace(_ACTUAL_TEXT, _NO_TEXT))
