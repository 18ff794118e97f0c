"""glyphs: reads a page glyph by glyph, each kept whole, with the letters that its font map (mended if need be) gives.

pdfium turns letters round as it thinks fit and takes the glyphs of several letters apart. So it reads a copy of the
file in which every glyph of every mapped font stands for one neutral character of its own (a *slot*); what the slot
means is looked up here. Nothing of pdfium's bidirectional guesswork is left, and the glyph's code is known.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.pages.pdfium import PdfiumFile, PdfiumPage
from pipeline.pages.qpdf import FontFact, FontKey, QpdfFile
from pipeline.pages.runs import ASCENT, DESCENT
from pipeline.pages.tounicode import codes_to_text
from schemas.geometry import Box, point_turned_back
from schemas.page import Run, TextOrder

FIRST_SLOT, LAST_SLOT = 0xAC00, 0xD7A3
"""Hangul syllables: left-to-right letters that no PDF reader reorders, joins or takes apart; 11 172 of them."""

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Letters and digits of the scripts that run right to left."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What a slot stands for."""

    font: FontKey
    code: int
    text: str
    """Letters in logical order; empty for a glyph that has none."""


@dataclass(frozen=True, slots=True)
class Slots:
    """Slots of a file: character → meaning, and the maps that put them into a copy."""

    meaning: Mapping[str, Slot]
    maps: Mapping[FontKey, Mapping[int, str]]


def slots_of(fonts: Iterable[FontFact], texts: Mapping[FontKey, Mapping[int, str]]) -> Slots:
    """A slot for every code of every font in `texts`; fonts that no longer fit keep the map they have."""
    meaning: dict[str, Slot] = {}
    maps: dict[FontKey, dict[int, str]] = {}
    free = FIRST_SLOT
    for font in fonts:
        text_of = texts.get(font.key)
        if text_of is None:
            continue
        codes = sorted(set(text_of) | font.width_codes)
        if free + len(codes) > LAST_SLOT:
            continue
        table: dict[int, str] = {}
        for code in codes:
            slot = chr(free)
            free += 1
            table[code] = slot
            meaning[slot] = Slot(font.key, code, text_of.get(code, ""))
        maps[font.key] = table
    return Slots(meaning, maps)


def glyph_runs(page: PdfiumPage, meaning: Mapping[str, Slot]) -> Iterator[Run]:
    """One run a glyph, in the order in which they are drawn; spaces are runs too, glyphs without letters are not."""
    frame = (page.frame.read_width, page.frame.read_height)
    for letter in page.letters():
        slot = meaning.get(letter.char)
        text = letter.char if slot is None else slot.text
        if not text or text in "\r\n\u0002\ufffe":
            continue
        if text.isspace():
            text = " "
        setting = letter.setting
        _, baseline = point_turned_back(*letter.origin, setting.turn, *frame)
        flat = letter.box.turned_back(setting.turn, *frame)
        box = Box(flat.x0, baseline - ASCENT * setting.size, flat.x1, baseline + DESCENT * setting.size)
        yield Run(
            text=text,
            box=box.as_read(setting.turn, *frame),
            baseline=baseline,
            size=setting.size,
            font=setting.font,
            turn=setting.turn,
            visible=setting.visible,
        )


def order_of(runs: Iterable[Run]) -> TextOrder:
    """How the source holds right-to-left text: drawn from the right (logical), from the left (visual), or both."""
    leftward = rightward = 0
    before: Run | None = None
    for run in runs:
        if not RIGHT_TO_LEFT.search(run.text):
            before = None
            continue
        if before is not None and abs(run.baseline - before.baseline) < 0.2 * run.size:
            gap = run.box.x0 - before.box.x0
            if abs(gap) < 2 * run.size:
                leftward += gap < 0
                rightward += gap > 0
        before = run
    total = leftward + rightward
    if not total or leftward >= 0.9 * total:
        return TextOrder.logical
    return TextOrder.visual if rightward >= 0.9 * total else TextOrder.mixed


class GlyphReader:
    """Reads pages of one file glyph by glyph."""

    def __init__(self, source: Path | bytes) -> None:
        file = QpdfFile(source, "")
        fonts = file.fonts()
        texts = {font.key: codes_to_text(font.to_unicode) for font in fonts if font.to_unicode}
        slots = slots_of(fonts, texts)
        self._meaning = slots.meaning
        self._copy = PdfiumFile(file.with_maps(slots.maps), "")
        file.close()

    def runs(self, number: int) -> tuple[Run, ...]:
        """Glyphs of page `number`."""
        page = self._copy.page(number)
        try:
            return tuple(glyph_runs(page, self._meaning))
        finally:
            page.close()

    def close(self) -> None:
        """Free the copy."""
        self._copy.close()
