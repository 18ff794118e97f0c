"""Tagged PDFs: the glyphs are read, not the replacement text that stands around them."""

from pathlib import Path

import pikepdf

from pipeline.pages.glyphs import GlyphReader

SAMPLE = Path(__file__).parents[2] / "samples" / "004_note_verbale_visual.pdf"


def test_glyphs_are_read_whatever_the_replacement_text_says(tmp_path: Path) -> None:
    tagged = tmp_path / "tagged.pdf"
    with pikepdf.open(SAMPLE) as pdf:
        page = pdf.pages[0]
        page.contents_add(b"/Span << /ActualText <FEFF06440627> >> BDC", prepend=True)
        page.contents_add(b"EMC")
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        pdf.save(tagged)
    assert [run.text for run in GlyphReader(tagged).page(1)[0]] == [run.text for run in GlyphReader(SAMPLE).page(1)[0]]
