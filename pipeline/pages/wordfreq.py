"""wordfreq: are these known words? Answers from the frequency lists that the wordfreq package holds."""

import math
from collections.abc import Mapping, Sequence
from functools import cache

LANGUAGES = ("ar", "de", "en", "es", "fr", "pt", "ru")
"""Languages of the short lists (20 000 to 60 000 forms each) that tell a good old OCR layer from a poor one."""


@cache
def _arabic() -> Mapping[str, float]:
    import wordfreq  # takes a third of a second, and most documents never ask

    found: Mapping[str, float] = wordfreq.get_frequency_dict("ar", wordlist="best")
    return found


@cache
def _short(language: str) -> frozenset[str]:
    import wordfreq

    return frozenset(wordfreq.get_frequency_dict(language, wordlist="small"))


def arabic_weight(word: str) -> float:
    """How common the form is: 1.0 at one in 100 million, 8.0 at one in ten; 0.0 where it is not in the list.

    The list has 620 000 forms, prefixes and suffixes included.
    """
    frequency = _arabic().get(word, 0.0)
    return max(0.1, math.log10(frequency) + 9.0) if frequency > 0 else 0.0


def known_share(words: Sequence[str]) -> tuple[float, str]:
    """Share of lower-case words that the best fitting language knows, and that language; (0.0, "und") without words."""
    if not words:
        return 0.0, "und"
    counts = {language: sum(map(_short(language).__contains__, words)) for language in LANGUAGES}
    best = max(sorted(counts), key=lambda language: counts[language])
    return round(counts[best] / len(words), 3), best
