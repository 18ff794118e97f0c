from pipeline.writer import manifest
from pipeline.writer.manifest import Entry
from schemas.report import Outcome


def entry(sha256: str, outcome: Outcome = Outcome.ok) -> Entry:
    return Entry(sha256, f"{sha256}.pdf", f"/in/{sha256}.pdf", "f" * 16, outcome, f"{sha256}.en", languages=("en",))


def test_the_last_entry_of_a_document_counts(tmp_path):
    manifest.append(tmp_path, [entry("a", Outcome.failed), entry("b")])
    manifest.append(tmp_path, [entry("a")])
    assert [(e.sha256, e.outcome) for e in manifest.load(tmp_path).values()] == [("a", "ok"), ("b", "ok")]


def test_a_torn_last_line_costs_that_line_only(tmp_path):
    manifest.append(tmp_path, [entry("a")])
    with (tmp_path / "manifest.jsonl").open("a") as file:
        file.write('{"sha256": "b", "ur')
    manifest.append(tmp_path, [entry("c")])
    assert list(manifest.load(tmp_path)) == ["a", "c"]


def test_documents_without_bytes_are_told_apart_by_place(tmp_path):
    missing = Entry("", "x.pdf", "/in/x.pdf", "f", Outcome.failed, None)
    manifest.append(tmp_path, [missing, entry("a")])
    assert list(manifest.load(tmp_path)) == ["missing:/in/x.pdf", "a"]


def test_other_bytes_at_the_same_place_end_a_failure_but_not_a_good_record(tmp_path):
    missing = Entry("", "a.pdf", "/in/a.pdf", "f", Outcome.failed, None)
    mended = Entry("mended", "a.pdf", "/in/a.pdf", "f", Outcome.ok, "a.en")
    newer = Entry("newer", "a.pdf", "/in/a.pdf", "f", Outcome.ok, "a2.en")
    manifest.append(tmp_path, [missing, entry("a", Outcome.partial), mended, newer])
    assert list(manifest.load(tmp_path)) == ["mended", "newer"]
