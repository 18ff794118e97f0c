"""routing: which language packs and which resolution for this page?"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.ocr.engine import Orientation, Word
from pipeline.ocr.packs import pack_of, script_of, table

LATIN = ("eng",)
"""Latin pages of which nothing is known; the Azerbaijani pack has no w and turns typewritten ones into v."""
AZERBAIJANI = ("aze", "eng")
"""Azerbaijani pages and letterheads in both languages: together they cost 0.001 of the letters, one alone far more."""
CYRILLIC = ("rus",)
"""Asks whether a page is Cyrillic: with English beside it the pack reads English too."""
RUSSIAN = ("rus", "eng")
"""Alone it ruins the symbols and Roman numerals that every Russian page of these has (A/8278 → 18273, XXVI → ХХУ!);
words in order with both .943, .928, .659, .808, alone .934, .886, .645, .799, for a third more time."""
AZERBAIJANI_CYRILLIC = ("aze_cyrl", "rus")
"""Together they err in .099 and .079 of the letters of two drawn pages, the Azerbaijani pack alone in .119 and .093."""
ARABIC = ("ara",)
ARABIC_AND_LATIN = ("ara", "eng")
SCRIPT_SURE = 1.0
"""Script confidence from which the engine's word on Latin or Cyrillic is taken; Arabic came with 60 and more."""
VOTES = 4
"""Function words of a language from which a page counts as written in it."""
LEAD = 1.5
"""Its lead over the next."""
ARABIC_DPI = 200
"""Naskh type reads better at 150 to 200 dpi than at 300 (errors .041 / .046 / .081 on one page)."""
LATIN_DPI = 300

_SCRIPT_PACKS: dict[str, tuple[str, ...]] = {
    "Arabic": ARABIC,
    "Han": ("chi_sim",),
    "HanS": ("chi_sim",),
    "HanT": ("chi_sim",),
    "Cyrillic": RUSSIAN,
    "Latin": LATIN,
}
_SCHWA = "\u0259\u018f\u04d9\u04d8"
"""In Latin and in Cyrillic letters."""
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_LETTER = re.compile(r"[A-Za-z]")


def asking(packs: tuple[str, ...]) -> tuple[str, ...]:
    """What to ask with whether these packs can read a page."""
    return CYRILLIC if packs == RUSSIAN else packs


def first_packs(orientation: Orientation | None, hints: Sequence[str]) -> tuple[str, ...]:
    """Packs for the first pass, by the page's script; the hinted languages decide inside a script."""
    hinted = next((pack for tag in hints if (pack := pack_of(tag))), None)
    by_hint = _alone(hinted) if hinted else LATIN
    if orientation is None:
        return by_hint
    by_script = _SCRIPT_PACKS.get(orientation.script, LATIN)
    unsure = orientation.script in ("Latin", "Cyrillic") and orientation.script_confidence < SCRIPT_SURE
    if unsure:
        return by_hint if by_hint in (RUSSIAN, AZERBAIJANI_CYRILLIC) else _of_same_script(by_hint, LATIN)
    return _of_same_script(by_hint, by_script)


def _alone(pack: str) -> tuple[str, ...]:
    return {"aze": AZERBAIJANI, "aze_cyrl": AZERBAIJANI_CYRILLIC, "rus": RUSSIAN}.get(pack, (pack,))


def _of_same_script(by_hint: tuple[str, ...], by_script: tuple[str, ...]) -> tuple[str, ...]:
    return by_hint if script_of(by_hint[0]) == script_of(by_script[0]) else by_script


def better_packs(words: Iterable[Word], packs: tuple[str, ...]) -> tuple[str, ...] | None:
    """Packs that the first pass's own words ask for; None where it had the right ones."""
    votes = Counter(pack for word in words for token in _WORD.findall(word.text.lower()) for pack in _voters(token))
    if not votes:
        return None
    ranked = votes.most_common(2)
    pack, count = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    if count < VOTES or count < LEAD * second or pack in packs:
        return None
    return _alone(pack)


def _voters(token: str) -> tuple[str, ...]:
    return tuple(pack for pack, row in table().items() if token in row.get("words", ()))


SURE_WORD = 0.75
"""Confidence of the words that are asked: ornamental letterheads in other scripts give such letters with 0.2 to 0.6."""
SCHWAS = 5
"""Letters ə or ә from which a page holds Azerbaijani; one in fourteen of its letters is one."""


def holds_azerbaijani(words: Sequence[Word], schwas: int = SCHWAS) -> bool:
    """Do the words show the letter that no other language of these pages has, and every Azerbaijani line?"""
    sure = [word.text for word in words if word.confidence >= SURE_WORD]
    return sum(text.count(letter) for text in sure for letter in _SCHWA) >= schwas


def holds_latin(words: Sequence[Word]) -> bool:
    """Does a page read as Arabic alone seem to hold Latin text too? Then much of it is unsure or not Arabic."""
    letters = sum(len(word.text) for word in words)
    doubtful = sum(len(w.text) for w in words if w.confidence < 0.6 or _LATIN_LETTER.search(w.text))
    return letters > 0 and doubtful / letters > DOUBTFUL_SHARE


DOUBTFUL_SHARE = 0.12
"""Share of letters in doubtful words from which a second pass with Latin is tried (pure Arabic pages: under 0.10)."""


def dpi_for(packs: tuple[str, ...]) -> int:
    """Resolution at which these packs read best."""
    return ARABIC_DPI if packs[0] == "ara" else LATIN_DPI
