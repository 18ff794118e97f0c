"""packs: which Tesseract language packs there are, which are missing, and what to install."""

import hashlib
import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.errors import ToolMissing

_FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_DIGEST_BYTES = 1 << 16  # the head of a model holds its version and unicharset; hashing 50 MB would cost 0.2 s


@cache
def pack_folder() -> Path:
    """Folder of the language packs: that of TESSDATA_PREFIX, else of the system.

    Raises:
        ToolMissing: there is none.
    """
    named = os.environ.get("TESSDATA_PREFIX")
    candidates = [Path(named), Path(named) / "tessdata"] if named else []
    for pattern in _FOLDERS:
        candidates += sorted(Path("/").glob(pattern[1:]), reverse=True)
    for folder in candidates:
        if any(folder.glob("*.traineddata")):
            return folder
    raise ToolMissing(
        "ocr",
        "Tesseract",
        "No language packs were found on this machine",
        f"Install them: apt-get install tesseract-ocr {' '.join(sorted(_packages().values()))}.",
    )


def installed_packs() -> frozenset[str]:
    """Names of the packs on this machine."""
    try:
        return frozenset(path.stem for path in pack_folder().glob("*.traineddata"))
    except ToolMissing:
        return frozenset()


def missing_packs() -> Mapping[str, str]:
    """Pack → Debian package of those that are needed and not there."""
    there = installed_packs()
    return {pack: package for pack, package in _packages().items() if pack not in there}


def require(packs: tuple[str, ...]) -> None:
    """Refuse to read with a pack that is not there: Tesseract itself would silently do without it.

    Raises:
        ToolMissing: names the packages to install.
    """
    absent = [pack for pack in packs if pack not in installed_packs()]
    if absent:
        names = " ".join(_packages().get(pack, f"tesseract-ocr-{pack}") for pack in absent)
        raise ToolMissing(
            "ocr",
            "Tesseract",
            f"Language pack {', '.join(absent)} is not installed",
            f"apt-get install {names}.",
        )


@cache
def pack_versions() -> Mapping[str, str]:
    """Pack → first 12 hex digits of a digest of its head and length."""
    try:
        folder = pack_folder()
    except ToolMissing:
        return {}
    return {pack: _digest(folder / f"{pack}.traineddata") for pack in sorted(_packages()) if pack in installed_packs()}


def pack_of(tag: str) -> str | None:
    """The pack that reads a language; None where there is none."""
    for wanted in (tag, tag.split("-")[0]):
        for pack, row in table().items():
            if wanted in row.get("tags", ()):
                return pack
    return None


def script_of(pack: str) -> str:
    """The script that a pack reads, by the engine's name for it."""
    return str(table()[pack]["script"])


@cache
def table() -> Mapping[str, Mapping[str, Any]]:
    """The rows of packs.toml."""
    return tomllib.loads(files("pipeline.ocr").joinpath("packs.toml").read_text("utf-8"))


def _packages() -> dict[str, str]:
    return {pack: str(row["package"]) for pack, row in table().items()}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_DIGEST_BYTES)
    return hashlib.sha256(head + str(path.stat().st_size).encode()).hexdigest()[:12]
