"""What a batch tells while it runs."""

from typing import Protocol

from schemas.report import DocumentOutcome


class Progress(Protocol):
    """Told what happens; called from several threads."""

    def begin(self, total: int) -> None:
        """The batch has this many sources."""

    def page(self, uri: str, stage: str, page: int, pages: int) -> None:
        """Work on a page of a document begins."""

    def end(self, outcome: DocumentOutcome) -> None:
        """A document has come to an end."""


class NoProgress:
    """Tells nobody."""

    def begin(self, total: int) -> None:
        """Nothing."""

    def page(self, uri: str, stage: str, page: int, pages: int) -> None:
        """Nothing."""

    def end(self, outcome: DocumentOutcome) -> None:
        """Nothing."""
