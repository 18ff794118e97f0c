"""draft: a block in the making."""

from dataclasses import dataclass, field

from schemas.layout import BlockKind, Line


@dataclass(slots=True)
class Draft:
    """A block in the making: lines and what geometry says of them."""

    kind: BlockKind
    page: int
    lines: list[Line] = field(default_factory=list)
    furniture: bool = False
    level: int | None = None
    number: str | None = None
    centred: bool = False
    indent: float = 0.0
    region: int = 0
    notes: bool = False
    """True below the rule that opens the footnotes."""
