"""What was broken on purpose, row by row of the handbook's table: real server, worker, run and readers are killed."""

import os
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from flows.bound import descendants
from tests.bench import letters
from tests.support.site import Site, served

pytestmark = pytest.mark.slow

COUNT = 150
LETTER = "Letter dated 18 December 2020 from the Permanent Representative of Azerbaijan\n\nI have the honour.\n"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters")
    letters.write(COUNT, folder, drawn=4)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, drawn: Path) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    (folder / "inbox").mkdir()
    with served(folder, folder / "inbox") as served_site:
        yield served_site


@pytest.fixture
def out(site: Site, tmp_path: Path) -> Path:
    """An output folder of its own for each fault; `Site.entries` reads its manifest."""
    site.out = tmp_path / "out"
    return site.out


def begun(site: Site, drawn: Path, **parameters: object) -> str:
    """A run in the middle of its work."""
    run = site.start("ingest-batch", **{"sources": [str(drawn)], "out": str(site.out), "jobs": 2, **parameters})
    eventually(lambda: len(site.entries()) >= 5)
    assert len(site.entries()) < COUNT - 20, "the run is over before anything can be broken"
    return run


def test_a_run_killed(site: Site, out: Path, drawn: Path) -> None:
    run = begun(site, drawn)
    kill(the(site, "flow-run execute", "prefect.engine", "flow_engine"))
    assert site.end(run)["state"]["type"] == "CRASHED"
    assert_no_reader_left(site)
    assert_finished_by(site, site.start("ingest-batch", sources=[str(drawn)], out=str(out)))


def test_the_worker_killed(site: Site, out: Path, drawn: Path) -> None:
    run = begun(site, drawn)
    kill(the(site, "prefect worker"))
    assert_finished_by(site, run)
    eventually(lambda: the(site, "prefect worker"))


def test_the_server_killed(site: Site, out: Path, drawn: Path) -> None:
    run = begun(site, drawn)
    kill(the(site, "server start"))
    assert_finished_by(site, run)


def test_a_reader_killed(site: Site, out: Path, drawn: Path) -> None:
    run = begun(site, drawn)
    kill(the(site, "pipeline.worker"))
    site.end(run)
    unwell = [entry for entry in site.entries() if entry["outcome"] != "ok"]
    assert len(unwell) <= 1
    assert all(entry["code"] in ("worker_crashed", "tool_crashed") for entry in unwell)
    again = site.start("retry-failed", out=str(out))
    assert site.end(again)["state"]["type"] == "COMPLETED"
    assert {entry["outcome"] for entry in latest(site)} == {"ok"}


def test_a_run_cancelled(site: Site, out: Path, drawn: Path) -> None:
    run = begun(site, drawn)
    clicked = time.monotonic()
    site.cancel(run)
    assert site.end(run)["state"]["type"] == "CANCELLED"
    assert_no_reader_left(site)
    print(f"cancelled after {time.monotonic() - clicked:.0f} s")
    assert_no_half_record(out)
    assert_finished_by(site, site.start("ingest-batch", sources=[str(drawn)], out=str(out)))


def test_a_document_and_a_source_missing(site: Site, out: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(LETTER)
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7\nno more of it")
    sources = [str(folder), str(tmp_path / "gone.pdf"), "https://127.0.0.1:9/a.pdf"]
    run = site.start("ingest-batch", sources=sources, out=str(out))
    assert site.state(run).startswith("PartiallyFailed: 3 of 4 documents failed")
    codes = {entry["uri"]: entry["code"] for entry in site.entries()}
    assert codes["good.txt"] is None
    assert (codes["bad.pdf"], codes["gone.pdf"]) == ("damaged_file", "source_missing")


@pytest.mark.parametrize("fault", ["full", "read-only"])
def test_a_disk_that_refuses(site: Site, out: Path, drawn: Path, tmp_path: Path, fault: str) -> None:
    """The run is red and says why; with room on the disk the same run turns green."""
    with mounted(out, "size=600k"):
        if fault == "read-only":
            mount("-o", "remount,ro", str(out))
        run = site.start("ingest-batch", sources=[str(drawn)], out=str(out), jobs=2)
        end = site.end(run)["state"]
        assert end["type"] == "FAILED", end
        told = "\n".join(site.log_of(run))
        assert "Make room or give write permission" in told, told
        done = len(site.entries())
        mount("-o", "remount,rw,size=64m", str(out))
        site.retry(run)
        assert_finished_by(site, run)
        print(f"{fault}: {done} were done; {end['name']}: {end['message']}")


def test_the_database_lost(drawn: Path, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    for read in (COUNT, 0):
        with served(tmp_path, tmp_path / "inbox") as site:
            run = site.start("ingest-batch", sources=[str(drawn)], out=str(site.out))
            assert site.state(run) == f"Completed: Documents: {read} read, {COUNT - read} passed over"
        shutil.rmtree(site.out / ".prefect")


def assert_finished_by(site: Site, run: str) -> None:
    """The run ends well, and every document was brought to its end once."""
    assert site.end(run)["state"]["type"] == "COMPLETED", site.state(run)
    times = Counter(entry["uri"] for entry in site.entries())
    assert len(times) == COUNT
    assert set(times.values()) == {1}, times.most_common(3)
    assert len(list((site.out / "records").glob("*.json"))) == COUNT


def assert_no_reader_left(site: Site) -> None:
    """Within 20 s; the readers of other runs are not there, for one run is at work at a time."""
    eventually(lambda: not find(site, "pipeline.worker"), 20)


def assert_no_half_record(out: Path) -> None:
    from pipeline.writer import read_record

    for path in (out / "records").glob("*.json"):
        read_record(path)


def latest(site: Site) -> list[dict[str, object]]:
    return list({entry["uri"]: entry for entry in site.entries()}.values())


def find(site: Site, *words: str) -> list[int]:
    """Processes of the site whose command line contains one of the words."""
    found = []
    for pid in descendants(site.pid):
        with suppress(OSError):
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if any(word in command for word in words):
                found.append(pid)
    return found


def the(site: Site, *words: str) -> int:
    return next(iter(find(site, *words)), 0)


def kill(pid: int) -> None:
    assert pid
    os.kill(pid, signal.SIGKILL)


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A small disk in memory at the folder; skips the test where mounting is not allowed."""
    folder.mkdir(parents=True)
    try:
        mount("-t", "tmpfs", "-o", options, "tmpfs", str(folder))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs the right to mount a disk in memory")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


def eventually(look: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < until, f"not within {seconds} s"
        time.sleep(0.1)
