"""Folding of letters for comparison only: what is printed is never changed by it, and every map keeps the length."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t\r\n\f\v"), " ")
_WIDE = {0xFF0F: "/", 0xFF08: "(", 0xFF09: ")", 0xFF0C: ",", 0xFF0E: "."}
_CYRILLIC = dict(zip(map(ord, "АВСЕНКМОРТХ"), "ABCEHKMOPTX", strict=True))

SYMBOL_LETTERS = {**_DASHES, **_SPACES, **_WIDE, **_CYRILLIC}
"""For `str.translate`: dashes, spaces, full-width marks and Cyrillic capitals that look Latin, one for one."""

_COMBINING = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_SPACE_RUN = re.compile(r"[\s~\-\u2010-\u2015]+")
_APOSTROPHES = {ord("\u2019"): "'", ord("\u02bc"): "'", ord("\u2018"): "'"}
_ALEF = {ord(c): "ا" for c in "أإآٱ"} | {ord("ى"): "ي"}


@lru_cache(maxsize=4096)  # the lines of a front are compared with several vocabularies
def folded(text: str) -> str:
    """Text for comparing words: caseless, no accents, Arabic marks, tatweel or hyphens, one space between words."""
    if text.isascii():
        return _SPACE_RUN.sub(" ", text.lower()).strip()
    text = text.translate(_APOSTROPHES).replace("İ", "i").replace("ı", "i").casefold().translate(_ALEF)
    text = _COMBINING.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", _SPACE_RUN.sub(" ", text)).strip()


def signs_apart(left: str, right: str, most: int | None = None) -> int:
    """Number of signs to change, drop or add to make one text the other (Levenshtein's distance); for short texts.

    Beyond `most` it is not counted out: the answer is then greater than `most`, and no more is known.
    """
    row = list(range(len(right) + 1))
    for number, sign in enumerate(left, 1):
        before, row[0] = row[0], number
        for place, other in enumerate(right, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (sign != other))
        if most is not None and min(row) > most:
            break
    return row[-1]


def nearest(word: str, known: Iterable[str], shortest: int = 6) -> str | None:
    """The one known word that a misread one can be: one sign wrong in six; None where none or several fit."""
    if len(word) < shortest:
        return None
    most = len(word) // shortest
    near = [
        (apart, name)
        for name in known
        if abs(len(name) - len(word)) <= most and (apart := signs_apart(word, name, most)) <= most
    ]
    best = min((apart for apart, _ in near), default=0)
    names = {name for apart, name in near if apart == best}
    return names.pop() if len(names) == 1 else None
