"""jsonl: all records in one file, one a line."""

import json
from collections.abc import Iterable
from pathlib import Path

from pipeline.writer.atomic import write_pieces_atomically
from schemas.record import DocumentRecord


def write(records: Iterable[DocumentRecord], out: Path) -> int:
    """Write `records.jsonl`."""
    write_pieces_atomically(out / "records.jsonl", (_line(record) for record in records))
    return 1


def _line(record: DocumentRecord) -> bytes:
    return json.dumps(record.model_dump(mode="json"), ensure_ascii=False).encode() + b"\n"
