"""langdetect's n-gram engine with the project's own profiles: how probable one to three letters are in a language.

The stock profiles of langdetect are not used: they hold no Azerbaijani and call it Turkish with p = 0.999999. Nor is
its `detect()`: it draws n-grams at random, so its answer changes between runs. What is used is the engine itself,
profiles in its format loaded by `DetectorFactory.load_json_profile`, and its table of n-gram probabilities.
"""

import gzip
from pathlib import Path

import numpy as np
from langdetect.detector_factory import DetectorFactory
from langdetect.utils.lang_profile import LangProfile
from langdetect.utils.ngram import NGram

LONGEST = 3
"""Longest n-gram of a langdetect profile."""

FLOOR = 5e-5
"""Probability of an n-gram that a profile does not hold; langdetect's own smoothing constant (0.5 / 10000)."""


class ProfileTable:
    """The n-gram probabilities of a set of profiles."""

    def __init__(self, profiles: list[str]) -> None:
        factory = DetectorFactory()
        factory.set_seed(0)
        factory.load_json_profile(profiles)
        self.languages: tuple[str, ...] = tuple(factory.get_lang_list())
        """Names of the profiles, in the order of the columns."""
        self._map: dict[str, list[float]] = factory.word_lang_prob_map

    def log_odds(self, grams: list[str]) -> np.ndarray:
        """Array (n-grams, languages): log probabilities less their mean over the languages, 0 where unknown."""
        unknown = [0.0] * len(self.languages)
        folded = str.maketrans({letter: NGram.normalize(letter) for letter in sorted(set("".join(grams)))})
        plain = "\n".join(grams).translate(folded).split("\n")
        rows = np.array([self._map.get(gram, unknown) for gram in plain], dtype=np.float32)
        logs = np.log(np.maximum(rows.reshape(len(grams), len(self.languages)), FLOOR))
        centred: np.ndarray = logs - logs.mean(axis=1, keepdims=True)
        return centred


def load_profiles(folder: Path, names: list[str]) -> ProfileTable:
    """The table of the named profiles (`<folder>/<name>.json.gz`)."""
    return ProfileTable([gzip.decompress((folder / f"{name}.json.gz").read_bytes()).decode() for name in names])


def build_profile(name: str, texts: list[str]) -> dict[str, object]:
    """A langdetect profile of lower-case texts, rare n-grams left out, keys in code point order."""
    profile = LangProfile(name)
    for text in texts:
        profile.update(text)
    profile.omit_less_freq()
    return {"freq": dict(sorted(profile.freq.items())), "n_words": profile.n_words, "name": name}
