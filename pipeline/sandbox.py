"""Runs documents in a child process under limits, and survives whatever they do to it.

A page that hangs or crashes the worker is remembered; the document is started again without it, so that one bad page
costs one page. The worker is reused between documents and killed with its whole process group.
"""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline import errors, frames
from pipeline.children import WORKER, child_of
from pipeline.errors import LimitExceeded, PipelineError, ToolCrashed
from pipeline.settings import Settings
from schemas.problem import Problem, Severity
from schemas.source import Artifact

_START_S = 120.0  # importing everything took 14 s on a cold disk under load; beyond this the machine is broken
_MAX_LOST_PAGES = 5  # a document that kills the worker more often is hostile or hopeless
_RECYCLE_AFTER = 200  # documents; bounds what leaks in C libraries can add up to

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Product:
    """What the worker made of one document."""

    record_id: str
    status: str
    pages: int
    ocr_pages: int
    languages: tuple[str, ...]
    code: str | None
    message: str | None
    record: bytes
    images: dict[str, bytes]


class _Died(Exception):
    """The worker ended or was killed while it worked on `page` (0: the document as a whole)."""

    def __init__(self, code: str, reason: str, stage: str, page: int) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.stage = stage
        self.page = page


class Worker:
    """One child process. Not for use by two threads at once. Use it as a context manager.

    `module` is the program that serves the jobs; tests name one that hangs and crashes on demand.
    """

    def __init__(self, module: str = WORKER) -> None:
        self._module = module
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def kill(self) -> None:
        """End the child and everything it started."""
        if self._child is None:
            return
        child, self._child = self._child, None
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream:
                stream.close()

    def build(self, artifact: Artifact, settings: Settings, store: Path | None, progress: Progress) -> Product:
        """The record of one document, whatever its bytes try.

        Raises:
            PipelineError: the document as a whole could not be read; the type says why.
        """
        lost: dict[int, Problem] = {}
        while True:
            try:
                return self._attempt(artifact, settings, store, lost, progress)
            except _Died as death:
                self.kill()
                if death.page == 0 or death.page in lost or len(lost) >= _MAX_LOST_PAGES:
                    raise _as_error(death, artifact) from None
                lost[death.page] = _as_problem(death)

    def recognise_ahead(
        self, artifact: Artifact, settings: Settings, store: Path, pages: tuple[int, int], progress: Progress
    ) -> None:
        """Recognise pages from the last down to the first into the store, while another worker builds the record.

        Whatever goes wrong here is left to that worker, which meets the same page and reports it.
        """
        message = {**_message(artifact, settings, store, {}), "ahead": list(pages)}
        try:
            self._ask(message, artifact, settings, progress)
        except (_Died, PipelineError):
            self.kill()

    def _attempt(
        self,
        artifact: Artifact,
        settings: Settings,
        store: Path | None,
        lost: dict[int, Problem],
        progress: Progress,
    ) -> Product:
        product = self._ask(_message(artifact, settings, store, lost), artifact, settings, progress)
        assert product is not None
        return product

    def _ask(
        self, message: frames.Message, artifact: Artifact, settings: Settings, progress: Progress
    ) -> Product | None:
        child = self._running()
        assert child.stdin is not None
        try:
            frames.send(child.stdin, message)
        except OSError as error:
            raise _Died("worker_crashed", "the worker ended before it took the document", "pages", 0) from error
        return _Watch(child, settings, artifact, progress).product()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._child is not None and (self._child.poll() is not None or self._served >= _RECYCLE_AFTER):
            self.kill()
        if self._child is None:
            self._served = 0
            self._child = child_of(self._module)
        self._served += 1
        return self._child


def _message(artifact: Artifact, settings: Settings, store: Path | None, lost: dict[int, Problem]) -> frames.Message:
    return {
        "artifact": {**artifact._asdict(), "path": str(artifact.path)},
        "settings": asdict(settings),
        "lost_pages": {str(k): v.model_dump(mode="json") for k, v in lost.items()},
        "store": str(store) if store else None,
    }


class _Watch:
    """Waits for one document's product; every sign of life restarts the page's clock, never the document's."""

    def __init__(
        self, child: "subprocess.Popen[bytes]", settings: Settings, artifact: Artifact, progress: Progress
    ) -> None:
        self._child = child
        self._limits = settings.limits
        self._artifact = artifact
        self._progress = progress
        self._end = time.monotonic() + settings.limits.document_s
        self._stage, self._page, self._pages = "identify", 0, 0

    def product(self) -> Product | None:
        """What the worker made; None where it was asked to recognise ahead."""
        assert self._child.stdout is not None
        while True:
            self._wait()
            try:
                message = frames.receive(self._child.stdout)
                if message["event"] == "done":
                    return None
                answer = self._take(message)
            except (EOFError, OSError, ValueError) as error:
                raise self._crash() from error
            if answer is not None:
                return answer

    def _take(self, message: frames.Message) -> Product | None:
        match message["event"]:
            case "progress":
                self._stage, self._page, self._pages = message["stage"], message["page"], message["pages"]
                self._progress(self._stage, self._page, self._pages)
                return None
            case "record":
                return self._receive(message)
            case "error":
                raise _rebuilt(message)
            case _:
                trace = str(message.get("traceback", "")).strip()
                last = trace.splitlines()[-1] if trace else "no traceback"
                sys.stderr.write(trace + "\n")
                raise ToolCrashed(
                    self._stage,
                    self._artifact.uri,
                    f"The pipeline itself failed: {last}",
                    "This is our bug: report it with the file and the traceback in the log.",
                )

    def _receive(self, message: frames.Message) -> Product:
        assert self._child.stdout is not None
        record = frames.receive_bytes(self._child.stdout)
        images = {name: frames.receive_bytes(self._child.stdout) for name in message["images"]}
        return Product(
            record_id=message["record_id"],
            status=message["status"],
            pages=message["pages"],
            ocr_pages=message["ocr_pages"],
            languages=tuple(message["languages"]),
            code=message["code"],
            message=message["message"],
            record=record,
            images=images,
        )

    def _wait(self) -> None:
        """Until the child says something; raises when a clock runs out."""
        assert self._child.stdout is not None
        now = time.monotonic()
        granted = min(now + self._granted_s(), self._end)
        with selectors.DefaultSelector() as selector:
            selector.register(self._child.stdout, selectors.EVENT_READ)
            if selector.select(max(0.0, granted - now)):
                return
        if time.monotonic() >= self._end:
            reason = f"it took longer than the {self._limits.document_s:g} s granted to a document"
            raise _Died("document_timeout", reason, self._stage, 0)
        reason = f"no answer within {self._granted_s():g} s"
        raise _Died("page_timeout" if self._page else "timeout", reason, self._stage, self._page)

    def _granted_s(self) -> float:
        if self._stage == "ocr":
            return self._limits.ocr_page_s
        if self._stage == "identify":
            return _START_S + self._limits.page_s
        if self._page == 0:  # the stages after reading look at all pages at once
            return self._limits.page_s + self._pages * 0.5
        return self._limits.page_s

    def _crash(self) -> _Died:
        try:
            code = self._child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            code = 0
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return _Died("worker_crashed", f"the reader crashed ({how})", self._stage, self._page)


def _as_problem(death: _Died) -> Problem:
    return Problem(
        severity=Severity.error,
        stage=death.stage,
        code=death.code,
        page=death.page,
        message=f"The page was given up: {death.reason}. The other pages are complete; "
        "look at this page in the file, and raise the time limit if it is honest.",
    )


def _as_error(death: _Died, artifact: Artifact) -> PipelineError:
    where = f" on page {death.page}" if death.page else ""
    if death.code == "worker_crashed":
        return ToolCrashed(
            death.stage,
            artifact.uri,
            f"Reading was given up{where}: {death.reason}",
            "The file is damaged or hostile; the rest of the batch is not affected.",
        )
    return LimitExceeded(
        death.stage,
        artifact.uri,
        f"Reading was given up{where}: {death.reason}",
        "The file is hostile or very large; raise the limit if it is honest.",
    )


def _rebuilt(message: frames.Message) -> PipelineError:
    kind = getattr(errors, message["type"], PipelineError)
    error: PipelineError = kind(message["stage"], message["source"], message["what"], message["hint"])
    return error
