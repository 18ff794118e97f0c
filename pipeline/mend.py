"""mend: writes a copy of a PDF whose false ToUnicode maps are put right, so that any viewer searches and copies it."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.pages.fontfacts import with_maps
from pipeline.pages.fontmaps import FontMap, copying_map
from pipeline.pages.glyphs import GlyphReader
from pipeline.pages.qpdf import QpdfFile
from pipeline.writer.atomic import write_atomically


@dataclass(frozen=True, slots=True)
class MendedFont:
    """A font whose map was put right."""

    name: str
    agreement: float | None
    """Share of its glyphs on which the old map agreed with the font's own cmap, weighted by use."""
    glyphs: int
    """Glyphs that the new map names."""
    unnamed: int
    """Glyphs in the font's width table that nobody can name; they keep no meaning."""


@dataclass(frozen=True, slots=True)
class MendReport:
    """What was done to a file."""

    fonts: tuple[MendedFont, ...]
    """Mended fonts in the order of the file; empty where every map tells the truth."""


def write_mended_copy(path: Path, out: Path) -> MendReport:
    """Write `out`: the file at `path` with true ToUnicode maps, everything else as it was.

    Where no map is false, a plain copy is written. Raises Encrypted, DamagedFile, WriteFailed. The same input gives the
    same bytes.
    """
    reader = GlyphReader(path)
    try:
        false = [found for found in reader.maps.values() if found.false]
    finally:
        reader.close()
    file = QpdfFile(path, path.name)
    try:
        data = (
            with_maps(file, {f.font.key: copying_map(f) for f in false}, compress=True) if false else path.read_bytes()
        )
    finally:
        file.close()
    write_atomically(out, data)
    return MendReport(tuple(_summary(found) for found in false))


def _summary(found: FontMap) -> MendedFont:
    unnamed = sum(1 for source in found.source.values() if source == "none")
    return MendedFont(found.font.name, found.agreement, len(found.source) - unnamed, unnamed)
