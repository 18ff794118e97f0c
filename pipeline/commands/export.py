"""`undocs export`: the records of an output folder in other forms."""

import argparse
import sys
from pathlib import Path

from pipeline.errors import ExitCode
from pipeline.writer.export import export


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write them, and say what was written where."""
    folder = Path(arguments.dir)
    out = Path(arguments.out) if arguments.out else folder / "export"
    formats = list(dict.fromkeys(name.strip() for name in arguments.format.split(",") if name.strip()))
    for name, count in export(folder, formats, out).items():
        sys.stderr.write(f"{name}: {count} {'file' if count == 1 else 'files'} in {out / name}\n")
    return ExitCode.ok
