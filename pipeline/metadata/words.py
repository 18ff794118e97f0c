"""The vocabulary of mastheads and letters, folded and compiled once."""

import re
import tomllib
from functools import cache, lru_cache
from operator import ne
from pathlib import Path
from typing import Any

from pipeline.grammar.letters import folded, nearest

_SHORTEST_MISREAD = 12  # letters; no two names of organs in one language are nearer than five letters
_MISREAD_LETTERS = 2

LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar", "az")
"""Languages that the vocabulary has columns for."""


@cache
def vocabulary() -> dict[str, Any]:
    """The table `vocabulary.toml`; callers must not change it."""
    with Path(__file__).with_name("vocabulary.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def words(group: str, key: str = "words") -> frozenset[str]:
    """A list of the table, folded."""
    return frozenset(folded(word) for word in vocabulary()[group][key])


@cache
def patterns(group: str, key: str = "patterns") -> tuple[re.Pattern[str], ...]:
    """A list of patterns of the table, without regard to case."""
    found = vocabulary()[group][key]
    return tuple(re.compile(p, re.IGNORECASE | re.UNICODE) for p in (found if isinstance(found, list) else [found]))


@cache
def language_names() -> dict[str, str]:
    """Folded names of languages → tag."""
    table = vocabulary()["language_names"]
    return {folded(n): tag for tag, names in table.items() if tag not in ("source", "joints") for n in names}


@cache
def organ_names() -> dict[str, str]:
    """Folded names of principal organs → code (`A`, `S`, `E`, `HRC` …)."""
    return {folded(name): row["code"] for row in vocabulary()["organ"] for name in row["names"]}


def is_organ(text: str) -> bool:
    """True for the bare name of a principal organ."""
    return organ_key(text) is not None


@lru_cache(maxsize=1024)
def organ_key(text: str) -> str | None:
    """The folded name in the vocabulary that a line is, one or two misread letters allowed in a long one; or None."""
    plain = folded(text.strip(" *,."))
    if plain in organ_names():
        return plain
    if len(plain) < _SHORTEST_MISREAD:
        return None
    return next((n for n in _names_of_length(len(plain)) if sum(map(ne, n, plain)) <= _MISREAD_LETTERS), None)


@cache
def _names_of_length(letters: int) -> tuple[str, ...]:
    return tuple(name for name in organ_names() if len(name) == letters)


@cache
def organ_spelling() -> dict[str, str]:
    """Folded names of principal organs → the vocabulary's spelling."""
    return {folded(name): name for row in vocabulary()["organ"] for name in row["names"]}


@cache
def _body_starts() -> tuple[str, ...]:
    return tuple(sorted(words("body", "starts")))


def names_body(text: str) -> bool:
    """True for a line that begins like the name of a committee, commission, conference or working group."""
    return folded(text).startswith(_body_starts())


def names_board(text: str) -> bool:
    """True for a governing board printed below the name of its own fund or programme."""
    return folded(text) in words("body", "boards")


@cache
def _joint_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?:[,–-]|\b(?:{'|'.join(vocabulary()['joints']['words'])}))\s*$")


def ends_in_joint(text: str) -> bool:
    """True for a list that goes on in the next line: its last word or sign joins two members."""
    return _joint_at_end().search(text) is not None


@cache
def _small_word_at_end() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(vocabulary()['body']['small_words'])})\s*$", re.IGNORECASE)


def breaks_off(text: str) -> bool:
    """True where the name of a body breaks off at the line's end."""
    return _small_word_at_end().search(text) is not None


def languages_named(text: str) -> list[str]:
    """Tags of the languages of "Arabic/English and French"; empty where any word is no language."""
    joints = "|".join(
        re.escape(j) if not j.isalpha() else rf"\b{j}\b" for j in vocabulary()["language_names"]["joints"]
    )
    found: list[str] = []
    for name in re.split(joints, text.strip(" .;")):
        plain = folded(name.strip(" .;:*()"))
        tag = language_names().get(plain) or language_names().get(plain.removeprefix("и"))
        misread = nearest(plain, language_names()) if plain and tag is None else None
        tag = language_names()[misread] if misread else tag
        if plain and tag is None:
            return []
        if tag and tag not in found:
            found.append(tag)
    return found
