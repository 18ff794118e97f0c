"""Scans with known text: no group's mean share of wrong characters may rise above its ceiling in floors.json."""

import json
import re
from pathlib import Path

import pytest

from tests.quality.conftest import SHARED, ingest, need, score

CEILINGS: dict[str, float] = json.loads((Path(__file__).parent / "floors.json").read_text())["recognition_errors"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def errors(tmp_path_factory) -> dict[str, float]:
    data = need(SHARED / "data/ocr")
    out = tmp_path_factory.mktemp("scans")
    ingest(str(data), out)
    printed = score("texts", "--data", str(data), "--out", str(out))
    return {group: float(error) for group, error in re.findall(r"^== (\w+): mean CER ([\d.]+)", printed, re.M)}


@pytest.mark.parametrize("group", CEILINGS)
def test_no_group_is_read_worse(group: str, errors: dict[str, float]) -> None:
    assert errors[group] <= CEILINGS[group], f"{group}: {errors[group]} is above {CEILINGS[group]}"
