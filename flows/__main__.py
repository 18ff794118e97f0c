"""`python -m flows`: run one batch here, or serve the flows with a server, a worker and their schedules."""

import argparse
import importlib
import sys
import traceback
from collections.abc import Sequence

from pipeline.errors import ExitCode, PipelineError


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
    return parser


def _add_run(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("run", help="ingest one batch on this machine and end")
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a file, a folder, @list.txt, a URL or symbol:…")
    parser.add_argument("--out", default="out", metavar="DIR", help="folder for records/, images/ and runs/")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="worker processes (default: one a core)")
    parser.add_argument("--ocr", choices=("auto", "always", "never"), default="auto", help="when to recognise pages")
    parser.add_argument("--only", nargs="+", default=[], metavar="ID", help="only these documents")
    parser.add_argument("--force", action="store_true", help="ingest again what is up to date")
    parser.add_argument("--network", action="store_true", help="allow sources that are fetched over the network")


if __name__ == "__main__":
    sys.exit(main())
