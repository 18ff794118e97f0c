"""Each outside tool has one address: one file imports it."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STANDARD = {"pydantic", "numpy", "PIL"}  # the vocabulary's own library, arrays, and pictures as values


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def outside() -> dict[str, set[str]]:
    import sys

    own = {"pipeline", "schemas", "flows", "tests", "__future__"}
    homes = defaultdict(set)
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        if "training" in path.parts:  # builds data on a developer's machine; no part of a run
            continue
        for name in imports(path) - own - STANDARD - set(sys.stdlib_module_names):
            homes[name].add(str(path.relative_to(ROOT)))
    return homes


@pytest.mark.parametrize(("tool", "homes"), sorted(outside().items()))
def test_an_outside_tool_is_imported_by_one_file(tool, homes):
    assert len(homes) == 1, f"{tool} is imported by {sorted(homes)}"


def test_nothing_is_a_drawer():
    drawers = {"utils", "util", "helpers", "common", "misc", "manager", "handler"}
    assert [p for p in ROOT.glob("[fps][lic]*/**/*.py") if p.stem in drawers and ".venv" not in p.parts] == []
