"""CPU and memory of a process and all below it, sampled from Linux's /proc and told apart by what they do."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

EVERY_S = 0.25
"""Seconds between two looks; what a process does after the last one is missed."""

_TICKS = os.sysconf("SC_CLK_TCK")
_KINDS = (
    ("pipeline.worker", "readers"),
    ("prefect worker", "worker"),
    ("server", "server"),
    ("flows serve", "serve"),
    ("pipeline ingest", "command line"),
)
"""What a command line contains → the name of its kind; the rest is the process of a run."""


@dataclass
class Usage:
    """What the kinds of processes used while they were watched."""

    cpu_s: dict[str, float] = field(default_factory=dict)
    memory: dict[str, list[int]] = field(default_factory=dict)
    """Resident MiB of the largest process of a kind, look by look."""

    def beside(self, kind: str = "readers") -> float:
        """CPU seconds of all but the kind."""
        return sum(value for name, value in self.cpu_s.items() if name != kind)


@contextmanager
def watched(root: int) -> Iterator[Usage]:
    """The usage of `root` and all below it, complete when the block ends."""
    usage, over = Usage(), threading.Event()
    start = {pid: cpu for pid, (_, cpu, _) in _look(root).items()}
    last: dict[int, tuple[str, float]] = {}

    def look() -> None:
        largest: dict[str, int] = {}
        for pid, (kind, cpu_s, mib) in _look(root).items():
            last[pid] = kind, cpu_s - start.get(pid, 0.0)
            largest[kind] = max(mib, largest.get(kind, 0))
        for kind, mib in largest.items():
            usage.memory.setdefault(kind, []).append(mib)

    def watch() -> None:
        while not over.wait(EVERY_S):
            look()

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield usage
    finally:
        over.set()
        thread.join()
        look()
        for kind, cpu_s in last.values():
            usage.cpu_s[kind] = usage.cpu_s.get(kind, 0.0) + cpu_s


def _look(root: int) -> dict[int, tuple[str, float, int]]:
    """Process → kind, own CPU seconds, resident MiB."""
    from flows.bound import descendants

    found = {}
    for pid in (root, *descendants(root)):
        with suppress(OSError, ValueError, IndexError):
            folder = Path(f"/proc/{pid}")
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if command:
                cpu_s = (int(fields[11]) + int(fields[12])) / _TICKS
                found[pid] = _kind(command), cpu_s, int(fields[21]) * os.sysconf("SC_PAGESIZE") >> 20
    return found


def _kind(command: str) -> str:
    return next((kind for words, kind in _KINDS if words in command), "run")
