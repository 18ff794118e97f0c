"""Keeps recognised pages on disk while a document is in work, so that a broken run goes on where it stopped."""

import shutil
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pipeline.writer.atomic import write_atomically
from schemas.page import PageText

_PAGE = TypeAdapter(PageText)


class PageStore:
    """Recognised pages of one document under one set of settings and versions."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, page: int) -> PageText | None:
        """The page as recognised before; None where it was not."""
        path = self._folder / f"{page}.json"
        try:
            return _PAGE.validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return None

    def keep(self, page: PageText) -> None:
        """Keep a recognised page.

        Raises:
            WriteFailed: the disk refuses.
        """
        write_atomically(self._folder / f"{page.number}.json", _PAGE.dump_json(page))


def store_folder(out: Path, sha256: str, fingerprint: str) -> Path:
    """Where the recognised pages of a document lie while it is in work; other settings or versions, another folder."""
    return out / "work" / sha256[:16] / fingerprint


def discard_store(out: Path, sha256: str) -> None:
    """Forget the recognised pages of a finished document."""
    shutil.rmtree(out / "work" / sha256[:16], ignore_errors=True)
