"""The task: one chunk of documents through the pipeline."""

import os
from pathlib import Path
from typing import Any

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.logging.handlers import APILogWorker
from prefect.runtime import task_run
from prefect.states import Completed, Failed

from flows.handover import Chunk
from flows.workshop import Both, LoggedProgress, workshop_of
from pipeline.batch import Batch, ingest_batch
from pipeline.errors import TransientError, WriteFailed
from schemas.report import DocumentOutcome, Outcome, RunReport

MAY_PASS = "MayPass"  # noqa: S105 - the name of a state
"""State of a chunk in which something failed that another try may heal."""

RETRY_DELAYS_S = [30.0, 300.0]
"""Waits before the second and third try of such a chunk: a server's hiccup, then its restart."""


def _codes(kind: type[Any]) -> set[str]:
    return {kind.code} | {code for below in kind.__subclasses__() for code in _codes(below)}


PASSING_CODES = frozenset(_codes(TransientError) | {WriteFailed.code})


def may_pass(_task: object, _run: TaskRun, state: State[Any]) -> bool:
    """Is another try of the chunk worth while?"""
    return state.name == MAY_PASS


@task(
    name="ingest-chunk",
    task_run_name="documents {chunk.first} to {chunk.last}",
    cache_policy=NO_CACHE,  # the manifest knows what is done, also when this server's database is lost
    persist_result=False,
    retries=len(RETRY_DELAYS_S),
    retry_delay_seconds=RETRY_DELAYS_S,
    retry_jitter_factor=0.3,
    retry_condition_fn=may_pass,
)
def ingest_chunk(chunk: Chunk) -> State[Any]:
    """Ingests the chunk; its run report lies in `runs/`. Failed where a document failed, with the names."""
    workshop = workshop_of(chunk.run_id)
    logger = get_run_logger()
    report = ingest_batch(
        Batch(
            sources=chunk.sources,
            out=Path(chunk.out),
            settings=chunk.settings,
            jobs=chunk.jobs,
            force=chunk.force,
            make_worker=workshop.shelf.lend,
            run_id=chunk.report_id(task_run.run_count or 1),
        ),
        Both(LoggedProgress(logger), workshop.display),
        workshop.stop(),
    )
    logger.info("%s, on %s in process %d", in_numbers(report), report.host, os.getpid())
    if workshop.is_elsewhere:
        APILogWorker.drain_all(timeout=5)  # a cluster of the run's own is ended with it, without a word
    return state_of(report)


def state_of(report: RunReport) -> State[Any]:
    """Completed where no document failed; else Failed, by a name that says whether another try may help."""
    failed = [d for d in report.documents if d.outcome is Outcome.failed]
    if not failed:
        return Completed(message=in_numbers(report))
    name = MAY_PASS if any(d.code in PASSING_CODES for d in failed) else "DocumentsFailed"
    return Failed(name=name, message=f"{len(failed)} of {len(report.documents)} documents failed: {_names(failed)}")


def in_numbers(report: RunReport) -> str:
    """How many documents ended how."""
    counts = {outcome: sum(d.outcome is outcome for d in report.documents) for outcome in Outcome}
    return ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count) or "nothing to do"


def _names(failed: list[DocumentOutcome]) -> str:
    shown = ", ".join(f"{d.uri} [{d.code}]" for d in failed[:5])
    return shown + (f" and {len(failed) - 5} more" if len(failed) > 5 else "")
