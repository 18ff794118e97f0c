"""Language tables: what each part of a word says for and against each language of its script.

A row is what langdetect's engine says of the part with the project's profiles, weighted, plus a fitted correction.
A word's scores are the sum of the rows of its parts; a text's are the sum over its words.
"""

import gzip
from collections.abc import Sequence
from functools import cache
from operator import lt
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


class WordTable:
    """The scores of words of one script."""

    def __init__(self, script: str, languages: Sequence[str], folder: Path = FOLDER) -> None:
        self.languages: tuple[str, ...] = (*languages, OUTSIDE)
        """Columns of the scores."""
        parts, corrections, self.bias = _read_table(folder, script, len(self.languages))
        profiles = load_profiles(folder, [profile_name(tag, script) for tag in self.languages])
        self._index = PartIndex(parts)
        short = self._index.short_rows
        corrections[short] += PROFILE_WEIGHT * profiles.log_odds([parts[row] for row in short])
        self._rows = np.rint(corrections * _FRACTIONS) / np.float32(_FRACTIONS)
        self._known = np.zeros((_MOST_WORDS * len(LIMITS), len(self.languages)), dtype=np.float32)
        self._peaks = np.zeros(_MOST_WORDS * len(LIMITS), dtype=np.float32)
        self._place: dict[str, int] = {}
        self._remember(_read_common(folder, script))

    def scores_of(self, forms: Sequence[str]) -> np.ndarray:
        """Array (words, languages) in natural-log units; zeros for a word of unknown parts."""
        rows, begins = self._index.rows_of(forms)
        ends = [*begins[1:], len(rows)]
        if all(map(lt, begins, ends)):
            scores: np.ndarray = np.add.reduceat(self._rows.take(rows, 0), begins)
            return scores
        of_forms = [rows[begin:end] for begin, end in zip(begins, ends, strict=True)]  # some of unknown parts
        return np.array([self._rows.take(of_form, 0).sum(axis=0) for of_form in of_forms])

    def bounded_scores(self, forms: Sequence[str], limits: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        """The same, what a word says against a language beyond its limit counted in part; and the highest of each word.

        `limits` are places in `LIMITS`. What words say is remembered; new ones cost ten times the others.
        """
        place = self._place
        places = [place.get(form, -1) for form in forms]
        if -1 in places:
            new = list(dict.fromkeys([form for form, at in zip(forms, places, strict=True) if at < 0]))
            if len(place) + len(new) > _MOST_WORDS:
                place.clear()
                new = list(dict.fromkeys(forms))
            if len(new) > _MOST_WORDS:
                scores, peaks = _bounded(self.scores_of(forms))
                return scores[np.arange(len(forms)), limits], peaks
            self._remember(new)
            places = [place[form] for form in forms]
        rows = np.array([len(LIMITS) * at + limit for at, limit in zip(places, limits, strict=True)])
        return self._known.take(rows, 0), self._peaks.take(rows)

    def _remember(self, new: list[str]) -> None:
        begin, end = len(self._place), len(self._place) + len(new)
        rows = slice(len(LIMITS) * begin, len(LIMITS) * end)
        scores, peaks = _bounded(self.scores_of(new))
        self._known[rows] = scores.reshape(-1, len(self.languages))
        self._peaks[rows] = peaks.repeat(len(LIMITS))
        self._place.update(zip(new, range(begin, end), strict=True))


def _bounded(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(array (words, limits, languages), what is said beyond a limit counted in part; the highest of each word)."""
    peaks = scores.max(axis=1)
    lowest = peaks[:, None, None] - _LIMITS
    each = scores[:, None, :]
    return np.maximum(each, lowest + BEYOND_LIMIT * (each - lowest)), peaks


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
