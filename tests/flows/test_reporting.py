"""What a run says of its documents, also where a task broke off or nothing was done."""

from dataclasses import replace
from pathlib import Path

import pytest

from flows.handover import Chunk
from flows.plan import Plan
from flows.reporting import TaskEnd, collect, failures, final_state
from pipeline.settings import Settings
from pipeline.writer import manifest, write_run
from pipeline.writer.manifest import Entry
from schemas.report import DocumentOutcome, Outcome, RunReport
from schemas.source import Source

CHUNK = Chunk("run-1", 1, 1, (Source("/in/a.pdf", "a.pdf"), Source("/in/b.pdf", "b.pdf")), "out", Settings())
END = TaskEnd(CHUNK, "Crashed", "")
ENTRY = Entry("aa", "a.pdf", "/in/a.pdf", "f", Outcome.ok, "a.en", run_id=CHUNK.report_id(1))


def collected(out: Path) -> dict[str, tuple[str, str | None]]:
    return {d.uri: (d.outcome.value, d.code) for d in collect(Plan((), ()), [END], out)}


def keep_report(out: Path, attempt: int, *documents: DocumentOutcome) -> None:
    moment = "2026-11-22T02:00:00+00:00"
    report = RunReport(
        run_id=CHUNK.report_id(attempt),
        started=moment,
        finished=moment,
        host="h",
        pipeline_version="1",
        settings="s",
        documents=documents,
    )
    write_run(out, report)


@pytest.mark.parametrize(("run_id", "outcome"), [(CHUNK.report_id(1), "ok"), ("run-0.chunk-00001.1", "failed")])
def test_where_a_task_broke_off_the_manifest_tells_what_this_run_had_finished(
    tmp_path: Path, run_id: str, outcome: str
) -> None:
    manifest.append(tmp_path, [replace(ENTRY, run_id=run_id)])
    found = collected(tmp_path)
    assert found["a.pdf"][0] == outcome
    assert found["b.pdf"] == ("failed", "chunk_failed")


def test_what_the_first_try_finished_is_no_news_of_the_second(tmp_path: Path) -> None:
    a, b = (DocumentOutcome(uri=f"{name}.pdf", outcome=Outcome.ok) for name in "ab")
    keep_report(tmp_path, 1, a, b.model_copy(update={"outcome": Outcome.failed, "code": "fetch_failed"}))
    keep_report(tmp_path, 2, a.model_copy(update={"outcome": Outcome.skipped}), b)
    assert collected(tmp_path) == {"a.pdf": ("ok", None), "b.pdf": ("ok", None)}


@pytest.mark.parametrize(
    ("before", "code", "red"),
    [(Outcome.failed, None, True), (Outcome.ok, None, False), (Outcome.failed, "duplicate", False)],
)
def test_what_failed_before_and_was_passed_over_keeps_the_run_red(
    tmp_path: Path, before: Outcome, code: str | None, red: bool
) -> None:
    manifest.append(tmp_path, [replace(ENTRY, outcome=before)])
    skipped = DocumentOutcome(uri="a.pdf", sha256="aa", outcome=Outcome.skipped, code=code)
    failed = failures([skipped], [END], tmp_path)
    assert (len(failed), final_state([skipped], failed).is_failed()) == (int(red), red)
