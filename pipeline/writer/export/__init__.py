"""export: the records of an output folder in other forms: JSON lines, Parquet tables, Markdown, HTML, Akoma Ntoso."""

import importlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.writer.records import read_record
from schemas.record import DocumentRecord

Writer = Callable[[Iterable[DocumentRecord], Path, Path], int]
"""(records in the order of their ids, folder to write to, folder of the pictures) → number of files written."""

FORMATS = ("jsonl", "parquet", "markdown", "html", "akn")
"""Each is a module of this folder with a function `write`, loaded when it is asked for."""


def export(folder: Path, formats: Sequence[str], out: Path) -> dict[str, int]:
    """Write the records of `folder` in each format under `out/<format>/`; files written by format.

    Equal records give equal files. Records are read one at a time. Raises SettingsError (unknown format),
    SchemaViolation (a file is no record), ToolMissing (a package for that format) or WriteFailed.
    """
    for name in formats:
        if name not in FORMATS:
            raise SettingsError("writer", name, "There is no such format", f"Choose from {', '.join(FORMATS)}.")
    paths = sorted((folder / "records").glob("*.json"))
    written = {}
    for name in formats:
        write: Writer = importlib.import_module(f"pipeline.writer.export.{name}").write
        written[name] = write((read_record(path) for path in paths), out / name, folder / "images")
    return written
