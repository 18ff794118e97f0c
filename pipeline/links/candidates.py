"""Symbols for documents that print none: what others cite with their date, session and sender."""

from collections.abc import Sequence

from pipeline.grammar.symbol import SymbolError, parse_symbols
from pipeline.links.digest import Digest
from schemas.metadata import Symbol, SymbolCandidate

_FIRST_YEAR = 1945  # Council year N is 1945 + N


def symbol_candidates(digests: Sequence[Digest]) -> dict[str, tuple[SymbolCandidate, ...]]:
    """For each record with a masthead and no symbol: the cited symbols that fit it.

    A cited symbol fits where the citation prints the record's masthead date, the symbol's session and Council year are
    those of the masthead, the citing document has the same sender (a State cites its own letters by number), and no
    record of the batch bears the symbol. The reason names the record that cites it.
    """
    out: dict[str, tuple[SymbolCandidate, ...]] = {}
    digests = sorted(digests, key=lambda digest: digest.record_id)
    borne = {symbol for digest in digests for symbol in (*digest.symbols, digest.work or "")}
    cited_with = _by_date(digests)
    for digest in digests:
        if digest.symbols or not digest.has_masthead or digest.masthead_date is None:
            continue
        found: dict[str, list[str]] = {}
        for other, symbol in cited_with.get(digest.masthead_date, ()):
            if other.record_id == digest.record_id or not _same_sender(digest, other):
                continue
            if symbol not in borne and _fits(symbol, digest):
                found.setdefault(symbol, []).append(other.record_id)
        if found:
            out[digest.record_id] = tuple(
                SymbolCandidate(symbol=symbol, reason=_reason(digest, citing))
                for symbol, citing in sorted(found.items())
            )
    return out


def _by_date(digests: Sequence[Digest]) -> dict[str, list[tuple[Digest, str]]]:
    """Date → who cites what with it: a batch of thousands is not searched anew for each letter without a symbol."""
    out: dict[str, list[tuple[Digest, str]]] = {}
    for digest in digests:
        for symbol, date in digest.cited:
            if date is not None:
                out.setdefault(date, []).append((digest, symbol))
    return out


def _same_sender(digest: Digest, other: Digest) -> bool:
    return bool(digest.senders & other.senders)


def _reason(digest: Digest, citing: Sequence[str]) -> str:
    return (
        f"cited by {', '.join(citing)} with the date {digest.masthead_date}, which is this document's masthead date, "
        "and by the same sender; session and year agree"
    )


def _fits(text: str, digest: Digest) -> bool:
    try:
        symbols = parse_symbols(text)
    except SymbolError:
        return False
    organs = tuple(symbol.organ for symbol in symbols)
    return organs == digest.organs and all(_agrees(symbol, digest) for symbol in symbols)


def _agrees(symbol: Symbol, digest: Digest) -> bool:
    if symbol.kind != "document" or symbol.body:
        return False
    if symbol.organ == "A":
        return symbol.session == str(digest.session)
    return digest.council_year is not None and symbol.year == _FIRST_YEAR + digest.council_year
