"""States named in a text, in seven languages."""

import re
from functools import cache
from typing import NamedTuple

from pipeline.grammar.letters import folded
from pipeline.grammar.tables import table

_LEANING = re.compile(r"^[ld]'(?=\w)")
_RUSSIAN_ENDINGS = "аяйьоеуыиюёэ"
_ARABIC_PREFIXES = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ف", "ل", "ك")
_CHINESE = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONGEST = 9  # words: "united kingdom of great britain and northern ireland" has eight


class _Names(NamedTuple):
    """Names of States → code, as each script compares them."""

    words: dict[str, str]
    russian: dict[str, str]
    arabic: dict[str, str]
    chinese: dict[str, str]


@cache
def _names() -> _Names:
    names = _Names({}, {}, {}, {})
    for code, row in table("countries").items():
        for language, joined in row.items():
            for name in joined.split("|"):
                if language == "zh":
                    names.chinese[name] = code
                elif language == "ru":
                    names.russian[_stems(folded(name))] = code
                elif language == "ar":
                    names.arabic[folded(name).removeprefix("ال")] = code
                else:
                    names.words[" ".join(_words(folded(name)))] = code
    return names


def _words(plain: str) -> list[str]:
    """The words of a folded text, French articles and prepositions that lean on them cut off ("l'azerbaidjan")."""
    return [_LEANING.sub("", word) for word in _WORD.findall(plain)]


def _stems(text: str) -> str:
    """Russian words without their endings, so that every case of a name is one."""
    return " ".join(word.rstrip(_RUSSIAN_ENDINGS) for word in _WORD.findall(text))


def states_in(text: str) -> list[str]:
    """ISO 3166-1 alpha-2 codes of the States named in a text, in order, each once; longer names win."""
    plain = folded(text)
    words = _words(plain)
    found: list[str] = []
    start = 0
    while start < len(words):
        for length in range(min(_LONGEST, len(words) - start), 0, -1):
            code = _code(words[start : start + length])
            if code:
                found.append(code)
                start += length - 1
                break
        start += 1
    if _CHINESE.search(plain):
        found += _chinese(plain)
    return list(dict.fromkeys(found))


def _code(words: list[str]) -> str | None:
    names = _names()
    text = " ".join(words)
    code = names.words.get(text)
    if code is None and "\u0400" <= words[0][0] <= "\u04ff":
        code = names.russian.get(_stems(text))
    if code is None and "\u0600" <= words[0][0] <= "\u06ff":
        bare = (text.removeprefix(prefix) for prefix in ("", *_ARABIC_PREFIXES) if text.startswith(prefix))
        code = next((names.arabic[name] for name in bare if name in names.arabic), None)
    return code


def _chinese(text: str) -> list[str]:
    """Codes of Chinese names, which no space parts; a name inside a longer one is passed over."""
    hits = [(text.index(name), -len(name), code) for name, code in _names().chinese.items() if name in text]
    found: list[str] = []
    done = 0
    for place, length, code in sorted(hits):
        if place >= done:
            found.append(code)
            done = place - length
    return found
