"""The folder that keeps downloaded bytes by their digest, and what is known of each address."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from pipeline.errors import LimitExceeded, WriteFailed
from pipeline.fetch.local import STAGE


@dataclass(frozen=True)
class Download:
    """What an address gave when it was last asked."""

    sha256: str
    size_bytes: int
    etag: str | None = None
    """The server's mark of this version, to be sent back with the next request."""
    modified: str | None = None
    """Last-Modified as the server wrote it."""


class Downloads:
    """Bytes under `blobs/<sha256>`, one small JSON file an address under `addresses/`.

    Files appear whole or not at all; several processes may share the folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def known(self, address: str) -> Download | None:
        """What the address gave last time; None where nothing, or not its bytes, is kept."""
        try:
            download = Download(**json.loads(self._note(address).read_text("utf-8")))
            whole = self.path(download.sha256).stat().st_size == download.size_bytes
        except (OSError, ValueError, TypeError):
            return None
        return download if whole else None

    def path(self, sha256: str) -> Path:
        """Where the bytes of this digest lie."""
        return self.folder / "blobs" / sha256

    def remember(self, address: str, download: Download) -> None:
        """Keeps what the address gave, for the next conditional request."""
        self._place(self._note(address), json.dumps(asdict(download)).encode())

    def keep(self, pieces: Iterable[bytes], max_bytes: int, shown: str) -> Download:
        """Writes the pieces and names them by digest.

        Raises LimitExceeded past `max_bytes` and WriteFailed where the disk refuses; nothing half written stays.
        """
        digest, size = hashlib.sha256(), 0
        temporary = self._temporary(shown)
        try:
            with temporary:
                for piece in pieces:
                    size += len(piece)
                    if size > max_bytes:
                        raise too_large(shown, max_bytes)
                    digest.update(piece)
                    temporary.write(piece)
            target = self.path(digest.hexdigest())
            target.parent.mkdir(parents=True, exist_ok=True)
            Path(temporary.name).replace(target)
        except OSError as error:
            raise _not_written(shown, error) from error
        finally:
            Path(temporary.name).unlink(missing_ok=True)
        return Download(digest.hexdigest(), size)

    def _note(self, address: str) -> Path:
        return self.folder / "addresses" / (hashlib.sha256(address.encode()).hexdigest() + ".json")

    def _temporary(self, shown: str) -> "tempfile._TemporaryFileWrapper[bytes]":
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            return tempfile.NamedTemporaryFile(dir=self.folder, prefix=".part-", delete=False)
        except OSError as error:
            raise _not_written(shown, error) from error

    def _place(self, target: Path, content: bytes) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
        stream: IO[bytes]
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).replace(target)


def too_large(shown: str, max_bytes: int) -> LimitExceeded:
    """The error for a source that is larger than granted."""
    return LimitExceeded(
        STAGE,
        shown,
        f"it has more than the {max_bytes:,} bytes granted",
        "Raise `limits.max_bytes` if this machine can bear it.",
    )


def _not_written(shown: str, error: OSError) -> WriteFailed:
    return WriteFailed(
        STAGE,
        shown,
        f"the download cannot be kept ({error.strerror or error})",
        "Free space on the disk, or check the rights on the folder.",
    )
