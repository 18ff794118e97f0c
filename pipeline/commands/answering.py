"""What a command answers when something goes wrong: one line and an exit code; a bug of ours whole."""

import argparse
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import ExitCode, PipelineError


def own_command() -> str:
    """How this program is started from here: `undocs` where it is on the path, else its place in the environment."""
    if shutil.which("undocs"):
        return "undocs"
    beside = Path(sys.executable).with_name("undocs")
    return os.path.relpath(beside) if beside.exists() else "python -m pipeline"


def answer_of(command: Callable[[argparse.Namespace], ExitCode], arguments: argparse.Namespace) -> int:
    """The exit code of a command; what goes wrong is told on standard error in one line, a bug of ours whole."""
    try:
        return int(command(arguments))
    except PipelineError as error:
        sys.stderr.write(f"undocs: {error}\n")
        return int(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("undocs: interrupted; what was finished is kept, run the same command again to go on.\n")
        return int(ExitCode.interrupted)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.ok)
    except PermissionError as error:
        sys.stderr.write(f"undocs: {error.filename}: {error.strerror}. Give the user who runs this the right to it.\n")
        return int(ExitCode.input)
    except Exception:  # noqa: BLE001 - the last boundary: a bug of ours, shown whole
        traceback.print_exc()
        sys.stderr.write("undocs: this is a bug of ours; please report it with the lines above.\n")
        return int(ExitCode.bug)
