"""Object stores and file servers (`s3://`, `gs://`, `sftp://` …) through fsspec: sources in, output folders out."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import fsspec

from pipeline.errors import FetchFailed, PipelineError, SettingsError, SourceMissing, ToolMissing, WriteFailed
from pipeline.fetch.addresses import scheme_of, without_credentials
from pipeline.fetch.downloads import Download, Downloads
from pipeline.fetch.guard import checked_address
from pipeline.fetch.local import CHUNK_BYTES, DOCUMENT_SUFFIXES, STAGE
from pipeline.settings import FetchSettings
from schemas.source import Source

PACKAGES = {"s3": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "sftp": "paramiko", "abfs": "adlfs", "az": "adlfs"}
"""Schemes that may be used, with the package that brings each; fsspec's other ones could read this machine."""

JOURNAL_SUFFIX = ".jsonl"
"""Files that grow by lines, such as the manifest: two machines' copies are joined."""

HOST_SCHEMES = {"sftp": 22}
"""Schemes whose addresses name a host, with their port; the others' hosts are the operator's own configuration."""


def documents_under(url: str, settings: FetchSettings) -> tuple[Source, ...]:
    """The object itself, or the documents below a `…/` prefix by their names' endings, in order.

    Raises FetchFailed, SourceMissing, SettingsError or ToolMissing.
    """
    shown = without_credentials(url)
    if not url.endswith("/"):
        return (Source(url, shown),)
    system, path = _open_system(url, settings)
    try:
        names = sorted(system.find(path))
    except Exception as error:
        raise _failed(shown, error) from error
    root = path.rstrip("/") + "/"
    found = [name.removeprefix(root) for name in names if Path(name).suffix.lower() in DOCUMENT_SUFFIXES]
    visible = [name for name in found if not any(step.startswith(".") for step in name.split("/"))]
    if not visible:
        raise SourceMissing(STAGE, shown, "the folder holds no documents", "Check the bucket and the prefix.")
    return tuple(Source(url + name, name) for name in visible)


def download(url: str, shown: str, settings: FetchSettings, max_bytes: int, downloads: Downloads) -> Download:
    """The object's bytes, kept in `downloads`; those of last time where the store's mark of them is unchanged.

    Raises SourceMissing, LimitExceeded, FetchFailed, SettingsError or ToolMissing.
    """
    system, path = _open_system(url, settings)
    known = downloads.known(url)
    try:
        mark = _mark(system.info(path))
        if known is not None and mark is not None and known.etag == mark:
            return known
        with system.open(path, "rb") as stream:
            found = downloads.keep(iter(lambda: stream.read(CHUNK_BYTES), b""), max_bytes, shown)
    except PipelineError:
        raise
    except Exception as error:
        raise _failed(shown, error) from error
    if not found.size_bytes:
        raise SourceMissing(STAGE, shown, "the object is empty", "Check how it was uploaded.")
    found = Download(found.sha256, found.size_bytes, mark)
    downloads.remember(url, found)
    return found


def mirror(folder: Path, url: str, settings: FetchSettings) -> int:
    """Copies what is new or changed below `folder` to the store; the number of files copied.

    Files of the top folder (the manifest) go last, so that a reader of the store never meets an entry before its
    record. Raises WriteFailed, SettingsError or ToolMissing.
    """
    shown = without_credentials(url)
    system, root = _open_system(url, settings)
    note = folder / ".mirror" / (hashlib.sha256(shown.encode()).hexdigest()[:16] + ".json")
    sent = json.loads(note.read_text("utf-8")) if note.exists() else {}
    copied = 0
    try:
        for file in sorted(_visible_files(folder), key=lambda file: (file.parent == folder, file)):
            name, facts = file.relative_to(folder).as_posix(), file.stat()
            state = [facts.st_size, facts.st_mtime_ns]
            if sent.get(name) != state:
                system.put_file(str(file), _joined(root, name))
                sent[name] = state
                copied += 1
    except Exception as error:
        raise WriteFailed(
            STAGE, shown, f"writing failed ({type(error).__name__})", "Check address, rights and space."
        ) from error
    finally:
        note.parent.mkdir(exist_ok=True)
        note.write_text(json.dumps(sent), "utf-8")
    return copied


def restore(url: str, folder: Path, settings: FetchSettings) -> int:
    """Copies what the store has and `folder` lacks, so that a new machine goes on where another stopped.

    The number of files copied. Raises FetchFailed, SettingsError or ToolMissing.
    """
    shown = without_credentials(url)
    system, root = _open_system(url, settings)
    copied = 0
    try:
        for path in sorted(system.find(root)) if system.exists(root) else ():
            target = folder / path.removeprefix(root.rstrip("/") + "/")
            inside = target.resolve().is_relative_to(folder.resolve())
            if not inside or (target.exists() and target.suffix != JOURNAL_SUFFIX):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_name(f".part-{target.name}")
            system.get_file(path, str(partial))
            if target.exists():
                _join_journals(partial, target)
            partial.replace(target)
            copied += 1
    except Exception as error:
        raise _failed(shown, error) from error
    return copied


def _join_journals(store: Path, own: Path) -> None:
    """Adds our own lines to the store's: both are only ever appended to."""
    kept = store.read_bytes().splitlines(keepends=True)
    known = set(kept)
    with store.open("ab") as stream:
        stream.writelines(line for line in own.read_bytes().splitlines(keepends=True) if line not in known)


def _open_system(url: str, settings: FetchSettings) -> tuple[Any, str]:
    """The file system and the path in it."""
    scheme, shown = scheme_of(url), without_credentials(url)
    if scheme not in PACKAGES:
        raise SettingsError(
            STAGE, shown, f"addresses of the kind {scheme}:// are not read", f"Use one of {', '.join(PACKAGES)}."
        )
    if scheme in HOST_SCHEMES:
        parts = urlsplit(url)
        checked_address(parts.hostname or "", parts.port or HOST_SCHEMES[scheme], shown, settings.allow_private)
    try:
        system, path = fsspec.core.url_to_fs(url, use_listings_cache=False)
    except ImportError as error:
        raise ToolMissing(
            STAGE,
            shown,
            f"{scheme}:// needs the package {PACKAGES[scheme]}",
            f"Install it: `.venv/bin/pip install {PACKAGES[scheme]}`.",
        ) from error
    except Exception as error:
        raise _failed(shown, error) from error
    return system, path


def _mark(facts: dict[str, Any]) -> str | None:
    """The store's mark of this version of an object: its entity tag, else size and time of change."""
    for key in ("ETag", "etag", "md5Hash"):
        if facts.get(key):
            return str(facts[key])
    changed = facts.get("mtime") or facts.get("LastModified") or facts.get("updated")
    return f"{facts.get('size')}-{changed}" if changed else None


def _visible_files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        if file.is_file() and not any(step.startswith(".") for step in file.relative_to(folder).parts):
            yield file


def _joined(root: str, name: str) -> str:
    return f"{root.rstrip('/')}/{name}"


def _failed(shown: str, error: Exception) -> PipelineError:
    """Messages of the stores' own libraries may hold keys: only the kind of the error is passed on."""
    if isinstance(error, FileNotFoundError):
        return SourceMissing(STAGE, shown, "there is no such object", "Check bucket and name.")
    if isinstance(error, PermissionError):
        return SourceMissing(STAGE, shown, "the store refused", "Check the credentials of the user who runs this.")
    return FetchFailed(STAGE, shown, f"the store failed ({type(error).__name__})", "Try again later.")
