"""Links between the records of a batch."""

from enum import StrEnum

from schemas.base import Model
from schemas.metadata import SymbolCandidate


class LinkKind(StrEnum):
    """How two records or works belong together."""

    cites = "cites"
    version = "version"
    amends = "amends"
    candidate = "candidate"


class Link(Model):
    """One line of `links.jsonl`."""

    kind: LinkKind
    """`cites`: the record cites the work; `version`: two language versions of one work; `amends`: a corrigendum, addendum or revision; `candidate`: the work may be the record's own."""
    source: str
    """Id of the record that the link starts from."""
    work: str
    """Normal form of the symbol that it points to; for addresses, the address."""
    target: str | None = None
    """Id of a record of that work in the same batch; null where the batch holds none."""
    reason: str | None = None
    """Why a candidate is offered."""


class Links(Model):
    """What a batch's records say about each other."""

    links: tuple[Link, ...] = ()
    """Sorted by source, kind, work and target."""
    candidates: dict[str, tuple[SymbolCandidate, ...]] = {}
    """Record id → symbols that the record may bear."""
