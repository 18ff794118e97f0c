"""`python -m flows.bound COMMAND…`: runs a command that ends when the process that started it ends, however it ends.

Imports nothing heavy: it becomes the command at once.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1


def start(arguments: list[str], log: IO[bytes], **environment: str) -> subprocess.Popen[bytes]:
    """A child in its own process group, bound to this process; its output goes to the log."""
    return subprocess.Popen(
        [sys.executable, "-m", "flows.bound", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd=Path(__file__).resolve().parent.parent,
        env={**os.environ, **environment},
        start_new_session=True,
    )


def stop(child: subprocess.Popen[bytes], grace_s: float) -> None:
    """Asks the child to end, waits `grace_s` seconds, then ends its whole process group."""
    with suppress(ProcessLookupError):
        child.terminate()
    with suppress(subprocess.TimeoutExpired):
        child.wait(grace_s)
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def descendants(pid: int) -> list[int]:
    """Process ids of all children of a process and their children, from Linux's /proc; empty elsewhere."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            fields = status.read_text().rpartition(")")[2].split()
            parents[int(status.parent.name)] = int(fields[1])
    found, ring = [], {pid}
    while ring:
        ring = {child for child, parent in parents.items() if parent in ring}
        found += sorted(ring)
    return found


def end_all(pids: list[int], grace_s: float) -> None:
    """Asks processes to end, waits up to `grace_s` seconds, then ends those that are left."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in pids:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, number)
        until = time.monotonic() + grace_s
        while time.monotonic() < until and any(map(_is_alive, pids)):
            time.sleep(0.1)


def _is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:1]
    except OSError:
        return False


def main(arguments: list[str]) -> None:
    """Becomes the command after asking Linux to end it with its parent; elsewhere the parent must see to it."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it ended before we asked
            sys.exit(1)
    os.execvp(arguments[0], arguments)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
