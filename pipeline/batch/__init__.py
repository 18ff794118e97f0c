"""Many documents: what is up to date is passed over, the rest is spread over sandboxed workers.

The command line and the Prefect flows both go through `ingest_batch`.
"""

import threading
from collections.abc import Sequence
from pathlib import Path

from pipeline.batch.outcomes import duplicate, is_named, outcome_of, up_to_date
from pipeline.batch.progress import NoProgress, Progress
from pipeline.batch.run import Batch, Run
from pipeline.fetch import expand
from pipeline.settings import FetchSettings
from pipeline.writer import manifest, write_run
from schemas.report import Outcome, RunReport
from schemas.source import Source

__all__ = [
    "Batch",
    "NoProgress",
    "Progress",
    "duplicate",
    "ingest_batch",
    "is_named",
    "outcome_of",
    "sources_of",
    "sources_to_retry",
    "up_to_date",
]


def ingest_batch(batch: Batch, progress: Progress | None = None, stop: threading.Event | None = None) -> RunReport:
    """The report of the run, which is also written to `runs/`. Good records are written as soon as they are made.

    Setting `stop` ends the run after killing the workers; what is finished by then is kept.

    Raises:
        WriteFailed: the output folder cannot be written at all.
    """
    run = Run(batch, progress or NoProgress(), stop or threading.Event())
    run.work()
    report = run.report()
    write_run(batch.out, report)
    return report


def sources_of(addresses: Sequence[str], settings: FetchSettings | None = None) -> tuple[Source, ...]:
    """Every document meant by files, folders, lists and URLs, in order, each once."""
    return expand(addresses, settings)


def sources_to_retry(out: Path) -> tuple[Source, ...]:
    """Sources whose last end was failed or partial, from the manifest."""
    entries = manifest.load(out).values()
    unfinished = (Outcome.failed, Outcome.partial)
    return tuple(Source(entry.location, entry.uri) for entry in entries if entry.outcome in unfinished)
