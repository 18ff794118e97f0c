"""`python -m flows serve`: server, worker and deployments on this machine, until it is told to stop."""

import argparse
import signal
import sys
import time
from collections import deque
from pathlib import Path
from typing import NoReturn

from flows.deploy import deploy_site
from flows.environment import home_of, prepare
from flows.server import Server, free_port
from flows.worker import WorkerProcess
from pipeline.commands.answering import own_command
from pipeline.errors import ExitCode, ToolCrashed

LOOK_AGAIN_S = 1.0

MOST_RESTARTS = 5
RESTARTS_WITHIN_S = 300.0
"""More restarts in this time mean that starting again does not help: a start takes up to 20 s on a busy machine."""


class _Stop(Exception):
    """Somebody asked us to end."""


def run(arguments: argparse.Namespace) -> ExitCode:
    """Serves until Ctrl-C or SIGTERM; both end everything that was started."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _asked_to_stop)
    out = Path(arguments.out).absolute()
    home = home_of(out)
    prepare(home)
    try:
        _serve(arguments, out, home)
    except _Stop:
        _say("Stopped. What was finished is kept; a run that was at work goes on when it is run again.")
    return ExitCode.ok


def _serve(arguments: argparse.Namespace, out: Path, home: Path) -> None:
    with Server(home, free_port(arguments.port)) as server:
        _say(f"Starting the Prefect server, which takes up to a minute the first time (log: {server.log})")
        server.wait()
        prepare(home, server.api_url)
        deploy_site(arguments)
        with WorkerProcess(home, arguments.runs) as worker:
            _say(_greeting(arguments, server, worker, out))
            _keep_up(server, worker)


def _keep_up(server: Server, worker: WorkerProcess) -> NoReturn:
    """Starts again what ends unasked, for as long as that helps."""
    restarts: deque[float] = deque(maxlen=MOST_RESTARTS)
    while True:
        time.sleep(LOOK_AGAIN_S)
        for child in (server, worker):
            if not child.has_ended():
                continue
            now = time.monotonic()
            if len(restarts) == MOST_RESTARTS and now - restarts[0] < RESTARTS_WITHIN_S:
                raise ToolCrashed("serve", child.name, "it ends again and again", f"Read the end of {child.log}.")
            restarts.append(now)
            _say(f"The {child.name} ended unasked; starting it again (log: {child.log})")
            child.start()


def _greeting(arguments: argparse.Namespace, server: Server, worker: WorkerProcess, out: Path) -> str:
    return f"""
  Open      {server.ui_url}
  Start     Deployments > ingest-batch > Run > Custom run; or put documents into {arguments.inbox}
            and wait for ingest-watch ({arguments.cron}, {arguments.timezone})
  Records   {out}/records; the same in words: {own_command()} status {out}
  Logs      {server.log} and {worker.log}
  Stop      Ctrl-C
"""


def _asked_to_stop(_number: int, _frame: object) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)  # once is enough: an impatient second one would leave processes behind
    raise _Stop


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
