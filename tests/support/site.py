"""A served site, as an operator has it: `flows serve` as a child, and what its API answers."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

ROOT = Path(__file__).parents[2]
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
START_S = 300.0
TRIES = 10
END_S = 3600.0
"""More than any test or benchmark takes: 10,000 letters take 12 minutes on a busy machine."""
ASK_EVERY_S = 2.0
"""Seconds between two questions of ours: each costs the server 10 ms, and is no part of what is measured."""


class Site:
    """Starts runs of deployments and waits for their end. `pid` is the process of `flows serve`."""

    def __init__(self, address: str, pid: int, out: Path, log: Path) -> None:
        self.address = address
        self.pid = pid
        self.out = out
        self.log = log

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """The answer of the API; asked again, as Prefect's own clients do, where the server's database is busy."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}/api/{path}", data, {"Content-Type": "application/json"})
        for attempt in range(TRIES):
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    content = answer.read()
                    return json.loads(content) if content else None
            except HTTPError as error:
                if error.code != 503 or attempt == TRIES - 1:
                    raise
                time.sleep(ASK_EVERY_S)
        raise AssertionError("unreachable")

    @property
    def api_url(self) -> str:
        """What further workers are pointed at."""
        return f"{self.address}/api"

    def start(self, deployment: str, **parameters: Any) -> str:
        """Asks for a run, as the form does; its id."""
        found = self.ask(f"deployments/name/{deployment}/{deployment}")["id"]
        body = {"parameters": parameters, "state": {"type": "SCHEDULED"}}
        return str(self.ask(f"deployments/{found}/create_flow_run", body)["id"])

    def retry(self, run: str) -> None:
        """What the Retry button does."""
        when = {"scheduled_time": datetime.now(UTC).isoformat()}
        state = {"type": "SCHEDULED", "name": "AwaitingRetry", "state_details": when}
        self.ask(f"flow_runs/{run}/set_state", {"state": state, "force": False})
        while self.ask(f"flow_runs/{run}")["state"]["type"] in ENDED:
            time.sleep(0.2)

    def cancel(self, run: str) -> None:
        """What the Cancel button does."""
        self.ask(f"flow_runs/{run}/set_state", {"state": {"type": "CANCELLING", "name": "Cancelling"}, "force": False})

    def end(self, run: str) -> dict[str, Any]:
        """The run as the server has it, when it has ended; a server that is away for a moment is waited for."""
        found: dict[str, Any] = {}
        until = time.monotonic() + END_S
        while time.monotonic() < until:
            with suppress(OSError):
                found = self.ask(f"flow_runs/{run}")
                if found["state"]["type"] in ENDED:
                    return found
            time.sleep(ASK_EVERY_S)
        raise AssertionError(f"the run has not ended within {END_S:g} s: {found}")

    def state(self, run: str) -> str:
        """How the run ended: the name of its state and its message."""
        found = self.end(run)["state"]
        return f"{found['name']}: {found['message']}"

    def log_of(self, run: str) -> list[str]:
        """The lines of a run's log, oldest first."""
        wanted = {"logs": {"flow_run_id": {"any_": [run]}}, "sort": "TIMESTAMP_ASC"}
        return [str(line["message"]) for line in self.ask("logs/filter", wanted)]

    def entries(self) -> list[dict[str, Any]]:
        """The lines of the manifest; none before the first."""
        path = self.out / "manifest.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def wait_for_workers(self, count: int = 1) -> None:
        """Returns when as many workers are on line."""
        while sum(w["status"] == "ONLINE" for w in self.ask("work_pools/undocs/workers/filter", {})) < count:
            time.sleep(ASK_EVERY_S)


@contextmanager
def served(folder: Path, inbox: Path, *options: str, **environment: str) -> Iterator[Site]:
    """A site with its output in `folder/out`; stopped at the end as by Ctrl-C."""
    out, log = folder / "out", folder / "serve.log"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
        **environment,
    }
    bound = [sys.executable, "-m", "flows.bound"]  # ends with the tests, however they end
    command = [*bound, sys.executable, "-m", "flows", "serve", "--out", str(out), "--inbox", str(inbox), "--port", "0"]
    with log.open("wb") as stream:
        child = subprocess.Popen([*command, *options], stderr=stream, env=environment, cwd=ROOT)
    try:
        site = Site(_address(log, child), child.pid, out, log)
        site.wait_for_workers()
        yield site
    finally:
        child.send_signal(signal.SIGINT)
        code = child.wait(120)
    assert code == 0, log.read_text()


def _address(log: Path, child: "subprocess.Popen[bytes]") -> str:
    until = time.monotonic() + START_S
    while time.monotonic() < until and child.poll() is None:
        for line in log.read_text().splitlines():
            if line.split()[:1] == ["Open"]:
                return line.split()[1]
        time.sleep(0.2)
    raise RuntimeError(log.read_text())
