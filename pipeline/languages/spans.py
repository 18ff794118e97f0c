"""Stretches of one language inside a text: the words of each script are cut where changing the language pays."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter

import numpy as np

from pipeline.languages.evidence import Verdict, weigh
from pipeline.languages.scripts import Word, words_of
from pipeline.languages.tables import OUTSIDE, SCRIPT_LANGUAGES, table_of

UNKNOWN = "und"
NO_LANGUAGE = "zxx"

SCRIPT_ALONE = {"Hani": "zh", "Armn": "hy", "Geor": "ka"}
"""Scripts that only one language of the set is written in."""

SCRIPT_OUTSIDER = {
    "Grek": "el", "Hebr": "he", "Hang": "ko", "Kana": "ja", "Deva": "hi", "Beng": "bn", "Thai": "th", "Ethi": "am",
    "Syrc": "syr", "Thaa": "dv",
}  # fmt: skip
"""Most usual language of scripts outside the set: the candidate beside `und`."""

SWITCH_COST = 9.0
"""Price, in natural-log units of the tables, of changing the language between two words. Set on the development lines:
from 7 to 12 the token accuracy stays within 0.2 points."""

EASY_SWITCH_COST = 3.0
"""The same where a line, sentence, bracket, quotation or delimiter ends."""

WORD_LIMIT = 6.0
"""Most that one word says against a language: one name must not turn a sentence."""

NAME_LIMIT = 2.5
"""The same for a capitalised word among uncapitalised ones, which may be a name: two or three in a row stay below
what a change of language costs. Titles set in capitals throughout are not touched."""

ABBREVIATION_LIMIT = 0.5
"""The same for two to five capitals, or a letter, in a text of small letters: their letters are no word's."""

ABBREVIATION_LETTERS = 5
"""Longest word in capitals that is taken for an abbreviation."""

SPELLED_SHARE = 0.6
"""Share of single letters among the words from which a text is none: misread marks, or letters of a table. Russian has
the most, a fifth."""

SPELLED_WORDS = 5
"""Words from which that share says something: shorter texts may be initials and a name."""

NEWS_WORDS = 8
"""Words before a word in which its form may have stood already: `para.` returns after three in a list of references,
`the` after twelve in a sentence."""

KANA_SHARE = 0.1
"""Han characters beside this share of kana, or of hangul, are Japanese, or Korean."""

HANI_WEIGHT = 3
"""A Chinese character weighs as much as three letters when the main language of a text is counted."""

_EASY = re.compile(r"[\n/|\u2014\u2013()\[\]{}\"\u201c\u201d\u00ab\u00bb:;\u061b]|[.!?\u061f\u06d4]\s|--|\s\s")
_NUMERAL = re.compile(r"[ivxlcdm]+")


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


def stretches_of(text: str) -> list[Stretch]:
    """The stretches of the text in order; none where it holds no words of a language."""
    words = _voters(text, words_of(text))
    scripts = dict.fromkeys(word.script for word in words)
    if len(scripts) > 1:
        words = _with_han_users(words)
        scripts = dict.fromkeys(word.script for word in words)
    found: list[Stretch] = []
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


def _voters(text: str, words: list[Word]) -> list[Word]:
    """The words less single letters in a script that the text is not in; none where most are single or numerals."""
    single = sum(1 for word in words if (len(word.form) == 1 and word.script != "Hani") or _is_numeral(text, word))
    if single == len(words) or (len(words) >= SPELLED_WORDS and single >= SPELLED_SHARE * len(words)):
        return []
    if len({word.script for word in words}) == 1:
        return words
    letters = _letters_by_script(words)
    main = max(letters, key=letters.__getitem__)
    return [word for i, word in enumerate(words) if word.script in (main, "Hani") or _is_in_word_company(words, i)]


def _is_in_word_company(words: list[Word], at: int) -> bool:
    """True for a word of several letters, and for a letter beside one in its script."""
    near = words[max(0, at - 1) : at + 2]
    return any(len(word.form) > 1 and word.script == words[at].script for word in near)


def _letters_by_script(words: list[Word]) -> dict[str, int]:
    letters: dict[str, int] = {}
    for word in words:
        letters[word.script] = letters.get(word.script, 0) + len(word.form)
    return letters


def _with_han_users(words: list[Word]) -> list[Word]:
    """The words, Han characters counted to the Japanese or Korean text they stand in."""
    letters = _letters_by_script(words)
    for script in ("Kana", "Hang"):
        if "Hani" in letters and letters.get(script, 0) > KANA_SHARE * letters["Hani"]:
            return [word._replace(script=script) if word.script == "Hani" else word for word in words]
    return words


def _is_numeral(text: str, word: Word) -> bool:
    return bool(_NUMERAL.fullmatch(word.form)) and text[word.start : word.end].isupper()


def _cut(text: str, script: str, words: list[Word]) -> Iterator[Stretch]:
    table = table_of(script)
    scores = np.array([table.scores(word.form) for word in words])
    bounded = np.maximum(scores, scores.max(axis=1, keepdims=True) - _limits(text, words)) * _weights(words)
    if _best_gain(bounded) * 2 <= EASY_SWITCH_COST:
        path = [0] * len(words)
    else:
        path = best_path(bounded, [_switch_cost(text, a, b) for a, b in pairwise(words)])
    begin = 0
    for end in [*(i for i in range(1, len(path)) if path[i] != path[i - 1]), len(path)]:
        forms = [word.form for word in words[begin:end]]
        summed = bounded[begin:end].sum(axis=0) + table.bias
        yield settle(words[begin:end], weigh(script, forms, summed))
        begin = end


def _weights(words: list[Word]) -> np.ndarray:
    """A column: a form met k times among the last words counts 1 / (1 + k), for the same word again is little news."""
    forms = [word.form for word in words]
    if len(set(forms)) == len(forms):
        return _ONCE
    weights = [1 / (1 + forms[max(0, i - NEWS_WORDS) : i].count(form)) for i, form in enumerate(forms)]
    return np.array(weights, dtype=np.float32)[:, None]


_ONCE = np.ones((1, 1), dtype=np.float32)
_ORDINARY = np.full((1, 1), WORD_LIMIT, dtype=np.float32)


def _limits(text: str, words: list[Word]) -> np.ndarray:
    """A column with the most that each word may say against a language."""
    capital = [text[word.start].isupper() for word in words]
    capitals = sum(capital)
    if capitals - capital[0] == 0:
        return _ORDINARY
    is_mixed = capitals < len(words)
    limits = [
        _limit(text[word.start : word.end], i, is_mixed) if is_capital else WORD_LIMIT
        for i, (word, is_capital) in enumerate(zip(words, capital, strict=True))
    ]
    return np.array(limits, dtype=np.float32)[:, None]


def _limit(printed: str, at: int, is_mixed: bool) -> float:
    """Most that the capitalised word says; `is_mixed` where the text also has words in small letters."""
    if not is_mixed:
        return WORD_LIMIT
    if len(printed) <= ABBREVIATION_LETTERS and printed.isupper():
        return ABBREVIATION_LIMIT
    return NAME_LIMIT if at and printed[1:].islower() else WORD_LIMIT


def best_path(scores: np.ndarray, costs: Sequence[float]) -> list[int]:
    """The column of each row such that scores less the costs of changing between rows are highest (Viterbi)."""
    if not costs or _best_gain(scores) * 2 <= min(costs):
        return [int(scores.sum(axis=0).argmax())] * len(scores)
    reached = scores[0]
    back: list[tuple[np.ndarray, int]] = []
    for row, cost in zip(scores[1:], costs, strict=True):
        top = int(reached.argmax())
        moved = reached[top] - cost
        back.append((moved > reached, top))
        reached = np.maximum(moved, reached) + row
    path = [int(reached.argmax())]
    for changed, top in reversed(back):
        path.append(top if changed[path[-1]] else path[-1])
    return path[::-1]


def _best_gain(scores: np.ndarray) -> float:
    """Most that a run of rows gains by a column other than the best of all; below half a switch no change can pay."""
    single = int(scores.sum(axis=0).argmax())
    sums = np.zeros((len(scores) + 1, scores.shape[1]))
    np.cumsum(scores - scores[:, single, None], axis=0, out=sums[1:])
    return float((sums - np.minimum.accumulate(sums, axis=0)).max())


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
