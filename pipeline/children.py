"""Starts worker processes; one may be started before there is work for it, and reads its own code meanwhile."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

WORKER = "pipeline.worker"
"""The program that serves jobs."""

_STARTER = ThreadPoolExecutor(1, "starter")
"""Starts every child: one dies with the thread that started it, and only this thread lives as long as the process."""

_ahead: "list[subprocess.Popen[bytes]]" = []


def start_ahead() -> "subprocess.Popen[bytes]":
    """The worker that the first who asks will get. Cheap here: what takes time is the worker's own start."""
    _ahead.append(_started(WORKER))
    return _ahead[-1]


def child_of(module: str) -> "subprocess.Popen[bytes]":
    """A child that runs the module, in a process group of its own; the one that was started ahead, if there is one."""
    while module == WORKER and _ahead:
        child = _ahead.pop()
        if child.poll() is None:
            return child
    return _started(module)


def _started(module: str) -> "subprocess.Popen[bytes]":
    root = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    return _STARTER.submit(
        subprocess.Popen,
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,  # a buffer would hide messages from the selector
        env={
            **os.environ,
            "PYTHONPATH": path,
            "OMP_THREAD_LIMIT": "1",
            "PYTHONHASHSEED": "0",
            "PYDANTIC_DISABLE_PLUGINS": "__all__",  # none has a say in records, and looking for them takes time
        },
        start_new_session=True,
    ).result()
