"""A batch over the rogue worker: what is written, skipped, retried, and what survives."""

import hashlib
import json
import threading
from pathlib import Path

import pytest

from pipeline.batch import Batch, ingest_batch, sources_of, sources_to_retry
from pipeline.errors import WriteFailed
from pipeline.provenance import fingerprint
from pipeline.sandbox import Worker
from pipeline.settings import Limits, Settings
from pipeline.writer import manifest
from pipeline.writer.pagestore import store_folder

QUICK = Settings(limits=Limits(page_s=0.7, document_s=20))


def rogue() -> Worker:
    return Worker("tests.support.rogue")


def batch(inbox: Path, out: Path, **changes) -> Batch:
    sources = sources_of([str(inbox)])
    return Batch(sources, out, QUICK, **{"jobs": 1, "make_worker": rogue, **changes})


@pytest.fixture
def inbox(tmp_path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in {"a.txt": "ok 1", "b.txt": "crash 0", "c.txt": "crash 2"}.items():
        (folder / name).write_text(text)
    return folder


def outcomes(report) -> dict[str, str]:
    return {document.uri: str(document.outcome) for document in report.documents}


def test_one_bad_document_costs_that_document(inbox, tmp_path):
    report = ingest_batch(batch(inbox, tmp_path / "out"))
    assert outcomes(report) == {"a.txt": "ok", "b.txt": "failed", "c.txt": "partial"}
    failed = next(d for d in report.documents if d.uri == "b.txt")
    record = json.loads((tmp_path / "out/records" / f"{failed.record_id}.json").read_text())
    assert record["status"] == "failed"
    assert record["problems"][0]["code"] == "tool_crashed"
    assert json.loads(next((tmp_path / "out/runs").iterdir()).read_text())["documents"]


def test_what_is_up_to_date_is_skipped_and_only_the_rest_retried(inbox, tmp_path):
    out = tmp_path / "out"
    ingest_batch(batch(inbox, out))
    again = ingest_batch(batch(inbox, out))
    assert outcomes(again)["a.txt"] == "skipped"
    assert [source.uri for source in sources_to_retry(out)] == ["b.txt", "c.txt"]
    assert outcomes(ingest_batch(batch(inbox, out, force=True)))["a.txt"] == "ok"


def test_other_settings_make_a_record_stale(inbox, tmp_path):
    out = tmp_path / "out"
    ingest_batch(batch(inbox, out))
    changed = Batch(sources_of([str(inbox)]), out, Settings(limits=Limits(page_s=0.8)), 1, make_worker=rogue)
    assert outcomes(ingest_batch(changed))["a.txt"] == "ok"


def test_a_record_that_is_gone_is_made_again(inbox, tmp_path):
    out = tmp_path / "out"
    ingest_batch(batch(inbox, out))
    (out / "records" / "rogue-a.json").unlink()
    assert outcomes(ingest_batch(batch(inbox, out)))["a.txt"] == "ok"
    assert (out / "records" / "rogue-a.json").exists()


def test_a_record_under_another_name_takes_the_place_of_the_former(inbox, tmp_path):
    """A document's name tells its symbol and language, which better rules may find otherwise."""
    out = tmp_path / "out"
    ingest_batch(batch(inbox, out, only=frozenset({"a.txt"})))
    (inbox / "a.txt").rename(inbox / "d.txt")
    ingest_batch(batch(inbox, out, only=frozenset({"d.txt"}), force=True))
    assert [path.name for path in (out / "records").iterdir()] == ["rogue-d.json"]


def test_what_was_recognised_is_kept_until_the_document_is_whole(inbox, tmp_path):
    out = tmp_path / "out"
    pages = {}
    for name in ("a.txt", "c.txt"):
        sha256 = hashlib.sha256((inbox / name).read_bytes()).hexdigest()
        pages[name] = store_folder(out, sha256, fingerprint(QUICK)) / "1.json"
        pages[name].parent.mkdir(parents=True)
        pages[name].write_text("{}")
    assert store_folder(out, "a", "other") != store_folder(out, "a", "settings")
    assert outcomes(ingest_batch(batch(inbox, out)))["a.txt"] == "ok"
    assert [pages[name].exists() for name in ("a.txt", "c.txt")] == [False, True]


@pytest.mark.parametrize(
    ("only", "done"), [("rogue-a", ["a.txt"]), ("a.txt", ["a.txt"]), ("DIGEST", ["a.txt"]), ("DIG", []), ("x", [])]
)
def test_a_document_is_named_by_its_record_its_file_or_enough_of_its_digest(inbox, tmp_path, only, done):
    out = tmp_path / "out"
    ingest_batch(batch(inbox, out, only=frozenset({"a.txt"})))
    digest = hashlib.sha256((inbox / "a.txt").read_bytes()).hexdigest()
    name = {"DIGEST": digest[:8], "DIG": digest[:7]}.get(only, only)
    assert list(outcomes(ingest_batch(batch(inbox, out, only=frozenset({name}), force=True)))) == done


def test_the_same_bytes_twice_are_one_document(inbox, tmp_path):
    (inbox / "z.txt").write_text("ok 1")
    report = ingest_batch(batch(inbox, tmp_path / "out"))
    duplicate = next(d for d in report.documents if d.uri == "z.txt")
    assert (duplicate.outcome, duplicate.code, duplicate.message) == (
        "skipped", "duplicate", "The same bytes as a.txt.",
    )  # fmt: skip


def test_only_named_documents_are_ingested(inbox, tmp_path):
    report = ingest_batch(batch(inbox, tmp_path / "out", only=frozenset({"a.txt"})))
    assert outcomes(report) == {"a.txt": "ok"}


def test_a_missing_source_is_reported_beside_the_others(inbox, tmp_path):
    sources = sources_of([str(inbox / "a.txt"), str(inbox / "nowhere.pdf")])
    report = ingest_batch(Batch(sources, tmp_path / "out", QUICK, 1, make_worker=rogue))
    assert [(d.uri, str(d.outcome), d.code) for d in report.documents] == [
        ("a.txt", "ok", None),
        ("nowhere.pdf", "failed", "source_missing"),
    ]
    assert [source.uri for source in sources_to_retry(tmp_path / "out")] == ["nowhere.pdf"]


def test_a_missing_source_that_was_not_asked_for_is_passed_over(inbox, tmp_path):
    sources = sources_of([str(inbox / "a.txt"), str(inbox / "nowhere.pdf")])
    asked = Batch(sources, tmp_path / "out", QUICK, 1, make_worker=rogue, only=frozenset({"a.txt"}))
    assert outcomes(ingest_batch(asked)) == {"a.txt": "ok"}


def test_a_stopped_run_ends_at_once_and_keeps_what_is_finished(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("ok 1")
    (tmp_path / "in/b.txt").write_text("hang 1")
    stop = threading.Event()
    slow = Batch(
        sources_of([str(tmp_path / "in")]), tmp_path / "out", Settings(limits=Limits(page_s=60)), 1, make_worker=rogue
    )
    threading.Timer(1.5, stop.set).start()
    report = ingest_batch(slow, stop=stop)
    assert outcomes(report) == {"a.txt": "ok"}
    assert len(manifest.load(tmp_path / "out")) == 1
    assert not list((tmp_path / "out").rglob("*.part"))


def test_an_unwritable_folder_is_one_clear_error(inbox, tmp_path):
    (tmp_path / "out").write_text("a file where the folder should be")
    with pytest.raises(WriteFailed, match="Cannot write"):
        ingest_batch(batch(inbox, tmp_path / "out"))


def test_a_record_that_cannot_be_written_ends_the_run(inbox, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/records").write_text("a file where the folder should be")
    with pytest.raises(WriteFailed, match="Cannot write"):
        ingest_batch(batch(inbox, tmp_path / "out"))
    assert manifest.load(tmp_path / "out") == {}
