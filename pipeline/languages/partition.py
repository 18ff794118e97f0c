"""Spans that cover a text without gaps, from stretches that cover only its words."""

from collections.abc import Sequence

from pipeline.languages.spans import NO_LANGUAGE, Stretch
from schemas.language import LanguageSpan

_OPENING = "([{\"'\u201c\u2018\u00ab\u201e\u00bf\u00a1\ufd3e\ufd3f"
"""Marks that belong to the word after them."""


def partition(text: str, stretches: Sequence[Stretch]) -> tuple[LanguageSpan, ...]:
    """One span for each change of language. Digits, symbols and punctuation go with the words before them, opening
    marks and what begins the text with those after them. Without words the whole text is one `zxx` span."""
    if not text:
        return ()
    if not stretches:
        return (LanguageSpan(start=0, end=len(text), tag=NO_LANGUAGE, confidence=1.0),)
    if len(stretches) == 1:
        only = stretches[0]
        return (LanguageSpan(start=0, end=len(text), tag=only.tag, confidence=round(only.confidence, 4)),)
    joined: list[list[Stretch]] = []
    for stretch in stretches:
        if joined and joined[-1][-1].tag == stretch.tag:
            joined[-1].append(stretch)
        else:
            joined.append([stretch])
    starts = [0, *(_opening_before(text, group[0].words[0].start) for group in joined[1:])]
    ends = [*starts[1:], len(text)]
    return tuple(
        LanguageSpan(start=start, end=end, tag=group[0].tag, confidence=_confidence(group))
        for start, end, group in zip(starts, ends, joined, strict=True)
    )


def _opening_before(text: str, start: int) -> int:
    while start > 0 and text[start - 1] in _OPENING:
        start -= 1
    return start


def _confidence(group: Sequence[Stretch]) -> float:
    """Mean confidence by letters, to four digits: more are the machine's."""
    letters = sum(stretch.letters for stretch in group)
    return round(sum(stretch.confidence * stretch.letters for stretch in group) / letters, 4)
