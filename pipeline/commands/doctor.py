"""`undocs doctor`: is this machine fit, and what is to be installed?"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.errors import ExitCode

_MEMORY_BYTES = 2 << 30  # a worker stays below 0.7 GiB on honest files; two workers and the flow fit in this
_DISK_BYTES = 1 << 30


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    what: str
    fine: bool
    found: str
    todo: str = ""


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the findings; exit 5 where something is to be done."""
    findings = tuple(_look(Path(arguments.out)))
    if arguments.json:
        sys.stdout.write(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1) + "\n")
    else:
        for finding in findings:
            mark = "ok  " if finding.fine else "TODO"
            sys.stdout.write(f"{mark}  {finding.what}: {finding.found}\n")
            if finding.todo:
                sys.stdout.write(f"      {finding.todo}\n")
    return ExitCode.ok if all(finding.fine for finding in findings) else ExitCode.tool


def _look(out: Path) -> Iterator[Finding]:
    yield _python()
    yield from _tesseract()
    yield _memory()
    yield _disk(out)
    yield _writable(out)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    fine = sys.version_info >= (3, 11)
    return Finding("Python", fine, version, "" if fine else "Install Python 3.11 or newer.")


def _tesseract() -> Iterator[Finding]:
    from pipeline.ocr.packs import missing_packs, pack_versions

    program = shutil.which("tesseract")
    yield Finding("Tesseract program", program is not None, program or "not found", _apt("tesseract-ocr", program))
    missing = missing_packs()
    found = ", ".join(sorted(pack_versions())) or "none"
    packages = " ".join(sorted(missing.values()))
    yield Finding("Tesseract language packs", not missing, found, f"apt-get install {packages}" if missing else "")


def _apt(package: str, present: str | None) -> str:
    return "" if present else f"apt-get install {package}"


def _memory() -> Finding:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    fine = total >= _MEMORY_BYTES
    return Finding("memory", fine, f"{total / 2**30:.1f} GiB", "" if fine else "Run with --jobs 1.")


def _disk(out: Path) -> Finding:
    place = next(p for p in (out.absolute(), *out.absolute().parents) if p.exists())
    free = shutil.disk_usage(place).free
    fine = free >= _DISK_BYTES
    return Finding("free disk", fine, f"{free / 2**30:.1f} GiB", "" if fine else "Make room or name another folder.")


def _writable(out: Path) -> Finding:
    place = next(p for p in (out.absolute(), *out.absolute().parents) if p.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            return Finding("write access", True, str(place))
    except OSError as error:
        return Finding("write access", False, f"{place}: {error.strerror}", "Give write permission or name another.")
