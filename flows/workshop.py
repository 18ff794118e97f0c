"""What the tasks of one run share inside one process: workers, the word to stop, and who is told of progress."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pipeline.batch import NoProgress, Progress
from pipeline.sandbox import Worker
from schemas.report import DocumentOutcome, Outcome

LOG_EVERY_S = 30.0
"""Seconds between two lines of progress in the log."""


LINGER_S = 60.0
"""Seconds that idle readers are kept on a machine that only takes chunks: it is not told when the run has ended."""

make_worker: Callable[[], Worker] = Worker
"""Makes a reader of documents; tests put one here that misbehaves."""


class Shelf:
    """Keeps workers between two chunks, for starting one costs a second or two of imports.

    `linger_s` is the time in seconds after which workers that nobody wants are ended; None keeps them until `close`.
    """

    def __init__(self, linger_s: float | None = None) -> None:
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        self._linger_s = linger_s
        self._timer: threading.Timer | None = None

    @contextmanager
    def lend(self) -> Iterator[Worker]:
        """An idle worker, or a new one."""
        with self._lock:
            worker = self._idle.pop() if self._idle else make_worker()
        try:
            yield worker
        finally:
            with self._lock:
                self._idle.append(worker)
                self._close_later()

    def _close_later(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._linger_s is not None:
            self._timer = threading.Timer(self._linger_s, self.close)
            self._timer.daemon = True
            self._timer.start()

    def close(self) -> None:
        """Ends all workers."""
        with self._lock:
            while self._idle:
                self._idle.pop().kill()


class LoggedProgress:
    """Writes what happens into a run's log: each document that is not well at once, and a line now and then."""

    def __init__(self, logger: "logging.Logger | logging.LoggerAdapter[logging.Logger]") -> None:
        self._logger = logger
        self._lock = threading.Lock()
        self._total = self._done = self._pages = 0
        self._shown = time.monotonic()

    def begin(self, total: int) -> None:
        """The chunk has this many documents."""
        self._total = total

    def page(self, uri: str, stage: str, page: int, pages: int) -> None:
        """Work on a page begins."""
        self._logger.debug("%s, page %d of %d: %s", uri, page, pages, stage)
        with self._lock:
            self._pages += 1
            if time.monotonic() - self._shown < LOG_EVERY_S:
                return
            self._shown = time.monotonic()
        self._logger.info(
            "%s, page %d of %d: %s (%d of %d documents done)", uri, page, pages, stage, self._done, self._total
        )

    def end(self, outcome: DocumentOutcome) -> None:
        """A document has come to an end."""
        with self._lock:
            self._done += 1
        if outcome.outcome is Outcome.failed:
            self._logger.error("%s: failed [%s] %s", outcome.uri, outcome.code, outcome.message)
        elif outcome.outcome is Outcome.partial:
            self._logger.warning("%s: partial [%s] %s", outcome.uri, outcome.code, outcome.message)
        else:
            self._logger.debug("%s: %s, %d pages", outcome.uri, outcome.outcome, outcome.pages)


class Both:
    """Tells a chunk's log and the run's display; the display has been told the total of the run."""

    def __init__(self, log: Progress, display: Progress) -> None:
        self._log = log
        self._display = display

    def begin(self, total: int) -> None:
        """A chunk begins."""
        self._log.begin(total)

    def page(self, uri: str, stage: str, page: int, pages: int) -> None:
        """Work on a page begins."""
        self._log.page(uri, stage, page, pages)
        self._display.page(uri, stage, page, pages)

    def end(self, outcome: DocumentOutcome) -> None:
        """A document has come to an end."""
        self._log.end(outcome)
        self._display.end(outcome)


class Workshop:
    """The shared things of one run."""

    def __init__(self, display: Progress | None = None, linger_s: float | None = None) -> None:
        self.shelf = Shelf(linger_s)
        self.is_elsewhere = linger_s is not None
        """Is this the workshop of a machine that only takes chunks of the run?"""
        self.display: Progress = display or NoProgress()
        self._stops: list[threading.Event] = []
        self._closed = False

    def stop(self) -> threading.Event:
        """A word to stop for one chunk: a chunk that breaks off sets its own, and the others go on."""
        event = threading.Event()
        self._stops.append(event)
        if self._closed:
            event.set()
        return event

    def close(self) -> None:
        """Ends all work; what is finished by then is kept."""
        self._closed = True
        for event in self._stops:
            event.set()
        self.shelf.close()


_open: dict[str, Workshop] = {}
_lock = threading.Lock()


@contextmanager
def opened(run_id: str, display: Progress | None = None) -> Iterator[Workshop]:
    """The workshop of a run, closed however the run ends."""
    workshop = Workshop(display)
    with _lock:
        _open[run_id] = workshop
    try:
        yield workshop
    finally:
        workshop.close()
        with _lock:
            _open.pop(run_id, None)


def workshop_of(run_id: str) -> Workshop:
    """The workshop of a run; on a machine that did not start the run, one made here for it."""
    with _lock:
        return _open.get(run_id) or _open.setdefault(run_id, Workshop(linger_s=LINGER_S))
