"""fontmaps: do a font's maps tell the truth? Where /ToUnicode lies, a map put together from what can be trusted.

An embedded font has two maps: /ToUnicode (glyph → letters, for copying and searching) and the program's own cmap
(letters → glyph, from which the page was set). They agree in every honest font; some Word versions write a /ToUnicode
of wrong letters for their Arabic fonts. Then the cmap is right. Glyphs that it does not name (joining forms reached by
substitution) come from the table of known drawings, from the order of glyphs in the same font, and from a vote of known
words over the document.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from pipeline.pages.fonts import FontProgram
from pipeline.pages.outlines import KnownGlyph, glyph_order, known_glyphs
from pipeline.pages.qpdf import FontFact
from pipeline.pages.tounicode import codes_to_text

FALSE_BELOW = 0.95
"""Agreement below which a /ToUnicode map is false: the bad fonts seen had 0.60 to 0.81, the good ones 0.97 to 1.00."""
FEWEST_COMPARED = 8
"""Glyphs that must be named by both maps before anything is concluded."""
ORDER_ANCHORS = 8
"""Known drawings that must stand at their known index before the order of a font is believed."""
VOTE_WORDS = 3
"""Different words that a letter must make before a vote for it counts."""
VOTE_LEAD = 1.5
"""How many times the weight of the second-best letter it must have. With all 74 hand-read drawings withheld from a
document of seven pages, 40 were named by vote, none wrongly, and 34 had too few words."""
TATWEEL = "\u0640"
_MIRRORS = {"(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "«": "»", "»": "«", "<": ">", ">": "<"}
_ONE_FORM = {"\u0644\u0627": "\ufefb", "\u0644\u0623": "\ufef7", "\u0644\u0625": "\ufef9", "\u0644\u0622": "\ufef5"}
"""Lam-alef as single characters."""
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئء"


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
    """True where /ToUnicode lies and was set aside."""


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
        witness = _witness(program, _glyph(font, program, code))
        weight = 1 if use is None else use.get(code, 0)
        if not witness or not weight:
            continue
        count += 1
        compared += weight
        same += weight * any(_agree(text, letters) for letters in witness)
    return round(same / compared, 4) if count >= FEWEST_COMPARED else None


def _glyph(font: FontFact, program: FontProgram, code: int) -> int:
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
        if program.is_stroke(_glyph(font, program, code)):
            text[code], source[code] = TATWEEL, "stroke"
    return FontMap(font, text, source, agreement, False)


def _trusted(font: FontFact, program: FontProgram, told: Mapping[int, str]) -> tuple[dict[int, str], dict[int, str]]:
    text: dict[int, str] = {}
    source: dict[int, str] = {}
    for code in sorted(set(told) | font.width_codes):
        glyph = _glyph(font, program, code)
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
        c for c, s in source.items() if s == "table" and order.get((font.name, _glyph(font, program, c))) == text[c]
    ]
    strays = [
        c
        for c, s in source.items()
        if s == "table" and order.get((font.name, _glyph(font, program, c)), text[c]) != text[c]
    ]
    if len(anchors) < ORDER_ANCHORS or strays:
        return
    for code, how in list(source.items()):
        letters = order.get((font.name, _glyph(font, program, code)))
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


T = TypeVar("T")


def voted(words: Iterable[Sequence[str | T]], weight_of: Callable[[str], float]) -> dict[T, str]:
    """Unknown glyph → letter: the letter that makes most known words, common ones counting more.

    `words` are read in logical order; an unknown glyph stands as anything that is no string. Only words with one such
    glyph vote; once it is named, words that hold it and another may. `weight_of` is 0 for an unknown word.
    """
    left = list(words)
    out: dict[T, str] = {}
    while left:
        found = _round(left, weight_of)
        if not found:
            break
        out.update(found)
        named = (tuple(u if isinstance(u, str) else out.get(u, u) for u in word) for word in left)
        left = [word for word in named if any(not isinstance(u, str) for u in word)]
    return out


def _round(words: Iterable[Sequence[str | T]], weight_of: Callable[[str], float]) -> dict[T, str]:
    made: dict[T, dict[str, list[float]]] = {}
    for word in words:
        unknown = {u for u in word if not isinstance(u, str)}
        if len(unknown) != 1 or len(word) < 3:
            continue
        votes = made.setdefault(unknown.pop(), {})
        for letter in _LETTERS:
            weight = weight_of("".join(u if isinstance(u, str) else letter for u in word))
            if weight > 0:
                votes.setdefault(letter, []).append(weight)
    out = {}
    for glyph, votes in made.items():
        ranked = sorted(((sum(w), len(w), letter) for letter, w in votes.items()), reverse=True)
        if ranked and ranked[0][1] >= VOTE_WORDS:
            second = ranked[1][0] if len(ranked) > 1 else 0.0
            if ranked[0][0] >= VOTE_LEAD * second:
                out[glyph] = ranked[0][2]
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
        glyph = _glyph(font, program, code)
        letters, source = preferred(program.letters.get(glyph, ())), "cmap"
        if not letters and honest:
            letters, source = unicodedata.normalize("NFKC", told.get(code, "")).strip(), "tounicode"
        key = program.outline_key(glyph) if any("\u0600" <= c <= "\u06ff" for c in letters) else None
        if key:
            yield KnownGlyph(key, letters, font.name, glyph, source)
