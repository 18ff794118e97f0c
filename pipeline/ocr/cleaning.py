"""cleaning: what engines add to the text is taken off: bidi controls, mirrored brackets, stray marks."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from pipeline.ocr.engine import Word

_CONTROLS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]")
_MIRRORED = re.compile(r"^([^\w()\[\]]?)(?:\)([^()]+)\(|\]([^\[\]]+)\[)([^\w()\[\]]?)$")
_TATWEEL_RUN = re.compile("\u0640{2,}")
_COMMA = re.compile(r"(?<=[\u0620-\u065f\u0670-\u06d3])([)\]]?)([,;?])(?=$|\s)")
"""A Latin comma behind an Arabic letter: Arabic is set with its own, which the engine's training text was not."""
_OWN_MARK = {",": "\u060c", ";": "\u061b", "?": "\u061f"}
_CLOSING = re.compile("([\u0620-\u065f\u0670-\u06d3][)\\]]?)\u00bb$")
"""A closing guillemet behind Arabic on a page that opens none: the Arabic comma, which the engine takes for it."""
_HAMZA_COMMA = re.compile("\u0629\u0621$")
"""Nothing follows a ta marbuta inside a word: the hamza behind it is the Arabic comma."""
_CYRILLIC = re.compile("[\u0400-\u052f]")
_CYRILLIC_PACKS = ("rus", "aze_cyrl")
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХУІЅЈаеорсухіѕјәӘһҺ", "ABEKMHOPCTXYISJaeopcyxisjəƏhH")
"""The pack for Azerbaijani in Latin letters knows both alphabets and mixes them."""
_DOUBLE_V = re.compile(r"^\W*vv", re.IGNORECASE)
"""No word of these languages begins so: the Azerbaijani pack has no w."""
_ARABIC_INDIC = re.compile("[\u0660-\u0669\u06f0-\u06f9]")


def clean(word: Word) -> Word:
    """The word without what the engine added; its text may become empty."""
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", word.text))
    text = _TATWEEL_RUN.sub("", text)
    mirrored = _MIRRORED.match(text)
    if mirrored:  # the mark that the engine put in front stood behind
        text = (f"({mirrored[2]})" if mirrored[2] else f"[{mirrored[3]}]") + mirrored[4] + mirrored[1]
    text = _COMMA.sub(lambda found: found[1] + _OWN_MARK[found[2]], text)
    text = _HAMZA_COMMA.sub("\u0629\u060c", text)
    return _saying(word, text)


def clean_page(words: Sequence[Word], packs: Sequence[str]) -> tuple[Word, ...]:
    """All words of a page cleaned; what only the whole page can tell is mended too."""
    cleaned = [word for word in map(clean, words) if word.text]
    if not any("\u00ab" in word.text for word in cleaned):
        cleaned = [_saying(word, _CLOSING.sub("\\1\u060c", word.text)) for word in cleaned]
    if not any(pack in _CYRILLIC_PACKS for pack in packs):
        cleaned = [_saying(word, _latin(word.text)) for word in cleaned]
    return tuple(cleaned)


def _saying(word: Word, text: str) -> Word:
    return word if text == word.text else replace(word, text=text)


def _latin(text: str) -> str:
    """Cyrillic letters that look like Latin ones made Latin (words with other Cyrillic letters stay), vv made w."""
    if _DOUBLE_V.match(text):
        text = text.replace("vv", "w").replace("VV", "W").replace("Vv", "W")
    if not _CYRILLIC.search(text):
        return text
    mended = text.translate(_LOOKALIKES)
    return text if _CYRILLIC.search(mended) else mended


def has_arabic_indic_digits(word: Word) -> bool:
    """Engines read these digits unreliably (٢٢ came out as 37 and 77)."""
    return bool(_ARABIC_INDIC.search(word.text))
