"""wordfreq: is this a word of Arabic? Answers from the frequency lists of the wordfreq package, inside the package."""

from functools import cache

import wordfreq


@cache
def _arabic() -> frozenset[str]:
    return frozenset(wordfreq.get_frequency_dict("ar", wordlist="best"))


def is_arabic_word(word: str) -> bool:
    """True for a form that is in the list (620 000 forms, prefixes and suffixes included)."""
    return word in _arabic()
