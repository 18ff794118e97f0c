"""A worker that misbehaves as the file's text tells it: `hang 2`, `crash 3`, `hang 0`, `crash 0`, `spin`, `ok`."""

import os
import signal
import sys
import time
from pathlib import Path

from pipeline import frames
from pipeline.worker import _die_with_parent

PAGES = 7


def main() -> None:
    _die_with_parent()
    answers = os.fdopen(os.dup(1), "wb")
    while True:
        try:
            message = frames.receive(sys.stdin.buffer)
        except EOFError:
            return
        serve(message, answers)


def serve(message, answers) -> None:
    words = Path(message["artifact"]["path"]).read_text().split()
    deeds = dict(zip(words[1::2], words[::2], strict=False))
    for page in range(PAGES + 1):
        if str(page) in message["lost_pages"]:
            continue
        if page:
            frames.send(answers, {"event": "progress", "stage": "pages", "page": page, "pages": PAGES})
        match deeds.get(str(page)):
            case "hang":
                time.sleep(60)
            case "crash":
                os.kill(os.getpid(), signal.SIGSEGV)
    content = ("lost " + " ".join(sorted(message["lost_pages"]))).encode()
    frames.send(
        answers,
        {
            "event": "record",
            "record_id": f"rogue-{Path(message['artifact']['path']).stem}",
            "status": "partial" if message["lost_pages"] else "ok",
            "pages": PAGES,
            "ocr_pages": 0,
            "languages": [],
            "code": None,
            "message": None,
            "images": [],
        },
    )
    frames.send_bytes(answers, content)


if __name__ == "__main__":
    main()
