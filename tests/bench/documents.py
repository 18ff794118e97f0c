"""The files that the benchmarks read: the shared corpus beside the project where it is, else the samples."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared/corpus/pdf"

LARGEST_BYTES = 2_000_000
"""Larger files are full of pictures; they say little of reading text."""

LATIN = ("az-am-letters", "en", "en-hrc", "es", "fr", "az")
"""Folders of the corpus with pages in Latin letters, born-digital or scanned with an older text layer."""

SCAN_IMAGE = 0.85
"""Pages under an image of this share are scans; where most of a file's are, its text is some earlier OCR."""


def latin() -> list[Path]:
    """Files with a text layer in Latin letters, some of each folder; scans with an older OCR layer are among them."""
    if not CORPUS.is_dir():
        return sorted(p for p in (ROOT / "samples").glob("*.pdf") if not {"ar", "scan"} & set(p.stem.split("_")))
    files = [path for name in LATIN for path in _spread(sorted((CORPUS / name).glob("*.pdf")), 4)]
    return [path for path in files if path.stat().st_size < LARGEST_BYTES]


def arabic() -> list[Path]:
    """Born-digital files in Arabic."""
    folders = (CORPUS / "ar", ROOT.parent / "shared/data/pdf-arabic")
    found = [path for folder in folders for path in sorted(folder.glob("*.pdf"))]
    return found or sorted((ROOT / "samples").glob("*ar*.pdf"))


def sentences() -> tuple[list[str], list[str]]:
    """(English sentences, sentences in many languages by turns), at most 1 500 of each."""
    folder = ROOT.parent / "shared/data/text"
    if not folder.is_dir():
        lines = [_lines(path) for path in sorted((ROOT / "samples").glob("*.txt"))]
        return lines[0], [line for group in lines for line in group]
    english = _lines(folder / "ntrex.newstest2019-src.eng.txt")
    groups = [_lines(path) for path in sorted(folder.glob("ntrex.*.txt"))]
    return english[:1_500], [line for turn in zip(*groups, strict=False) for line in turn][:1_500]


def is_scan(image_shares: list[float]) -> bool:
    """True where most pages are pictures; `image_shares` are the largest image's share of each page."""
    return 2 * sum(share >= SCAN_IMAGE for share in image_shares) > len(image_shares)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]


def _spread(files: list[Path], count: int) -> list[Path]:
    return files[:: max(1, len(files) // count)][:count]
