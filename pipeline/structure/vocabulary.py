"""The words of `vocabulary.toml`, ready for matching."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from schemas.structure import PartKind


class PartWord(NamedTuple):
    """What a word at the head of a part says."""

    kind: PartKind
    language: str
    plural: bool


@cache
def table() -> dict[str, Any]:
    """The whole vocabulary."""
    return tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8"))


@cache
def part_words() -> dict[str, PartWord]:
    """Case-folded word → kind, language and number."""
    words: dict[str, PartWord] = {}
    for row in table()["part"]:
        for form in ("words", "plural"):
            for word in row[form]:
                words.setdefault(word.casefold(), PartWord(PartKind(row["kind"]), row["language"], form == "plural"))
    return words


@cache
def tail_words() -> tuple[str, ...]:
    """Words that a heading may end in, in languages that put them last."""
    return tuple(word for row in table()["part"] if row.get("tail") for word in row["words"])


@cache
def words_of(section: str) -> tuple[str, ...]:
    """The `words` of a section, case-folded."""
    return tuple(word.casefold() for word in table()[section]["words"])


@cache
def connectives() -> re.Pattern[str]:
    """What a heading goes on with where it names the thing its part belongs to."""
    words = [word for language in table()["connectives"].values() for word in language]
    return re.compile(rf"(?:{alternatives(words)})(?!\w)", re.IGNORECASE)


@cache
def caption_words() -> str:
    """Alternation of all words that begin a caption."""
    return alternatives(word for row in table()["caption"] for word in row["words"])


def alternatives(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def begins_with(text: str, section: str) -> bool:
    """True where the text begins with one of a section's words, and no letter follows it."""
    head = text.lstrip(" «“\"'(*_").casefold()
    full = text.lstrip().casefold()
    if not (head.startswith(words_of(section)) or full.startswith(words_of(section))):
        return False
    for word in words_of(section):
        for start in (head, full):
            if start.startswith(word) and not start[len(word) : len(word) + 1].isalpha():
                return True
    return False
