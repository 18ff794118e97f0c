"""The one rule that weighs the evidence on a stretch of one script: which language, and how sure.

score(language) = bias + a · n-gram tables + b · ln lid.176 + (c + d · ln words) · eldc², and the shares of the scores'
exponentials are the probabilities. The weights are fitted on sentences that the tables have not seen
(`training/calibrate.py`), so the probabilities are calibrated. lid.176 and eldc are asked only where the tables leave
room for another answer: together they cannot move a score by more than the margin below. In Latin letters lid.176 says
nothing beside eldc; there it only names outsiders.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from pipeline.languages import eld, lid
from pipeline.languages.inventory import EXPECTED_LETTERS, OUTSIDE, RARE, SCRIPT_LANGUAGES, TOOL_CODES
from pipeline.languages.tables import table_of

CLEAR_MARGIN = 10.0
"""Lead of the best language by the tables alone that the two other signals cannot overturn (they move at most 6)."""

OUTSIDER_PRIOR = -2.0
"""Added to the bias of outsiders, fitted on as many texts of theirs as of each language: United Nations documents hold
few. From 0 to -2.5 the outsiders forced into the set stay at 0.5 %, and 0.3 points more short pieces are right."""

RARE_PRIOR = -0.5
"""The same for languages of no State. Where Persian and South Azerbaijani, Turkish and Crimean Tatar share words, it
tells 0.1 points more of short pieces of news and as many of the development set; with -1 the latter loses 0.2."""

EXPECTED_FROM = 24
"""Letters from which a text has the letter that its language has everywhere."""

ABSENCE_COST = 2.0
"""Taken from a language whose letter is absent there, for the tables know what stands in a text, not what does not. One
Azerbaijani piece in fourteen has no `ə`, hardly a Turkish or Uzbek one has it."""

_REMEMBERED = 1_000
"""Texts whose outside signals are remembered: those asked about are short, and half of them are met again (running
heads, labels of columns, names)."""


@dataclass(frozen=True)
class Weights:
    """What each signal counts in one script."""

    tables: float
    lid: float
    eld: float
    eld_by_length: float
    bias: list[float]


@dataclass(frozen=True)
class Verdict:
    """Probability of each language of the script, outsiders included, and the best name for an outsider."""

    shares: dict[str, float]
    outsider: str | None

    def best(self) -> str:
        """The most probable language."""
        return max(self.shares, key=self.shares.__getitem__)


@cache
def weights_of(script: str) -> Weights:
    """The fitted weights of the script."""
    table = tomllib.loads((Path(__file__).parent / "evidence.toml").read_text("utf-8"))[script]
    priors = {OUTSIDE: OUTSIDER_PRIOR, **dict.fromkeys(RARE, RARE_PRIOR)}
    bias = [table["bias"][tag] + priors.get(tag, 0.0) for tag in (*SCRIPT_LANGUAGES[script], OUTSIDE)]
    return Weights(table["tables"], table["lid"], table["eld"], table["eld_by_length"], bias)


def weigh(script: str, forms: Sequence[str], summed: np.ndarray) -> Verdict:
    """The verdict on words of one script; `summed` are the scores of their tables, bias of the tables included."""
    languages = table_of(script).languages
    weights = weights_of(script)
    text = " ".join(forms)
    scores = [bias + weights.tables * score for bias, score in zip(weights.bias, summed.tolist(), strict=True)]
    *_, second, first = sorted(scores)
    if first - second < CLEAR_MARGIN or scores[-1] == first:
        by_eld = eld_signal(script, SCRIPT_LANGUAGES[script], text)
        scores = (scores + (weights.eld + weights.eld_by_length * math.log(len(forms))) * by_eld).tolist()
        if weights.lid:
            scores = (scores + weights.lid * lid_signal(script, SCRIPT_LANGUAGES[script], text)).tolist()
        for tag in without_their_letter(script, text):
            scores[languages.index(tag)] -= ABSENCE_COST
        first = max(scores)
    odds = [math.exp(score - first) for score in scores]
    total = sum(odds)
    outsider = _outsider(script, SCRIPT_LANGUAGES[script], text) if scores[-1] == first else None
    return Verdict({tag: share / total for tag, share in zip(languages, odds, strict=True)}, outsider)


def without_their_letter(script: str, text: str) -> list[str]:
    """Languages whose letter the text should have and has not; none where no word has a mark."""
    expected = EXPECTED_LETTERS.get(script)
    if expected is None or text.isascii() or len(text) - text.count(" ") < EXPECTED_FROM:
        return []
    return [tag for tag, letter in expected.items() if letter not in text]


@lru_cache(maxsize=_REMEMBERED)
def eld_signal(script: str, inside: tuple[str, ...], text: str) -> np.ndarray:
    """The square of eldc's score for each language, and for outsiders at their best.

    The square, for its lower scores hold for words of any language: with it the sentences that were kept from the
    tables are told with 2 % less loss.
    """
    found = _by_language(eld.scores(text), script, inside, add=False)
    return _frozen([found.get(tag, 0.0) ** 2 for tag in (*inside, OUTSIDE)])


@lru_cache(maxsize=_REMEMBERED)
def lid_signal(script: str, inside: tuple[str, ...], text: str) -> np.ndarray:
    """The logarithm of lid.176's probability for each language, and for all outsiders together."""
    found = _by_language(lid.probabilities(text), script, inside, add=True)
    return _frozen([math.log(max(found.get(tag, 0.0), lid.FLOOR)) for tag in (*inside, OUTSIDE)])


def _frozen(signals: list[float]) -> np.ndarray:
    array = np.array(signals)
    array.flags.writeable = False
    return array


@lru_cache(maxsize=_REMEMBERED)
def _outsider(script: str, inside: tuple[str, ...], text: str) -> str | None:
    """lid.176's best language outside the set."""
    found = _by_language(lid.probabilities(text), script, inside, add=True)
    return next((code for code in found if code not in inside and code != OUTSIDE), None)


def _by_language(found: dict[str, float], script: str, inside: Sequence[str], add: bool) -> dict[str, float]:
    """Codes as tags. What is outside the set stays, and also counts as outsider: summed, or at its best."""
    names = TOOL_CODES.get(script, {})
    result: dict[str, float] = {}
    outside = 0.0
    for code, value in found.items():
        tag = names.get(code, code)
        result[tag] = max(result.get(tag, 0.0), value)
        if tag not in inside:
            outside = outside + value if add else max(outside, value)
    return {**result, OUTSIDE: min(outside, 1.0)}
