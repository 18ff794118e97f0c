"""glyphs: reads a page glyph by glyph, each kept whole, with the letters that its font map (mended if need be) gives.

pdfium turns letters round as it thinks fit and takes the glyphs of several letters apart. So it reads a copy of the
file in which every glyph of every mapped font stands for one neutral character of its own (a *slot*); what the slot
means is looked up here. Nothing of pdfium's bidirectional guesswork is left, and the glyph's code is known.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.pages.actualtext import forget_actual_text
from pipeline.pages.facts import FontFact, FontKey, Letter
from pipeline.pages.fontfacts import fonts_of, with_maps
from pipeline.pages.fontmaps import RIGHT_TO_LEFT, TATWEEL, FontMap, font_map
from pipeline.pages.pdfium import PdfiumFile
from pipeline.pages.qpdf import QpdfFile
from pipeline.pages.runs import ASCENT, DESCENT
from pipeline.pages.tounicode import codes_to_text
from pipeline.pages.voting import LETTERS, LIGATURES, voted
from pipeline.pages.wordfreq import arabic_weight
from schemas.geometry import new_box
from schemas.page import Run, TextOrder, new_run

FIRST_SLOT, LAST_SLOT = 0xAC00, 0xD7A3
"""Hangul syllables: left-to-right letters that no PDF reader reorders, joins or takes apart; 11 172 of them."""

UNKNOWN = "\ufffd"
"""Stands for a glyph whose letters nobody knows."""
VOTING_PAGES = 300
"""Pages whose words vote; more add nothing."""
KEPT_PAGES = 32
"""Pages whose letters are kept from the vote until they are read: they take 0.6 MB each, and half of the reading."""
WORD_GAP_EM = 0.15
"""A gap this wide ends a word of the vote."""
_SHAPE = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")


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
    _, x0, x1, baseline, setting = letter
    size, turn = setting.size, setting.turn
    box = new_box((x0, baseline - ASCENT * size, x1, baseline + DESCENT * size))
    if turn:
        box = box.as_read(turn, *frame)
    return new_run((text, box, baseline, size, setting.font, turn, None, None, None, setting.visible))


def order_of(runs: Sequence[Run]) -> TextOrder:
    """How the source holds right-to-left text: drawn from the right (logical), from the left (visual), or both."""
    right_to_left = {text for text in {run.text for run in runs} if RIGHT_TO_LEFT.search(text)}
    leftward = rightward = 0
    before: Run | None = None
    for run in runs:
        if run.text not in right_to_left:
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
        fonts = fonts_of(file)
        self._slots, maps = slots_of(fonts)
        if all(_names_its_glyphs(font) for font in fonts):
            forget_actual_text(file)
        self._copy = PdfiumFile(with_maps(file, maps), "")
        file.close()
        self._kept: dict[int, tuple[list[Letter], tuple[float, float]]] = {}
        self._maps = {font.key: _quick_map(font) for font in fonts if font.key in maps}
        if any(found.false for found in self._maps.values()):
            self._mend()

    @property
    def maps(self) -> Mapping[FontKey, FontMap]:
        """The maps in use, by font."""
        return self._maps

    def page(self, number: int) -> tuple[tuple[Run, ...], GlyphFacts]:
        """Glyphs of page `number` in the order in which they are drawn, and how they are known."""
        letters, frame = self._kept.pop(number) if number in self._kept else self._letters(number)
        used = Counter([letter.char for letter in letters])
        texts = {char: self._text(char) for char in used}
        runs = tuple([glyph_run(letter, text, frame) for letter in letters if (text := texts[letter.char])])
        return runs, self._facts({self._slots[char]: count for char, count in used.items() if char in self._slots})

    def _letters(self, number: int) -> tuple[list[Letter], tuple[float, float]]:
        """Letters of page `number` of the copy, and its width and height as read."""
        page = self._copy.page(number)
        try:
            return page.letters(), (page.frame.read_width, page.frame.read_height)
        finally:
            page.close()

    def close(self) -> None:
        """Free the copy."""
        self._copy.close()

    def _text(self, char: str) -> str:
        """What a character of the copy stands for; empty where nothing is drawn."""
        slot, text = self._slots.get(char), char
        if slot is not None:
            found = self._maps[slot.font]
            text = found.text.get(slot.code) or (UNKNOWN if found.false else "")
        if text in "\r\n\u0002\ufffe":
            return ""
        return " " if text.isspace() else text

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
            letters, frame = self._letters(number)
            if number <= KEPT_PAGES:
                self._kept[number] = letters, frame
            for char, count in Counter([letter.char for letter in letters]).items():
                if char in self._slots:
                    use[self._slots[char]] += count
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

    def _words(self, letters: Sequence[Letter]) -> Iterator[tuple[str | Slot, ...]]:
        """Words that hold a glyph which no map names, in reading order, that glyph as its slot."""
        unnamed = {char for char in {letter.char for letter in letters} if self._is_unnamed(char)}
        rows: dict[int, list[Letter]] = {}
        for letter in letters if unnamed else ():
            if letter.char in self._slots and letter.setting.turn == 0:
                rows.setdefault(round(letter.baseline), []).append(letter)
        for row in rows.values():
            if not unnamed.isdisjoint([letter.char for letter in row]):
                yield from self._words_of(sorted(row, key=lambda letter: -(letter.x0 + letter.x1)), unnamed)

    def _words_of(self, row: Sequence[Letter], unnamed: AbstractSet[str]) -> Iterator[tuple[str | Slot, ...]]:
        word: list[str | Slot] = []
        reach: float | None = None
        for letter in row:
            slot, is_unnamed = self._slots[letter.char], letter.char in unnamed
            text = self._maps[slot.font].text.get(slot.code, "")
            apart = reach is not None and reach - letter.x1 > WORD_GAP_EM * letter.setting.size
            if apart or not (is_unnamed or RIGHT_TO_LEFT.search(text)):
                if any(isinstance(u, Slot) for u in word):
                    yield tuple(word)
                word = []
            if is_unnamed:
                word.append(slot)
            elif text != TATWEEL and RIGHT_TO_LEFT.search(text):
                word.extend(unicodedata.normalize("NFKC", text))
            if not text.isspace():
                reach = letter.x0
        if any(isinstance(u, Slot) for u in word):
            yield tuple(word)

    def _is_unnamed(self, char: str) -> bool:
        slot = self._slots.get(char)
        found = self._maps[slot.font] if slot else None
        return slot is not None and found is not None and found.false and found.source.get(slot.code) == "none"


def _names_its_glyphs(font: FontFact) -> bool:
    """True for a right-to-left font whose map names shapes (presentation forms), and for other fonts.

    Where the map names plain letters, or gives a glyph a control character as Skia does, only the replacement text may
    tell the letters of a ligature; code 0 is no glyph.
    """
    told = codes_to_text(font.to_unicode) if font.to_unicode else {}
    if not any(RIGHT_TO_LEFT.search(text) for text in told.values()):
        return True
    silent = any(code and text < " " for code, text in told.items())
    return not silent and any(_SHAPE.search(text) for text in told.values())


def _quick_map(font: FontFact) -> FontMap:
    """The font's map, judged only where it has right-to-left letters: others were never found false."""
    told = codes_to_text(font.to_unicode) if font.to_unicode else {}
    if not told or any(RIGHT_TO_LEFT.search(text) for text in told.values()):
        return font_map(font)
    return FontMap(font, told, dict.fromkeys(told, "tounicode"), None, False)
