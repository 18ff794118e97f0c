"""export: the records of an output folder in other forms: JSON lines, Parquet tables, Markdown, HTML, Akoma Ntoso."""

import importlib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.writer.atomic import write_atomically
from pipeline.writer.records import read_record, record_paths
from schemas.record import DocumentRecord

Page = Callable[[DocumentRecord, str], str]
"""(record, folder of the pictures as the file names it) → text of the record's file."""
Table = Callable[[Iterable[DocumentRecord], Path], int]
"""(all records in the order of their ids, folder to write to) → number of files written."""

PAGES = {"markdown": ".md", "html": ".html", "akn": ".xml"}
"""Formats with a file for each record, and how its name ends; a module each with a function `page`."""
TABLES = ("jsonl", "parquet")
"""Formats with all records in one file or a few; a module each with a function `write`."""
FORMATS = (*TABLES, *PAGES)


def export(folder: Path, formats: Sequence[str], out: Path) -> dict[str, int]:
    """Write the records of `folder` in each format under `out/<format>/`; files written by format.

    Equal records give equal files. Records are read one at a time. Raises SettingsError (unknown format),
    SourceMissing (no records), SchemaViolation (a file is no record), ToolMissing (a package for that format) or
    WriteFailed.
    """
    for name in formats:
        if name not in FORMATS:
            raise SettingsError("writer", name, "There is no such format", f"Choose from {', '.join(FORMATS)}.")
    paths = record_paths(folder / "records")
    written = {}
    for name in formats:
        module = importlib.import_module(f"pipeline.writer.export.{name}")
        records = (read_record(path) for path in paths)
        if name in PAGES:
            written[name] = _write_pages(module.page, PAGES[name], records, out / name, folder / "images")
        else:
            written[name] = module.write(records, out / name)
    return written


def _write_pages(page: Page, ending: str, records: Iterable[DocumentRecord], out: Path, images: Path) -> int:
    """Pictures stay where they are and are linked."""
    pictures, count = os.path.relpath(images, out), 0
    for record in records:
        write_atomically(out / f"{record.record_id}{ending}", page(record, pictures).encode())
        count += 1
    return count
