"""`undocs mend`: a copy of a PDF whose false text layer is put right."""

import argparse
import sys
from pathlib import Path

from pipeline.commands.confined import run_confined
from pipeline.errors import ExitCode, SettingsError, SourceMissing, UnsupportedFormat
from pipeline.fetch import expand, fetch
from pipeline.identify import identify
from pipeline.mend import write_mended_copy
from pipeline.settings import Settings
from pipeline.writer.atomic import refuse_folder
from schemas.source import MediaType


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write the copy, in a child process, and say what was mended."""
    return run_confined(__name__, arguments)


def inside(arguments: argparse.Namespace) -> ExitCode:
    """The work itself."""
    path, out = Path(arguments.file), Path(arguments.out)
    if not path.is_file():
        raise SourceMissing("pages", arguments.file, "There is no such file", "Check the spelling.")
    if out.exists() and out.samefile(path):
        raise SettingsError("pages", arguments.out, "This is the file itself", "Name another file with --out.")
    refuse_folder(out)
    kind = identify(fetch(expand([arguments.file])[0], Settings()))
    if kind is not MediaType.pdf:
        raise UnsupportedFormat("pages", arguments.file, f"This is no PDF ({kind})", "Name a PDF.")
    report = write_mended_copy(path, out)
    for font in report.fonts:
        agreement = "unknown" if font.agreement is None else f"{font.agreement:.0%}"
        unnamed = f", {font.unnamed} nobody can name" if font.unnamed else ""
        sys.stderr.write(f"{font.name}: the old map was right on {agreement}; {font.glyphs} glyphs named{unnamed}\n")
    what = "mended" if report.fonts else "every map tells the truth; plain copy"
    sys.stderr.write(f"{out}: {what}\n")
    return ExitCode.ok
