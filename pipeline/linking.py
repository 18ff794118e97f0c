"""After a batch: what its records say about each other, into `links.jsonl` and into records that print no symbol."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.digests import Row, keep_rows, kept_rows, mark_of, row_of
from pipeline.errors import SchemaViolation
from pipeline.links import each_link, symbol_candidates
from pipeline.writer import read_record, record_bytes, write_record
from pipeline.writer.atomic import write_atomically
from schemas.metadata import SymbolCandidate
from schemas.record import DocumentRecord


def link_records(out: Path) -> int:
    """Number of records whose symbol candidates changed. It depends on the set of records alone, not on their order.

    Only records that are new or changed since the last time are read; of the others a digest was kept.

    Raises:
        WriteFailed: the disk refuses.
    """
    rows = dict(_rows(out))
    digests = [row.digest for row in rows.values()]
    candidates_of = symbol_candidates(digests)
    lines = bytearray()
    for item in each_link(digests, candidates_of):
        lines += item.model_dump_json().encode() + b"\n"
    write_atomically(out / "links.jsonl", lines)
    changed = 0
    for path, row in rows.items():
        candidates = candidates_of.get(row.digest.record_id, ())
        if row.candidates != candidates:
            record = read_record(path)
            path = write_record(out, record.record_id, record_bytes(_with(record, candidates)))
            rows[path] = replace(row, mark=mark_of(path), candidates=candidates)
            changed += 1
    keep_rows(out, rows)
    return changed


def _rows(out: Path) -> Iterator[tuple[Path, Row]]:
    """Records in the order of their names; a broken one is left to `undocs validate`."""
    kept = kept_rows(out)
    for path in sorted(path for path in (out / "records").glob("*.json") if path.is_file()):
        row = kept.get(path.name)
        try:
            mark = mark_of(path)
            yield path, row if row and row.mark == mark else row_of(read_record(path), mark)
        except (SchemaViolation, FileNotFoundError):  # another process may take one away
            continue


def _with(record: DocumentRecord, candidates: tuple[SymbolCandidate, ...]) -> DocumentRecord:
    metadata = record.metadata.model_copy(update={"symbol_candidates": candidates})
    return record.model_copy(update={"metadata": metadata})
