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


@cache
def to_organ() -> re.Pattern[str]:
    """What stands between the word and the organ's name."""
    row = table()["to_organ"]
    return re.compile(rf"[\s,]*(?:(?:{any_of(row['words'])})\s+|(?:{any_of(row['elided'])})\s?)?", re.IGNORECASE)


@cache
def bare_number() -> re.Pattern[str]:
    """A Council resolution without its year ("Security Council resolution 1325")."""
    return re.compile(r"\s+(?:\((?:UNSCR|SCR)\)\s+)?(?:No\.\s*)?(?P<running>\d{1,4})(?![\d/.]|\s?\(|\s?%)")


@cache
def bare_list() -> re.Pattern[str]:
    """Further numbers of three or four digits behind the first, nothing else behind them that makes them amounts."""
    words = any_of([word for word in table()["joints"]["words"] if word != "of"])
    joint = rf"\s*(?:,\s*(?:{words})?|\s(?:{words})(?=[\s\d]))\s*"
    return re.compile(rf"(?P<list>(?:{joint}\d{{3,4}}(?![\d/.]\d|\d|\s?[(%])){{1,30}})")


@cache
def of_year() -> re.Pattern[str]:
    """The year that holds for all numbers before it."""
    return re.compile(rf"\s+(?:{any_of(table()['of_year']['words'])})\s+(?P<year>(?:19|20)\d\d)(?!\d)")


@cache
def listed_before() -> re.Pattern[str]:
    """Numbers before the word in Azerbaijani: "822, 853, 874 və 884 saylı qətnamələri"."""
    row = table()["numbered"]
    return re.compile(
        rf"(?<![\d/.-])(?P<list>(?:\d{{3,4}}\s*(?:,|{row['joint']})\s*){{0,30}}\d{{3,4}})\s+(?:\(\d{{4}}\)\s+)?"
        rf"{row['behind']}(?:\s+{row['stem']}\w*)?\s*"
    )


@cache
def plurals() -> frozenset[str]:
    """Forms of the word that speak of several."""
    return frozenset(word.casefold() for word in table()["plurals"]["words"])
