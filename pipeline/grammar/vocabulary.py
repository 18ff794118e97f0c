"""The tokens of UN symbols as sets, and the patterns made of them; compiled on first use."""

import re
from functools import cache
from typing import Any, NamedTuple

from pipeline.grammar.tables import table


class OrganToken(NamedTuple):
    """A first token of a symbol."""

    name: str
    axis: str
    open: bool
    """True where any capital word may follow; false where only known bodies may."""


@cache
def organs() -> dict[str, OrganToken]:
    """First tokens → what they mean."""
    return {
        token: OrganToken(row["name"], row["axis"], row["open"])
        for row in table("symbols")["organ"]
        for token in row["tokens"]
    }


@cache
def kinds() -> dict[str, dict[str, str]]:
    """Kind tokens → row of the table."""
    rows: dict[str, dict[str, str]] = table("symbols")["kinds"]
    return rows


@cache
def tokens(group: str, key: str) -> frozenset[str]:
    """The tokens of one list of the table, such as `tokens("bodies", "dotted")`."""
    return frozenset(table("symbols")[group][key])


@cache
def canonical_case() -> dict[str, str]:
    """Lower-case modifier and kind words → the form that the normal form uses."""
    words: set[str] = {"Agenda", "Sub", "Part"}
    groups: Any = table("symbols")["modifiers"]
    words.update(groups["dotted"], groups["words"], groups["parenthesised"])
    return {word.lower(): word for word in sorted(words)}


def _any_of(words: list[str] | frozenset[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def organ_pattern() -> str:
    """Alternatives of all first tokens, longest first."""
    return _any_of(frozenset(organs()))


@cache
def connector_pattern() -> str:
    """Alternatives of the words that join members of an abbreviated list."""
    return _any_of(frozenset(table("symbols")["connectors"]["words"]))


@cache
def modifier_pattern() -> str:
    """Alternatives of the dotted modifiers."""
    return _any_of(tokens("modifiers", "dotted"))


@cache
def part_words() -> frozenset[str]:
    """Words for "Part" in other languages, lower case."""
    return frozenset(word.lower() for word in table("symbols")["part_words"]["words"])
