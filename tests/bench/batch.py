"""Whole runs of `undocs ingest`: what a second worker brings, and memory over a long document."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

import pikepdf

from pipeline.errors import ExitCode
from tests.bench import documents
from tests.bench.figures import Figures
from tests.bench.processes import watched
from tests.bench.reading import is_scan

_LONG_PAGES = 300
_LEAST_PAGES = 400
"""Pages of the batch: enough that the start of the workers is lost in it."""


def measure() -> Figures:
    """Wall seconds with one worker and two, and the largest process over a file of 300 pages."""
    plain = [path for path in documents.latin() if not is_scan(path)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        batch = folder / "batch"
        batch.mkdir()
        _fill(batch, plain)
        one, two = (min(_seconds(batch, folder / "out", jobs) for _ in range(2)) for jobs in (1, 2))
        long = folder / "long.pdf"
        _join(plain, long, _LONG_PAGES)
        with watched(os.getpid()) as usage:
            _seconds(long, folder / "long", 1)
    return {
        "batch, wall s with 1 worker": one,
        "batch, wall s with 2 workers": two,
        "2 workers / 1 worker, speed": one / two,
        f"peak memory of a worker over {_LONG_PAGES} pages, MB": float(max(usage.memory["readers"])),
    }


def _fill(folder: Path, files: list[Path]) -> None:
    """Copies until there are pages enough, each with bytes of its own: equal ones would be read once."""
    pages = 0
    for number, path in enumerate(cycle(files)):
        if pages >= _LEAST_PAGES:
            return
        copy = folder / f"{number:04d}-{path.name}"
        shutil.copyfile(path, copy)
        with copy.open("ab") as file:
            file.write(b"\n%% copy %d\n" % number)
        with pikepdf.open(path) as document:
            pages += len(document.pages)


def _join(files: list[Path], target: Path, count: int) -> None:
    with pikepdf.new() as joined:
        sources = [pikepdf.open(path) for path in files]
        pages = [page for source in sources for page in source.pages]
        joined.pages.extend(islice(cycle(pages), count))
        joined.save(target)
        for source in sources:
            source.close()


def _seconds(source: Path, out: Path, jobs: int) -> float:
    command = [sys.executable, "-m", "pipeline", "ingest", str(source), "--out", str(out), "--force", "--ocr", "never"]
    begun = time.perf_counter()
    ended = subprocess.run([*command, "--jobs", str(jobs)], check=False, capture_output=True, text=True)
    seconds = time.perf_counter() - begun
    if ended.returncode not in (ExitCode.ok, ExitCode.documents_failed):  # some pages ask for recognition
        raise RuntimeError(ended.stderr)
    return seconds
