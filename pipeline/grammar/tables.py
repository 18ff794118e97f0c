"""Reads the TOML tables that stand beside the grammar, each once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table `pipeline/grammar/<name>.toml` as nested dictionaries; callers must not change it."""
    path = Path(__file__).with_name(f"{name}.toml")
    with path.open("rb") as file:
        return tomllib.load(file)
