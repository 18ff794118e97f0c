"""Languages of sentences beside lid.176 alone on the same ones: one label a line by a model in C++, no spans."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable

from pipeline.languages import lid, tag_line, tag_lines
from tests.bench import documents
from tests.bench.figures import Figures

_WAYS: dict[str, Callable[[list[str]], Iterable[object]]] = {
    "together": tag_lines,
    "one by one": lambda lines: map(tag_line, lines),
}
"""As the blocks of a document and the lines of `undocs languages` are told, and as a caller with one line does."""

_LOADING = """
import re, time
import numpy, pydantic
peak = lambda: int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]) / 1024
before, begun = peak(), time.process_time()
from pipeline.languages import tag_line
for line in ("Tables are loaded by script", "\u0422\u0430\u0431\u043b\u0438\u0446\u0430", "\u062c\u062f\u0648\u0644"):
    tag_line(line)
print(time.process_time() - begun, peak() - before)
"""


def measure() -> Figures:
    """Sentences per CPU second, words new to the process and met before; what loading takes."""
    rates = {way: _rates_in_new_process(way) for way in _WAYS}
    seconds, megabytes = _loading()
    return {
        "English sentences": float(len(documents.sentences()[0])),
        **{f"{name}, {way}, sentences per CPU s": rate for way in _WAYS for name, rate in rates[way].items()},
        "lid.176 alone / languages": rates["together"]["lid.176 alone"] / rates["together"]["many languages"],
        "loading all tables and models, CPU s": seconds,
        "loading all tables and models, MB": megabytes,
    }


def _rates_in_new_process(way: str) -> dict[str, float]:
    """Rates of a process that has met none of the words."""
    command = [sys.executable, "-m", "tests.bench.languages", way]
    rates: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return rates


def _rates(way: Callable[[list[str]], Iterable[object]]) -> dict[str, float]:
    english, mixed = documents.sentences()
    for line in ("Tables and models", "\u0422\u0430\u0431\u043b\u0438\u0446\u044b", "\u062c\u062f\u0627\u0648\u0644"):
        tag_line(line)  # loaded before the clock starts
    lid.probabilities("as is this one")
    return {
        "English": _rate(way, english),
        "many languages": _rate(way, mixed),
        "many languages, words met before": _rate(way, mixed),
        "lid.176 alone": _rate(lambda lines: map(lid.probabilities, lines), mixed),
    }


def _rate(way: Callable[[list[str]], Iterable[object]], lines: list[str]) -> float:
    begun = time.process_time()
    for _ in way(lines):
        pass
    return len(lines) / (time.process_time() - begun)


def _loading() -> tuple[float, float]:
    answer = subprocess.run([sys.executable, "-c", _LOADING], check=True, capture_output=True, text=True).stdout
    seconds, megabytes = map(float, answer.split())
    return seconds, megabytes


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_rates(_WAYS[sys.argv[1]])))
