"""The progress line of a batch: a bar on a terminal, a line now and then in a log."""

import threading
import time
from types import TracebackType
from typing import Self, TextIO

from schemas.report import DocumentOutcome, Outcome

_TERMINAL_S = 0.1
_LOG_S = 10.0


class ConsoleProgress:
    """Shows documents done, pages read and what is in work. Safe to call from several threads."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._terminal = stream.isatty()
        self._lock = threading.Lock()
        self._total = self._done = self._bad = self._pages = 0
        self._now = ""
        self._begun = self._shown = time.monotonic()
        self._width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._terminal and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()

    def begin(self, total: int) -> None:
        """The batch has this many documents."""
        with self._lock:
            self._total = total
            self._show(force=True)

    def page(self, uri: str, stage: str, page: int, pages: int) -> None:
        """Work on a page begins."""
        with self._lock:
            if page:
                self._pages += stage == "pages"
                self._now = f"{uri} {stage} {page}/{pages}"
            self._show()

    def end(self, outcome: DocumentOutcome) -> None:
        """A document has come to an end."""
        with self._lock:
            self._done += 1
            self._bad += outcome.outcome in (Outcome.failed, Outcome.partial)
            self._show(force=self._done == self._total)

    def _show(self, *, force: bool = False) -> None:
        now = time.monotonic()
        if not force and now - self._shown < (_TERMINAL_S if self._terminal else _LOG_S):
            return
        self._shown = now
        text = f"{self._done}/{self._total} documents, {self._pages} pages"
        text += f", {self._bad} with problems" if self._bad else ""
        if not self._terminal:
            self._stream.write(f"[{now - self._begun:6.0f} s] {text}  {self._now}\n")
        else:
            filled = 24 * self._done // max(1, self._total)
            line = f"[{'#' * filled}{'.' * (24 - filled)}] {text}  {self._now}"[:118]
            self._stream.write("\r" + line.ljust(self._width))
            self._width = len(line)
        self._stream.flush()
