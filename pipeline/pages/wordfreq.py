"""wordfreq: are these known words? Answers from the frequency lists that the wordfreq package holds."""

from collections.abc import Sequence
from functools import cache

LANGUAGES = ("ar", "de", "en", "es", "fr", "pt", "ru")
"""Languages of the short lists (20 000 to 60 000 forms each) that tell a good old OCR layer from a poor one."""


@cache
def _arabic() -> frozenset[str]:
    import wordfreq  # takes a third of a second, and most documents never ask

    return frozenset(wordfreq.get_frequency_dict("ar", wordlist="best"))


@cache
def _short(language: str) -> frozenset[str]:
    import wordfreq

    return frozenset(wordfreq.get_frequency_dict(language, wordlist="small"))


def is_arabic_word(word: str) -> bool:
    """True for a form that is in the list (620 000 forms, prefixes and suffixes included)."""
    return word in _arabic()


def known_share(words: Sequence[str]) -> tuple[float, str]:
    """Share of lower-case words that the best fitting language knows, and that language; (0.0, "und") without words."""
    if not words:
        return 0.0, "und"
    counts = {language: sum(word in _short(language) for word in words) for language in LANGUAGES}
    best = max(sorted(counts), key=lambda language: counts[language])
    return round(counts[best] / len(words), 3), best
