"""Leaves a pause between two requests to one host, over all processes that share the download folder."""

import fcntl
import hashlib
import os
import time
from pathlib import Path


def wait_for_turn(folder: Path, host: str, interval_s: float) -> None:
    """Returns when `interval_s` seconds have passed since the last turn for this host was given."""
    if interval_s <= 0:
        return
    folder.mkdir(parents=True, exist_ok=True)
    ticket = folder / hashlib.sha256(host.encode()).hexdigest()[:16]
    handle = os.open(ticket, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # the queue: whoever holds it waits for all others
        last = os.read(handle, 32)
        if last:
            # The clock may have been set back: never wait longer than one interval.
            time.sleep(min(interval_s, max(0.0, float(last) + interval_s - time.time())))
        os.pwrite(handle, f"{time.time():<32.3f}".encode(), 0)
    finally:
        os.close(handle)
