"""The cron line fires, and runs of one deployment do not overlap: a real server and worker, minutes away."""

import time
from pathlib import Path

import pytest

from tests.bench import letters
from tests.support.site import served

pytestmark = pytest.mark.slow

FIRES_WITHIN_S = 200
LETTER = "Letter dated 18 December 2020 from the Permanent Representative of Azerbaijan\n\nI have the honour.\n"


def test_the_inbox_is_looked_at_by_the_clock_and_only_what_is_new_is_read(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(LETTER)
    with served(tmp_path, inbox, "--cron", "* * * * *") as site:
        ended: dict[str, str] = {}
        until = time.monotonic() + FIRES_WITHIN_S
        while len(ended) < 2 and time.monotonic() < until:
            time.sleep(2)
            runs = site.ask("flow_runs/filter", {"sort": "EXPECTED_START_TIME_ASC", "limit": 50})
            ended |= {r["id"]: r["state"]["message"] for r in runs if r["state"]["type"] == "COMPLETED"}
        assert all(run["auto_scheduled"] for run in runs), "nobody but the clock asks for runs here"
        assert list(ended.values())[:2] == ["Documents: 1 read, 0 passed over", "Documents: 0 read, 1 passed over"]
        assert [entry["uri"] for entry in site.entries()] == ["a.txt"]


@pytest.mark.parametrize("overlap", ["wait", "cancel"])
def test_a_second_run_of_a_deployment(tmp_path: Path, overlap: str) -> None:
    inbox = tmp_path / "inbox"
    letters.write(100, inbox, drawn=4)
    with served(tmp_path, inbox, "--overlap", overlap) as site:
        first, second = (site.start("ingest-batch", sources=[str(inbox)], out=str(site.out)) for _ in range(2))
        assert {site.end(run)["state"]["type"] for run in (first, second)} == (
            {"COMPLETED"} if overlap == "wait" else {"COMPLETED", "CANCELLED"}
        )
        told = sorted(site.state(run) for run in (first, second))
        if overlap == "wait":
            assert told == [
                "Completed: Documents: 0 read, 100 passed over",
                "Completed: Documents: 100 read, 0 passed over",
            ]
        else:
            assert "concurrency limit" in told[0], told
        assert len(site.entries()) == 100
