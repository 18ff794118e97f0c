"""Pictures of figures, named by their content, so that one picture used ten times is one file."""

import hashlib
import os
from pathlib import Path

from pipeline.writer.atomic import write_atomically


def image_name(suffix: str, content: bytes) -> tuple[str, str]:
    """(sha256, file name under `images/`) of a picture's bytes."""
    digest = hashlib.sha256(content).hexdigest()
    return digest, f"{digest[:32]}{suffix}"


def write_image(out: Path, name: str, content: bytes) -> None:
    """Write a picture unless it is there already.

    Raises:
        WriteFailed: the disk refuses.
    """
    path = out / "images" / name
    if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where the folder must not be entered
        write_atomically(path, content)
