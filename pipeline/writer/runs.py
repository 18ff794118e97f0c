"""Run reports: what one run did, with its times and its machine."""

from pathlib import Path

from pipeline.writer.atomic import write_atomically
from schemas.report import RunReport


def write_run(out: Path, report: RunReport) -> Path:
    """Write `runs/<run_id>.json` and return its path.

    Raises:
        WriteFailed: the disk refuses.
    """
    path = out / "runs" / f"{report.run_id}.json"
    write_atomically(path, (report.model_dump_json(indent=1) + "\n").encode())
    return path
