"""Stretches of one language inside a text: the words of each script are cut where changing the language pays."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from operator import itemgetter

import numpy as np

from pipeline.languages.evidence import Verdict, weigh
from pipeline.languages.inventory import OUTSIDE, SCRIPT_ALONE, SCRIPT_LANGUAGES, SCRIPT_OUTSIDER
from pipeline.languages.path import best_path, is_single
from pipeline.languages.scripts import Word, words_of
from pipeline.languages.tables import table_of
from pipeline.languages.votes import (
    NAME_VERDICT_LIMIT,
    VERDICT_WORDS,
    has_names,
    limits,
    voters,
    weights,
)

UNKNOWN = "und"
NO_LANGUAGE = "zxx"

SWITCH_COST = 9.0
"""Price, in natural-log units of the tables, of changing the language between two words. Set on the development lines:
from 7 to 12 the token accuracy stays within 0.2 points."""

EASY_SWITCH_COST = 3.0
"""The same where a line, sentence, bracket, quotation or delimiter ends."""

HANI_WEIGHT = 3
"""A Chinese character weighs as much as three letters when the main language of a text is counted."""

TEXTS_AT_ONCE = 200
"""Texts whose new words are asked about at once: more hold more words in memory and save no time."""

_EASY = re.compile(r"[\n/|\u2014\u2013()\[\]{}\"\u201c\u201d\u00ab\u00bb:;\u061b]|[.!?\u061f\u06d4]\s|--|\s\s")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring words of one script in one language."""

    words: tuple[Word, ...]
    tag: str
    confidence: float
    shares: dict[str, float]
    """Probability of each language of the script."""
    letters: int
    """Letters of the words, a Chinese character counted as three."""
    candidate: str | None = None
    """Best guess where the tag is `und`."""

    @property
    def script(self) -> str:
        """ISO 15924 code of its words."""
        return self.words[0].script


def with_stretches(texts: Iterable[str]) -> Iterator[tuple[str, list[Stretch]]]:
    """Each text and its stretches in order; none where it holds no words of a language.

    The words of many texts are asked about at once: that is far cheaper, and what a word says stays the same.
    """
    remaining = iter(texts)
    while some := list(islice(remaining, TEXTS_AT_ONCE)):
        voting = [voters(text, words_of(text)) for text in some]
        if len(some) > 1:
            _learn(voting)
        for text, words in zip(some, voting, strict=True):
            yield text, _stretches(text, words)


def _learn(voting: list[list[Word]]) -> None:
    for script in SCRIPT_LANGUAGES:
        forms = [word.form for words in voting for word in words if word.script == script]
        if forms:
            table_of(script).learn(forms)


def _stretches(text: str, words: list[Word]) -> list[Stretch]:
    found: list[Stretch] = []
    scripts = dict.fromkeys([word.script for word in words])
    for script in scripts:
        of_script = words if len(scripts) == 1 else [word for word in words if word.script == script]
        if script in SCRIPT_LANGUAGES:
            found.extend(_cut(text, script, of_script))
        else:
            tag = SCRIPT_ALONE.get(script, UNKNOWN)
            confidence = 1.0 if tag != UNKNOWN else 0.5
            shares, candidate = {tag: 1.0}, SCRIPT_OUTSIDER.get(script)
            found.append(Stretch(tuple(of_script), tag, confidence, shares, _letters(of_script), candidate))
    return _in_reading_order(found)


def settle(words: Sequence[Word], verdict: Verdict) -> Stretch:
    """The stretch that the verdict makes of the words: `und` with a candidate where it is an outsider's or nobody's."""
    best = verdict.best()
    share = verdict.shares[best]
    if best == OUTSIDE:
        return Stretch(tuple(words), UNKNOWN, share, verdict.shares, _letters(words), verdict.outsider)
    return Stretch(tuple(words), best, share, verdict.shares, _letters(words))


def _letters(words: Sequence[Word]) -> int:
    letters = sum([len(word.form) for word in words])
    return HANI_WEIGHT * letters if words[0].script == "Hani" else letters


def _cut(text: str, script: str, words: list[Word]) -> Iterator[Stretch]:
    forms = [word.form for word in words]
    said = _said(script, forms, limits(words))
    summed = np.add.reduce(said)
    scores = said[:, :-1]
    if is_single(scores, summed, EASY_SWITCH_COST):
        yield _told(script, words, forms, summed[:-1])
        return
    path = best_path(scores, [_switch_cost(text, a, b) for a, b in pairwise(words)])
    begin = 0
    for end in [*(i for i in range(1, len(path)) if path[i] != path[i - 1]), len(path)]:
        yield _told(script, words[begin:end], forms[begin:end], scores[begin:end].sum(axis=0))
        begin = end


def _said(script: str, forms: list[str], of_limits: list[int]) -> np.ndarray:
    """What each word says for and against each language, and its highest score: less where it is no news."""
    said = table_of(script).bounded_scores(forms, of_limits)
    news = weights(forms)
    return said if news is None else said * news


def _told(script: str, words: list[Word], forms: list[str], summed: np.ndarray) -> Stretch:
    """The stretch of the words with its language; in a short one names beside words in small letters say less."""
    if len(words) <= VERDICT_WORDS and has_names(words):
        summed = _said(script, forms, limits(words, NAME_VERDICT_LIMIT)).sum(axis=0)[:-1]
    return settle(words, weigh(script, forms, summed + table_of(script).bias))


def _switch_cost(text: str, before: Word, after: Word) -> float:
    gap = text[before.end : after.start]
    if gap == " " or not _EASY.search(gap):
        return SWITCH_COST
    opens_name = gap[-1] in "([" and text[after.start].isupper() and not text[before.start].isupper()
    return SWITCH_COST if opens_name else EASY_SWITCH_COST


def _in_reading_order(stretches: list[Stretch]) -> list[Stretch]:
    """The stretches cut where words of another stretch stand between theirs, sorted, equal neighbours joined."""
    if len(stretches) == 1:
        return stretches
    owners = sorted(((word.start, word, stretch) for stretch in stretches for word in stretch.words), key=itemgetter(0))
    ordered: list[Stretch] = []
    gathered: list[Word] = []
    current: Stretch | None = None
    for _, word, owner in owners:
        if current and (owner.tag != current.tag or word.script != gathered[0].script):
            ordered.append(replace(current, words=tuple(gathered), letters=_letters(gathered)))
            gathered, current = [], None
        if current is None or owner.confidence > current.confidence:
            current = owner
        gathered.append(word)
    if current:
        ordered.append(replace(current, words=tuple(gathered), letters=_letters(gathered)))
    return ordered
