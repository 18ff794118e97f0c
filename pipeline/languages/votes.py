"""Which words of a text vote on its language, and how much each may say."""

import re

import numpy as np

from pipeline.languages.scripts import CAPITALISED, SMALL, Word

WORD_LIMIT = 8.0
"""Most that one word says against a language: one name must not turn a sentence. With 6 .05 points less on short
pieces and mixed lines, with 10 nothing more on short pieces."""

NAME_LIMIT = 2.5
"""The same for a capitalised word among uncapitalised ones, which may be a name: two or three in a row stay below
what a change of language costs. Titles set in capitals throughout are not touched. That the first word may be a name,
too, brought 0.1 points on short pieces, of the development set and of news alike."""

NAME_VERDICT_LIMIT = 1.5
"""The same where the language of a short stretch is told: with 2.5 there 0.1 points less, with 1 lines of two languages
suffer."""

VERDICT_WORDS = 12
"""Longest stretch in words of which this is asked: longer ones have words enough that are no names."""

ABBREVIATION_LIMIT = 0.5
"""The same for two to five capitals, or a letter, in a text of small letters: their letters are no word's."""

LIMITS = (WORD_LIMIT, NAME_LIMIT, NAME_VERDICT_LIMIT, ABBREVIATION_LIMIT)

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

_NUMERAL = re.compile(r"[IVXLCDM]+")


def voters(text: str, words: list[Word]) -> list[Word]:
    """The words less single letters in a script that the text is not in; none where most are single or numerals.

    Han characters count to the Japanese or Korean text they stand in.
    """
    if _is_spelled(text, words):
        return []
    if len({word.script for word in words}) == 1:
        return words
    letters = _letters_by_script(words)
    main = max(letters, key=letters.__getitem__)
    near = [word for i, word in enumerate(words) if word.script in (main, "Hani") or _is_in_word_company(words, i)]
    return _with_han_users(near)


def _is_spelled(text: str, words: list[Word]) -> bool:
    """True where nothing or little but single letters and numerals stands."""
    fewest = len(words) if len(words) < SPELLED_WORDS else SPELLED_SHARE * len(words)
    single = sum([len(word.form) == 1 and word.script != "Hani" for word in words])
    capital = [word for word in words if word.case]
    return single + len(capital) >= fewest and single + sum([_is_numeral(text, word) for word in capital]) >= fewest


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
    return word.end - word.start > 1 and bool(_NUMERAL.fullmatch(text, word.start, word.end))


def weights(forms: list[str]) -> np.ndarray | None:
    """A column: a form met k times among the last words counts 1 / (1 + k), for the same word again is little news.

    None where all are news.
    """
    if len(set(forms)) == len(forms):
        return None
    weights = [1.0] * len(forms)
    last: dict[str, int] = {}
    for i, form in enumerate(forms):
        if i - last.get(form, -NEWS_WORDS - 1) <= NEWS_WORDS:
            weights[i] = 1 / (1 + forms[max(0, i - NEWS_WORDS) : i].count(form))
        last[form] = i
    return None if min(weights) == 1.0 else np.array(weights, dtype=np.float32)[:, None]


def has_names(words: list[Word]) -> bool:
    """True where capitalised words, which may be names, stand beside others in small letters."""
    cases = [word.case for word in words]
    return CAPITALISED in cases and SMALL in cases


def limits(words: list[Word], name: float = NAME_LIMIT) -> list[int]:
    """Which of `LIMITS` each word has: less for a capitalised one among words in small letters."""
    cases = [word.case for word in words]
    if not any(cases) or all(cases):
        return [0] * len(words)
    of_case = (0, LIMITS.index(name), LIMITS.index(ABBREVIATION_LIMIT), 0)
    return [of_case[case] for case in cases]
