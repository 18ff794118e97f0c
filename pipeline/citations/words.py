"""The words around resolutions and decisions, compiled once."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table() -> dict[str, Any]:
    """The table `resolutions.toml`."""
    with Path(__file__).with_name("resolutions.toml").open("rb") as file:
        return tomllib.load(file)


def any_of(words: list[str]) -> str:
    """Alternatives, longest first; a space in a word matches any white space."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(set(words), key=lambda w: (-len(w), w)))


@cache
def lead() -> re.Pattern[str]:
    """The word "resolution" or "decision" in any language."""
    chinese = any_of(table()["words"]["zh"])  # written without spaces
    resolutions = [w for words in table()["words"].values() for w in words]
    decisions = [w for words in table()["decision_words"].values() for w in words]
    return re.compile(
        rf"(?<![^\W\d_])(?:(?P<resolution>{any_of(resolutions)})|(?P<decision>{any_of(decisions)}))(?![^\W\d_])|{chinese}",
        re.IGNORECASE,
    )


@cache
def lead_stem() -> re.Pattern[str]:
    """Beginnings of those words: a quick look before the full pattern is tried."""
    return re.compile("|".join(sorted(table()["stems"]["words"])))


@cache
def organ_names() -> re.Pattern[str]:
    """Names of organs; the group's name is the organ's code (`A_HRC` for `A/HRC`)."""
    groups = [
        f"(?P<{code.replace('-', '_').replace('.', '0')}>{any_of(names)})" for code, names in table()["organs"].items()
    ]
    return re.compile("|".join(groups))


@cache
def other_numbers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(citation kind, pattern) of numbers that are no UN symbols."""
    return tuple((row["kind"], re.compile(row["pattern"])) for row in table()["other"])
