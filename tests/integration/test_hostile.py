"""Files that ask for more than any document may have, each beside a good one: all end as records, typed, in time."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.batch import Batch, ingest_batch, sources_of
from pipeline.settings import FetchSettings, Limits, OcrMode, OcrSettings, Settings
from tests.support import bombs

TYPED = {
    "damaged_file",
    "limit_exceeded",
    "no_text",
    "ocr_off",
    "out_of_memory",
    "page_failed",
    "page_limit",
    "page_timeout",
    "tool_crashed",
    "worker_crashed",
}
"""Codes that say what a hostile file did."""


@pytest.fixture
def inbox(tmp_path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.pdf").write_bytes(bombs.pdf({}))
    return folder


def by_name(out: Path) -> dict[str, dict]:
    records = (json.loads(path.read_text()) for path in (out / "records").iterdir())
    return {record["source"]["file_name"]: record for record in records}


def check(records: dict[str, dict], names: set[str]) -> None:
    assert set(records) == names
    assert records["good.pdf"]["status"] == "ok"
    assert "remain seized of the matter" in records["good.pdf"]["blocks"][0]["text"]
    for name, record in records.items():
        errors = {problem["code"] for problem in record["problems"] if problem["severity"] == "error"}
        assert record["status"] == "ok" or (errors and errors <= TYPED), (name, record["problems"])


def test_the_command_line_survives_them(inbox, tmp_path):
    names = {"good.pdf", *(path.name for path in bombs.written(inbox, bombs.SMALL))}
    command = [sys.executable, "-m", "pipeline", "ingest", str(inbox), "--out", str(tmp_path / "out"), "--ocr", "never"]
    ended = subprocess.run([*command, "--jobs", "2"], capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode in (0, 1), ended.stderr
    assert "Traceback" not in ended.stderr
    check(by_name(tmp_path / "out"), names)


@pytest.mark.slow
def test_so_does_a_batch_with_those_that_cost_a_page_its_time(inbox, tmp_path):
    names = {"good.pdf", *(path.name for path in bombs.written(inbox, bombs.LARGE))}
    limits = Limits(page_s=20.0, memory_bytes=2 << 30)
    settings = Settings(limits=limits, ocr=OcrSettings(mode=OcrMode.never))
    batch = Batch(sources_of([str(inbox)], FetchSettings()), tmp_path / "out", settings, jobs=2)
    report = ingest_batch(batch)
    check(by_name(tmp_path / "out"), names)
    slowest = max(document.seconds for document in report.documents)
    assert slowest < 6 * limits.page_s
