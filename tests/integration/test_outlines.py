"""The table of glyph outlines can be taught by a PDF whose fonts tell the truth."""

from pathlib import Path

from pipeline.pages.learning import learned

SHAPED = Path(__file__).parents[2] / "samples" / "004_note_verbale_shaped.pdf"


def test_an_honest_arabic_font_teaches_its_glyphs() -> None:
    rows = learned([SHAPED]).values()
    assert {row.source for row in rows} == {"cmap", "tounicode"}
    assert all(row.key and any("\u0600" <= c <= "\u06ff" for c in row.letters) for row in rows)
    assert {"ا", "ب", "ل", "م"} <= {row.letters for row in rows}
