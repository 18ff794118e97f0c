"""What the README says is so: its paths exist, its commands are commands, its picture names the stages."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
HELP = subprocess.run([sys.executable, "-m", "pipeline", "--help"], capture_output=True, text=True, check=True).stdout
MAKE_HELP = subprocess.run(["make", "-s", "-C", str(ROOT), "help"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:pipeline|schemas|flows)/[\w/.]+)`", README))))
def test_the_table_of_changes_names_real_places(path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?<!\w)make ([a-z-]+)", README)) - {"help"}))
def test_make_targets_exist(target):
    assert f"make {target} " in MAKE_HELP


@pytest.mark.parametrize("command", sorted(set(re.findall(r"undocs ([a-z]+) ", README))))
def test_commands_exist(command):
    assert re.search(rf"^    {command}\b", HELP, re.M)


@pytest.mark.parametrize("command", re.findall(r"^    ([a-z]+)(?: |$)", HELP, re.M))
def test_each_command_shows_a_worked_example(command):
    run = [sys.executable, "-m", "pipeline", command, "--help"]
    text = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert f"undocs {command}" in text.split("example:")[1]


def test_the_picture_names_the_stages():
    stages = re.findall(r"^ +[│▼] (\w+) ", README, re.M)
    assert stages
    for stage in stages:
        assert (ROOT / "pipeline" / stage / "__init__.py").exists()


def test_top_level_names_are_the_agreed_ones():
    tracked = subprocess.run(["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True, check=True).stdout
    agreed = {
        ".ci",
        ".gitignore",
        "CHANGELOG.md",
        "LICENSE",
        "Makefile",
        "NOTICE",
        "README.md",
        "flows",
        "pipeline",
        "pyproject.toml",
        "samples",
        "schemas",
        "tests",
    }
    assert {line.split("/")[0] for line in tracked.splitlines()} <= agreed


def test_the_record_shown_is_a_real_one(tmp_path):
    shown = json.loads(README.split("```json")[1].split("```")[0])
    source = ROOT / "samples" / f"{shown['record_id'].split('.')[0]}.txt"
    run = [sys.executable, "-m", "pipeline", "ingest", str(source), "--out", str(tmp_path)]
    subprocess.run(run, capture_output=True, check=True)
    record = json.loads((tmp_path / "records" / f"{shown['record_id']}.json").read_text())
    assert missing(shown, record) == []


def missing(shown, real, path="") -> list[str]:
    """Places where what is shown is not so; a shown list may leave items out."""
    if isinstance(shown, dict):
        return [m for key, value in shown.items() for m in missing(value, real.get(key), f"{path}/{key}")]
    if isinstance(shown, list) and shown and isinstance(shown[0], dict):
        return [f"{path}[{n}]" for n, item in enumerate(shown) if all(missing(item, other) for other in real)]
    return [] if shown == real else [path]
