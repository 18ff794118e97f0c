"""fontmaps: do a font's maps tell the truth? Where /ToUnicode lies, a map put together from what can be trusted.

An embedded font has two maps: /ToUnicode (glyph → letters, for copying and searching) and the program's own cmap
(letters → glyph, from which the page was set). They agree in every honest font; some Word versions write a /ToUnicode
of wrong letters for their Arabic fonts. Then the cmap is right. Glyphs that it does not name (joining forms reached by
substitution) come from the table of known drawings, from the order of glyphs in the same font, and from a vote of known
words over the document.

Quartz (the PDF writer of macOS) gives single letters their names, but a glyph of several letters stands for the
character that its code happens to be: "اQملكة" for "المملكة". Such codes are unnamed, and named in the same ways.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.pages.facts import FontFact
from pipeline.pages.fonts import FontProgram
from pipeline.pages.outlines import glyph_order, known_glyphs
from pipeline.pages.tounicode import codes_to_text

FALSE_BELOW = 0.95
"""Agreement below which a /ToUnicode map is false: the bad fonts seen had 0.60 to 0.81, the good ones 0.97 to 1.00."""
FEWEST_COMPARED = 8
"""Glyphs that must be named by both maps before anything is concluded."""
ORDER_ANCHORS = 8
"""Known drawings that must stand at their known index before the order of a font is believed."""
FEWEST_LETTERS = 0.6
"""Share of right-to-left letters in the map of a font for a script that runs so (0.78 and more in Quartz's fonts)."""
UNNAMED_AT_MOST = 0.25
"""Share of codes that may stand for themselves in such a font: 0.02 to 0.21 in 28 fonts of Quartz, 0.48 where a font
holds Latin letters as well and nothing is wrong."""
TATWEEL = "\u0640"
_MIRRORS = {"(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "«": "»", "»": "«", "<": ">", ">": "<"}
_ONE_FORM = {
    "\u0644\u0627": "\ufefb",
    "\u0644\u0623": "\ufef7",
    "\u0644\u0625": "\ufef9",
    "\u0644\u0622": "\ufef5",
    "\u0644\u0645": "\ufccc",
    "\u064a\u0646": "\ufc94",
}
"""Ligatures as single characters."""
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Letters and digits of the scripts that run right to left."""


@dataclass(frozen=True, slots=True)
class FontMap:
    """What the codes of a font stand for, and how that is known."""

    font: FontFact
    text: Mapping[int, str]
    source: Mapping[int, str]
    """Code → `tounicode`, `cmap`, `table`, `order`, `vote`, `stroke` or `none`."""
    agreement: float | None
    """Share of compared glyphs on which the maps agree; None where too few could be compared."""
    false: bool
    """True where /ToUnicode lies and was set aside, for all codes or for those that are `unnamed`."""
    unnamed: frozenset[int] = frozenset()
    """Codes of glyphs of several letters to which the producer gave no name."""


@lru_cache(maxsize=256)
def program_of(data: bytes) -> FontProgram:
    """The parsed program; kept, because a file's fonts are looked at more than once."""
    return FontProgram(data)


def font_map(font: FontFact, use: Mapping[int, int] | None = None) -> FontMap:
    """The font's map, mended where it is false; `use` (code → number of uses) weights the agreement."""
    told = codes_to_text(font.to_unicode) if font.to_unicode else {}
    if font.program is None:
        return FontMap(font, told, dict.fromkeys(told, "tounicode"), None, False)
    program = program_of(font.program)
    unnamed = unnamed_codes(font, told)
    if unnamed:
        text, source = _named(font, program, told, unnamed)
        return FontMap(font, text, source, None, True, unnamed)
    agreement = agreement_of(font, program, told, use)
    if agreement is None or agreement >= FALSE_BELOW:
        return _believed(font, program, told, agreement)
    text, source = _trusted(font, program, told)
    return FontMap(font, text, source, agreement, True)


def agreement_of(
    font: FontFact, program: FontProgram, told: Mapping[int, str], use: Mapping[int, int] | None = None
) -> float | None:
    """Share of the glyphs named by both sides on which they agree, weighted by use."""
    same = compared = count = 0
    for code, text in told.items():
        witness = _witness(program, glyph_of(font, program, code))
        weight = 1 if use is None else use.get(code, 0)
        if not witness or not weight:
            continue
        count += 1
        compared += weight
        same += weight * any(_agree(text, letters) for letters in witness)
    return round(same / compared, 4) if count >= FEWEST_COMPARED else None


def unnamed_codes(font: FontFact, told: Mapping[int, str]) -> frozenset[int]:
    """Codes that stand for their own byte in a font of right-to-left letters, where nearly all others have letters."""
    if font.two_bytes or not told:
        return frozenset()
    letters = sum(1 for text in told.values() if RIGHT_TO_LEFT.search(text))
    own = frozenset(c for c, text in told.items() if c < 256 and text == bytes([c]).decode("mac_roman") != " ")
    few = len(own) <= UNNAMED_AT_MOST * len(told)
    return own if few and letters >= FEWEST_LETTERS * len(told) else frozenset()


def glyph_of(font: FontFact, program: FontProgram, code: int) -> int:
    """The glyph that a code of the font draws; 0 for none."""
    if font.glyph_of_code is not None:
        return font.glyph_of_code.get(code, 0)
    return code if font.two_bytes else program.glyph_of_byte.get(code, 0)


def _witness(program: FontProgram, glyph: int) -> tuple[str, ...]:
    """Letters that the program itself, or else the table of drawings, gives for a glyph."""
    codes = [c for c in program.letters.get(glyph, ()) if not 0xE000 <= c <= 0xF8FF]
    if codes or program.letters:
        return tuple(chr(c) for c in codes)
    key = program.outline_key(glyph)
    row = known_glyphs().get(key) if key else None
    return (row.letters,) if row else ()


def _agree(told: str, letters: str) -> bool:
    a, b = _folded(told), _folded(letters)
    return a == b or _MIRRORS.get(a) == b or _same_digit(a, b)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.replace("\u00ad", "-").replace("\u2010", "-"))
    return plain.strip() or " "


def _same_digit(a: str, b: str) -> bool:
    return len(a) == len(b) == 1 and a.isdigit() and b.isdigit() and unicodedata.digit(a) == unicodedata.digit(b)


def _believed(font: FontFact, program: FontProgram, told: Mapping[int, str], agreement: float | None) -> FontMap:
    """The map as told; codes that it leaves out are kashida strokes or nothing known."""
    text, source = dict(told), dict.fromkeys(told, "tounicode")
    for code in sorted(font.width_codes - set(told)):
        if program.is_stroke(glyph_of(font, program, code)):
            text[code], source[code] = TATWEEL, "stroke"
    return FontMap(font, text, source, agreement, False)


def _named(
    font: FontFact, program: FontProgram, told: Mapping[int, str], unnamed: frozenset[int]
) -> tuple[dict[int, str], dict[int, str]]:
    """The map as told, but for the unnamed codes, which known drawings name."""
    text = {code: letters for code, letters in told.items() if code not in unnamed}
    source = dict.fromkeys(text, "tounicode")
    for code in sorted(unnamed):
        row = known_glyphs().get(program.outline_key(glyph_of(font, program, code)) or "")
        source[code] = "table" if row else "none"
        if row:
            text[code] = row.letters
    return text, source


def _trusted(font: FontFact, program: FontProgram, told: Mapping[int, str]) -> tuple[dict[int, str], dict[int, str]]:
    text: dict[int, str] = {}
    source: dict[int, str] = {}
    for code in sorted(set(told) | font.width_codes):
        glyph = glyph_of(font, program, code)
        if not glyph:
            continue
        letters = preferred(program.letters.get(glyph, ()))
        key = None if letters else program.outline_key(glyph)
        if letters:
            text[code], source[code] = letters, "cmap"
        elif key is None:
            text[code], source[code] = " ", "stroke"  # nothing is drawn
        elif key in known_glyphs():
            text[code], source[code] = known_glyphs()[key].letters, "table"
        elif program.is_stroke(glyph):
            text[code], source[code] = TATWEEL, "stroke"
        else:
            source[code] = "none"
    _by_order(font, program, text, source)
    return text, source


def _by_order(font: FontFact, program: FontProgram, text: dict[int, str], source: dict[int, str]) -> None:
    """Name what is left by its place in the font, where enough known drawings stand at their known places."""
    order = glyph_order()
    anchors = [
        c for c, s in source.items() if s == "table" and order.get((font.name, glyph_of(font, program, c))) == text[c]
    ]
    strays = [
        c
        for c, s in source.items()
        if s == "table" and order.get((font.name, glyph_of(font, program, c)), text[c]) != text[c]
    ]
    if len(anchors) < ORDER_ANCHORS or strays:
        return
    for code, how in list(source.items()):
        letters = order.get((font.name, glyph_of(font, program, code)))
        if how == "none" and letters:
            text[code], source[code] = letters, "order"


def copying_map(found: FontMap) -> dict[int, str]:
    """Code → text for a new /ToUnicode: the map found, but brackets as the producer gave them, ligatures in one piece.

    Viewers mirror brackets of right-to-left text once more, so Word gives the opening one for the closing drawing; and
    they turn the letters of a ligature round (words read right by pdfium on a UN page: 0.77 with two letters, 0.84 with
    one form).
    """
    told = codes_to_text(found.font.to_unicode) if found.font.to_unicode else {}
    return {
        code: told[code] if _MIRRORS.get(text) == told.get(code) else _ONE_FORM.get(text, text)
        for code, text in found.text.items()
        if text
    }


def preferred(codes: Sequence[int]) -> str:
    """The letters for a glyph with these code points: base letters, then Arabic forms B, then A; "" without any."""
    usable = [c for c in codes if not 0xE000 <= c <= 0xF8FF]
    if not usable:
        return ""
    best = min(usable, key=lambda c: ((0xFE70 <= c <= 0xFEFC) + 2 * (0xFB50 <= c < 0xFE70), c))
    if best == 0xA0:
        return " "
    return unicodedata.normalize("NFKC", chr(best)) if 0xFB50 <= best <= 0xFEFC else chr(best)
