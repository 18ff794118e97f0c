"""Keeps what linking needs of each record, so that a nightly run over ten new documents does not read ten thousand."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.links import Digest, digest_of
from pipeline.writer.atomic import write_atomically
from schemas.metadata import SymbolCandidate
from schemas.record import SCHEMA_VERSION, DocumentRecord

_FILE = Path("cache") / "digests.jsonl"

_FORM = 1
"""To be raised when `digest_of` takes another value for the same record."""

_HEAD = json.dumps([_FORM, __version__, SCHEMA_VERSION, [field.name for field in fields(Digest)]])
"""First line of the file: what another version kept is not used."""

Mark = tuple[int, int, int]
"""Bytes, time of change in ns and inode of a file: a record is only ever replaced by a new file."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record as linking sees it."""

    mark: Mark
    digest: Digest
    candidates: tuple[SymbolCandidate, ...]


def mark_of(path: Path) -> Mark:
    """The file's mark. Raises FileNotFoundError."""
    facts = path.stat()
    return facts.st_size, facts.st_mtime_ns, facts.st_ino


def row_of(record: DocumentRecord, mark: Mark) -> Row:
    """The row of a record that was read from a file with this mark."""
    return Row(mark, digest_of(record), record.metadata.symbol_candidates)


def kept_rows(out: Path) -> dict[str, Row]:
    """File name of a record → its row; empty where nothing was kept, another version kept it, or it is damaged."""
    try:
        head, *lines = (out / _FILE).read_text(encoding="utf-8").splitlines()
        return dict(map(_parsed, lines)) if head == _HEAD else {}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def keep_rows(out: Path, rows: Mapping[Path, Row]) -> None:
    """Keeps the rows in place of what was kept before.

    Raises:
        WriteFailed: the disk refuses.
    """
    lines = [_HEAD, *(_line(path.name, row) for path, row in rows.items())]
    write_atomically(out / _FILE, ("\n".join(lines) + "\n").encode())


def _line(name: str, row: Row) -> str:
    digest = {**asdict(row.digest), "senders": sorted(row.digest.senders)}
    candidates = [candidate.model_dump() for candidate in row.candidates]
    return json.dumps([name, row.mark, digest, candidates])


def _parsed(line: str) -> tuple[str, Row]:
    name, mark, digest, candidates = json.loads(line)
    size, changed, inode = mark
    return name, Row((size, changed, inode), _digest(digest), tuple(SymbolCandidate(**item) for item in candidates))


def _digest(found: dict[str, Any]) -> Digest:
    return Digest(
        **{
            **found,
            "symbols": tuple(found["symbols"]),
            "organs": tuple(found["organs"]),
            "senders": frozenset(found["senders"]),
            "cited": tuple((symbol, date) for symbol, date in found["cited"]),
        }
    )
