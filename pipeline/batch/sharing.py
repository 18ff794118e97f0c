"""Pages of a long scan that workers without a document take over."""

from pathlib import Path

from schemas.source import Artifact

SHARED_FROM = 2  # pages left of a scan from which a second worker pays: recognising one takes seconds
_SHARE = 2  # pages taken at a time: small, so that all workers end together


class AtWork:
    """A document that one worker recognises page by page; others may take pages from its end."""

    def __init__(self, artifact: Artifact, store: Path) -> None:
        self.artifact = artifact
        self.store = store
        self._page = 0
        self._end = 0

    @property
    def pages_left(self) -> int:
        """Pages that nobody has taken yet."""
        return self._end - self._page

    def reached(self, page: int, pages: int) -> None:
        """Its own worker begins a page."""
        self._page = page
        self._end = self._end or pages

    def take(self) -> tuple[int, int]:
        """First and last page of a share taken from the end, a few pages at a time."""
        last = self._end
        self._end = max(self._page, last - _SHARE)
        return self._end + 1, last
