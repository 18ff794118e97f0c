"""Whole records of born-digital PDFs beside bare text extraction by pypdfium2, same files, one process."""

import resource
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from pipeline.ingest import Job, build
from pipeline.settings import OcrMode, OcrSettings, Settings
from pipeline.writer import record_bytes
from tests.support.documents import artifact_of

_SETTINGS = Settings(ocr=OcrSettings(mode=OcrMode.never))


def measure(files: list[Path]) -> dict[str, float]:
    """Pages per CPU second of both, their ratio, and the peak memory."""
    _record_pages(files[0])  # imports and tables are the cold start's business
    raw_pages, raw_s = _timed(_raw_pages, files)
    pages, seconds = _timed(_record_pages, files)
    return {
        "pages": float(pages),
        "raw pypdfium2 text, pages per CPU s": raw_pages / raw_s,
        "records written, pages per CPU s": pages / seconds,
        "records / raw text, CPU": (seconds / pages) / (raw_s / raw_pages),
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _timed(work: Callable[[Path], int], files: list[Path]) -> tuple[int, float]:
    begun = time.process_time()
    pages = sum(work(path) for path in files)
    return pages, time.process_time() - begun


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


def _record_pages(path: Path) -> int:
    built = build(Job(artifact_of(path), _SETTINGS, lost_pages={}), lambda *_: None)
    record_bytes(built.record)
    return len(built.record.pages)
