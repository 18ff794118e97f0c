"""cleaning: what engines add to the text is taken off: bidi controls, mirrored brackets, stray marks."""

import re
import unicodedata
from dataclasses import replace

from pipeline.ocr.engine import Word

_CONTROLS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]")
_MIRRORED = re.compile(r"^\)([^()]+)\($|^\]([^\[\]]+)\[$")
_TATWEEL_RUN = re.compile("\u0640{2,}")
_ARABIC_INDIC = re.compile("[\u0660-\u0669\u06f0-\u06f9]")


def clean(word: Word) -> Word:
    """The word without what the engine added; its text may become empty."""
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", word.text))
    text = _TATWEEL_RUN.sub("", text)
    mirrored = _MIRRORED.match(text)
    if mirrored:
        text = f"({mirrored[1]})" if mirrored[1] else f"[{mirrored[2]}]"
    return replace(word, text=text)


def has_arabic_indic_digits(word: Word) -> bool:
    """Engines read these digits unreliably (٢٢ came out as 37 and 77)."""
    return bool(_ARABIC_INDIC.search(word.text))
