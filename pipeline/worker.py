"""The child process that touches untrusted bytes: takes a job, reports progress, gives a record or an error.

Started by `sandbox.py` as `python -m pipeline.worker`; it lives for many documents and dies with its parent.
"""

import ctypes
import gc
import importlib
import os
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import TypeAdapter

from pipeline import frames
from pipeline.errors import LimitExceeded, PipelineError
from pipeline.settings import Settings
from schemas.problem import Problem
from schemas.source import Artifact

_SETTINGS = TypeAdapter(Settings)

_COLLECT_AFTER = 20_000
"""New objects after which the garbage collector looks for circles: stages make hardly any, and looking after each 700
took 5 % of the time. Documents of 300 pages need no more memory for it."""


def main() -> None:
    """Serve jobs from standard input until it closes."""
    _die_with_parent()
    get_ready()
    jobs = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a C library prints must not break the protocol
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    os.environ["OMP_THREAD_LIMIT"] = "1"
    while True:
        try:
            message = frames.receive(jobs)
        except EOFError:
            return
        _serve(message, answers)


def get_ready() -> None:
    """Import the stages before the first job, and keep what they hold for good from the garbage collector."""
    importlib.import_module("pipeline.ingest")
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)


def _die_with_parent() -> None:
    """Linux: be killed when the thread that started us ends, however it ends. Elsewhere the closed pipe must do."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
        if os.getppid() == 1:
            os._exit(1)


def _serve(message: frames.Message, answers: BinaryIO) -> None:
    settings = _SETTINGS.validate_python(message["settings"])
    _limit(settings)
    try:
        _build(message, settings, answers)
    except PipelineError as error:
        frames.send(answers, _error(error))
    except MemoryError:
        uri = message["artifact"]["uri"]
        what = f"It needs more memory than a worker is granted ({settings.limits.memory_bytes >> 20} MiB)"
        hint = "Raise limits.memory_bytes if the document is honest."
        frames.send(answers, _error(LimitExceeded("pages", uri, what, hint)))
    except Exception:  # noqa: BLE001 - reported with its traceback; a bug of ours must not end the batch
        frames.send(answers, {"event": "bug", "traceback": traceback.format_exc()})


def _build(message: frames.Message, settings: Settings, answers: BinaryIO) -> None:
    from pipeline.ingest import build
    from pipeline.reading import Job, recognise_ahead
    from pipeline.writer.pagestore import PageStore
    from pipeline.writer.records import record_bytes

    def progress(stage: str, page: int, pages: int) -> None:
        frames.send(answers, {"event": "progress", "stage": stage, "page": page, "pages": pages})

    job = Job(
        artifact=_artifact(message["artifact"]),
        settings=settings,
        lost_pages={int(k): Problem.model_validate(v) for k, v in message["lost_pages"].items()},
        store=PageStore(Path(message["store"])) if message["store"] else None,
    )
    if "ahead" in message:
        first, last = message["ahead"]
        recognise_ahead(job, first, last, progress)
        frames.send(answers, {"event": "done"})
        return
    built = build(job, progress)
    record = built.record
    frames.send(
        answers,
        {
            "event": "record",
            "record_id": record.record_id,
            "status": record.status,
            "pages": len(record.pages),
            "ocr_pages": sum(1 for page in record.pages if page.ocr),
            "languages": [share.tag for share in record.languages],
            "code": next((p.code for p in record.problems if p.severity == "error"), None),
            "message": next((p.message for p in record.problems if p.severity == "error"), None),
            "images": list(built.images),
        },
    )
    frames.send_bytes(answers, record_bytes(record))
    for content in built.images.values():
        frames.send_bytes(answers, content)


def _artifact(fields: dict[str, Any]) -> Artifact:
    return Artifact(**{**fields, "path": Path(fields["path"])})


def _error(error: PipelineError) -> frames.Message:
    return {
        "event": "error",
        "type": type(error).__name__,
        "stage": error.stage,
        "source": error.source,
        "what": error.what,
        "hint": error.hint,
    }


def _limit(settings: Settings) -> None:
    """Address space for good; CPU seconds from now on, so that a reused worker starts each document afresh."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (settings.limits.memory_bytes, hard))
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + settings.limits.document_s) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))


if __name__ == "__main__":
    main()
