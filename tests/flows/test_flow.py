"""The flow against a real server, with a worker that misbehaves on purpose."""

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from flows.environment import prepare
from pipeline.sandbox import Worker
from pipeline.writer import manifest

pytestmark = pytest.mark.usefixtures("prefect_server")


@pytest.fixture(autouse=True)
def rogue(monkeypatch: pytest.MonkeyPatch) -> None:
    import flows.workshop

    monkeypatch.setattr(flows.workshop, "make_worker", lambda: Worker("tests.support.rogue"))


def ingest(inbox: Path, out: Path, **parameters: Any) -> Any:
    from flows.ingest import ingest_batch

    return ingest_batch(sources=[str(inbox)], out=str(out), jobs=1, return_state=True, **parameters)


def outcomes(out: Path) -> dict[str, str]:
    return {entry.uri: str(entry.outcome) for entry in manifest.load(out).values()}


def test_a_bad_document_turns_the_run_red_by_name_and_spoils_nothing(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    state = ingest(inbox, out)
    assert (state.type.value, state.name) == ("FAILED", "PartiallyFailed")
    assert state.message.startswith("1 of 3 documents failed, 1 partial")
    assert outcomes(out) == {"a.txt": "ok", "b.txt": "failed", "c.txt": "partial"}
    assert (out / "links.jsonl").exists()
    (report,) = (out / "runs").glob("*.json")
    assert [d["uri"] for d in json.loads(report.read_text())["documents"]] == ["a.txt", "b.txt", "c.txt"]

    lines = len((out / "manifest.jsonl").read_text().splitlines())
    (inbox / "b.txt").write_text("ok 1 mended")
    state = ingest(inbox, out)
    assert (state.type.value, state.message) == ("COMPLETED", "Documents: 1 read, 2 passed over")
    added = [json.loads(line)["uri"] for line in (out / "manifest.jsonl").read_text().splitlines()[lines:]]
    assert added == ["b.txt"]


def test_retry_reads_again_what_failed_or_is_partial_though_nothing_has_changed(inbox: Path, tmp_path: Path) -> None:
    from flows.retry import retry_failed

    out = tmp_path / "out"
    ingest(inbox, out)
    lines = len((out / "manifest.jsonl").read_text().splitlines())
    state = retry_failed(out=str(out), jobs=1, return_state=True)
    assert state.message.startswith("1 of 2 documents failed, 1 partial")
    added = [json.loads(line)["uri"] for line in (out / "manifest.jsonl").read_text().splitlines()[lines:]]
    assert sorted(set(added)) == ["b.txt", "c.txt"]


def test_the_artifacts_name_the_failures_and_sum_up(inbox: Path, tmp_path: Path) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId

    state = ingest(inbox, tmp_path / "out")
    run = ArtifactFilterFlowRunId(any_=[state.state_details.flow_run_id])
    with get_client(sync_client=True) as client:
        found = {a.key: a.data for a in client.read_artifacts(artifact_filter=ArtifactFilter(flow_run_id=run))}
    (row,) = json.loads(found["failed-documents"])
    assert (row["document"], row["code"]) == ("b.txt", "tool_crashed")
    summary = found["batch-summary"]
    assert summary.startswith("# 1 of 3 documents failed")
    assert summary.index("**b.txt** `tool_crashed`") < summary.index("## 1 partial") < summary.index("**c.txt**")
    assert "| documents | 3 |" in summary


def test_an_empty_inbox_is_no_failure(tmp_path: Path) -> None:
    from flows.ingest import ingest_watch

    state = ingest_watch(inbox=str(tmp_path / "in"), out=str(tmp_path / "out"), return_state=True)
    assert state.is_completed()


def test_a_task_that_breaks_off_is_told_and_the_rest_is_done(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import flows.handover

    monkeypatch.setattr(flows.handover, "MOST_DOCUMENTS", 1)
    out = tmp_path / "out"
    (out / "records").mkdir(parents=True)
    (out / "records" / "rogue-a.json").mkdir()  # a record that cannot be written
    state = ingest(inbox, out)
    assert state.name == "PartiallyFailed"
    assert outcomes(out) == {"b.txt": "failed", "c.txt": "partial"}
    (report,) = (out / "runs").glob("*.json")
    codes = {d["uri"]: d["code"] for d in json.loads(report.read_text())["documents"]}
    assert codes == {"a.txt": "chunk_failed", "b.txt": "tool_crashed", "c.txt": None}


def test_workers_are_kept_between_chunks_and_end_with_the_run() -> None:
    from flows.workshop import Shelf

    shelf = Shelf()
    with shelf.lend() as first:
        pass
    with shelf.lend() as second, shelf.lend() as third:
        assert first is second
        assert third is not first
    shelf.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("ingest-")]


def test_readers_on_a_machine_that_only_takes_chunks_end_when_nobody_wants_them() -> None:
    from flows.workshop import Shelf

    shelf = Shelf(linger_s=0.05)
    with shelf.lend() as first:
        time.sleep(0.2)
    with shelf.lend() as second:
        assert first is second
    time.sleep(0.5)
    with shelf.lend() as third:
        assert third is not first


def test_forms_offer_choices_with_help(prefect_server: None) -> None:
    from flows.ingest import ingest_batch

    schema = ingest_batch.parameters.model_dump()
    properties = schema["properties"]
    assert properties["ocr"]["enum"] == ["auto", "always", "never"]
    assert properties["languages"]["items"]["enum"] == ["ar", "zh", "en", "fr", "ru", "es"]
    assert all(field.get("description") for field in properties.values())


@pytest.mark.parametrize("name", ["prefect.flow_runs", "prefect.engine"])
def test_a_red_run_does_not_end_in_a_traceback_but_a_broken_one_does(name: str) -> None:
    import logging

    from prefect.exceptions import FailedRun

    import flows.ingest  # noqa: F401 - sets it up

    def is_logged(error: Exception) -> bool:
        facts = {"name": name, "msg": "unexpected", "exc_info": (type(error), error, None)}
        return bool(logging.getLogger(name).filter(logging.makeLogRecord(facts)))

    assert not is_logged(FailedRun("1 of 3 documents failed"))
    assert is_logged(ValueError("a bug"))


def test_the_server_plans_the_runs_of_the_cron_line(tmp_path: Path) -> None:
    """Its scheduler fails in silence where the libraries below it do not fit together."""
    import asyncio

    from prefect.client.orchestration import get_client
    from prefect.server.services.scheduler import schedule_deployments

    from flows.deployments import Site, deploy

    deploy(Site(out=str(tmp_path / "out"), inbox=str(tmp_path / "inbox"), cron="0 2 * * *"))
    asyncio.run(schedule_deployments())
    with get_client(sync_client=True) as client:
        planned = [run.expected_start_time for run in client.read_flow_runs() if run.auto_scheduled]
    assert planned
    assert {(time.hour, time.minute) for time in planned if time} == {(2, 0)}


def test_nothing_is_told_to_anybody() -> None:
    import os

    prepare(Path("unused"))
    assert os.environ["DO_NOT_TRACK"] == "1"
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
