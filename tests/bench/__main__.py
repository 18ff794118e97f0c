"""`make bench`: speed and memory as ratios inside one run; the report goes to tests/bench/report.json.

Every figure is CPU time of this machine in this run beside a yardstick on the same files in the same run, so that the
ratios hold on another machine. Nothing here passes or fails. `python -m tests.bench "cold start"` runs one section.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench import batch, cold_start, languages, reading, recognition, stages
from tests.bench.figures import Figures

SECTIONS: dict[str, Callable[[], Figures]] = {
    "cold start": cold_start.measure,
    "reading": reading.measure,
    "stages": stages.measure,
    "languages": languages.measure,
    "batch": batch.measure,
    "recognition": recognition.measure,
}


def main() -> int:
    """Run the sections named on the command line, or all."""
    wanted = sys.argv[1:] or list(SECTIONS)
    report: dict[str, Figures] = {}
    for name in wanted:
        print(f"== {name}", flush=True)
        report[name] = SECTIONS[name]()
        for figure, value in report[name].items():
            print(f"   {figure:64s} {value:>12.3f}" if isinstance(value, float) else f"   {figure:64s} {value:>12s}")
    path = Path(__file__).parent / "report.json"
    path.write_text(json.dumps(report, indent=1) + "\n")
    print(f"Report: {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
