"""`undocs validate`: every record against the schema and the invariants."""

import argparse
import json
import sys
from pathlib import Path

from pipeline.errors import ExitCode, SchemaViolation, SourceMissing
from pipeline.record import broken_by
from pipeline.writer.records import read_record, record_paths


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print what is wrong; exit 6 where anything is."""
    paths = _records(Path(arguments.out))
    findings = {path.name: found for path in paths if (found := _findings(path))}
    if arguments.json:
        sys.stdout.write(json.dumps({"records": len(paths), "findings": findings}, ensure_ascii=False, indent=1) + "\n")
    else:
        for name, found in findings.items():
            sys.stdout.write("".join(f"{name}: {sentence}\n" for sentence in found))
        sys.stdout.write(f"{len(paths)} records, {len(findings)} of them broken\n")
        if findings:
            sys.stderr.write("A broken record can be made anew: remove the file and ingest its source again.\n")
    return ExitCode.output if findings else ExitCode.ok


def _records(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return record_paths(place / "records" if (place / "records").is_dir() else place)


def _findings(path: Path) -> list[str]:
    try:
        record = read_record(path)
    except (SchemaViolation, SourceMissing) as error:
        return [error.what]
    found = list(broken_by(record))
    if path.stem != record.record_id:
        found.append(f"record_id is {record.record_id}")
    return found
