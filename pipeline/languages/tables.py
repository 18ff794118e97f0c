"""Language tables: what each part of a word says for and against each language of its script.

A row is what langdetect's engine says of the part with the project's profiles, weighted, plus a fitted correction.
A word's scores are the sum of the rows of its parts; a text's are the sum over its words.
"""

import gzip
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from pipeline.languages.inventory import OUTSIDE, SCRIPT_LANGUAGES
from pipeline.languages.ngrams import LONGEST, load_profiles
from pipeline.languages.wordparts import parts_of

FOLDER = Path(__file__).parent / "profiles"

PROFILE_WEIGHT = 0.4
"""Weight of langdetect's log probabilities; n-grams overlap, so they may not count in full."""

_STEP = 1 / 24
"""Corrections are kept as bytes in steps of this size; halving it changed no label of the development sets."""

_MOST_WORDS = 20_000
"""Words remembered with their scores; more are forgotten all at once (memory stays under 4 MB)."""


class WordTable:
    """The scores of words of one script."""

    def __init__(self, script: str, languages: Sequence[str], folder: Path = FOLDER) -> None:
        self.languages: tuple[str, ...] = (*languages, OUTSIDE)
        """Columns of the scores."""
        parts, corrections, self.bias = _read_table(folder, script, len(self.languages))
        profiles = load_profiles(folder, [profile_name(tag, script) for tag in self.languages])
        short = [i for i, part in enumerate(parts) if len(part) <= LONGEST and part[0] != "="]
        corrections[short] += PROFILE_WEIGHT * profiles.log_odds([parts[i] for i in short])
        self._rows = corrections
        self._row_of = {part: i for i, part in enumerate(parts)}
        self._known = np.zeros((_MOST_WORDS, len(self.languages)), dtype=np.float32)
        self._place: dict[str, int] = {}

    def scores_of(self, forms: Sequence[str]) -> np.ndarray:
        """Array (words, languages) in natural-log units; zeros for a word of unknown parts."""
        place = self._place
        new = {form for form in forms if form not in place}
        if new:
            if len(place) + len(new) > _MOST_WORDS:
                place.clear()
                if len(new) > _MOST_WORDS:
                    return np.array([self._sum(form) for form in forms])
                new = set(forms)
            for form in new:
                self._known[len(place)] = self._sum(form)
                place[form] = len(place)
        return self._known.take([place[form] for form in forms], 0)

    def _sum(self, form: str) -> np.ndarray:
        row_of = self._row_of
        rows = [row for row in map(row_of.get, parts_of(form)) if row is not None]
        summed: np.ndarray = np.add.reduce(self._rows.take(rows, 0))
        return summed


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


def _read_table(folder: Path, script: str, columns: int) -> tuple[list[str], np.ndarray, np.ndarray]:
    parts = gzip.decompress((folder / f"{script}.parts.gz").read_bytes()).decode().split("\n")
    data = gzip.decompress((folder / f"{script}.weights.gz").read_bytes())
    size = len(parts) * columns
    steps = np.frombuffer(data, dtype=np.int8, count=size).reshape(len(parts), columns)
    bias = np.frombuffer(data, dtype="<f4", offset=size).astype(np.float32)
    return parts, steps.astype(np.float32) * np.float32(_STEP), bias
