"""engines: the OCR engines by the name they bear in the settings; each is loaded when it is asked for."""

from collections.abc import Callable

from pipeline.ocr.engine import Engine


def _tesser() -> Engine:
    from pipeline.ocr.tesser import TesserEngine

    return TesserEngine()


def _tesseract() -> Engine:
    from pipeline.ocr.tesseract import TesseractEngine

    return TesseractEngine()


def _null() -> Engine:
    from pipeline.ocr.null import NullEngine

    return NullEngine()


ENGINES: dict[str, Callable[[], Engine]] = {"tesserocr": _tesser, "pytesseract": _tesseract, "null": _null}
"""Name in the settings → engine. Another engine is another line here."""
