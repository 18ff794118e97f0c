"""Lines that tell the session of a body or the year of its work."""

import re
from functools import cache
from typing import NamedTuple

from pipeline.grammar.letters import folded
from pipeline.grammar.numerals import ordinal_inside, ordinal_near
from pipeline.metadata.words import LANGUAGES, patterns, words

_LONGEST_SESSION, _LONGEST_LINE = (
    9,
    90,
)  # words; characters: "Twenty-eighth special session of the General Assembly" has seven


class Session(NamedTuple):
    """A session or year line. `number` of the session; `year` of a Council year, or the calendar year of a session."""

    number: int | None
    year: int | None


def read_session(text: str) -> Session | None:
    """The session that a line names (`Seventy-fifth session`, `Session de 1980`), or None."""
    plain = folded(text)
    if len(plain.split()) > _LONGEST_SESSION or text.rstrip().endswith((".", ";")) or len(text) > _LONGEST_LINE:
        return None
    for language in LANGUAGES:
        if not _names_session(plain, language):
            continue
        number = ordinal_inside(text, language) or ordinal_near(text, language)
        calendar = re.search(r"(?<!\d)(19|20)\d\d(?!\d)", plain)
        if number or calendar:
            return Session(number, int(calendar.group()) if calendar else None)
    return None


def _names_session(plain: str, language: str) -> bool:
    """True where the word for a session stands in a line with nothing behind it but a year or a note's mark."""
    if language in ("zh", "ar"):
        return any(word in plain for word in words("session", language))
    tails = (_behind(word).search(plain) for word in words("session", language) if word in plain)
    (tail,) = patterns("session", "tail")
    return any(match and tail.fullmatch(match.group("tail")) for match in tails)


@cache
def _behind(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}\b(?P<tail>.*)$")


def read_year(text: str) -> int | None:
    """The number of a Council year (`Seventy-fifth year` → 75), or None."""
    plain = folded(text)
    if len(plain.split()) > 5 or len(text) > 50:
        return None
    for language in LANGUAGES:
        for word in words("year", language):
            if plain.endswith(word) or (language == "ar" and plain.startswith(word)):
                return ordinal_inside(text, language)
    return None
