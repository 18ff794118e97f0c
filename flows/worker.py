"""A Prefect worker of the project's work pool as a child process, or on a further machine."""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from flows import bound
from flows.environment import prepare
from flows.server import await_server
from pipeline.errors import ExitCode

WORK_POOL = "undocs"

CONSOLE = {
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "NOTSET",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_CLASS": "flows.console.PatientHandler",
}
"""Read by the runs that the worker starts: they outlive it, and its console with it."""

GRACE_S = 15.0
"""A run that is asked to end kills its readers within a second and reports within a few."""


class WorkerProcess:
    """`prefect worker start` as a child. Use it as a context manager; leaving ends it and the runs it carries out."""

    name = "Prefect worker"

    def __init__(self, home: Path, runs: int | None = None) -> None:
        self.log = home / "worker.log"
        self._runs = runs
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def start(self) -> None:
        """Starts the child."""
        with self.log.open("ab") as log:
            self._child = bound.start(worker_command(self._runs), log, **CONSOLE)

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child is not None:
            bound.end_all(bound.descendants(self._child.pid), GRACE_S)  # the runs first: they report to the server
            bound.stop(self._child, GRACE_S)
            self._child = None

    def has_ended(self) -> bool:
        """Is the child gone?"""
        return self._child is None or self._child.poll() is not None


def worker_command(runs: int | None) -> list[str]:
    """Starts a process worker of the pool, which carries out so many runs at once (None: any number)."""
    limit = [] if runs is None else ["--limit", str(runs)]
    return [sys.executable, "-m", "prefect", "worker", "start", "--pool", WORK_POOL, "--type", "process", *limit]


def run(arguments: argparse.Namespace) -> ExitCode:
    """Becomes a worker of a server elsewhere; ends with it or when it is told to."""
    prepare(Path(arguments.home).absolute(), arguments.server)
    await_server(arguments.server)
    os.environ.update(CONSOLE)
    os.execvp(sys.executable, worker_command(arguments.runs))  # noqa: S606 - no shell is wanted
