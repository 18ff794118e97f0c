"""links: what the records of a batch say about each other."""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.links.candidates import symbol_candidates
from pipeline.links.digest import Digest, digest_of
from pipeline.links.graph import graph_of
from schemas.links import Link, LinkKind, Links
from schemas.metadata import SymbolCandidate
from schemas.record import DocumentRecord

__all__ = ["Candidates", "Digest", "digest_of", "each_link", "link", "symbol_candidates"]

Candidates = dict[str, tuple[SymbolCandidate, ...]]
"""Record id → symbols that the record may bear."""


def link(records: Iterable[DocumentRecord]) -> Links:
    """Citations, language versions, amendments and symbol candidates among records.

    Records may come one by one: of each only a small digest is kept. The result depends on the set of records, not on
    their order, and a larger batch adds links without changing those of records that it does not concern.
    """
    digests = [digest_of(record) for record in records]
    candidates = symbol_candidates(digests)
    return Links(links=tuple(each_link(digests, candidates)), candidates=candidates)


def each_link(digests: Sequence[Digest], candidates: Candidates) -> Iterator[Link]:
    """The links one by one, by source, kind, work and target: a large batch has hundreds of thousands."""
    digests = sorted(digests, key=lambda digest: digest.record_id)
    graph = graph_of(digests)
    for digest in digests:
        links = list(graph.links_from(digest))
        links += [
            Link(kind=LinkKind.candidate, source=digest.record_id, work=candidate.symbol, reason=candidate.reason)
            for candidate in candidates.get(digest.record_id, ())
        ]
        yield from sorted(links, key=lambda item: (item.kind.value, item.work, item.target or ""))
