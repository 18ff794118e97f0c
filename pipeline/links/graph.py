"""Edges between records and works: citations, language versions, amendments."""

from collections.abc import Iterator, Sequence

from pipeline.links.digest import Digest
from schemas.links import Link, LinkKind


def citations(digests: Sequence[Digest]) -> Iterator[Link]:
    """One link for each cited work and each record of it in the batch; without a record the target is null.

    A work is found by its whole symbol, and a double symbol also by each half.
    """
    bearers = _bearers(digests)
    for digest in digests:
        for work, _ in digest.cited:
            targets = sorted(
                {t for name in (work, *work.split("-")) for t in bearers.get(name, ())} - {digest.record_id}
            )
            yield from _links(LinkKind.cites, digest, work, targets)


def versions(digests: Sequence[Digest]) -> Iterator[Link]:
    """Links from each record to every other language version of its work."""
    works: dict[str, list[Digest]] = {}
    for digest in digests:
        if digest.work:
            works.setdefault(digest.work, []).append(digest)
    for work, rows in works.items():
        for row in rows:
            for other in rows:
                if other.record_id != row.record_id and other.language != row.language:
                    yield Link(kind=LinkKind.version, source=row.record_id, work=work, target=other.record_id)


def amendments(digests: Sequence[Digest]) -> Iterator[Link]:
    """Links from corrigenda, addenda and revisions to the document they belong to."""
    bearers = _bearers(digests)
    for digest in digests:
        if digest.amends:
            yield from _links(LinkKind.amends, digest, digest.amends, sorted(bearers.get(digest.amends, ())))


def _links(kind: LinkKind, digest: Digest, work: str, targets: Sequence[str]) -> Iterator[Link]:
    for target in targets:
        yield Link(kind=kind, source=digest.record_id, work=work, target=target)
    if not targets:
        yield Link(kind=kind, source=digest.record_id, work=work)


def _bearers(digests: Sequence[Digest]) -> dict[str, set[str]]:
    """Symbols and works → ids of the records that bear them."""
    out: dict[str, set[str]] = {}
    for digest in digests:
        for name in {*digest.symbols, *([digest.work] if digest.work else [])}:
            out.setdefault(name, set()).add(digest.record_id)
    return out
