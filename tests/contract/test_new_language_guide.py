"""The walk-through of adding a language names files that are there, and words that are in them."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "pipeline/languages/README.md").read_text("utf-8")
TABLES = sorted(set(re.findall(r"`(pipeline/\w+/\w+\.toml)`", GUIDE)))


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:pipeline|samples|tests)/[\w/.]+)`", GUIDE))))
def test_each_file_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(\w+\.(?:py|toml))`", GUIDE))))
def test_each_file_of_the_stage_is_there(path: str) -> None:
    assert (ROOT / "pipeline/languages" / path).exists()


@pytest.mark.parametrize("table", TABLES)
def test_each_table_is_a_table_and_none_is_forgotten(table: str) -> None:
    assert tomllib.loads((ROOT / table).read_text("utf-8"))


def test_no_vocabulary_is_forgotten() -> None:
    """Every table of words by language in the other stages is named in the guide."""
    tables = (ROOT / "pipeline").glob("*/*.toml")
    here = {str(path.relative_to(ROOT)) for path in tables if path.parent.name != "languages"}
    by_language = {
        path for path in here if re.search(r"(?m)^\[?en\b|language = \"en\"|\ben = ", (ROOT / path).read_text("utf-8"))
    }
    assert by_language <= set(TABLES)
