"""Canonical JSON of a record: keys in schema order, one list item a line, UTF-8, `\\n` at the end."""

import json
from pathlib import Path

from pydantic import BaseModel, ValidationError

from pipeline.errors import SchemaViolation, SourceMissing
from pipeline.writer.atomic import write_atomically
from schemas.record import DocumentRecord

REMEDY = "Remove the file and ingest its source again."
"""What to do about a record that is none."""


def record_bytes(record: DocumentRecord) -> bytes:
    """The record as it is written; equal records give equal bytes.

    Each item of a top-level list (a block, a page, a citation) has a line of its own, so that `grep` and `diff` work.
    """
    lines = []
    for name in type(record).model_fields:
        lines.append(f"{json.dumps(name)}: {_value(getattr(record, name))}")
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _value(value: object) -> str:
    if isinstance(value, BaseModel):
        return value.model_dump_json()
    if isinstance(value, tuple) and value:
        return "[\n" + ",\n".join(_value(item) for item in value) + "\n]"
    if isinstance(value, dict) and value:
        items = (f"{json.dumps(key, ensure_ascii=False)}: {_value(item)}" for key, item in value.items())
        return "{\n" + ",\n".join(items) + "\n}"
    return json.dumps(value, ensure_ascii=False)


def write_record(out: Path, record_id: str, content: bytes) -> Path:
    """Write one record under `out/records/` and return its path.

    Raises:
        WriteFailed: the disk refuses.
    """
    path = out / "records" / f"{record_id}.json"
    write_atomically(path, content)
    return path


def record_paths(folder: Path) -> list[Path]:
    """The records in a folder, by name.

    Raises:
        SourceMissing: there are none, or the folder must not be read.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".json" and not path.name.startswith("."))
    except PermissionError as error:
        raise _unreadable(str(folder)) from error
    except (FileNotFoundError, NotADirectoryError):
        paths = []
    if not paths:
        raise SourceMissing("writer", str(folder), "No records there", "Name an output folder of `undocs ingest`.")
    return paths


def read_record(path: Path) -> DocumentRecord:
    """The record in a file.

    Raises:
        SchemaViolation: it is not a record of this schema version.
        SourceMissing: it must not be read.
    """
    try:
        return DocumentRecord.model_validate_json(path.read_bytes())
    except PermissionError as error:
        raise _unreadable(path.name) from error
    except ValidationError as error:
        raise SchemaViolation("writer", path.name, f"Not a valid record: {_first(error)}", REMEDY) from error


def _unreadable(source: str) -> SourceMissing:
    return SourceMissing(
        "writer", source, "reading is not permitted", "Give the user who runs this the right to read it."
    )


def _first(error: ValidationError) -> str:
    """The first thing wrong, and where."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = "/".join(map(str, first["loc"]))
    return f"{where}: {first['msg']}" if where else first["msg"]
