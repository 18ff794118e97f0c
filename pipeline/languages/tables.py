"""Language tables: what each part of a word says for and against each language of its script.

A row is what langdetect's engine says of the part with the project's profiles, weighted, plus a fitted correction.
A word's scores are the sum of the rows of its parts; a text's are the sum over its words.
"""

import gzip
from collections.abc import Sequence
from functools import cache
from operator import add
from pathlib import Path

import numpy as np

from pipeline.languages.inventory import OUTSIDE, SCRIPT_LANGUAGES
from pipeline.languages.ngrams import load_profiles
from pipeline.languages.votes import LIMITS
from pipeline.languages.wordparts import PartIndex

FOLDER = Path(__file__).parent / "profiles"

PROFILE_WEIGHT = 0.4
"""Weight of langdetect's log probabilities; n-grams overlap, so they may not count in full."""

_STEP = 1 / 24
"""Corrections are kept as bytes in steps of this size; halving it changed no label of the development sets."""

_FRACTIONS = 1024
"""Rows are multiples of a 1,024th. Sums of such are exact up to 16,384, whatever the order that numpy adds in: a word
says the same whichever others are summed with it."""

BEYOND_LIMIT = 0.2
"""What counts of the evidence beyond the limit of a word. At 0 two languages beyond it were alike, and `Naziri` between
Azerbaijani and English words, which Crimean Tatar has too, could go to either."""

_MOST_WORDS = 20_000
"""Words remembered with their scores; more are forgotten all at once (memory stays under 4 MB)."""

_AT_ONCE = 256
"""New words scored at once: more save no time, and take memory."""


class WordTable:
    """The scores of words of one script."""

    def __init__(self, script: str, languages: Sequence[str], folder: Path = FOLDER) -> None:
        self.languages: tuple[str, ...] = (*languages, OUTSIDE)
        """Columns of the scores."""
        parts, corrections, self.bias = _read_table(folder, script, len(self.languages))
        profiles = load_profiles(folder, [profile_name(tag, script) for tag in self.languages])
        self._index = PartIndex(parts)
        order, short = self._index.order, self._index.short_rows
        rows = np.vstack([corrections[order], np.zeros_like(corrections[:1])])  # the last for what is no part
        rows[short] += PROFILE_WEIGHT * profiles.log_odds([parts[part] for part in order[short].tolist()])
        self._rows = np.rint(rows * _FRACTIONS) / np.float32(_FRACTIONS)
        self._known = np.zeros((_MOST_WORDS, len(LIMITS), len(self.languages) + 1), dtype=np.float32)
        """What each remembered word says by limit and language, last its highest score."""
        self._by_limit = self._known.reshape(_MOST_WORDS * len(LIMITS), -1)
        self._place: dict[str, int] = {}
        """Row of a remembered word with the first limit."""
        self.learn(_read_common(folder, script))

    def scores_of(self, forms: Sequence[str]) -> np.ndarray:
        """Array (words, languages) in natural-log units; zeros for a word of unknown parts."""
        rows, begins = self._index.rows_of(forms)
        scores: np.ndarray = np.add.reduceat(self._rows.take(rows, 0), begins)
        return scores

    def bounded_scores(self, forms: Sequence[str], limits: Sequence[int]) -> np.ndarray:
        """The same with one column more, the highest score of each word: what a word says against a language beyond its
        limit counts in part.

        `limits` are places in `LIMITS`. What words say is remembered; new ones cost ten times the others.
        """
        if len(forms) > _MOST_WORDS:
            return _bounded(self.scores_of(forms))[np.arange(len(forms)), limits]
        place = self._place.__getitem__
        try:
            rows = [*map(add, map(place, forms), limits)]
        except KeyError:
            self.learn(forms)
            rows = [*map(add, map(place, forms), limits)]
        return self._by_limit.take(rows, 0)

    def learn(self, forms: Sequence[str]) -> None:
        """Remembers the words, at most 20,000; new ones of many texts at once cost a fifth of what they do alone."""
        place = self._place
        new = list(dict.fromkeys([form for form in forms if form not in place]))
        if len(place) + len(new) > _MOST_WORDS:
            place.clear()
            new = list(dict.fromkeys(forms))[:_MOST_WORDS]
        for first in range(0, len(new), _AT_ONCE):
            some = new[first : first + _AT_ONCE]
            begin, end = len(place), len(place) + len(some)
            self._known[begin:end] = _bounded(self.scores_of(some))
            place.update(zip(some, range(len(LIMITS) * begin, len(LIMITS) * end, len(LIMITS)), strict=True))


def _bounded(scores: np.ndarray) -> np.ndarray:
    """Array (words, limits, languages and one), what is said beyond a limit counted in part; last the highest score."""
    count, languages = scores.shape
    bounded = np.empty((count, len(LIMITS), languages + 1), dtype=np.float32)
    peaks = scores.max(axis=1)[:, None, None]
    lowest = peaks - _LIMITS
    each = scores[:, None, :]
    beyond = each - lowest
    beyond *= BEYOND_LIMIT
    beyond += lowest
    np.maximum(each, beyond, out=bounded[:, :, :-1])
    bounded[:, :, -1:] = peaks
    return bounded


_LIMITS = np.array(LIMITS, dtype=np.float32)[None, :, None]


@cache
def table_of(script: str) -> WordTable:
    """The table of the script, loaded once."""
    return WordTable(script, SCRIPT_LANGUAGES[script])


def profile_name(tag: str, script: str) -> str:
    """Name of a language's profile; the outside languages have one a script."""
    return f"{OUTSIDE}-{script}" if tag == OUTSIDE else tag


def write_table(folder: Path, script: str, parts: list[str], weights: np.ndarray, bias: np.ndarray) -> None:
    """Writes `<script>.parts.gz` (one part a line) and `<script>.weights.gz` (a byte each, then float32 biases)."""
    steps = np.clip(np.rint(weights / _STEP), -127, 127).astype(np.int8)
    data = steps.tobytes() + bias.astype("<f4").tobytes()
    (folder / f"{script}.parts.gz").write_bytes(gzip.compress("\n".join(parts).encode(), mtime=0))
    (folder / f"{script}.weights.gz").write_bytes(gzip.compress(data, mtime=0))


def write_common(folder: Path, script: str, words: Sequence[str]) -> None:
    """Writes `<script>.common.gz`, one word a line: words so common that they are scored when the table is loaded."""
    (folder / f"{script}.common.gz").write_bytes(gzip.compress("\n".join(words).encode(), mtime=0))


def _read_common(folder: Path, script: str) -> list[str]:
    return gzip.decompress((folder / f"{script}.common.gz").read_bytes()).decode().split("\n")


def _read_table(folder: Path, script: str, columns: int) -> tuple[list[str], np.ndarray, np.ndarray]:
    parts = gzip.decompress((folder / f"{script}.parts.gz").read_bytes()).decode().split("\n")
    data = gzip.decompress((folder / f"{script}.weights.gz").read_bytes())
    size = len(parts) * columns
    steps = np.frombuffer(data, dtype=np.int8, count=size).reshape(len(parts), columns)
    bias = np.frombuffer(data, dtype="<f4", offset=size).astype(np.float32)
    return parts, steps.astype(np.float32) * np.float32(_STEP), bias
