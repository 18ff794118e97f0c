"""How long a user waits for the first answer: whole processes, least of five."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.figures import Figures

_RUNS = 5


def measure() -> Figures:
    """Wall seconds of `python -c pass`, `undocs --help`, `undocs ingest` of one small text; and their ratios."""
    python = _least([sys.executable, "-c", "pass"])
    numpy = _least([sys.executable, "-c", "import numpy, pydantic"])
    help_s = _least([sys.executable, "-m", "pipeline", "--help"])
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.txt"
        source.write_text("Letter dated 1 May 2020 from the Permanent Representative of Azerbaijan\n")
        ingest = [sys.executable, "-m", "pipeline", "ingest", str(source), "--force", "--out", f"{folder}/out"]
        ingest_s = _least(ingest)
    return {
        "python -c pass, s": python,
        "import numpy, pydantic, s": numpy,
        "undocs --help, s": help_s,
        "undocs ingest one text, s": ingest_s,
        "ingest / import numpy, pydantic": ingest_s / numpy,
    }


def _least(command: list[str]) -> float:
    times = []
    for _ in range(_RUNS):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - begun)
    return min(times)
