"""Records against hand-verified values: no field may fall below its floor in floors.json.

A floor rises when the figure does; it falls only with a reason beside it in the commit message.
"""

import json
import re
from pathlib import Path

import pytest

from tests.quality.conftest import SHARED, score

FLOORS: dict[str, float] = json.loads((Path(__file__).parent / "floors.json").read_text())["records"]


@pytest.fixture(scope="session")
def figures(verified_records) -> dict[str, float]:
    printed = score("records", "--truth", str(SHARED / "truth"), "--out", str(verified_records))
    return {name: float(value) for name, value in re.findall(r"^\w+ +([\w.]+) +([\d.]+)  \(", printed, re.M)}


@pytest.mark.parametrize("field", FLOORS)
def test_no_field_falls_below_its_floor(field, figures):
    assert figures[field] >= FLOORS[field], f"{field}: {figures[field]} is below the floor {FLOORS[field]}"


def test_every_record_is_sound(verified_records):
    from pipeline.record import broken_by
    from pipeline.writer import read_record

    broken = {path.name: broken_by(read_record(path)) for path in (verified_records / "records").glob("*.json")}
    assert {name: found for name, found in broken.items() if found} == {}
