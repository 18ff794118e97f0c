"""The files that the benchmarks read: the shared corpus beside the project where it is, else the samples."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared/corpus/pdf"


def born_digital() -> list[Path]:
    """Born-digital files in left-to-right scripts, 12 at most, spread over the folders."""
    if not CORPUS.is_dir():
        return sorted(p for p in (ROOT / "samples").glob("*.pdf") if "ar" not in p.stem and "scan" not in p.stem)
    files = [p for name in ("az-am-letters", "en", "en-hrc", "fr", "ru", "az") for p in _some(CORPUS / name)]
    return [p for p in files if p.stat().st_size < 2_000_000]


def arabic() -> list[Path]:
    """Born-digital files in Arabic."""
    folder = ROOT.parent / "shared/data/pdf-arabic"
    return sorted(folder.glob("*.pdf")) or sorted((ROOT / "samples").glob("*ar*.pdf"))


def _some(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.pdf"))
    return files[:: max(1, len(files) // 3)][:3]
