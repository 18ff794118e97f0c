"""The one rule that weighs the evidence on a stretch of one script: which language, and how sure.

score(language) = bias + a · n-gram tables + b · ln lid.176 + (c + d · ln words) · eldc, and the shares of the scores'
exponentials are the probabilities. The weights are fitted on sentences that the tables have not seen
(`training/calibrate.py`), so the probabilities are calibrated. lid.176 and eldc are asked only where the tables leave
room for another answer: together they cannot move a score by more than the margin below.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from pipeline.languages import eld, lid
from pipeline.languages.inventory import OUTSIDE, SCRIPT_LANGUAGES, TOOL_CODES
from pipeline.languages.tables import table_of

CLEAR_MARGIN = 10.0
"""Lead of the best language by the tables alone that the two other signals cannot overturn (they move at most 6)."""

OUTSIDER_PRIOR = -1.5
"""Added to the bias of outsiders, fitted on as many texts of theirs as of each language: United Nations documents hold
few. From 0 to -2 the outsiders forced into the set stay at 0.5 %, and 0.3 points more short pieces are right."""

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
    bias = [table["bias"][tag] for tag in (*SCRIPT_LANGUAGES[script], OUTSIDE)]
    bias[-1] += OUTSIDER_PRIOR
    return Weights(table["tables"], table["lid"], table["eld"], table["eld_by_length"], bias)


def weigh(script: str, forms: Sequence[str], summed: np.ndarray) -> Verdict:
    """The verdict on words of one script; `summed` are the scores of their tables, bias of the tables included."""
    languages = table_of(script).languages
    weights = weights_of(script)
    scores = [bias + weights.tables * score for bias, score in zip(weights.bias, summed.tolist(), strict=True)]
    *_, second, first = sorted(scores)
    outsider = None
    if first - second < CLEAR_MARGIN or scores[-1] == first:
        signals, outsider = outside_signals(script, SCRIPT_LANGUAGES[script], forms)
        by_eld = weights.eld + weights.eld_by_length * math.log(len(forms))
        scores = (scores + weights.lid * signals[:, 0] + by_eld * signals[:, 1]).tolist()
        first = max(scores)
    odds = [math.exp(score - first) for score in scores]
    total = sum(odds)
    return Verdict({tag: share / total for tag, share in zip(languages, odds, strict=True)}, outsider)


def outside_signals(script: str, inside: Sequence[str], forms: Sequence[str]) -> tuple[np.ndarray, str | None]:
    """An array (languages, 2) of ln lid.176 and eldc's score, and lid.176's best language outside the set."""
    return _signals_of(script, tuple(inside), " ".join(forms))


@lru_cache(maxsize=_REMEMBERED)
def _signals_of(script: str, inside: tuple[str, ...], text: str) -> tuple[np.ndarray, str | None]:
    languages = (*inside, OUTSIDE)
    by_lid = _by_language(lid.probabilities(text), script, inside, add=True)
    by_eld = _by_language(eld.scores(text), script, inside, add=False)
    signals = np.array([[math.log(max(by_lid.get(tag, 0.0), lid.FLOOR)), by_eld.get(tag, 0.0)] for tag in languages])
    signals.flags.writeable = False
    return signals, next((code for code in by_lid if code not in languages), None)


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
