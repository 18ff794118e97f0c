"""`python -m flows run`: one batch through the flow on this machine, with a server of its own while it lasts."""

import argparse
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from flows.environment import home_of, prepare
from flows.server import Server
from pipeline.commands.ingest import exit_code_of, summary
from pipeline.commands.progress import ConsoleProgress
from pipeline.errors import ExitCode, PipelineError
from schemas.report import RunReport

DELIVERY_S = 30.0
"""Seconds granted to the last events and log lines; a batch of 1,000 documents needs 2 to 3."""


def run(arguments: argparse.Namespace) -> ExitCode:
    """Ingests what the arguments name; the code tells how it went."""
    out = Path(arguments.out).absolute()
    home = home_of(out)
    prepare(home, quiet_console=True)
    server = Server(home)
    begun = time.monotonic()
    _say(f"Starting a local Prefect server, which takes up to a minute the first time (log: {server.log})")
    with server:
        prepare(home, server.api_url)
        from flows import ingest  # loads Prefect, for some seconds, while the server starts

        server.wait()
        _say(f"Ready after {time.monotonic() - begun:.0f} s; ingesting {' '.join(arguments.sources)}")
        begun = time.monotonic()
        with ConsoleProgress(sys.stderr) as display:
            ingest.show_progress_on(display)
            state = ingest.ingest_batch(
                sources=[_absolute(source) for source in arguments.sources],
                out=str(out),
                ocr=arguments.ocr,
                only=arguments.only,
                force=arguments.force,
                jobs=arguments.jobs,
                network=arguments.network,
                return_state=True,
            )
        _deliver()
    return conclude(state, out, time.monotonic() - begun)


def _deliver() -> None:
    """Waits until the server has what was told to it, for it is about to be stopped."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    for service in (EventsWorker, APILogWorker):
        service.drain_all(timeout=DELIVERY_S)


def conclude(state: Any, out: Path, seconds: float) -> ExitCode:
    """The closing table and the exit code; a run without a report broke off, and says why."""
    report = _report_of(out, str(state.state_details.flow_run_id))
    if report is None:
        return _broken_off(state)
    sys.stderr.write(summary(report, seconds, _shown(out)))
    code = exit_code_of(report)
    if code is ExitCode.ok and state.is_failed():
        _say(f"{state.message}: nothing has changed since, so they were not tried again.")
        return ExitCode.documents_failed
    return code


def _broken_off(state: Any) -> ExitCode:
    error = getattr(state.data, "result", state.data)  # Prefect wraps what a run raised in a record of its result
    if isinstance(error, PipelineError):
        _say(f"flows: {error}")
        return error.exit_code
    if isinstance(error, BaseException):
        traceback.print_exception(error)
    _say(f"flows: the run broke off: {state.message}")
    return ExitCode.bug


def _report_of(out: Path, flow_run_id: str) -> RunReport | None:
    files = [f for f in (out / "runs").glob(f"*-{flow_run_id[:8]}-*.json") if ".chunk-" not in f.name]
    return RunReport.model_validate_json(max(files).read_bytes()) if files else None


def _absolute(source: str) -> str:
    """A local path as seen from everywhere; the mark of a list file stays in front."""
    from pipeline.fetch import is_remote

    if is_remote(source):
        return source
    mark, path = ("@", source[1:]) if source.startswith("@") else ("", source)
    return mark + str(Path(path).absolute())


def _shown(out: Path) -> Path:
    return out.relative_to(Path.cwd()) if out.is_relative_to(Path.cwd()) else out


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
