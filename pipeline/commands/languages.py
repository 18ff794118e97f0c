"""`undocs languages`: what the detector makes of each line of standard input."""

import argparse
import io
import json
import sys

from pipeline.errors import ExitCode
from pipeline.languages import tag_lines


def run(arguments: argparse.Namespace) -> ExitCode:
    """One JSON object a line, in the order of the lines; offsets are code points."""
    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace", newline="\n")
    for found in tag_lines(line.rstrip("\r\n") for line in lines):
        answer: dict[str, object] = {
            "tag": found.tag,
            "confidence": round(found.confidence, 4),
            "spans": [[span.start, span.end, span.tag] for span in found.spans],
        }
        if found.candidate:
            answer["candidate"] = found.candidate
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return ExitCode.ok
