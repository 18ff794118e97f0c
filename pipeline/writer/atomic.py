"""Files appear whole or not at all."""

import errno
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pipeline.errors import write_refused


def write_atomically(path: Path, content: bytes | bytearray) -> None:
    """Write `content` to `path`, whole or not at all.

    Raises:
        WriteFailed: the disk is full, or the folder cannot be written.
    """
    write_pieces_atomically(path, (content,))


def write_pieces_atomically(path: Path, pieces: Iterable[bytes | bytearray]) -> None:
    """Write `pieces` one after the other by way of a temporary file beside `path`, flushed to disk before the rename.

    Raises:
        WriteFailed: the disk is full, or the folder cannot be written.
    """
    refuse_folder(path)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise write_refused(_short(path), error) from error


def refuse_folder(path: Path) -> None:
    """Nothing, where a file may be written as far as can be told beforehand.

    Raises:
        WriteFailed: a folder stands there.
    """
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where the folder must not be entered
        raise write_refused(_short(path), IsADirectoryError(errno.EISDIR, "Is a directory"))


def _short(path: Path) -> str:
    """`runs/….json`: enough to find it; messages may stand in records, which hold no machine path."""
    return str(Path(path.parent.name, path.name))
