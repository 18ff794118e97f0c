"""The verified documents beside the project, ingested once for all quality tests."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2].parent / "shared"
SCORE = SHARED / "score/score.py"


def need(path: Path) -> Path:
    """The path, or a skip that says why."""
    if not path.exists():
        pytest.skip(f"the shared data beside the project has no {path.name}")
    return path


@pytest.fixture(scope="session")
def shared() -> Path:
    return need(SHARED)


@pytest.fixture(scope="session")
def verified_records(tmp_path_factory) -> Path:
    """An output folder with the records of all documents with verified values."""
    truth = need(SHARED / "truth")
    need(SCORE)
    files = sorted({json.loads(f.read_text())["file"] for f in truth.glob("*.json")})
    out = tmp_path_factory.mktemp("verified")
    sources = out / "sources.txt"
    sources.write_text("".join(f"{SHARED / 'corpus' / name}\n" for name in files))
    ingest(f"@{sources}", out)
    return out


def ingest(source: str, out: Path, *options: str) -> None:
    command = [sys.executable, "-m", "pipeline", "ingest", source, "--out", str(out), *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=3000)
    assert done.returncode in (0, 1), done.stderr[-2000:]


def score(*arguments: str) -> str:
    """What the score of the shared data prints."""
    done = subprocess.run(
        [sys.executable, str(SCORE), *arguments], capture_output=True, text=True, timeout=3000, check=True
    )
    return done.stdout
