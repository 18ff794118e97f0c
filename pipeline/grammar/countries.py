"""States named in a text, in seven languages."""

import re
from functools import cache

from pipeline.grammar.letters import folded
from pipeline.grammar.tables import table

_ARABIC_PREFIX = "(?:[وفبلك]|لل)?(?:ال)?"


@cache
def _names() -> tuple[tuple[str, str, str], ...]:
    """(folded name, language, code), longest names first."""
    rows = {
        (folded(name), language, code)
        for code, names in table("countries").items()
        for language, joined in names.items()
        for name in joined.split("|")
    }
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row)))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(_shape(name, language) for name, language, _ in _names()))


def _shape(name: str, language: str) -> str:
    if language == "zh":
        return re.escape(name)
    if language == "ar":
        return rf"\b{_ARABIC_PREFIX}{re.escape(name.removeprefix('ال'))}\b"
    if language == "ru":
        return rf"\b{re.escape(name.rstrip('аяйьо'))}\w{{0,3}}\b"
    return rf"\b{re.escape(name)}\b"


def states_in(text: str) -> list[str]:
    """ISO 3166-1 alpha-2 codes of the States named in a text, in order, each once; longer names win."""
    plain = folded(text)
    found: list[str] = []
    for match in _pattern().finditer(plain):
        code = _code(match.group())
        if code and code not in found:
            found.append(code)
    return found


@cache
def _code(name: str) -> str | None:
    return next((code for n, language, code in _names() if re.fullmatch(_shape(n, language), name)), None)
