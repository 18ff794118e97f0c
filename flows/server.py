"""A Prefect server of our own on this machine: started, awaited and stopped by us, so that nothing depends on luck."""

import http.client
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

from flows import bound
from pipeline.errors import ToolCrashed, ToolTimeout

HOST = "127.0.0.1"

START_LIMIT_S = 300.0
"""A first start took 16 s on an idle machine with 2 cores, 40 s on a busy one; Prefect's own limit is 20 s."""

STOP_GRACE_S = 10.0
"""The server needs 1 to 3 s to close its database."""

LOOK_AGAIN_S = 0.2

PATIENCE_S = 60.0
"""For a server elsewhere, which was started together with us: one needs 10 to 40 s."""


class Server:
    """`prefect server start` as a child. Use it as a context manager; `api_url` and `ui_url` are its addresses."""

    name = "Prefect server"

    def __init__(self, home: Path, port: int = 0) -> None:
        self._home = home
        self.log = home / "server.log"
        self.port = port or free_port()
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def ui_url(self) -> str:
        """Where people look."""
        return f"http://{HOST}:{self.port}"

    @property
    def api_url(self) -> str:
        """Where flows report to."""
        return f"{self.ui_url}/api"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Starts the child and returns at once; `wait` says when it answers."""
        self._home.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._child = bound.start(
                [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(self.port)],
                log,
                PREFECT_API_URL=self.api_url,
                PREFECT_UI_API_URL=self.api_url,
                PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL="NOTSET",
            )

    def wait(self) -> None:
        """Returns when the server answers.

        Raises ToolCrashed where it ended instead, and ToolTimeout after START_LIMIT_S seconds.
        """
        assert self._child is not None
        until = time.monotonic() + START_LIMIT_S
        while time.monotonic() < until:
            if self._child.poll() is not None:
                raise ToolCrashed(
                    "serve",
                    "prefect server",
                    f"it ended with exit code {self._child.returncode} instead of starting",
                    f"Read the end of {self.log}.",
                )
            if self.is_up():
                return
            time.sleep(LOOK_AGAIN_S)
        raise ToolTimeout(
            "serve",
            "prefect server",
            f"it did not answer within {START_LIMIT_S:g} s",
            f"Try again when this machine is less busy, or read the end of {self.log}.",
        )

    def is_up(self) -> bool:
        """Does it answer now?"""
        return answers(self.api_url)

    def has_ended(self) -> bool:
        """Is the child gone?"""
        return self._child is None or self._child.poll() is not None

    def stop(self) -> None:
        """Ends the child and all that it started."""
        if self._child is not None:
            bound.stop(self._child, STOP_GRACE_S)
            self._child = None


def answers(api_url: str) -> bool:
    """Does a server answer there now, be it that it asks who we are?"""
    try:
        with urllib.request.urlopen(f"{api_url.rstrip('/')}/health", timeout=5) as answer:  # noqa: S310 - http(s) only
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        return error.code in (401, 403)
    except (OSError, http.client.HTTPException):
        return False


def await_server(api_url: str, patience_s: float = PATIENCE_S) -> None:
    """Returns when the server answers, which may be starting just now.

    Raises ToolTimeout after `patience_s` seconds.
    """
    until = time.monotonic() + patience_s
    if not answers(api_url):
        sys.stderr.write(f"Waiting up to {patience_s:.0f} s for a Prefect server at {api_url}\n")
    while not answers(api_url):
        if time.monotonic() >= until:
            raise ToolTimeout(
                "serve",
                api_url,
                "no Prefect server answers there",
                "Start it, or put the address right: it ends in /api, such as http://server:4200/api.",
            )
        time.sleep(LOOK_AGAIN_S)


def free_port(wanted: int = 0) -> int:
    """The wanted port if nobody listens on it, else any free one."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise AssertionError("unreachable: port 0 always gives a free one")
