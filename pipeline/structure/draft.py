"""draft: a part of the document while it is being found."""

from dataclasses import dataclass, field

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
