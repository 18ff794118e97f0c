"""One Prefect server for all tests of the flows, started only if one of them needs it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.environment import prepare


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A temporary server; it may take its time on a busy machine."""
    prepare(tmp_path_factory.mktemp("prefect"), quiet_console=True)
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Three documents as the rogue worker reads them: one good, one fatal, one with a page that crashes."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in {"a.txt": "ok 1", "b.txt": "crash 0", "c.txt": "crash 2"}.items():
        (folder / name).write_text(text)
    return folder
