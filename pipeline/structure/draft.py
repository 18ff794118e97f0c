"""draft: parts and notes of the document while they are being found."""

from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.structure import PartKind


@dataclass
class PartDraft:
    """A part as it is found; positions are indexes into the blocks."""

    kind: PartKind
    start: int
    """Position of the label."""
    rank: int = 0
    label: str | None = None
    number: int | None = None
    title: str | None = None
    title_at: int | None = None
    belongs: bool = False
    parent: "PartDraft | None" = None
    id: str = "main"
    begin: int = 0
    """Position of its first block: the label, or a heading "Annexes" above it."""
    members: list[int] = field(default_factory=list)


class NoteDraft(NamedTuple):
    """A note as it stands in its block."""

    position: int
    """Index of the block."""
    mark: str
    text: str
    page: int
    endnote: bool = False
    sure: bool = True
    """False where only a raised figure at the head of a paragraph speaks for it: then an anchor must confirm it."""
