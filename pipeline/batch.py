"""Many documents: what is up to date is passed over, the rest is spread over sandboxed workers.

The command line and the Prefect flows both go through `ingest_batch`.
"""

import os
import queue
import secrets
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from pipeline import __version__
from pipeline.errors import PipelineError
from pipeline.fetch import expand, fetch, without_credentials
from pipeline.identify import identify
from pipeline.provenance import fingerprint, provenance
from pipeline.record import failed_record
from pipeline.sandbox import Product, Worker
from pipeline.settings import FetchSettings, Settings
from pipeline.writer import manifest, record_bytes, write_image, write_record, write_run
from pipeline.writer.manifest import Entry
from pipeline.writer.pagestore import discard_store, store_folder
from schemas.report import DocumentOutcome, Outcome, RunReport
from schemas.source import Artifact, MediaType, Source

_SHARED_FROM = 2  # pages left of a scan from which a second worker pays: recognising one takes seconds
_LOOK_AGAIN_S = 0.2
_SHARE = 2  # pages taken at a time: small, so that all workers end together


def _nothing(stage: str, page: int, pages: int) -> None:
    """Takes no notice."""


class Progress(Protocol):
    """Told what happens; called from several threads."""

    def begin(self, total: int) -> None:
        """The batch has this many sources."""

    def page(self, uri: str, stage: str, page: int, pages: int) -> None:
        """Work on a page of a document begins."""

    def end(self, outcome: DocumentOutcome) -> None:
        """A document has come to an end."""


class NoProgress:
    """Tells nobody."""

    def begin(self, total: int) -> None:
        """Nothing."""

    def page(self, uri: str, stage: str, page: int, pages: int) -> None:
        """Nothing."""

    def end(self, outcome: DocumentOutcome) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Batch:
    """What to ingest, whereto and how."""

    sources: Sequence[Source]
    out: Path
    settings: Settings
    jobs: int = 0
    """Worker processes; 0 for one a core."""
    force: bool = False
    """Ingest again what is up to date."""
    only: frozenset[str] = frozenset()
    """Where not empty: only documents with one of these record ids, digests (or their beginnings) or URIs."""
    arguments: tuple[str, ...] = ()
    """What the user asked for, for the run report."""
    make_worker: Callable[[], AbstractContextManager[Worker]] = Worker
    """Makes a worker for each thread, or lends one that outlives the batch."""
    run_id: str = ""
    """Name of the run; empty to make one from the clock."""

    def worker_count(self) -> int:
        """Workers at the most; one without a document helps another with a long scan."""
        return self.jobs or os.cpu_count() or 1


def ingest_batch(batch: Batch, progress: Progress | None = None, stop: threading.Event | None = None) -> RunReport:
    """The report of the run, which is also written to `runs/`. Good records are written as soon as they are made.

    Setting `stop` ends the run after killing the workers; what is finished by then is kept.

    Raises:
        WriteFailed: the output folder cannot be written at all.
    """
    run = _Run(batch, progress or NoProgress(), stop or threading.Event())
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


class _Run:
    """One run: a queue of sources, a few threads with a worker each, and what came of it."""

    def __init__(self, batch: Batch, progress: Progress, stop: threading.Event) -> None:
        self._batch = batch
        self._progress = progress
        self._stop = stop
        self._started = datetime.now(UTC)
        self.run_id = batch.run_id or f"{self._started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        self._fingerprint = fingerprint(batch.settings)
        self._done = manifest.load(batch.out)
        self._at = {entry.location: entry for entry in self._done.values()}
        self._claimed: dict[str, str] = {}
        self._at_work: dict[str, _AtWork] = {}
        self._busy = 0
        self._outcomes: dict[int, DocumentOutcome] = {}
        self._lock = threading.Lock()
        self._failure: BaseException | None = None

    def work(self) -> None:
        """Every source comes to an end, or the run is stopped."""
        waiting: queue.SimpleQueue[tuple[int, Source]] = queue.SimpleQueue()
        for item in enumerate(self._batch.sources):
            waiting.put(item)
        self._progress.begin(len(self._batch.sources))
        threads = [
            threading.Thread(target=self._serve, args=(waiting,), name=f"ingest-{n}")
            for n in range(self._batch.worker_count())
        ]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                thread.join()
        except BaseException:
            self._stop.set()
            for thread in threads:
                thread.join()
            raise
        if self._failure is not None:
            raise self._failure

    def report(self) -> RunReport:
        """What was done, in the order of the sources."""
        return RunReport(
            run_id=self.run_id,
            started=self._started.isoformat(timespec="seconds"),
            finished=datetime.now(UTC).isoformat(timespec="seconds"),
            host=socket.gethostname(),
            pipeline_version=__version__,
            settings=self._batch.settings.fingerprint(),
            arguments=tuple(without_credentials(argument) for argument in self._batch.arguments),
            documents=tuple(outcome for _, outcome in sorted(self._outcomes.items())),
        )

    def _serve(self, waiting: "queue.SimpleQueue[tuple[int, Source]]") -> None:
        with self._batch.make_worker() as worker, _killed_by(self._stop, worker):
            while not self._stop.is_set():
                try:
                    index, source = waiting.get_nowait()
                except queue.Empty:
                    if not self._help(worker):
                        return
                    continue
                try:
                    with self._lock:
                        self._busy += 1
                    outcome = self._one(source, worker)
                except BaseException as error:  # noqa: BLE001 - handed to the main thread, which raises it
                    if not self._stop.is_set():
                        self._failure = error
                    self._stop.set()
                    return
                finally:
                    with self._lock:
                        self._busy -= 1
                if outcome is not None and not self._stop.is_set():
                    with self._lock:
                        self._outcomes[index] = outcome
                    self._progress.end(outcome)

    def _one(self, source: Source, worker: Worker) -> DocumentOutcome | None:
        begun = time.monotonic()
        try:
            artifact = fetch(source, self._batch.settings, self._batch.out / "cache")
        except PipelineError as error:
            return self._missing(source, error)
        if not self._is_wanted(artifact):
            return None
        skipped = self._skipped(artifact)
        if skipped is not None:
            return skipped
        product = self._product(artifact, worker)
        if self._stop.is_set():
            return None
        return self._keep(source, artifact, product, time.monotonic() - begun)

    def _help(self, worker: Worker) -> bool:
        """With no document left to take: recognise pages of the longest one at work. False where none needs it."""
        with self._lock:
            work = max(self._at_work.values(), key=lambda work: work.pages_left, default=None)
            share = work.take() if work and work.pages_left >= _SHARED_FROM else None
            others_busy = self._busy > 0
        if work is None or share is None:
            return others_busy and not self._stop.wait(_LOOK_AGAIN_S)
        worker.recognise_ahead(work.artifact, self._batch.settings, work.store, share, _nothing)
        return True

    def _missing(self, source: Source, error: PipelineError) -> DocumentOutcome | None:
        if self._batch.only and source.uri not in self._batch.only:
            return None
        entry = Entry(
            sha256="",
            uri=source.uri,
            location=_location(source),
            fingerprint=self._fingerprint,
            outcome=Outcome.failed,
            record_id=None,
            code=error.code,
            message=error.message,
            run_id=self.run_id,
        )
        manifest.append(self._batch.out, [entry])
        return outcome_of(entry, 0.0)

    def _is_wanted(self, artifact: Artifact) -> bool:
        only = self._batch.only
        if not only:
            return True
        known = self._done.get(artifact.sha256)
        names = {artifact.uri, artifact.file_name, known.record_id if known else None}
        return bool(names & only) or any(len(name) >= 8 and artifact.sha256.startswith(name) for name in only)

    def _skipped(self, artifact: Artifact) -> DocumentOutcome | None:
        """The outcome of a document that is up to date or stands twice in the batch; None where there is work."""
        with self._lock:
            first = self._claimed.setdefault(artifact.sha256, artifact.uri)
            twice = first is not artifact.uri
        if twice:
            return duplicate(artifact, first)
        return None if self._batch.force else up_to_date(artifact, self._done, self._batch.out, self._fingerprint)

    def _record_path(self, record_id: str) -> Path:
        return self._batch.out / "records" / f"{record_id}.json"

    def _product(self, artifact: Artifact, worker: Worker) -> Product:
        store = store_folder(self._batch.out, artifact.sha256, self._fingerprint)

        work = _AtWork(artifact, store)

        def report(stage: str, page: int, pages: int) -> None:
            if stage == "ocr":
                work.reached(page, pages)
                with self._lock:
                    self._at_work[artifact.sha256] = work
            self._progress.page(artifact.uri, stage, page, pages)

        try:
            return worker.build(artifact, self._batch.settings, store, report)
        except PipelineError as error:
            return _failed_product(artifact, error, self._batch.settings)
        finally:
            with self._lock:
                self._at_work.pop(artifact.sha256, None)

    def _keep(self, source: Source, artifact: Artifact, product: Product, seconds: float) -> DocumentOutcome:
        out = self._batch.out
        for name, content in product.images.items():
            write_image(out, name, content)
        write_record(out, product.record_id, product.record)
        known = self._done.get(artifact.sha256)
        entry = Entry(
            sha256=artifact.sha256,
            uri=artifact.uri,
            location=_location(source),
            fingerprint=self._fingerprint,
            outcome=Outcome(product.status),
            record_id=product.record_id,
            code=product.code,
            message=product.message,
            pages=product.pages,
            ocr_pages=product.ocr_pages,
            languages=product.languages,
            run_id=self.run_id,
        )
        manifest.append(out, [entry])
        there = self._at.get(entry.location)
        for old in (known, there if there and manifest.is_superseded(there, entry) else None):
            if old and old.record_id and old.record_id != product.record_id:
                with suppress(OSError):
                    self._record_path(old.record_id).unlink(missing_ok=True)
        if entry.outcome is Outcome.ok:
            discard_store(out, artifact.sha256)
        return outcome_of(entry, seconds)


class _AtWork:
    """A document that one worker recognises page by page; others may take pages from its end."""

    def __init__(self, artifact: Artifact, store: Path) -> None:
        self.artifact = artifact
        self.store = store
        self._page = 0
        self._end = 0

    @property
    def pages_left(self) -> int:
        """Pages that nobody has taken yet."""
        return self._end - self._page

    def reached(self, page: int, pages: int) -> None:
        """Its own worker begins a page."""
        self._page = page
        self._end = self._end or pages

    def take(self) -> tuple[int, int]:
        """First and last page of a share taken from the end, a few pages at a time."""
        last = self._end
        self._end = max(self._page, last - _SHARE)
        return self._end + 1, last


def duplicate(artifact: Artifact, first: str) -> DocumentOutcome:
    """The outcome of a document with the bytes of another one of the batch."""
    return DocumentOutcome(
        uri=artifact.uri,
        sha256=artifact.sha256,
        outcome=Outcome.skipped,
        code="duplicate",
        message=f"The same bytes as {first}.",
    )


def up_to_date(artifact: Artifact, done: Mapping[str, Entry], out: Path, current: str) -> DocumentOutcome | None:
    """The outcome of a document that another try would not change; None where there is work.

    `done` is the manifest, `current` the fingerprint of settings and versions.
    """
    known = done.get(artifact.sha256)
    if known is None or known.fingerprint != current or known.record_id is None:
        return None
    if not (out / "records" / f"{known.record_id}.json").exists():
        return None
    if known.outcome is not Outcome.ok and _may_differ_next_time(known):
        return None
    return outcome_of(replace(known, outcome=Outcome.skipped, uri=artifact.uri), 0.0)


class _killed_by:  # noqa: N801 - reads as a clause in the with statement
    """Kills the worker as soon as the run is stopped, whatever it is doing."""

    def __init__(self, stop: threading.Event, worker: Worker) -> None:
        self._stop = stop
        self._worker = worker
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.2):
            if self._stop.is_set():
                self._worker.kill()
                return


def _may_differ_next_time(entry: Entry) -> bool:
    """Does trying again with the same bytes, settings and versions make sense? Not for the document's own fault."""
    return entry.code in _PASSING


_PASSING: frozenset[str | None] = frozenset(
    {
        "fetch_failed",
        "tool_timeout",
        "tool_missing",
        "tool_crashed",
        "write_failed",
        "page_timeout",
        "out_of_memory",
    }
)


def _location(source: Source) -> str:
    """Where to find it again: absolute for local files, without credentials for others."""
    shown = without_credentials(source.location)
    if shown != source.location or "://" in shown or shown.startswith("symbol:"):
        return shown
    return str(Path(source.location).absolute())


def _failed_product(artifact: Artifact, error: PipelineError, settings: Settings) -> Product:
    record = failed_record(artifact, _media_type(artifact), error, provenance(settings, ()))
    return Product(
        record_id=record.record_id,
        status=record.status,
        pages=0,
        ocr_pages=0,
        languages=(),
        code=error.code,
        message=error.message,
        record=record_bytes(record),
        images={},
    )


def _media_type(artifact: Artifact) -> MediaType | None:
    try:
        return identify(artifact)
    except (PipelineError, OSError):
        return None


def outcome_of(entry: Entry, seconds: float) -> DocumentOutcome:
    """What the manifest's entry says, as a report has it."""
    return DocumentOutcome(
        uri=entry.uri,
        sha256=entry.sha256 or None,
        record_id=entry.record_id,
        outcome=entry.outcome,
        code=entry.code,
        message=entry.message,
        pages=entry.pages,
        ocr_pages=entry.ocr_pages,
        languages=entry.languages,
        seconds=round(seconds, 3),
    )
