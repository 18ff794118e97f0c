"""outlines: the shipped table of known glyph drawings: outline key → the letters it stands for.

`learning.py` writes it; rows of glyphs that no map names were written by hand after looking at their drawings. `source`
says which way a row came.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("outlines.tsv")


@dataclass(frozen=True, slots=True)
class KnownGlyph:
    """A row of the table."""

    key: str
    """Outline key (`FontProgram.outline_key`); empty for a glyph that was not seen but stands in a known order."""
    letters: str
    """Letters in logical order."""
    font: str
    """Font in which it was met, without subset prefix."""
    glyph: int | None
    """Its index there; None where each subset numbers its glyphs anew."""
    source: str
    """`cmap`, `tounicode`, `eye` (the drawing was read) or `order` (its place among read ones)."""


@cache
def table_rows() -> tuple[KnownGlyph, ...]:
    """All rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return tuple(
            KnownGlyph(r["key"], r["letters"], r["font"], int(r["glyph"]) if r["glyph"] else None, r["source"])
            for r in rows
        )


@cache
def known_glyphs() -> Mapping[str, KnownGlyph]:
    """Rows by outline key."""
    return {row.key: row for row in table_rows() if row.key}


@cache
def glyph_order() -> Mapping[tuple[str, int], str]:
    """(font name, glyph index) → letters, for fonts whose glyphs stand in one order in every copy."""
    return {(row.font, row.glyph): row.letters for row in table_rows() if row.glyph is not None}
