"""The flows that ingest: a batch that somebody asks for, and an inbox that is looked at every night."""

import secrets
import socket
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from prefect.settings import get_current_settings
from prefect.states import Completed

from flows import parameters as form
from flows.console import drop_echoes
from flows.handover import Chunk, Weighed, split
from flows.outbox import Outbox
from flows.plan import Order, make_plan
from flows.reporting import TaskEnd, collect, failures, final_state, forget_chunk_reports, publish
from flows.runners import AT_ONCE, task_runner
from flows.tasks import ingest_chunk
from flows.workshop import opened
from pipeline import __version__
from pipeline.batch import Progress
from pipeline.fetch import without_credentials
from pipeline.linking import link_records
from pipeline.writer import write_run
from schemas.report import DocumentOutcome, RunReport

drop_echoes()

_display: Progress | None = None


def show_progress_on(display: Progress | None) -> None:
    """Names who is told of progress in runs that this process starts itself; None for nobody."""
    global _display
    _display = display


def _batch_name() -> str:
    """What a run of `ingest-batch` is called in the UI: where from and where to, short enough for a line."""
    asked = flow_run.parameters
    sources = [without_credentials(source) for source in asked.get("sources", ())]
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    first = sources[0].rstrip("/").rsplit("/", 1)[-1] if sources else "nothing"
    return f"{first}{more} into {asked.get('out', '').rstrip('/').rsplit('/', 1)[-1]}"


@flow(
    name="ingest-batch",
    flow_run_name=_batch_name,
    task_runner=task_runner(),
    persist_result=False,
    log_prints=False,
)
def ingest_batch(
    sources: form.Sources,
    out: str = "out",
    ocr: form.Ocr = "auto",
    languages: list[form.Language] = [],  # noqa: B006 - shown in the form, never changed
    only: list[str] = [],  # noqa: B006
    force: bool = False,
    jobs: form.Jobs = 0,
    network: bool = False,
) -> State[Any]:
    """Turns documents into records. What is up to date is passed over; Retry runs only what failed.

    Args:
        sources: One a line: a file, a folder (with its subfolders), a list file as @/path/list.txt, an http(s) or s3://
            address, or symbol:A/75/660?lang=ar. Paths are those of the machine that does the work.
        out: Folder that keeps records, images and the manifest; or an s3:// address that a local copy is sent to.
        ocr: auto recognises pages without a believable text layer, always all pages, never none.
        languages: For symbol: sources without ?lang= the language versions to fetch.
        only: Leave empty for all. File names, record ids, or the first 8 or more digits of a SHA-256.
        force: Ingest again what is up to date.
        jobs: Child processes that read documents; 0 for one a core.
        network: Allow sources that are fetched over the network.
    """
    return run(
        Order(
            run_id=run_id(),
            sources=form.checked_sources(sources, languages),
            out=Path(out),
            settings=form.settings_from(ocr, network),
            only=frozenset(only),
            force=force,
            jobs=jobs,
        ),
        out,
    )


@flow(
    name="ingest-watch",
    flow_run_name="new documents of {inbox}",
    task_runner=task_runner(),
    persist_result=False,
    log_prints=False,
)
def ingest_watch(
    inbox: str,
    out: str = "out",
    ocr: form.Ocr = "auto",
    jobs: form.Jobs = 0,
    network: bool = False,
) -> State[Any]:
    """Ingests what is new or changed in an inbox. An empty inbox is no failure.

    Args:
        inbox: A folder, or a list file as @/path/list.txt.
        out: Folder that keeps records, images and the manifest; or an s3:// address that a local copy is sent to.
        ocr: auto recognises pages without a believable text layer, always all pages, never none.
        jobs: Child processes that read documents; 0 for one a core.
        network: Allow sources that are fetched over the network.
    """
    folder = Path(inbox)
    if not inbox.startswith("@") and "://" not in inbox:
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            return Completed(message="The inbox is empty")
    settings = form.settings_from(ocr, network)
    sources = form.checked_sources([inbox], [])
    return run(Order(run_id=run_id(), sources=sources, out=Path(out), settings=settings, jobs=jobs), out)


def run(order: Order, out: str) -> State[Any]:
    """Plans, hands chunks to tasks, and reports; the state of the run says how it went.

    `out` is the output folder as it was asked for, perhaps an address that a local copy is sent to.
    """
    begun, started = time.monotonic(), datetime.now(UTC)
    logger = get_run_logger()
    with Outbox(out, order.settings.fetch) as outbox:
        order = replace(order, out=outbox.folder)
        plan = make_plan(order)
        logger.info("%d documents, %d of them need work", plan.total, len(plan.work))
        with opened(order.run_id, _display) as workshop:
            workshop.display.begin(plan.total)
            for document in plan.settled:
                workshop.display.end(document)
            ends = _work_through(_chunks(order, plan.work), outbox)
        outcomes = collect(plan, ends, order.out)
        failed = failures(outcomes, ends, order.out)
        report = _report(order, started, outcomes)
        write_run(order.out, report)
        if ends:
            link_records(order.out)
        forget_chunk_reports(order.out, ends)
    publish(report, failed, time.monotonic() - begun)
    return final_state(outcomes, failed)


def _chunks(order: Order, work: Sequence[Weighed]) -> Iterator[Chunk]:
    first = 1
    for number, sources in enumerate(split(work, AT_ONCE), start=1):
        yield Chunk(
            run_id=order.run_id,
            number=number,
            first=first,
            sources=sources,
            out=str(order.out),
            settings=order.settings,
            jobs=order.jobs,
            force=order.force,
        )
        first += len(sources)


def _work_through(chunks: Iterable[Chunk], outbox: Outbox) -> list[TaskEnd]:
    """Hands out a few chunks at a time, so that neither memory nor the queue grows with the batch.

    As many as are at work wait behind them: no machine stands idle while the oldest is awaited.
    """
    ends: list[TaskEnd] = []
    handed: deque[tuple[Chunk, PrefectFuture[Any]]] = deque()
    for chunk in chunks:
        if len(handed) == 2 * AT_ONCE:
            ends.append(_end(*handed.popleft()))
            outbox.send()
        handed.append((chunk, ingest_chunk.submit(chunk)))
    ends += [_end(*pair) for pair in handed]
    return ends


def _end(chunk: Chunk, future: PrefectFuture[Any]) -> TaskEnd:
    future.wait()
    ui_url = get_current_settings().ui_url
    log_url = f"{ui_url}/runs/task-run/{future.task_run_id}" if ui_url else ""
    return TaskEnd(chunk, future.state.message or future.state.name or "", log_url)


def _report(order: Order, started: datetime, outcomes: Sequence[DocumentOutcome]) -> RunReport:
    return RunReport(
        run_id=order.run_id,
        started=started.isoformat(timespec="seconds"),
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
        host=socket.gethostname(),
        pipeline_version=__version__,
        settings=order.settings.fingerprint(),
        arguments=tuple(map(without_credentials, order.sources)),
        documents=tuple(outcomes),
    )


def run_id() -> str:
    """UTC start time, and the beginning of Prefect's own name for the run with the number of the try."""
    own = flow_run.id or secrets.token_hex(4)
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{own[:8]}-{flow_run.run_count or 1}"
