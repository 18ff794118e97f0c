"""Which documents of a batch need work, told from the manifest before any task is made."""

from dataclasses import dataclass
from pathlib import Path

from flows.handover import Weighed
from pipeline.batch import duplicate, is_named, sources_of, sources_to_retry, up_to_date
from pipeline.errors import PipelineError
from pipeline.fetch import fetch, is_remote
from pipeline.provenance import fingerprint
from pipeline.settings import Settings
from pipeline.writer import manifest
from pipeline.writer.manifest import Entry
from schemas.report import DocumentOutcome
from schemas.source import Artifact, Source


@dataclass(frozen=True)
class Order:
    """What a run was asked to do."""

    run_id: str
    sources: tuple[str, ...]
    """Files, folders, lists, URLs; empty to take what failed or is partial in the output folder."""
    out: Path
    settings: Settings
    only: frozenset[str] = frozenset()
    """Where not empty: only documents with one of these record ids, digests (or their beginnings) or names."""
    force: bool = False
    jobs: int = 0


@dataclass(frozen=True)
class Plan:
    """What is to be done, and what is settled already."""

    work: tuple[Weighed, ...]
    settled: tuple[DocumentOutcome, ...]

    @property
    def total(self) -> int:
        """Documents of the batch."""
        return len(self.work) + len(self.settled)


def make_plan(order: Order) -> Plan:
    """Local files are looked at here; remote and missing ones are left to the tasks, which report on them."""
    sources = sources_of(order.sources, order.settings.fetch) if order.sources else sources_to_retry(order.out)
    done = manifest.load(order.out)
    current = fingerprint(order.settings)
    first_uri: dict[str, str] = {}
    work: list[Weighed] = []
    settled: list[DocumentOutcome] = []
    for source in sources:
        artifact = _artifact(source, order.settings)
        if order.only and not _is_wanted(order.only, source, artifact, done):
            continue
        if artifact is None:
            work.append(Weighed(source))
            continue
        first = first_uri.setdefault(artifact.sha256, source.uri)
        outcome = None
        if first is not source.uri:
            outcome = duplicate(artifact, first)
        elif not order.force:
            outcome = up_to_date(artifact, done, order.out, current)
        if outcome is None:
            work.append(Weighed(source, artifact.size_bytes))
        else:
            settled.append(outcome)
    return Plan(tuple(work), tuple(settled))


def _artifact(source: Source, settings: Settings) -> Artifact | None:
    if is_remote(source.location):
        return None
    try:
        return fetch(source, settings)
    except PipelineError:
        return None


def _is_wanted(only: frozenset[str], source: Source, artifact: Artifact | None, done: dict[str, Entry]) -> bool:
    known = done.get(artifact.sha256) if artifact else None
    names = (source.uri, source.uri.rsplit("/", 1)[-1], known.record_id if known else None)
    return is_named(only, names, artifact.sha256 if artifact else "")
