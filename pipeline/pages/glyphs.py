"""glyphs: reads a page glyph by glyph, each kept whole, with the letters that its font map (mended if need be) gives.

pdfium turns letters round as it thinks fit and takes the glyphs of several letters apart. So it reads a copy of the
file in which every glyph of every mapped font stands for one neutral character of its own (a *slot*); what the slot
means is looked up here. Nothing of pdfium's bidirectional guesswork is left, and the glyph's code is known.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.pages.facts import Letter
from pipeline.pages.fontmaps import RIGHT_TO_LEFT, TATWEEL, FontMap, font_map
from pipeline.pages.pdfium import PdfiumFile
from pipeline.pages.qpdf import FontFact, FontKey, QpdfFile
from pipeline.pages.runs import ASCENT, DESCENT
from pipeline.pages.tounicode import codes_to_text
from pipeline.pages.voting import LETTERS, LIGATURES, voted
from pipeline.pages.wordfreq import arabic_weight
from schemas.geometry import Box, new_box, point_turned_back
from schemas.page import Run, TextOrder, new_run

FIRST_SLOT, LAST_SLOT = 0xAC00, 0xD7A3
"""Hangul syllables: left-to-right letters that no PDF reader reorders, joins or takes apart; 11 172 of them."""

UNKNOWN = "\ufffd"
"""Stands for a glyph whose letters nobody knows."""
VOTING_PAGES = 300
"""Pages whose words vote; more add nothing."""
WORD_GAP_EM = 0.15
"""A gap this wide ends a word of the vote."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What a slot stands for."""

    font: FontKey
    code: int


@dataclass(frozen=True, slots=True)
class GlyphFacts:
    """How the glyphs of a page are known."""

    agreement: float | None
    """Lowest agreement of the two maps of a font in use; None where none could be compared."""
    mended: int
    """Glyphs of fonts whose false map was set aside."""
    unmapped: int
    """Those of them whose letters nobody knows."""
    sources: Mapping[str, int]
    """`cmap`, `table`, `order`, `vote`, `stroke`, `none` → number of glyphs of mended fonts."""


def slots_of(fonts: Iterable[FontFact]) -> tuple[dict[str, Slot], dict[FontKey, dict[int, str]]]:
    """(slot → meaning, the ToUnicode maps that put the slots into a copy); fonts that do not fit keep their map."""
    meaning: dict[str, Slot] = {}
    maps: dict[FontKey, dict[int, str]] = {}
    free = FIRST_SLOT
    for font in fonts:
        told = codes_to_text(font.to_unicode) if font.to_unicode else {}
        if not told and not font.program:
            continue
        codes = sorted(set(told) | font.width_codes)
        if free + len(codes) > LAST_SLOT:
            continue
        maps[font.key] = {code: chr(free + i) for i, code in enumerate(codes)}
        meaning.update((slot, Slot(font.key, code)) for code, slot in maps[font.key].items())
        free += len(codes)
    return meaning, maps


def glyph_run(letter: Letter, text: str, frame: tuple[float, float]) -> Run:
    """A run of one glyph."""
    setting, box = letter.setting, letter.box
    turn, size = setting.turn, setting.size
    if turn:
        _, baseline = point_turned_back(*letter.origin, turn, *frame)
        flat = box.turned_back(turn, *frame)
        box = Box(flat.x0, baseline - ASCENT * size, flat.x1, baseline + DESCENT * size).as_read(turn, *frame)
    else:
        baseline = letter.origin[1]
        box = new_box((box[0], baseline - ASCENT * size, box[2], baseline + DESCENT * size))
    return new_run((text, box, baseline, size, setting.font, turn, None, None, None, setting.visible))


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
    """Reads pages of one file glyph by glyph; fonts with false maps are mended."""

    def __init__(self, source: Path | bytes) -> None:
        file = QpdfFile(source, source.name if isinstance(source, Path) else "")
        fonts = file.fonts()
        self._slots, maps = slots_of(fonts)
        self._copy = PdfiumFile(file.with_maps(maps), "")
        file.close()
        self._maps = {font.key: _quick_map(font) for font in fonts if font.key in maps}
        if any(found.false for found in self._maps.values()):
            self._mend()

    @property
    def maps(self) -> Mapping[FontKey, FontMap]:
        """The maps in use, by font."""
        return self._maps

    def page(self, number: int) -> tuple[tuple[Run, ...], GlyphFacts]:
        """Glyphs of page `number` in the order in which they are drawn, and how they are known."""
        page = self._copy.page(number)
        try:
            frame = (page.frame.read_width, page.frame.read_height)
            runs: list[Run] = []
            used: Counter[Slot] = Counter()
            for letter in page.letters():
                slot = self._slots.get(letter.char)
                text = letter.char
                if slot is not None:
                    used[slot] += 1
                    text = self._text(slot)
                if text and text not in "\r\n\u0002\ufffe":
                    runs.append(glyph_run(letter, " " if text.isspace() else text, frame))
            return tuple(runs), self._facts(used)
        finally:
            page.close()

    def close(self) -> None:
        """Free the copy."""
        self._copy.close()

    def _text(self, slot: Slot) -> str:
        found = self._maps[slot.font]
        return found.text.get(slot.code) or (UNKNOWN if found.false else "")

    def _facts(self, used: Mapping[Slot, int]) -> GlyphFacts:
        sources: Counter[str] = Counter()
        agreements = []
        for slot, count in used.items():
            found = self._maps[slot.font]
            if found.agreement is not None:
                agreements.append(found.agreement)
            if found.false:
                sources[found.source.get(slot.code, "none")] += count
        mended = sum(sources.values())
        return GlyphFacts(min(agreements, default=None), mended, sources["none"], dict(sorted(sources.items())))

    def _mend(self) -> None:
        """Judge the fonts again by what is used, and let the document's words vote on glyphs that no map names."""
        use: Counter[Slot] = Counter()
        words: set[tuple[str | Slot, ...]] = set()
        for number in range(1, min(self._copy.page_count, VOTING_PAGES) + 1):
            page = self._copy.page(number)
            letters = [(letter, self._slots.get(letter.char)) for letter in page.letters()]
            page.close()
            use.update(slot for _, slot in letters if slot is not None)
            words.update(self._words(letters))
        for key, found in self._maps.items():
            if found.false and not found.unnamed:
                self._maps[key] = font_map(found.font, {s.code: n for s, n in use.items() if s.font == key})
        for slot, letter in voted(sorted(words, key=repr), arabic_weight, self._candidates).items():
            found = self._maps[slot.font]
            if found.false and found.source.get(slot.code) == "none":
                text = {**found.text, slot.code: letter}
                source = {**found.source, slot.code: "vote"}
                self._maps[slot.font] = replace(found, text=text, source=source)

    def _candidates(self, slot: Slot) -> Sequence[str]:
        return LIGATURES if slot.code in self._maps[slot.font].unnamed else LETTERS

    def _words(self, letters: Iterable[tuple[Letter, Slot | None]]) -> Iterator[tuple[str | Slot, ...]]:
        """Words that hold a glyph which no map names, in reading order, that glyph as its slot."""
        rows: dict[int, list[tuple[Letter, Slot]]] = {}
        for letter, slot in letters:
            if slot is not None and letter.setting.turn == 0:
                rows.setdefault(round(letter.origin[1]), []).append((letter, slot))
        for row in rows.values():
            word: list[str | Slot] = []
            reach: float | None = None
            for letter, slot in sorted(row, key=lambda item: -(item[0].box.x0 + item[0].box.x1)):
                found = self._maps[slot.font]
                text = found.text.get(slot.code, "")
                unknown = found.false and found.source.get(slot.code) == "none"
                apart = reach is not None and reach - letter.box.x1 > WORD_GAP_EM * letter.setting.size
                if apart or not (unknown or RIGHT_TO_LEFT.search(text)):
                    if any(isinstance(u, Slot) for u in word):
                        yield tuple(word)
                    word = []
                if unknown:
                    word.append(slot)
                elif text != TATWEEL and RIGHT_TO_LEFT.search(text):
                    word.extend(unicodedata.normalize("NFKC", text))
                if not text.isspace():
                    reach = letter.box.x0
            if any(isinstance(u, Slot) for u in word):
                yield tuple(word)


def _quick_map(font: FontFact) -> FontMap:
    """The font's map, judged only where it has right-to-left letters: others were never found false."""
    told = codes_to_text(font.to_unicode) if font.to_unicode else {}
    if not told or any(RIGHT_TO_LEFT.search(text) for text in told.values()):
        return font_map(font)
    return FontMap(font, told, dict.fromkeys(told, "tounicode"), None, False)
