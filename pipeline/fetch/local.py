"""Files and folders on the local disk → sources, and sources → artifacts."""

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import FetchFailed, LimitExceeded, PipelineError, SourceMissing
from schemas.source import Artifact, Source

STAGE = "fetch"

DOCUMENT_SUFFIXES = frozenset({".pdf", ".txt", ".text", ".md", ".markdown", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})
"""Names that claim to be documents: such a file of a folder is always taken, and judged by its bytes."""

SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
"""First bytes of pictures, taken from a folder whatever their name: PNG, JPEG, TIFF in both byte orders."""

PDF_HEADER_BYTES = 1024
"""A PDF header may stand anywhere in the first 1024 bytes (ISO 32000-1, annex H, note 13)."""

CHUNK_BYTES = 1 << 20
"""Bytes hashed at a time: memory stays flat however large the file."""


def sources_of(path: Path) -> tuple[Source, ...]:
    """The document itself, or those of a folder and its subfolders in the order of their names.

    A missing file, and a folder without documents, come back as one source that `read_artifact` refuses
    with the reason, so that a batch reports it beside its other documents.
    """
    if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where a folder above may not be entered
        return (Source(str(path), printable(path.name)),)
    found = tuple(Source(str(file), _name_in(path, file)) for file in _walk(path, seen=set()))
    return found or (Source(str(path), printable(path.name or path.resolve().name)),)


def read_artifact(source: Source, max_bytes: int) -> Artifact:
    """The file's digest and size, read in pieces.

    Raises SourceMissing (absent, unreadable, a folder without documents, not a file), LimitExceeded (more
    than `max_bytes`) or FetchFailed (it grew or shrank while it was read).
    """
    path = Path(source.location)
    try:
        facts = path.stat()
        _require_file(source, path, facts)
        if facts.st_size > max_bytes:
            raise LimitExceeded(
                STAGE,
                source.uri,
                f"the file has {facts.st_size:,} bytes, more than the {max_bytes:,} granted",
                "Split the document, or raise `limits.max_bytes` if this machine can bear it.",
            )
        digest, size = _hash(path, max_bytes)
    except OSError as error:
        raise _missing(source, error) from error
    if size != facts.st_size:
        raise FetchFailed(
            STAGE, source.uri, "the file changed while it was read", "Try again when its copying is complete."
        )
    return Artifact(source.uri, source.uri.rsplit("/", 1)[-1], path, digest, size)


def printable(name: str) -> str:
    """The name in NFC; bytes that are no UTF-8 become U+FFFD."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))


def _name_in(folder: Path, file: Path) -> str:
    """Below the folder; an unreadable folder stands for itself under its own name."""
    if file == folder:
        return printable(folder.name or folder.resolve().name)
    return printable(file.relative_to(folder).as_posix())


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    """Documents below the folder; an unreadable subfolder is yielded itself, so that its refusal is seen."""
    try:
        facts = folder.stat()
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    if (facts.st_dev, facts.st_ino) in seen:  # a link back to a folder above
        return
    seen.add((facts.st_dev, facts.st_ino))
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if os.path.isdir(entry):  # noqa: PTH112 - Path.is_dir raises where a folder may be listed and not entered
            yield from _walk(entry, seen)
        elif os.path.isfile(entry) and _is_document(entry):  # noqa: PTH113 - as above
            yield entry


def _is_document(file: Path) -> bool:
    """By name, or by content where the name says nothing."""
    if file.suffix.lower() in DOCUMENT_SUFFIXES:
        return True
    try:
        with file.open("rb") as stream:
            head = stream.read(PDF_HEADER_BYTES)
    except OSError:
        return True  # reported when it is read
    return head.startswith(SIGNATURES) or b"%PDF-" in head


def _hash(path: Path, max_bytes: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while size <= max_bytes and (piece := stream.read(CHUNK_BYTES)):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def _require_file(source: Source, path: Path, facts: os.stat_result) -> None:
    if stat.S_ISDIR(facts.st_mode):
        next(path.iterdir(), None)  # raises where it cannot be read
        raise SourceMissing(
            STAGE,
            source.uri,
            "the folder holds no documents",
            "Name a folder with PDF, text, Markdown, PNG, JPEG or TIFF files; hidden files are not read.",
        )
    if not stat.S_ISREG(facts.st_mode):
        raise SourceMissing(STAGE, source.uri, "this is no ordinary file", "Name a file or a folder.")


def _missing(source: Source, error: OSError) -> PipelineError:
    if isinstance(error, PermissionError):
        return SourceMissing(
            STAGE, source.uri, "reading is not permitted", "Give the user who runs this the right to read it."
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return SourceMissing(
            STAGE,
            source.uri,
            "there is no such file or folder",
            "Check the spelling. Names are looked for from the current folder, those in a list from its folder.",
        )
    what = f"it cannot be read ({error.strerror or error})"
    return FetchFailed(STAGE, source.uri, what, "Check the disk or the share it lies on.")
