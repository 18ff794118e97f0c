"""outlines: the shipped table of known glyph drawings: outline key → the letters it stands for.

`python -m pipeline.pages.outlines FILE.pdf …` writes the table anew from the Arabic fonts of the given PDF files: every
glyph that a cmap names, and the others too where the font's two maps agree. Rows of glyphs that no map names were
written by hand after looking at their drawings, and are kept; `source` says which way a row came.
"""

import csv
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("outlines.tsv")
BY_HAND = ("eye", "order")
COLUMNS = ("key", "letters", "font", "glyph", "source")


@dataclass(frozen=True, slots=True)
class KnownGlyph:
    """A row of the table."""

    key: str
    """Outline key (`FontProgram.outline_key`); empty for a glyph that was not seen but stands in a known order."""
    letters: str
    """Letters in logical order."""
    font: str
    """Font in which it was met, without subset prefix."""
    glyph: int
    """Its index there."""
    source: str
    """`cmap`, `tounicode`, `eye` (the drawing was read) or `order` (its place among read ones)."""


@cache
def table_rows() -> tuple[KnownGlyph, ...]:
    """All rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return tuple(KnownGlyph(r["key"], r["letters"], r["font"], int(r["glyph"]), r["source"]) for r in rows)


@cache
def known_glyphs() -> Mapping[str, KnownGlyph]:
    """Rows by outline key."""
    return {row.key: row for row in table_rows() if row.key}


@cache
def glyph_order() -> Mapping[tuple[str, int], str]:
    """(font name, glyph index) → letters, for fonts whose glyphs stand in one order in every copy."""
    return {(row.font, row.glyph): row.letters for row in table_rows()}


def write_table(rows: Iterable[KnownGlyph]) -> None:
    """Write the table, sorted by font and glyph."""
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in sorted(rows, key=lambda r: (r.font, r.glyph, r.key)):
            writer.writerow((row.key, row.letters, row.font, row.glyph, row.source))


def learned(paths: Iterable[Path]) -> dict[tuple[str, int], KnownGlyph]:
    """Rows from fonts of the given PDF files."""
    from pipeline.pages.fontmaps import rows_of_font  # the table must be readable without the fonts
    from pipeline.pages.qpdf import QpdfFile

    out: dict[tuple[str, int], KnownGlyph] = {}
    for path in paths:
        file = QpdfFile(path, path.name)
        for font in file.fonts():
            for row in rows_of_font(font):
                out.setdefault((row.font, row.glyph), row)
        file.close()
    return out


if __name__ == "__main__":
    rows = learned(map(Path, sys.argv[1:]))
    rows.update(((row.font, row.glyph), row) for row in table_rows() if row.source in BY_HAND)
    write_table(rows.values())
