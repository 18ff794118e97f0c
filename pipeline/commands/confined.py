"""Runs a command that reads one untrusted file in a child process under limits of time and memory."""

import argparse
import importlib
import json
import resource
import signal
import subprocess
import sys

from pipeline.commands.answering import answer_of
from pipeline.errors import ExitCode, LimitExceeded, ToolCrashed
from pipeline.settings import Limits

_SECONDS = 600.0
"""Time for one file: mending 300 pages takes 20 s, drawing one page 2 s."""


def run_confined(module: str, arguments: argparse.Namespace) -> ExitCode:
    """Run `module.inside(arguments)` in a child; its exit code.

    Raises:
        LimitExceeded: it took too long.
        ToolCrashed: the file broke the reader.
    """
    fields = {k: v for k, v in vars(arguments).items() if isinstance(v, str | int | bool | None)}
    command = [sys.executable, "-m", "pipeline.commands.confined", module, json.dumps(fields)]
    try:
        code = subprocess.run(command, timeout=_SECONDS, check=False).returncode
    except subprocess.TimeoutExpired:
        what = f"It took longer than the {_SECONDS:g} s granted to one file"
        raise LimitExceeded("pages", arguments.file, what, "The file is hostile or very large.") from None
    if code < 0:
        what = f"The reader crashed ({signal.Signals(-code).name})"
        raise ToolCrashed("pages", arguments.file, what, "The file is damaged or hostile.")
    return ExitCode(code)


def _main() -> int:
    module, fields = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (Limits().memory_bytes, Limits().memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return answer_of(importlib.import_module(module).inside, argparse.Namespace(**json.loads(fields)))


if __name__ == "__main__":
    sys.exit(_main())
