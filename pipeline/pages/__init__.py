"""pages: bytes → pages of positioned text, pictures and rules, each with a verdict on its text layer."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import LimitExceeded, SourceMissing, UnsupportedFormat
from pipeline.settings import Limits
from schemas.page import PageText
from schemas.problem import Problem
from schemas.source import MediaType, PdfInfo

GreyImage = NDArray[np.uint8]
"""A page as drawn: rows of grey values, 0 black, 255 white."""


class OpenDocument(Protocol):
    """A document whose pages can be read one by one, in any order."""

    page_count: int
    info: PdfInfo | None
    problems: tuple[Problem, ...]

    def read(self, number: int) -> PageText:
        """Page `number` (from 1): text, pictures, ruled lines, and the verdict on its text layer."""
        ...

    def render(self, number: int, dpi: int) -> GreyImage:
        """Page `number` drawn in grey, turned as it is read; raises LimitExceeded above the pixel limit."""
        ...

    def picture_bytes(self, number: int, index: int) -> tuple[str, bytes]:
        """File ending (`.png` or `.jpg`) and bytes of `PageText.pictures[index]` of page `number`."""
        ...

    def close(self) -> None:
        """Give back the file; nothing can be read afterwards."""
        ...


READERS = {
    MediaType.pdf: "pdf",
    MediaType.text: "plaintext",
    MediaType.markdown: "plaintext",
    MediaType.png: "image",
    MediaType.jpeg: "image",
    MediaType.tiff: "image",
}
"""Media type → module of this package whose `open_document(path, media_type, limits)` reads it."""


def open_document(path: Path, media_type: MediaType, limits: Limits) -> OpenDocument:
    """The document behind `path`, ready to be read; raises InputError types where it cannot be."""
    if not path.is_file():
        raise SourceMissing("pages", path.name, "there is no such file", "Check the path.")
    size_bytes = path.stat().st_size
    if size_bytes > limits.max_bytes:
        raise LimitExceeded(
            "pages",
            path.name,
            f"the file has {size_bytes} bytes, {limits.max_bytes} are granted",
            "Raise limits.max_bytes if the file is worth it.",
        )
    module = READERS.get(media_type)
    if module is None:
        raise UnsupportedFormat(
            "pages", path.name, f"no reader for {media_type}", "Convert it to PDF, an image or plain text."
        )
    # Readers are loaded when first needed: a run over text files never loads pdfium.
    opener = cast(Callable[..., Any], import_module(f"pipeline.pages.{module}").open_document)
    return cast(OpenDocument, opener(path, media_type, limits))
