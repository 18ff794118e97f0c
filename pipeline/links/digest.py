"""What linking needs of a record: a few short values."""

from dataclasses import dataclass

from schemas.citation import CitationKind
from schemas.record import DocumentRecord


@dataclass(frozen=True, slots=True)
class Digest:
    """One record, shortened."""

    record_id: str
    work: str | None
    symbols: tuple[str, ...]
    amends: str | None
    language: str | None
    has_masthead: bool
    masthead_date: str | None
    document_date: str | None
    organs: tuple[str, ...]
    """Codes of the principal organs that the masthead names, told by session and Council year: `A`, `S`."""
    session: int | None
    council_year: int | None
    senders: frozenset[str]
    """States that send it."""
    cited: tuple[tuple[str, str | None], ...]
    """(symbol, date) of each cited document."""


def digest_of(record: DocumentRecord) -> Digest:
    """The digest of a record."""
    m = record.metadata
    sessions = [organ.session for organ in m.organs if organ.session is not None]
    years = [organ.year for organ in m.organs if organ.year is not None and organ.year < 200]
    return Digest(
        record_id=record.record_id,
        work=record.identity.work,
        symbols=tuple(symbol.symbol for symbol in m.symbols),
        amends=m.amends,
        language=m.language,
        has_masthead=m.has_masthead,
        masthead_date=m.dates.masthead,
        document_date=m.dates.document,
        organs=(*(("A",) if sessions and len(m.organs) <= 2 else ()), *(("S",) if years else ())),
        session=sessions[0] if len(sessions) == 1 else None,
        council_year=years[0] if len(years) == 1 else None,
        senders=frozenset(party.state for party in m.senders if party.state),
        cited=tuple(
            (citation.symbol, citation.date)
            for citation in record.citations
            if citation.symbol and citation.kind is not CitationKind.url
        ),
    )
