"""LuaJIT and ctypes ask pdfium the same, and get the same."""

from pathlib import Path

import pytest

from pipeline.pages.luajit import LuaSweep
from pipeline.pages.pdfium import PdfiumFile, functions
from pipeline.pages.runs import words_of
from pipeline.pages.sweep import PlainSweep

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.parametrize("name", ["001_letter_with_images", "003_letter", "004_note_verbale_visual", "000_scan"])
def test_machine_code_reads_what_ctypes_reads(name: str) -> None:
    pytest.importorskip("lupa.luajit21", reason="LuaJIT is not built for this machine")
    plain, fast = (PdfiumFile(SAMPLES / f"{name}.pdf", name, sweep(functions())) for sweep in (PlainSweep, LuaSweep))
    for number in range(1, plain.page_count + 1):
        slow_page, fast_page = plain.page(number), fast.page(number)
        assert slow_page.pieces(words_of(slow_page.text())) == fast_page.pieces(words_of(fast_page.text()))
        assert slow_page.letters() == fast_page.letters()
        assert slow_page.drawn() == fast_page.drawn()
        slow_page.close()
        fast_page.close()
    plain.close()
    fast.close()
