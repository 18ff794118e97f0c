"""links: what the records of a batch say about each other."""

from collections.abc import Iterable

from pipeline.links.candidates import symbol_candidates
from pipeline.links.digest import Digest, digest_of
from pipeline.links.graph import amendments, citations, versions
from schemas.links import Link, Links
from schemas.record import DocumentRecord

__all__ = ["Digest", "digest_of", "link", "link_digests"]


def link(records: Iterable[DocumentRecord]) -> Links:
    """Citations, language versions, amendments and symbol candidates among records.

    Records may come one by one: of each only a small digest is kept. The result depends on the set of records, not on
    their order, and a larger batch adds links without changing those of records that it does not concern.
    """
    return link_digests(map(digest_of, records))


def link_digests(digests: Iterable[Digest]) -> Links:
    """The same from digests that were kept."""
    digests = sorted(digests, key=lambda digest: digest.record_id)
    candidates = symbol_candidates(digests)
    found: list[Link] = [*citations(digests), *versions(digests), *amendments(digests)]
    found += candidates.links
    found.sort(key=lambda item: (item.source, item.kind.value, item.work, item.target or ""))
    return Links(links=tuple(found), candidates=candidates.by_record)
