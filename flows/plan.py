"""Which documents of a batch need work, told from the manifest before any task is made."""

from dataclasses import dataclass
from pathlib import Path

from flows.handover import Weighed
from pipeline.batch import duplicate, is_named, sources_of, sources_to_retry, up_to_date
from pipeline.errors import PipelineError, SettingsError
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
    """Local files are looked at here; remote and missing ones are left to the tasks, which report on them.

    Raises SettingsError where `only` names what no source bears.
    """
    sources = sources_of(order.sources, order.settings.fetch) if order.sources else sources_to_retry(order.out)
    done = manifest.load(order.out)
    current = fingerprint(order.settings)
    first_uri: dict[str, str] = {}
    work: list[Weighed] = []
    settled: list[DocumentOutcome] = []
    unmet = set(order.only)
    for source in sources:
        artifact = _artifact(source, order.settings)
        if order.only:
            met = _met(order.only, source, artifact, done)
            if not met:
                continue
            unmet -= met
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
    if unmet:
        what = "None of the sources is meant by it"
        hint = "Name a record id, a file name, or the first 8 or more digits of the SHA-256."
        raise SettingsError("fetch", f"only {' '.join(sorted(unmet))}", what, hint)
    return Plan(tuple(work), tuple(settled))


def _artifact(source: Source, settings: Settings) -> Artifact | None:
    if is_remote(source.location):
        return None
    try:
        return fetch(source, settings)
    except PipelineError:
        return None


def _met(only: frozenset[str], source: Source, artifact: Artifact | None, done: dict[str, Entry]) -> frozenset[str]:
    """Those of the names that mean this source."""
    known = done.get(artifact.sha256) if artifact else None
    names = (source.uri, source.uri.rsplit("/", 1)[-1], known.record_id if known else None)
    return frozenset(n for n in only if is_named(frozenset({n}), names, artifact.sha256 if artifact else ""))
