"""Languages of lines beside lid.176 alone on the same lines: one label a line by a model in C++, no spans."""

import time
from collections.abc import Callable
from pathlib import Path

from pipeline.languages import lid, tag_line

_SAMPLES = Path(__file__).parents[2] / "samples"

_SHORTEST = 60
"""Letters of a line that counts as a sentence."""


def measure(files: list[Path]) -> dict[str, float]:
    """Sentences per CPU second, words new to the process and met before; the files are not used."""
    del files
    lines = [
        line
        for path in sorted(_SAMPLES.glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
        if len(line) >= _SHORTEST
    ]
    tag_line("Tables and models are loaded before the clock starts.")
    lid.probabilities("as is this one")
    cold, warm, alone = (_rate(work, lines) for work in (tag_line, tag_line, lid.probabilities))
    return {
        "sentences": float(len(lines)),
        "new words, sentences per CPU s": cold,
        "words met before, sentences per CPU s": warm,
        "lid.176 alone, sentences per CPU s": alone,
        "lid.176 alone / languages, new words": alone / cold,
    }


def _rate(work: Callable[[str], object], lines: list[str]) -> float:
    begun = time.process_time()
    for line in lines:
        work(line)
    return len(lines) / (time.process_time() - begun)
