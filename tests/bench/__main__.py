"""`make bench`: speed and memory as ratios inside one run; the report goes to tests/bench/report.json.

Every figure is CPU time of this machine in this run beside a yardstick on the same files in the same run, so that the
ratios hold on another machine. Nothing here passes or fails.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench import cold_start, documents, languages, reading, recognition

SECTIONS: dict[str, Callable[[list[Path]], dict[str, float]]] = {
    "cold start": cold_start.measure,
    "reading": reading.measure,
    "languages": languages.measure,
    "recognition": recognition.measure,
}


def main() -> int:
    """Run the sections named on the command line, or all."""
    wanted = sys.argv[1:] or list(SECTIONS)
    report: dict[str, dict[str, float]] = {}
    for name in wanted:
        files = documents.born_digital()
        print(f"== {name}", flush=True)
        report[name] = SECTIONS[name](files)
        for figure, value in report[name].items():
            print(f"   {figure:44s} {value:10.3f}", flush=True)
    path = Path(__file__).parent / "report.json"
    path.write_text(json.dumps(report, indent=1) + "\n")
    print(f"Report: {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
