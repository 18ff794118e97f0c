"""Recognition beside one plain Tesseract pass, one worker beside two, and OCRmyPDF where it is installed.

Seconds are CPU seconds of the same pages in the same run. The plain pass draws the page and reads it with the packs, in
the resolution and with the segmentation of our own first pass over the whole page, in the same engine, kept open from
page to page as a worker keeps it; what it reads is taken from a pass with the packs that ours ended with. `ladder` is
what all drawing, preparing and reading behind that first pass costs and gains; judging it counts as ours. Of damaged
pages a plain pass finds little, and that in no time: the ratio is also given over the pages of which it reads nine
tenths.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
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


_WHOLE_IN = 4.0
"""Inches of height from which a picture is the page and not a stretch of it."""
_READ = 0.1
"""Error up to which a plain pass has read a page."""


@dataclass
class _Watched:
    """An engine that keeps the words and settings of the first pass over the whole page, and notes what came after."""

    engine: Engine
    name: str = "watched"
    ladder_s: float = 0.0
    first: Sequence[Word] | None = None
    packs: tuple[str, ...] = ("eng",)
    dpi: int = 300
    drawing_since: float | None = None
    """When drawing for a further pass began; preparing follows it, and reading ends it."""

    def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
        begun = time.process_time()
        words = self.engine.read(image, packs, dpi, segmentation)
        if self.first is not None:
            self.ladder_s += time.process_time() - (self.drawing_since or begun)
            self.drawing_since = None
        elif image.shape[0] >= _WHOLE_IN * dpi:
            self.first, self.packs, self.dpi = words, packs, dpi
        return words

    def drawn(self, render: Callable[[int], GreyImage], dpi: int) -> GreyImage:
        """The page drawn; from here to the end of reading the time counts as the ladder's once the page was read."""
        if self.first is not None:
            self.drawing_since = time.process_time()
        return render(dpi)

    def orient(self, image: GreyImage, dpi: int) -> Orientation | None:
        return self.engine.orient(image, dpi)


@dataclass(frozen=True)
class _Page:
    """What one page cost and how well it was read."""

    group: str
    plain_s: float
    ours_s: float
    ladder_s: float
    plain_error: float
    first_error: float
    error: float
    packs: tuple[str, ...]


def measure() -> Figures:
    """Ratios of time, errors by group, scaling and memory; empty without the scans."""
    files = sorted(p for p in _SCANS.glob("*") if p.suffix in (".pdf", ".png") and "vector" not in p.name)
    if not files:
        print("   no scans with known text beside the project: skipped")
        return {}
    engine = ENGINES["tesserocr"]()
    pages = {path: _measured(path, engine) for path in files}
    done = list(pages.values())
    figures: Figures = {
        "pages": float(len(done)),
        "plain Tesseract, CPU s a page": sum(p.plain_s for p in done) / len(done),
        **_beside_plain(done, ""),
        **_beside_plain([p for p in done if p.plain_error <= _READ], " where it reads"),
        "error of first passes": sum(p.first_error for p in done) / len(done),
        "error with ladder": sum(p.error for p in done) / len(done),
    }
    figures.update(_scaling(files))  # all of them: of few pages the last one alone would decide
    figures.update(_beside_ocrmypdf(pages))
    return figures


def _beside_plain(pages: Sequence[_Page], where: str) -> dict[str, float]:
    plain, ours, ladder = (sum(getattr(p, name) for p in pages) for name in ("plain_s", "ours_s", "ladder_s"))
    return {
        f"recognised without ladder / plain{where}": (ours - ladder) / plain,
        f"ladder / plain{where}": ladder / plain,
    }


def _measured(path: Path, engine: Engine) -> _Page:
    document, page = _opened(path)
    watched = _Watched(engine)
    begun = time.process_time()
    found = _recognised(document, page, watched)
    ours = time.process_time() - begun
    packs, dpi = found.ocr.packs if found.ocr else ("eng",), found.ocr.dpi if found.ocr else 300
    begun = time.process_time()
    words = engine.read(document.render(1, watched.dpi), watched.packs, watched.dpi, AUTO_BLOCKS)
    plain = time.process_time() - begun
    if (packs, dpi) != (watched.packs, watched.dpi):
        words = engine.read(document.render(1, dpi), packs, dpi, AUTO_BLOCKS)
    truth = _truth(path)
    errors = [_error(" ".join(word.text for word in read), truth) for read in (words, watched.first or (), found.runs)]
    return _Page(path.name.split(".")[1], plain, ours, watched.ladder_s, *errors, packs)


def _opened(path: Path) -> tuple[OpenDocument, PageText]:
    kind = MediaType.pdf if path.suffix == ".pdf" else MediaType.png
    document = open_document(path, kind, Settings().limits)
    return document, document.read(1)


def _recognised(document: OpenDocument, page: PageText, watched: _Watched | None = None) -> PageText:
    def render(dpi: int) -> GreyImage:
        return document.render(1, dpi)

    drawn = partial(watched.drawn, render) if watched else render
    found = recognise(page, drawn, OcrSettings(), OcrHints(), watched)
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
