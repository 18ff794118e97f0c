"""A served site, as an operator has it: `flows serve` as a child, and what its API answers."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
START_S = 300.0


class Site:
    """Starts runs of deployments and waits for their end."""

    def __init__(self, address: str, pid: int, out: Path) -> None:
        self.address = address
        self.pid = pid
        self.out = out

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """The answer of the API."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}/api/{path}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            content = answer.read()
            return json.loads(content) if content else None

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

    def end(self, run: str) -> dict[str, Any]:
        """The run as the server has it, when it has ended."""
        while True:
            found: dict[str, Any] = self.ask(f"flow_runs/{run}")
            if found["state"]["type"] in ENDED:
                return found
            time.sleep(0.5)


@contextmanager
def served(folder: Path, inbox: Path, *options: str) -> Iterator[Site]:
    """A site with its output in `folder/out`; stopped at the end as by Ctrl-C."""
    out, log = folder / "out", folder / "serve.log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    command = [sys.executable, "-m", "flows", "serve", "--out", str(out), "--inbox", str(inbox), "--port", "0"]
    with log.open("wb") as stream:
        child = subprocess.Popen([*command, *options], stderr=stream, env=environment, cwd=ROOT)
    try:
        yield Site(_address(log, child), child.pid, out)
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(60)


def _address(log: Path, child: "subprocess.Popen[bytes]") -> str:
    until = time.monotonic() + START_S
    while time.monotonic() < until and child.poll() is None:
        for line in log.read_text().splitlines():
            if line.split()[:1] == ["Open"]:
                return line.split()[1]
        time.sleep(0.2)
    raise RuntimeError(log.read_text())
