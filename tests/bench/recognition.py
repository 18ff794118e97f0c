"""Recognition beside one plain Tesseract pass, one worker beside two, and OCRmyPDF where it is installed.

Seconds are CPU seconds of the same pages in the same run. `ladder` is what passes beyond the first cost and gain.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.ocr import OcrHints, recognise
from pipeline.ocr.engine import AUTO_BLOCKS, Engine, GreyImage, Orientation, Word
from pipeline.ocr.engines import ENGINES
from pipeline.pages import OpenDocument, open_document
from pipeline.settings import OcrSettings, Settings
from schemas.page import PageText, TextOrigin
from schemas.source import MediaType
from tests.bench.documents import ROOT
from tests.bench.figures import Figures

_SCANS = ROOT.parent / "shared/data/ocr"
_OCRMYPDF = os.environ.get("OCRMYPDF", "ocrmypdf")
_SCAN_DPI = 200  # of the picture files among the scans, which do not say it themselves


@dataclass
class _Watched:
    """An engine that notes what each pass took and keeps the first pass's words."""

    engine: Engine
    name: str = "watched"
    passes_s: list[float] = field(default_factory=list)
    first: Sequence[Word] = ()

    def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
        begun = time.process_time()
        words = self.engine.read(image, packs, dpi, segmentation)
        whole = segmentation == AUTO_BLOCKS and not self.passes_s
        self.passes_s.append(time.process_time() - begun)
        self.first = words if whole else self.first
        return words

    def orient(self, image: GreyImage, dpi: int) -> Orientation | None:
        return self.engine.orient(image, dpi)


@dataclass(frozen=True)
class _Page:
    """What one page cost and how well it was read."""

    group: str
    plain_s: float
    ours_s: float
    ladder_s: float
    first_error: float
    error: float
    packs: tuple[str, ...]


def measure() -> Figures:
    """Ratios of time, errors by group, scaling and memory; empty without the scans."""
    files = sorted(p for p in _SCANS.glob("*") if p.suffix in (".pdf", ".png") and "vector" not in p.name)
    if not files:
        print("   no scans with known text beside the project: skipped")
        return {}
    pages = {path: _measured(path) for path in files}
    done = list(pages.values())
    plain, ours, ladder = (sum(getattr(p, name) for p in done) for name in ("plain_s", "ours_s", "ladder_s"))
    figures: Figures = {
        "pages": float(len(done)),
        "plain Tesseract, CPU s a page": plain / len(done),
        "recognised without ladder / plain": (ours - ladder) / plain,
        "ladder / plain": ladder / plain,
        "error of first passes": sum(p.first_error for p in done) / len(done),
        "error with ladder": sum(p.error for p in done) / len(done),
    }
    figures.update(_scaling(files[:: max(1, len(files) // 8)]))
    figures.update(_beside_ocrmypdf(pages))
    return figures


def _measured(path: Path) -> _Page:
    engine = ENGINES["tesserocr"]()
    document, page = _opened(path)
    engine.orient(document.render(1, 72), 72)  # the pack's loading is the cold start's business
    watched = _Watched(engine)
    begun = time.process_time()
    found = _recognised(document, page, watched)
    ours = time.process_time() - begun
    packs, dpi = found.ocr.packs if found.ocr else ("eng",), found.ocr.dpi if found.ocr else 300
    begun = time.process_time()
    engine.read(document.render(1, dpi), packs, dpi, AUTO_BLOCKS)
    plain = time.process_time() - begun
    truth = _truth(path)
    first = " ".join(word.text for word in watched.first)
    text = " ".join(run.text for run in found.runs)
    group = path.name.split(".")[1]
    return _Page(group, plain, ours, sum(watched.passes_s[1:]), _error(first, truth), _error(text, truth), packs)


def _opened(path: Path) -> tuple[OpenDocument, PageText]:
    kind = MediaType.pdf if path.suffix == ".pdf" else MediaType.png
    document = open_document(path, kind, Settings().limits)
    return document, document.read(1)


def _recognised(document: OpenDocument, page: PageText, engine: Engine | None = None) -> PageText:
    found = recognise(page, lambda dpi: document.render(1, dpi), OcrSettings(), OcrHints(), engine)
    assert found.origin in (TextOrigin.ocr, TextOrigin.none)
    return found


def _scaling(files: Sequence[Path]) -> dict[str, float]:
    """Pages per second of two workers over one (fresh processes, wall time), and the largest worker."""
    seconds, peak = {}, 0.0
    for workers in (1, 2):
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            list(pool.map(_warm, range(workers)))
            begun = time.perf_counter()
            peak = max(peak, *pool.map(_worked, files))
            seconds[workers] = time.perf_counter() - begun
    return {"two workers / one, pages per s": seconds[1] / seconds[2], "peak memory of a worker, MB": peak}


def _warm(_: int) -> None:
    time.sleep(1.0)  # until each process has its own start behind it


def _worked(path: Path) -> float:
    """The worker's peak resident memory in MB once the page is read."""
    import resource

    document, page = _opened(path)
    _recognised(document, page)
    document.close()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _beside_ocrmypdf(pages: dict[Path, _Page]) -> dict[str, float]:
    """Mean error by group, ours and OCRmyPDF's (same packs, deskew, turn, unpaper where it is)."""
    groups = sorted({page.group for page in pages.values()})
    figures = {f"error, {group}": _mean(p.error for p in pages.values() if p.group == group) for group in groups}
    if not shutil.which(_OCRMYPDF):
        print("   OCRmyPDF is not installed: its rows are skipped (OCRMYPDF=path names one)")
        return figures
    errors: dict[str, list[float]] = {}
    spent = 0.0
    for path, page in pages.items():
        error, seconds = _by_ocrmypdf(path, page.packs)
        errors.setdefault(page.group, []).append(error)
        spent += seconds
    figures.update({f"error, {group}, OCRmyPDF": _mean(iter(errors[group])) for group in groups})
    figures["OCRmyPDF, CPU s a page"] = spent / len(pages)
    return figures


def _by_ocrmypdf(path: Path, packs: tuple[str, ...]) -> tuple[float, float]:
    import resource

    options = ["-q", "-l", "+".join(packs), "--jobs", "1", "--rotate-pages", "--deskew", "--force-ocr"]
    options += ["--image-dpi", str(_SCAN_DPI), "--output-type", "pdf", "-O", "0"]
    options += ["--clean"] if shutil.which("unpaper") else []
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text"
        command = [_OCRMYPDF, *options, "--sidecar", str(text), str(path), f"{folder}/out.pdf"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, check=False, stderr=sys.stderr, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        read = text.read_text("utf-8") if done.returncode == 0 else ""
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return _error(read, _truth(path)), spent


def _mean(values: Iterator[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


def _truth(path: Path) -> str:
    return (_SCANS / f"{path.name.split('.')[0]}.txt").read_text("utf-8")


def _error(text: str, truth: str) -> float:
    """Share of the truth's characters to change, white space folded, tatweel and bidi controls left out."""
    read, wanted = (
        " ".join(t.replace("\u0640", "").replace("\u200f", "").replace("\u200e", "").split()) for t in (text, truth)
    )
    return Levenshtein.distance(read, wanted) / max(1, len(wanted))
