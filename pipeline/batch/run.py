"""One run of a batch: documents are fetched, built in workers, written, and entered in the manifest."""

import os
import queue
import secrets
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline import __version__
from pipeline.batch.outcomes import duplicate, failed_product, is_named, outcome_of, up_to_date
from pipeline.batch.progress import Progress
from pipeline.batch.sharing import SHARED_FROM, AtWork
from pipeline.errors import PipelineError
from pipeline.fetch import fetch, without_credentials
from pipeline.provenance import fingerprint
from pipeline.sandbox import Product, Worker
from pipeline.settings import Settings
from pipeline.writer import manifest, write_image, write_record
from pipeline.writer.manifest import Entry
from pipeline.writer.pagestore import discard_store, store_folder
from schemas.report import DocumentOutcome, Outcome, RunReport
from schemas.source import Artifact, Source

_LOOK_AGAIN_S = 0.2


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


class Run:
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
        self._at_work: dict[str, AtWork] = {}
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
            share = work.take() if work and work.pages_left >= SHARED_FROM else None
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
        return is_named(only, (artifact.uri, artifact.file_name, known.record_id if known else None), artifact.sha256)

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

        work = AtWork(artifact, store)

        def report(stage: str, page: int, pages: int) -> None:
            if stage == "ocr":
                work.reached(page, pages)
                with self._lock:
                    self._at_work[artifact.sha256] = work
            self._progress.page(artifact.uri, stage, page, pages)

        try:
            return worker.build(artifact, self._batch.settings, store, report)
        except PipelineError as error:
            return failed_product(artifact, error, self._batch.settings)
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


def _nothing(stage: str, page: int, pages: int) -> None:
    """Takes no notice."""


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


def _location(source: Source) -> str:
    """Where to find it again: absolute for local files, without credentials for others."""
    shown = without_credentials(source.location)
    if shown != source.location or "://" in shown or shown.startswith("symbol:"):
        return shown
    return str(Path(source.location).absolute())
