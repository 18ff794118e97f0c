"""Words of a text with their scripts, lower-cased; links, symbols and digits never become words."""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache, partial
from typing import NamedTuple

SYMBOLS = "Zsym"
"""ISO 15924 code of symbols; letters of formulas are such, and no words."""

_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x02AF, "Latn"),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0531, 0x058F, "Armn"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x06FF, "Arab"),
    (0x0700, 0x074F, "Syrc"),
    (0x0750, 0x077F, "Arab"),
    (0x0780, 0x07BF, "Thaa"),
    (0x0870, 0x08FF, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"),
    (0x1200, 0x137F, "Ethi"),
    (0x1C80, 0x1C8F, "Cyrl"),
    (0x1C90, 0x1CBF, "Geor"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"),
    (0x2D00, 0x2D2F, "Geor"),
    (0x3040, 0x30FF, "Kana"),
    (0x3130, 0x318F, "Hang"),
    (0x3400, 0x9FFF, "Hani"),
    (0xAC00, 0xD7AF, "Hang"),
    (0xF900, 0xFAFF, "Hani"),
    (0xFB13, 0xFB17, "Armn"),
    (0xFB1D, 0xFB4F, "Hebr"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFF, "Arab"),
    (0x1D400, 0x1D7FF, SYMBOLS),
    (0x20000, 0x3FFFF, "Hani"),
)
"""Unicode blocks of the scripts met in United Nations documents (Unicode 15, Blocks.txt); others count as `Zyyy`."""

_STARTS = [first for first, _, _ in _RANGES]

_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_JOINERS = "'\u2019\u2018\u02bc\u02bb`\u00b4\u200c\u200d"
_ONE_SCRIPT = re.compile(
    "|".join(
        f"(?P<{script}>[{classes}{_MARKS}{_JOINERS}\u00ad]+)"
        for script, classes in {
            script: "".join(f"{chr(first)}-{chr(last)}" for first, last, of in _RANGES if of == script)
            for script in ("Latn", "Cyrl", "Arab", "Armn", "Geor", "Hani")
        }.items()
    )
)
"""Letters of one script with their marks: nearly all words."""
_WORD = re.compile(rf"[^\W\d_]+(?:[{_MARKS}{_JOINERS}\u00ad]+[^\W\d_]+)*[{_MARKS}]*")

_MASKED = re.compile(
    r"(?<!\w)(?=N[o\u00ba]|[^\s\d/@+]*[\d/@+])(?:"  # asked of the few words that have a figure or such a sign
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!/)[A-Z]{1,8}(?:/[\w.()\u2013-]+)+"  # document symbols
    r"|(?:GE|UNEP|DP|ID|TD|HS|LC|NY|V)\.\d\d-\d+(?:\s?\([A-Z]\))?"  # job numbers
    r"|N(?:o|\u00ba|\u00b0)s?\.?\s?(?=\d)"
    r"|U\+[0-9A-Fa-f]{4,6}"
    r"|\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s?[AaPp]\.?[Mm]\b\.?"  # 5:59 PM, which browsers print on pages in any language
    r"|(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9-]{3,}(?!\w)"  # codes such as B2-1045
    r"|[A-Za-z\u00c0-\u024f\u0400-\u052f]*\d+[A-Za-z\u00c0-\u024f\u0400-\u052f]\w*"  # 4th, and S9P for des
    r")"
    r"|(?:https?://|www\.)[^\s<>\"]+(?:(?<=-)\s[^\s<>\"]*[-/][^\s<>\"]*)*"  # a line may have ended at a hyphen
    r"|%[0-9A-Fa-f]{2}(?:[\w%/.-]*)"
    r"|&#?\w{2,8};"
)

_MASKABLE = re.compile(r"[\d/@%&]|www\.")
"""Whatever `_MASKED` blanks holds one of these; most lines hold none."""

ABBREVIATION_LETTERS = 5
"""Longest word in capitals that is taken for an abbreviation."""

_MOST_REMEMBERED = 20_000
"""Printed words remembered with their scripts and forms: most words of a document are met again (5 MB at most)."""

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc\u02bb`\u00b4", "'"))
_UNWRITTEN = re.compile(rf"[{_MARKS}\u200c\u200d\u00ad]")


SMALL, CAPITALISED, ABBREVIATED, OTHER = range(4)
"""How a word is printed: without a capital at its start; small letters after it; up to five capitals; whatever else."""


class Word(NamedTuple):
    """A word of a text: where it stands, its script, and the form that the models know."""

    start: int
    end: int
    script: str
    form: str
    """Lower case, apostrophes as `'`, without vowel signs, joiners and soft hyphens."""
    case: int
    """One of `SMALL`, `CAPITALISED`, `ABBREVIATED`, `OTHER`."""


_word = partial(tuple.__new__, Word)
"""A word of its five fields, in a third of the time that `Word` takes to put them in order."""


@lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """The ISO 15924 code of the character's script; `Zyyy` where the table has none."""
    code = ord(character)
    at = bisect_right(_STARTS, code) - 1
    return _RANGES[at][2] if at >= 0 and code <= _RANGES[at][1] else "Zyyy"


def lower(text: str) -> str:
    """The text in lower case, `İ` as a plain `i` (Python adds a combining dot), `I` too: its language is unknown."""
    return text.replace("\u0130", "i").lower()


def masked(text: str) -> str:
    """The text with links, addresses, document symbols, job numbers and codes blanked; offsets stay."""
    if not _MASKABLE.search(text):
        return text
    return _MASKED.sub(lambda match: " " * len(match.group()), text)


def words_of(text: str) -> list[Word]:
    """The words that may vote on the language, in order. A change of script inside a word cuts it."""
    words: list[Word] = []
    for match in _WORD.finditer(masked(text)):
        alone = _alone(match[0])
        if alone is not None:
            words.append(_word(match.span() + alone))
            continue
        offset = match.start()
        for begin, end, script, form, case in _pieces(match[0]):
            words.append(_word((offset + begin, offset + end, script, form, case)))
    return words


@lru_cache(maxsize=_MOST_REMEMBERED)
def _alone(printed: str) -> tuple[str, str, int] | None:
    """Script, form and case of nearly all words; None where the letters are of several scripts, rare, or missing."""
    if printed.isascii():
        return "Latn", printed.lower().replace("`", "'"), _case(printed)
    of_one, form = _ONE_SCRIPT.fullmatch(printed), _form(printed)
    return (str(of_one.lastgroup), form, _case(printed)) if of_one and form else None


@lru_cache(maxsize=_MOST_REMEMBERED)
def _pieces(printed: str) -> tuple[Word, ...]:
    """The word cut where the script of its letters changes; offsets inside the word."""
    pieces: tuple[Word, ...] = ()
    begin, script = 0, ""
    for at, character in enumerate(printed):
        here = script_of(character) if character.isalpha() and character not in _JOINERS else ""
        if here and script and here != script:
            pieces += _piece(printed, begin, at, script)
            begin = at
        script = here or script
    return pieces + _piece(printed, begin, len(printed), script or "Zyyy")


def _piece(printed: str, begin: int, end: int, script: str) -> tuple[Word, ...]:
    """The letters between as a word, if they are one."""
    form = _form(printed[begin:end])
    return (Word(begin, end, script, form, _case(printed[begin:end])),) if form and script != SYMBOLS else ()


def _case(printed: str) -> int:
    if not printed[0].isupper():
        return SMALL
    if len(printed) <= ABBREVIATION_LETTERS and printed.isupper():
        return ABBREVIATED
    return CAPITALISED if printed[1:].islower() else OTHER


def _form(printed: str) -> str:
    composed = lower(unicodedata.normalize("NFC", printed)).translate(_APOSTROPHES)
    return _UNWRITTEN.sub("", composed)
