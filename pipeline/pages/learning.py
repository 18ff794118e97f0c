"""learning: add the glyph outlines of PDF files to the shipped table: `python -m pipeline.pages.learning FILE.pdf …`.

Adds every glyph of their Arabic fonts that a cmap names, and the others too where the font's two maps agree. Rows that
stand in the table are kept as they are.
"""

import csv
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import InputError
from pipeline.pages.facts import FontFact
from pipeline.pages.fontfacts import fonts_of
from pipeline.pages.fontmaps import agreement_of, glyph_of, preferred, program_of
from pipeline.pages.outlines import TABLE, KnownGlyph, table_rows
from pipeline.pages.qpdf import QpdfFile
from pipeline.pages.tounicode import codes_to_text

RowKey = tuple[str, int | None, str]
"""Font, glyph index, outline key."""
COLUMNS = ("key", "letters", "font", "glyph", "source")


def write_table(rows: Iterable[KnownGlyph]) -> None:
    """Write the table, sorted by font and glyph."""
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in sorted(rows, key=lambda r: (r.font, -1 if r.glyph is None else r.glyph, r.key)):
            writer.writerow((row.key, row.letters, row.font, "" if row.glyph is None else row.glyph, row.source))


def learned(paths: Iterable[Path]) -> dict[RowKey, KnownGlyph]:
    """Rows from fonts of the given PDF files."""
    out: dict[RowKey, KnownGlyph] = {}
    for path in paths:
        file = QpdfFile(path, path.name)
        for font in fonts_of(file):
            for row in rows_of_font(font):
                out.setdefault((row.font, row.glyph, row.key), row)
        file.close()
    return out


def rows_of_font(font: FontFact) -> Iterator[KnownGlyph]:
    """Table rows that an Arabic font of a file can teach."""
    if font.program is None:
        return
    program = program_of(font.program)
    told = codes_to_text(font.to_unicode) if font.to_unicode else {}
    agreement = agreement_of(font, program, told)
    honest = agreement is not None and agreement >= 0.99
    for code in sorted(set(told) | font.width_codes):
        glyph = glyph_of(font, program, code)
        letters, source = preferred(program.letters.get(glyph, ())), "cmap"
        if not letters and honest:
            letters, source = unicodedata.normalize("NFKC", told.get(code, "")).strip(), "tounicode"
        key = program.outline_key(glyph) if any("\u0600" <= c <= "\u06ff" for c in letters) else None
        if key:
            yield KnownGlyph(key, letters, font.name, glyph, source)


def main(paths: Iterable[Path]) -> None:
    """Add what the files teach to the table; a file that cannot be read is named and left out."""
    rows: dict[RowKey, KnownGlyph] = {}
    for path in paths:
        try:
            rows.update(learned([path]))
        except InputError as error:
            sys.stderr.write(f"{error}\n")
    rows.update(((row.font, row.glyph, row.key), row) for row in table_rows())
    write_table(rows.values())


if __name__ == "__main__":
    main(map(Path, sys.argv[1:]))
