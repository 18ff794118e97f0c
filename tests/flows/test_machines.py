"""Several workers at one output folder, and one run spread over a cluster: real processes on this machine."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from flows.bound import descendants
from pipeline.linking import link_records
from tests.bench import letters
from tests.support.site import ROOT, Site, served

pytestmark = pytest.mark.slow

BOTH = re.compile(r"on \S+ in process (\d+)")


def test_two_workers_share_one_output_folder(tmp_path: Path) -> None:
    """Two runs at the same time, each on a worker of its own that takes one; nothing is lost or done twice."""
    drawn = letters.write(80, tmp_path / "letters", drawn=4)
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, half in ((first, drawn[:40]), (second, drawn[40:])):
        folder.mkdir()
        for path in half:
            path.rename(folder / path.name)
    with served(tmp_path, second, "--runs", "1") as site, another_worker(site, tmp_path):
        runs = [
            site.start("ingest-batch", sources=[str(first)], out=str(site.out), jobs=1),
            site.start("ingest-watch", inbox=str(second), out=str(site.out), jobs=1),
        ]
        ends = [site.end(run) for run in runs]
        assert [end["state"]["message"] for end in ends] == ["Documents: 40 read, 0 passed over"] * 2
        assert max(end["start_time"] for end in ends) < min(end["end_time"] for end in ends), "not at the same time"
        assert len({end["infrastructure_pid"] for end in ends}) == 2
        takers = {line.split("'")[1] for run in runs for line in site.log_of(run) if line.startswith("Worker '")}
        assert len(takers) == 2, takers
        assert sorted(entry["uri"] for entry in site.entries()) == sorted(path.name for path in drawn)
    links = (site.out / "links.jsonl").read_bytes()
    (site.out / "cache" / "digests.jsonl").unlink()
    link_records(site.out)
    assert (site.out / "links.jsonl").read_bytes() == links


@pytest.mark.skipif(not importlib.util.find_spec("prefect_dask"), reason="needs the package prefect-dask")
def test_the_chunks_of_one_run_are_spread_over_a_dask_cluster(tmp_path: Path) -> None:
    letters.write(120, tmp_path / "inbox", drawn=4)
    cluster = {"UNDOCS_TASK_RUNNER": "dask", "UNDOCS_CHUNKS_AT_ONCE": "2"}
    with served(tmp_path, tmp_path / "inbox", **cluster) as site:
        run = site.start("ingest-batch", sources=[str(tmp_path / "inbox")], out=str(site.out), jobs=1)
        assert site.state(run) == "Completed: Documents: 120 read, 0 passed over"
        processes = [found[1] for line in site.log_of(run) if (found := BOTH.search(line))]
        assert len(processes) == 6, processes
        assert len(set(processes)) == 2
        assert len({entry["uri"] for entry in site.entries()}) == len(site.entries()) == 120


class another_worker:  # noqa: N801 - reads as a clause in the with statement
    """`flows worker` as on a further machine; on line when the block begins, ended with it."""

    def __init__(self, site: Site, folder: Path) -> None:
        self._site = site
        self._folder = folder

    def __enter__(self) -> None:
        command = [sys.executable, "-m", "flows", "worker", "--server", self._site.api_url, "--runs", "1"]
        with (self._folder / "second-worker.log").open("wb") as log:
            self._child = subprocess.Popen(
                [*command, "--home", str(self._folder / "home")], stdout=log, stderr=log, cwd=ROOT
            )
        self._site.wait_for_workers(2)

    def __exit__(self, *_: object) -> None:
        self._child.terminate()
        self._child.wait(60)
        assert not descendants(self._child.pid)
