"""Languages of sentences beside lid.176 alone on the same ones: one label a line by a model in C++, no spans."""

import subprocess
import sys
import time
from collections.abc import Callable

from pipeline.languages import lid, tag_line
from tests.bench import documents
from tests.bench.figures import Figures

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
    english, mixed = documents.sentences()
    for line in ("Tables and models", "\u0422\u0430\u0431\u043b\u0438\u0446\u044b", "\u062c\u062f\u0627\u0648\u0644"):
        tag_line(line)  # loaded before the clock starts
    lid.probabilities("as is this one")
    new_english, new_mixed = _rate(tag_line, english), _rate(tag_line, mixed)
    known, alone = _rate(tag_line, mixed), _rate(lid.probabilities, mixed)
    seconds, megabytes = _loading()
    return {
        "English sentences": float(len(english)),
        "English, sentences per CPU s": new_english,
        "many languages, sentences per CPU s": new_mixed,
        "many languages, words met before, sentences per CPU s": known,
        "lid.176 alone, many languages, sentences per CPU s": alone,
        "lid.176 alone / languages": alone / new_mixed,
        "loading all tables and models, CPU s": seconds,
        "loading all tables and models, MB": megabytes,
    }


def _rate(work: Callable[[str], object], lines: list[str]) -> float:
    begun = time.process_time()
    for line in lines:
        work(line)
    return len(lines) / (time.process_time() - begun)


def _loading() -> tuple[float, float]:
    answer = subprocess.run([sys.executable, "-c", _LOADING], check=True, capture_output=True, text=True).stdout
    seconds, megabytes = map(float, answer.split())
    return seconds, megabytes
