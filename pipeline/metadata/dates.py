"""Dates on lines of their own, also where recognition took a letter for a digit."""

import re
from typing import NamedTuple

from pipeline.grammar.dates import FoundDate, find_dates, months
from pipeline.grammar.letters import folded, nearest
from pipeline.grammar.lookalikes import with_digits

_LONGEST = 34  # characters of a date line: "23 September 1997" with a weekday
_SHORTEST_MONTH = 5  # letters; of a shorter name a wrong letter leaves several months
_DATE_SHARE = 0.8
_LETTER_FOR_DIGIT = str.maketrans({"0": "O", "1": "l", "5": "S"})


class DateLine(NamedTuple):
    """A date that is a whole line."""

    date: FoundDate
    mended: bool
    """True where a letter was read as the digit that it looks like, or the other way round."""


def date_line(text: str) -> DateLine | None:
    """The single date that a line is; a damaged one is tried again with letters and digits that look alike exchanged.

    What is mended says so: the caller reports it.
    """
    found = _whole(text)
    if found is not None:
        return DateLine(found, False)
    if len(text) > _LONGEST or not any(c.isdigit() for c in text):
        return None
    exchanged = _exchanged(text)
    found = _whole(exchanged) or _whole(_with_months(exchanged))
    return DateLine(found, True) if found and found.iso else None


def _whole(text: str) -> FoundDate | None:
    dates = find_dates(text)
    if len(dates) == 1 and dates[0].last is None and len(dates[0].printed) >= _DATE_SHARE * len(text.strip(" *.,")):
        return dates[0]
    return None


def _exchanged(text: str) -> str:
    """The text with digits in the words that are numbers, letters in the words that are words, years closed up."""
    words = [_word(word) for word in text.split()]
    return re.sub(r"\b(19|20) (\d\d)$", r"\1\2", " ".join(words))


def _with_months(text: str) -> str:
    """The text with the words that can only be misread names of months replaced by these ("Septernber")."""
    out = []
    for word in text.split():
        plain = folded(word.strip(".,"))
        name = None if plain in months() else nearest(plain, months(), _SHORTEST_MONTH)
        out.append(name or word)
    return " ".join(out)


def _word(word: str) -> str:
    core = word.strip(".,")
    letters = sum(c.isalpha() for c in core)
    if len(core) <= 4 and (any(c.isdigit() for c in core) or letters <= 2):
        return with_digits(word)
    return word.translate(_LETTER_FOR_DIGIT) if letters >= 3 else word
