"""Small documents and artifacts for tests."""

import hashlib
from pathlib import Path

from schemas.source import Artifact


def artifact_of(path: Path) -> Artifact:
    content = path.read_bytes()
    return Artifact(path.name, path.name, path, hashlib.sha256(content).hexdigest(), len(content))


def written(folder: Path, name: str, content: str | bytes) -> Artifact:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return artifact_of(path)
