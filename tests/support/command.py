"""The command line as its users run it."""

import os
import subprocess
import sys
from pathlib import Path

LETTER = "Letter dated 1 May 2020 from the Permanent Representative of Azerbaijan to the United Nations\n"


def undocs(*arguments: str | Path, stdin: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, **environment},
    )
