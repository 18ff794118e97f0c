"""After a batch: what its records say about each other, into `links.jsonl` and into records that print no symbol."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import SchemaViolation
from pipeline.links import link
from pipeline.writer import read_record, record_bytes, write_record
from pipeline.writer.atomic import write_atomically
from schemas.metadata import SymbolCandidate
from schemas.record import DocumentRecord


def link_records(out: Path) -> int:
    """Number of records whose symbol candidates changed. It depends on the set of records alone, not on their order.

    Raises:
        WriteFailed: the disk refuses.
    """
    found = link(_records(out))
    lines = "".join(item.model_dump_json() + "\n" for item in found.links)
    write_atomically(out / "links.jsonl", lines.encode())
    changed = 0
    for record in _records(out):
        candidates = found.candidates.get(record.record_id, ())
        if record.metadata.symbol_candidates != candidates:
            write_record(out, record.record_id, record_bytes(_with(record, candidates)))
            changed += 1
    return changed


def _records(out: Path) -> Iterator[DocumentRecord]:
    """Records in the order of their names; a broken one is left to `undocs validate`."""
    for path in sorted(path for path in (out / "records").glob("*.json") if path.is_file()):
        try:
            yield read_record(path)
        except SchemaViolation:
            continue


def _with(record: DocumentRecord, candidates: tuple[SymbolCandidate, ...]) -> DocumentRecord:
    metadata = record.metadata.model_copy(update={"symbol_candidates": candidates})
    return record.model_copy(update={"metadata": metadata})
