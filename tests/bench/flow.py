"""`make bench-flow DOCUMENTS=1000`: a batch of small letters by the deployed flow, beside `undocs ingest` on the same.

Three letters are damaged at first: the run ends red, they are mended, Retry. Then the same batch again, unchanged.
The report goes to tests/bench/flow-report.json. Nothing here passes or fails.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import connect
from typing import Any

from tests.bench import letters
from tests.bench.processes import Usage, watched
from tests.support.site import ROOT, Site, served

JOBS = 2


def main() -> int:
    """Measures and writes the report."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.flow", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("documents", type=int, nargs="?", default=1000)
    parser.add_argument("--letters", metavar="DIR", help="keeps the drawn letters for the next time")
    parser.add_argument("--alone", action="store_true", help="without the command line beside it")
    parser.add_argument("--together", action="store_true", help="both at the same time: for a machine that is not idle")
    parser.add_argument("--keep", metavar="DIR", help="keeps the output folders here")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(asked.keep or f"{temporary}/runs")
        print(f"Drawing {asked.documents} letters", flush=True)
        drawn = letters.write(asked.documents, Path(asked.letters or f"{temporary}/letters"))
        if asked.together:
            report = {"together": side_by_side(drawn, folder)}
        else:
            report = measure(drawn, folder, alone=asked.alone)
    (Path(__file__).parent / "flow-report.json").write_text(json.dumps(report, indent=1) + "\n")
    return 0


def side_by_side(drawn: list[Path], folder: Path) -> dict[str, Any]:
    """Documents that each side ends while both are at work: whatever else the machine does hinders both alike."""
    inbox, by_hand = folder / "inbox", folder / "by-hand"
    shutil.rmtree(folder, ignore_errors=True)
    inbox.mkdir(parents=True)
    for path in drawn:
        os.link(path, inbox / path.name)
    with served(folder, inbox) as site:
        run = site.start("ingest-batch", sources=[str(inbox)], out=str(site.out), jobs=JOBS)
        while not _lines(site.out):
            time.sleep(0.1)
        with _command(inbox, by_hand):
            while not _lines(by_hand):
                time.sleep(0.1)
            start = _lines(site.out), _lines(by_hand)
            while max(_lines(site.out), _lines(by_hand)) < len(drawn):
                time.sleep(0.1)
            flow, hand = (_lines(out) - before for out, before in zip((site.out, by_hand), start, strict=True))
        site.end(run)
    figures = {"by the flow": flow, "by the command line": hand, "throughput of the flow / of it": flow / hand}
    return _tell({}, "at the same time", figures)


def _lines(out: Path) -> int:
    path = out / "manifest.jsonl"
    return path.read_bytes().count(b"\n") if path.exists() else 0


def measure(drawn: list[Path], folder: Path, *, alone: bool) -> dict[str, Any]:
    """All figures, told as they come."""
    inbox = folder / "inbox"
    shutil.rmtree(folder, ignore_errors=True)
    inbox.mkdir(parents=True)
    for path in drawn:
        os.link(path, inbox / path.name)
    bad = [inbox / drawn[len(drawn) * quarter // 4].name for quarter in (1, 2, 3)]
    for path in bad:
        path.unlink()
        path.write_bytes(b"%PDF-1.7\nno more of " + path.name.encode())
    report: dict[str, Any] = {"documents": len(drawn), "cores": os.cpu_count(), "load before": os.getloadavg()[0]}
    if not alone:
        _tell(report, "command line", _command_line(inbox, folder / "by-hand"))
    with served(folder, inbox) as site:
        run = _tell(report, "flow", _flow_run(site, inbox))["run id"]
        for path, original in ((p, q) for p in bad for q in drawn if q.name == p.name):
            path.write_bytes(original.read_bytes())
        before = _executed(site)
        clicked = datetime.now(UTC)
        site.retry(run)
        retried = _tell(report, "retry of 3", _watched_run(site, run, clicked, report["flow"]["seconds"]))
        retried["executed"] = _executed(site)[len(before) :]
        _tell(report, "no change", _flow_run(site, inbox))
        _tell(report, "database", _database(site.out / ".prefect" / "prefect.db"))
    if not alone:
        _tell(report, "command line, 3 changed", _command_line(inbox, folder / "by-hand"))
        _tell(report, "command line, no change", _command_line(inbox, folder / "by-hand"))
        flow, by_hand = report["flow"], report["command line"]
        work = sum(by_hand["CPU s"].values())
        ratios = {
            "throughput of the flow / of the command line": by_hand["seconds"] / flow["seconds"],
            "the same, counted from the click": by_hand["seconds"] / flow["seconds from the click"],
            "CPU of orchestration / of the command line": sum(flow["CPU s"].values()) / work - 1,
        }
        _tell(report, "ratios", ratios)
    print(f"executed by the retry: {report['retry of 3']['executed']}")
    return report


def _command(inbox: Path, out: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "pipeline", "ingest", str(inbox), "--out", str(out), "--jobs", str(JOBS)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


def _command_line(inbox: Path, out: Path) -> dict[str, Any]:
    begun = time.monotonic()
    child = _command(inbox, out)
    with watched(child.pid) as usage:
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        seconds = time.monotonic() - begun
    child.wait()
    return {"seconds": seconds, **_figures(usage)}


def _flow_run(site: Site, inbox: Path) -> dict[str, Any]:
    clicked = datetime.now(UTC)
    return _watched_run(site, site.start("ingest-batch", sources=[str(inbox)], out=str(site.out), jobs=JOBS), clicked)


def _watched_run(site: Site, run: str, clicked: datetime, before_s: float = 0.0) -> dict[str, Any]:
    with watched(site.pid) as usage:
        found = site.end(run)
    return {
        "run id": run,
        "state": f"{found['state']['name']}: {found['state']['message']}",
        "seconds": found["total_run_time"] - before_s,
        "seconds from the click": (datetime.fromisoformat(found["end_time"]) - clicked).total_seconds(),
        **_figures(usage),
    }


def _figures(usage: Usage) -> dict[str, Any]:
    memory = usage.memory.get("run", [])
    quarter = len(memory) // 4
    return {
        "CPU s": {kind: round(value, 2) for kind, value in sorted(usage.cpu_s.items())},
        "CPU beside the readers / of the readers": usage.beside() / (usage.cpu_s.get("readers") or 1.0),
        "MiB at most": {kind: max(values) for kind, values in sorted(usage.memory.items())},
        "MiB of the run after a quarter, half, three quarters, at the end": [
            memory[min(place, len(memory) - 1)] for place in (quarter, 2 * quarter, 3 * quarter, len(memory) - 1)
        ]
        if memory
        else [],
    }


def _executed(site: Site) -> list[str]:
    """What the manifest says was worked on, in order."""
    return [entry["uri"] for entry in site.entries()]


def _database(path: Path) -> dict[str, Any]:
    with closing(connect(f"file:{path}?mode=ro", uri=True)) as database:
        counts = {
            table: database.execute(f"select count(*) from {table}").fetchone()[0]
            for table in ("flow_run", "task_run", "log", "events", "artifact")
        }
    size = sum(part.stat().st_size for part in path.parent.glob("prefect.db*"))
    return {"MB": size / 1e6, "rows": counts}


def _tell(report: dict[str, Any], name: str, figures: dict[str, Any]) -> dict[str, Any]:
    report[name] = figures
    print(f"== {name}", flush=True)
    for figure, value in figures.items():
        print(f"   {figure}: {value:.3f}" if isinstance(value, float) else f"   {figure}: {value}", flush=True)
    return figures


if __name__ == "__main__":
    sys.exit(main())
