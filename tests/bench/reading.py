"""Whole records of born-digital PDFs beside bare text extraction on the same files, one process, CPU time.

The process is set up as a worker is (`pipeline/worker.py`).

Latin pages stand beside pypdfium2, which gives bare text; Arabic pages beside playa, which gives bare glyphs, and
qalam, which gives text in reading order. None of them gives blocks, tables, languages or any metadata. The figures of
peers that give structure and are too heavy to install here (docling-rs, docling, unstructured) stand in README.md
beside this file.
"""

import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pypdfium2

from pipeline.ingest import build
from pipeline.reading import Job
from pipeline.settings import OcrMode, OcrSettings, Settings
from pipeline.worker import get_ready
from pipeline.writer import record_bytes
from schemas.record import DocumentRecord
from tests.bench import documents
from tests.bench.figures import NOT_INSTALLED, Figures, ratio
from tests.support.documents import artifact_of

_SETTINGS = Settings(ocr=OcrSettings(mode=OcrMode.never))

Reader = Callable[[Path], int]
"""Reads a file and gives the number of its pages."""


def measure() -> Figures:
    """Pages per CPU second, and how they stand to those of the peers."""
    latin = documents.latin()
    get_ready()
    record_of(latin[0])  # imports and tables are the cold start's business
    scans = [path for path in latin if is_scan(path)]
    plain = [path for path in latin if path not in scans]
    return {**_plain(plain), **_scans(scans), **_arabic(documents.arabic())}


def _plain(files: list[Path]) -> Figures:
    record, raw = rate(record_pages, files), rate(_raw_pages, files)
    return {
        "plain Latin: files": float(len(files)),
        "plain Latin: pages": float(sum(map(_raw_pages, files))),
        "plain Latin: records, pages per CPU s": record,
        "plain Latin: raw pypdfium2 text, pages per CPU s": raw,
        "plain Latin: records / raw text, CPU": ratio(raw, record),
    }


def _scans(files: list[Path]) -> Figures:
    if not files:
        return {}
    return {
        "scans with an older layer: files": float(len(files)),
        "scans with an older layer: records, pages per CPU s": rate(record_pages, files),
        "scans with an older layer: raw pypdfium2 text, pages per CPU s": rate(_raw_pages, files),
    }


def _arabic(files: list[Path]) -> Figures:
    record = rate(record_pages, files)
    playa = rate(_playa_pages, files) if find_spec("playa") else NOT_INSTALLED
    qalam = rate(_qalam_pages, files) if find_spec("qalam") else NOT_INSTALLED
    return {
        "Arabic: pages": float(sum(map(_raw_pages, files))),
        "Arabic: records, pages per CPU s": record,
        "Arabic: playa's bare glyphs, pages per CPU s": playa,
        "Arabic: qalam's text, pages per CPU s": qalam,
        "Arabic: records / playa, pages": ratio(record, playa),
        "Arabic: records / qalam, pages": ratio(record, qalam),
    }


def rate(reader: Reader, files: list[Path]) -> float:
    """Pages per CPU second over all files; the better of two rounds."""
    best = 0.0
    for _ in range(2):
        begun = time.process_time()
        pages = sum(reader(path) for path in files)
        best = max(best, pages / (time.process_time() - begun))
    return best


def record_of(path: Path) -> DocumentRecord:
    """The record as `undocs ingest --ocr never` makes it, its bytes written too."""
    record = build(Job(artifact_of(path), _SETTINGS, lost_pages={}), lambda *_: None).record
    record_bytes(record)
    return record


def record_pages(path: Path) -> int:
    """Pages of the file, read into a record."""
    return len(record_of(path).pages)


def is_scan(path: Path) -> bool:
    """True for a file most of whose pages are pictures with an older text layer."""
    pages = record_of(path).pages
    return documents.is_scan([float(page.decision.signals.get("image_share") or 0.0) for page in pages])


def _raw_pages(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    count = len(document)
    document.close()
    return count


def _playa_pages(path: Path) -> int:
    import playa

    with playa.open(path) as document:
        for page in document.pages:
            for glyph in page.glyphs:
                _ = glyph.text, glyph.bbox
        return len(document.pages)


def _qalam_pages(path: Path) -> int:
    import qalam

    qalam.extract_text(str(path))
    return _raw_pages(path)
