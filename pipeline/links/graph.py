"""Edges between records and works: citations, language versions, amendments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.links.digest import Digest
from schemas.links import Link, LinkKind


@dataclass(frozen=True, slots=True)
class Graph:
    """Who bears which symbol and which records are of one work; the links of a record are told from it."""

    bearers: dict[str, set[str]]
    """Symbol or work → ids of the records that bear it."""
    works: dict[str, list[Digest]]
    """Work → its records, in order."""

    def links_from(self, digest: Digest) -> Iterator[Link]:
        """Citations, other language versions and amendments of one record."""
        yield from self._citations(digest)
        yield from self._versions(digest)
        if digest.amends:
            yield from _links(LinkKind.amends, digest, digest.amends, sorted(self.bearers.get(digest.amends, ())))

    def _citations(self, digest: Digest) -> Iterator[Link]:
        """One link for each cited work and each record of it in the batch; without a record the target is null.

        A work is found by its whole symbol, and a double symbol also by each half.
        """
        for work, _ in digest.cited:
            targets = {t for name in (work, *work.split("-")) for t in self.bearers.get(name, ())} - {digest.record_id}
            yield from _links(LinkKind.cites, digest, work, sorted(targets))

    def _versions(self, digest: Digest) -> Iterator[Link]:
        for other in self.works.get(digest.work or "", ()):
            if other.record_id != digest.record_id and other.language != digest.language:
                yield Link(
                    kind=LinkKind.version, source=digest.record_id, work=digest.work or "", target=other.record_id
                )


def graph_of(digests: Sequence[Digest]) -> Graph:
    """The graph of a batch."""
    bearers: dict[str, set[str]] = {}
    works: dict[str, list[Digest]] = {}
    for digest in digests:
        for name in {*digest.symbols, *([digest.work] if digest.work else [])}:
            bearers.setdefault(name, set()).add(digest.record_id)
        if digest.work:
            works.setdefault(digest.work, []).append(digest)
    return Graph(bearers, works)


def _links(kind: LinkKind, digest: Digest, work: str, targets: Sequence[str]) -> Iterator[Link]:
    for target in targets:
        yield Link(kind=kind, source=digest.record_id, work=work, target=target)
    if not targets:
        yield Link(kind=kind, source=digest.record_id, work=work)
