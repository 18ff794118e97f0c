"""The languages that are told, read from `languages.toml`."""

import tomllib
from pathlib import Path

_TABLE = tomllib.loads(Path(__file__).with_name("languages.toml").read_text("utf-8"))

SCRIPT_LANGUAGES: dict[str, tuple[str, ...]] = {script: tuple(tags) for script, tags in _TABLE["told_apart"].items()}
"""Languages told apart by their words."""

SCRIPT_ALONE: dict[str, str] = _TABLE["alone"]
"""Scripts that only one language of the set is written in."""

SCRIPT_OUTSIDER: dict[str, str] = _TABLE["outside"]
"""Most usual language of scripts outside the set: the candidate beside `und`."""

TOOL_CODES: dict[str, dict[str, str]] = _TABLE["codes"]
"""Codes of lid.176 and eldc that mean a different tag in each script."""

OFFICIAL: frozenset[str] = frozenset(_TABLE["official"]["tags"])
"""Official languages of the United Nations."""

RARE: frozenset[str] = frozenset(_TABLE["rare"]["tags"])
"""Languages that United Nations documents hardly ever hold."""

EXPECTED_LETTERS: dict[str, dict[str, str]] = _TABLE["expected"]
"""By script and language the letter that its longer texts have, unless all marks are lost."""

OUTSIDE = "oth"
"""Stands for the languages outside the set."""
