"""Where the CPU time of a record goes: each stage's share over born-digital documents in Latin letters."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from pipeline import ingest
from tests.bench import documents
from tests.bench.figures import Figures
from tests.bench.reading import is_scan, record_of

_STAGES = {
    "lay_out": "reading and layout",
    "tag_languages": "languages",
    "draw_outline": "structure",
    "read_metadata": "metadata",
    "find_citations": "citations",
    "check": "checks",
    "assemble": "record",
}
"""Functions that the story in `pipeline/ingest.py` calls → stage."""

_MEANING = ("structure", "metadata", "citations", "checks")


def measure() -> Figures:
    """Shares of the whole by stage; pages are read while they are laid out, so the two count as one."""
    files = [path for path in documents.latin() if not is_scan(path)]
    with _timed() as seconds:
        begun = time.process_time()
        for path in files:
            record_of(path)
        whole = time.process_time() - begun
    reading = seconds["reading and layout"]
    shares: Figures = {f"{stage}, share of the CPU": value / whole for stage, value in seconds.items()}
    return {
        **shares,
        "structure + metadata + citations + checks / reading": sum(seconds[stage] for stage in _MEANING) / reading,
    }


@contextmanager
def _timed() -> Iterator[dict[str, float]]:
    """CPU seconds by stage, complete when the block ends."""
    seconds = dict.fromkeys(_STAGES.values(), 0.0)
    plain = {name: getattr(ingest, name) for name in _STAGES}
    for name, stage in _STAGES.items():
        setattr(ingest, name, _clocked(plain[name], stage, seconds))
    try:
        yield seconds
    finally:
        for name, function in plain.items():
            setattr(ingest, name, function)


def _clocked(function: Callable[..., Any], stage: str, seconds: dict[str, float]) -> Callable[..., Any]:
    @wraps(function)
    def clocked(*arguments: Any) -> Any:
        begun = time.process_time()
        try:
            return function(*arguments)
        finally:
            seconds[stage] += time.process_time() - begun

    return clocked
