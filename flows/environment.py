"""The environment that Prefect reads when it is first imported: where it keeps its files, and that it stays quiet.

Nothing here imports Prefect, for its settings are read only once.
"""

import os
from pathlib import Path

from pipeline.errors import write_refused

HOME_NAME = ".prefect"
"""Folder under the output folder that holds the server's database and logs."""

HEARTBEAT_S = 30
"""Seconds between two signs of life of a run; the least that Prefect takes."""

QUERY_S = 3
"""Seconds between two questions of a worker for runs to start: what an operator waits after a click. Prefect's own 10
is longer than 1,000 small documents take to be a tenth done; a question costs server and worker some 20 ms."""

QUIET = {
    # No statistics leave this machine: the first stops the server's, the second the library's and the UI's.
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_CLI_COLORS": "false",
}


def prepare(home: Path, api_url: str | None = None, *, quiet_console: bool = False) -> None:
    """Sets what Prefect will read. What the user has set already stays, but for the statistics.

    `api_url` is the server to talk to; None leaves the choice to what the user configured. With `quiet_console`
    Prefect prints nothing on this terminal; its own log keeps everything.
    """
    os.environ.update(QUIET)
    os.environ.setdefault("PREFECT_HOME", str(home.absolute()))
    os.environ.setdefault("PREFECT_FLOWS_HEARTBEAT_FREQUENCY", str(HEARTBEAT_S))
    os.environ.setdefault("PREFECT_WORKER_QUERY_SECONDS", str(QUERY_S))
    if api_url is not None:
        os.environ["PREFECT_API_URL"] = api_url
    if quiet_console:
        os.environ["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] = "CRITICAL"


def home_of(out: Path) -> Path:
    """Prefect's folder: the one that the user has set, else one under the output folder, made here.

    Raises WriteFailed where it cannot be made.
    """
    home = Path(os.environ.get("PREFECT_HOME", out / HOME_NAME))
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_refused(str(home), error) from error
    return home
