"""The manifest: one line for each document that came to an end, the truth about what is done.

`manifest.jsonl` is only ever appended to, a line at a time, so a killed run leaves at most a torn last line, which is
passed over. The last line about a digest counts.
"""

import fcntl
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from json import JSONDecodeError, dumps, loads
from pathlib import Path

from pipeline.errors import SourceMissing, write_refused
from schemas.report import Outcome

_NAME = "manifest.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one document."""

    sha256: str
    """Digest of the bytes; empty where they could not be had."""
    uri: str
    """As it was known then."""
    location: str
    """Where the bytes can be had again: a local path or a URL."""
    fingerprint: str
    """Of settings and versions."""
    outcome: Outcome
    record_id: str | None
    code: str | None = None
    message: str | None = None
    pages: int = 0
    ocr_pages: int = 0
    languages: tuple[str, ...] = ()
    run_id: str = ""

    @property
    def key(self) -> str:
        """What tells documents apart: their bytes, or their place where there are none."""
        return self.sha256 or f"missing:{self.location}"


def append(out: Path, entries: Iterable[Entry]) -> None:
    """Add entries; several processes may do so at once.

    Raises:
        WriteFailed: the disk refuses.
    """
    lines = "".join(dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries)
    path = out / _NAME
    try:
        out.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if _is_torn(file.fileno()):
                lines = "\n" + lines
            file.write(lines.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise write_refused(_NAME, error) from error


def _is_torn(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"


def load(out: Path) -> dict[str, Entry]:
    """The last entry of each document by its key, in the order in which documents were first met.

    A failed or partial document whose place holds other bytes by now is left out: its cause is gone.

    Raises:
        SourceMissing: it is there and must not be read.
    """
    path = out / _NAME
    entries: dict[str, Entry] = {}
    at: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                entry = _entry(line)
                if entry is not None:
                    _put(entries, at, entry)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        hint = "Give the user who runs this the right to read it."
        if isinstance(error, IsADirectoryError):
            hint = "Move the folder away; documents are then told anew."
        raise SourceMissing("writer", str(path), f"Cannot read it: {error.strerror}", hint) from error
    return entries


def _put(entries: dict[str, Entry], at: dict[str, str], entry: Entry) -> None:
    """Other bytes at the same place put an end to what had failed there; good records stay."""
    before = entries.get(at.get(entry.location, ""))
    if before is not None and is_superseded(before, entry):
        del entries[before.key]
    entries[entry.key] = entry
    at[entry.location] = entry.key


def is_superseded(before: Entry, entry: Entry) -> bool:
    """Did the later entry find other bytes where the earlier one had failed, wholly or in part?"""
    return (
        before.location == entry.location
        and before.key != entry.key
        and before.outcome in (Outcome.failed, Outcome.partial)
    )


def _entry(line: str) -> Entry | None:
    try:
        fields = loads(line)
        fields["outcome"] = Outcome(fields["outcome"])
        fields["languages"] = tuple(fields.get("languages", ()))
        return Entry(**fields)
    except (JSONDecodeError, TypeError, ValueError, KeyError):
        return None  # a line torn by a kill; its document is simply ingested again
