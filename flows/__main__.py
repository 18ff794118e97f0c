"""`python -m flows`: run one batch here, or serve the flows with a server, a worker and their schedules."""

import argparse
import importlib
import sys
import traceback
import zoneinfo
from collections.abc import Sequence

from pipeline.errors import ExitCode, PipelineError

MOST_JOBS = 256
"""As the forms allow (`parameters.Jobs`)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code is that of `pipeline.errors.ExitCode`."""
    parsed = _parser().parse_args(arguments)
    try:
        command = importlib.import_module(f"flows.{parsed.command}")
        return int(command.run(parsed))
    except PipelineError as error:
        sys.stderr.write(f"flows: {error}\n")
        return int(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("flows: interrupted; what was finished is kept, run the same command again to go on.\n")
        return int(ExitCode.interrupted)
    except Exception:  # noqa: BLE001 - the last boundary: a bug of ours, shown whole
        traceback.print_exc()
        return int(ExitCode.bug)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m flows", description="Runs the pipeline through Prefect.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _add_run(commands)
    _add_serve(commands)
    _add_deploy(commands)
    _add_worker(commands)
    return parser


def _add_run(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("run", help="ingest one batch on this machine and end")
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a file, a folder, @list.txt, a URL or symbol:…")
    parser.add_argument("--out", default="out", metavar="DIR", help="folder for records/, images/ and runs/")
    parser.add_argument("--jobs", type=_jobs, default=0, metavar="N", help="worker processes (default: one a core)")
    parser.add_argument("--ocr", choices=("auto", "always", "never"), default="auto", help="when to recognise pages")
    parser.add_argument("--only", nargs="+", default=[], metavar="ID", help="only these documents")
    parser.add_argument("--force", action="store_true", help="ingest again what is up to date")
    parser.add_argument("--network", action="store_true", help="allow sources that are fetched over the network")


def _add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("serve", help="server, worker and deployments on this machine, until Ctrl-C")
    parser.add_argument("--port", type=int, default=4200, metavar="N", help="of the UI; another one if it is taken")
    _add_runs(parser)
    _add_site_options(parser)


def _add_deploy(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("deploy", help="make or renew the deployments on a server that runs already")
    _add_server(parser)
    _add_site_options(parser)


def _add_site_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", default="out", metavar="DIR", help="the forms' default output folder")
    parser.add_argument("--inbox", default="inbox", metavar="DIR", help="folder that is looked at every night")
    parser.add_argument("--cron", default="0 2 * * *", metavar="LINE", help="when the inbox is looked at")
    parser.add_argument(
        "--timezone", type=_zone, default="UTC", metavar="ZONE", help="of the cron line, such as Asia/Baku"
    )
    parser.add_argument(
        "--overlap", choices=("wait", "cancel"), default="wait", help="what a second run of a deployment does"
    )
    parser.add_argument("--network", action="store_true", help="the forms' default for fetching over the network")


def _add_worker(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("worker", help="a further worker, on this or another machine")
    _add_server(parser)
    _add_runs(parser)


def _add_server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server", required=True, type=_address, metavar="URL", help="such as http://server:4200/api")
    parser.add_argument("--home", default=".prefect", metavar="DIR", help="where Prefect keeps its own files here")


def _add_runs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--runs", type=_count, metavar="N", help="runs at once on this machine; others wait, or go to another worker"
    )


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"{text} is no address of a server; give one such as http://server:4200/api")
    return text


def _zone(text: str) -> str:
    try:
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise argparse.ArgumentTypeError(f"{text} is no time zone; give one such as Asia/Baku") from None
    return text


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST_JOBS:
        raise argparse.ArgumentTypeError(f"{text} is no number of workers; give 1 to {MOST_JOBS}, or leave it out")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of runs; give 1 or more, or leave it out")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
