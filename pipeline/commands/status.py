"""`undocs status`: what an output folder holds, from its manifest."""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from pipeline.commands.answering import own_command
from pipeline.errors import ExitCode, SourceMissing
from pipeline.writer import manifest
from pipeline.writer.manifest import Entry
from schemas.report import Outcome

_BAD = (Outcome.failed, Outcome.partial)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print it; exit 1 where some documents are failed or partial."""
    out = Path(arguments.out)
    entries = tuple(manifest.load(out).values())
    if not entries:
        raise SourceMissing(
            "writer", str(out), "There is no manifest of ingested documents", "Run `undocs ingest SOURCE --out DIR`."
        )
    sys.stdout.write(_as_json(entries) if arguments.json else _as_text(entries, out))
    return ExitCode.documents_failed if any(e.outcome in _BAD for e in entries) else ExitCode.ok


def _facts(entries: tuple[Entry, ...]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    by_status = Counter(str(entry.outcome) for entry in entries)
    by_language = Counter(entry.languages[0] for entry in entries if entry.languages)
    by_code = Counter(entry.code or "unknown" for entry in entries if entry.outcome in _BAD)
    return by_status, by_language, by_code


def _as_json(entries: tuple[Entry, ...]) -> str:
    by_status, by_language, by_code = _facts(entries)
    answer = {
        "documents": len(entries),
        "pages": sum(entry.pages for entry in entries),
        "ocr_pages": sum(entry.ocr_pages for entry in entries),
        "by_status": dict(sorted(by_status.items())),
        "by_main_language": dict(sorted(by_language.items())),
        "by_code": dict(sorted(by_code.items())),
        "unfinished": [
            {"uri": e.uri, "outcome": e.outcome, "record_id": e.record_id, "code": e.code, "message": e.message}
            for e in entries
            if e.outcome in _BAD
        ],
    }
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _as_text(entries: tuple[Entry, ...], out: Path) -> str:
    by_status, by_language, by_code = _facts(entries)
    pages, recognised = sum(e.pages for e in entries), sum(e.ocr_pages for e in entries)
    lines = [
        f"{len(entries)} documents, {pages} pages, {recognised} of them by OCR",
        "  by status:        " + _counts(by_status),
        "  by language:      " + _counts(by_language) + " (that of most of the text)",
    ]
    if by_code:
        lines.append("  by reason:        " + _counts(by_code))
        lines += [f"  {e.outcome}: {e.uri}: [{e.code}] {e.message}" for e in entries if e.outcome in _BAD]
        lines.append(f"Put the causes right, then: {own_command()} retry {out}")
    return "\n".join(lines) + "\n"


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {n}" for name, n in counter.most_common()) or "none"
