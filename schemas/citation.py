"""Documents that a document cites."""

from enum import StrEnum

from schemas.base import Model


class CitationKind(StrEnum):
    """What is cited."""

    document = "document"
    resolution = "resolution"
    decision = "decision"
    url = "url"
    treaty_case = "treaty_case"
    sales_number = "sales_number"
    other = "other"


class Mention(Model):
    """One place where a document is cited."""

    block: str
    """Id of the block."""
    start: int
    """First code point of the printed form."""
    end: int
    """One past its last code point."""


class Citation(Model):
    """A cited document; each stands once, with all its mentions."""

    kind: CitationKind
    """What is cited."""
    symbol: str | None = None
    """Normal form of a UN symbol, `S/RES/822 (1993)`; a double symbol is one: `A/75/660-S/2020/1267`. Null for others."""
    printed: str
    """Form in which it is first printed."""
    date: str | None = None
    """Date printed with it, ISO 8601; null where there is none or it cannot be."""
    url: str | None = None
    """Address of the document: printed for a URL, built for a UN symbol."""
    mentions: tuple[Mention, ...] = ()
    """Where it is cited, in reading order."""
