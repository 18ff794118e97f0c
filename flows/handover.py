"""What crosses a task boundary: references to documents, never pages or records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.settings import Settings
from schemas.source import Source

MOST_DOCUMENTS = 200
"""Documents in one chunk: a task costs about 15 ms and a chunk's end idles workers for half a document, so that both
stay below 1 % of 200 small documents of 0.05 s; a task's row in the UI still turns every 10 s."""

MOST_BYTES = 32 << 20
"""Bytes in one chunk: a scan is about 0.1 MB a page and OCR takes 3 s a page, so that a chunk of scans ends in a
quarter of an hour and its retry begins nowhere near the start."""


ROUNDS = 4
"""Chunks for each of several machines, at least: others wait for the last to end for a quarter of a share at most."""

FEWEST_DOCUMENTS = 20
"""Documents in a chunk that is cut smaller for the sake of several machines: 20 small documents take a second of work,
and handing them over 20 ms."""


@dataclass(frozen=True)
class Weighed:
    """A source that needs work, with its size as far as it is known."""

    source: Source
    size_bytes: int = 0
    """0 for a remote source."""


@dataclass(frozen=True)
class Chunk:
    """Some documents of a run, as one task takes them."""

    run_id: str
    number: int
    """From 1."""
    first: int
    """Position of its first document among those of the run that need work, from 1."""
    sources: tuple[Source, ...]
    out: str
    """Output folder; all machines that take tasks see it under this path."""
    settings: Settings
    jobs: int = 0
    force: bool = False

    @property
    def last(self) -> int:
        """Position of its last document."""
        return self.first + len(self.sources) - 1

    def report_id(self, attempt: int) -> str:
        """Name of this chunk's own run report."""
        return f"{self.run_id}.chunk-{self.number:05d}.{attempt}"


def split(weighed: Sequence[Weighed], machines: int = 1) -> Iterator[tuple[Source, ...]]:
    """The sources in their order, cut where documents or bytes reach the limit of a chunk.

    For several machines the chunks are smaller, so that each has some, also of a small batch.
    """
    most_documents, most_bytes = _limits(weighed, machines)
    chunk: list[Source] = []
    size = 0
    for item in weighed:
        if chunk and (len(chunk) == most_documents or size + item.size_bytes > most_bytes):
            yield tuple(chunk)
            chunk, size = [], 0
        chunk.append(item.source)
        size += item.size_bytes
    if chunk:
        yield tuple(chunk)


def _limits(weighed: Sequence[Weighed], machines: int) -> tuple[int, int]:
    if machines == 1:
        return MOST_DOCUMENTS, MOST_BYTES
    shares = machines * ROUNDS
    documents = min(MOST_DOCUMENTS, max(FEWEST_DOCUMENTS, -(-len(weighed) // shares)))
    return documents, min(MOST_BYTES, max(MOST_BYTES // ROUNDS, sum(item.size_bytes for item in weighed) // shares))
