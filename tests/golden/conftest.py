"""The samples, ingested once, and their hand-verified values."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
TRUTH: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((SAMPLES / "truth").glob("*.json"))
}


@pytest.fixture(scope="session")
def records(tmp_path_factory) -> dict[str, dict[str, Any]]:
    """Name of the sample without suffix → its record."""
    out = tmp_path_factory.mktemp("samples")
    files = [str(SAMPLES / truth["file"]) for truth in TRUTH.values()]
    command = [sys.executable, "-m", "pipeline", "ingest", *files, "--out", str(out), "--jobs", "2"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, cwd=SAMPLES.parent)
    assert done.returncode in (0, 1), done.stderr[-2000:]
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (out / "records").glob("*.json")]
    return {Path(record["source"]["file_name"]).stem: record for record in found}
