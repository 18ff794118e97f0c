"""Plans, chunks, forms: plain functions, no server."""

from pathlib import Path

import pytest

from flows.handover import MOST_BYTES, MOST_DOCUMENTS, Chunk, Weighed, split
from flows.parameters import checked_sources, settings_from
from flows.plan import Order, make_plan
from pipeline.errors import SettingsError
from pipeline.provenance import fingerprint
from pipeline.settings import OcrMode, Settings
from pipeline.writer import manifest
from pipeline.writer.manifest import Entry
from schemas.report import Outcome
from schemas.source import Source


def weighed(*sizes: int) -> list[Weighed]:
    return [Weighed(Source(str(n), str(n)), size) for n, size in enumerate(sizes)]


@pytest.mark.parametrize(
    ("sizes", "lengths"),
    [
        ([], []),
        ([1] * (MOST_DOCUMENTS + 1), [MOST_DOCUMENTS, 1]),
        ([MOST_BYTES, 1], [1, 1]),
        ([1, MOST_BYTES - 1, 1], [2, 1]),
        ([2 * MOST_BYTES], [1]),
    ],
)
def test_chunks_end_at_documents_or_bytes(sizes: list[int], lengths: list[int]) -> None:
    chunks = list(split(weighed(*sizes)))
    assert [len(chunk) for chunk in chunks] == lengths
    assert [source.uri for chunk in chunks for source in chunk] == [str(n) for n in range(len(sizes))]


@pytest.mark.parametrize(
    ("count", "machines", "chunks"), [(60, 1, 1), (60, 2, 3), (400, 2, 8), (5, 4, 1), (10_000, 2, 50), (10_000, 20, 80)]
)
def test_several_machines_each_have_chunks(count: int, machines: int, chunks: int) -> None:
    assert len(list(split(weighed(*[1] * count), machines))) == chunks


def test_a_chunk_knows_its_place_and_names_its_reports() -> None:
    chunk = Chunk("run", 2, 201, (Source("/a", "a"), Source("/b", "b")), "out", Settings())
    assert (chunk.first, chunk.last, chunk.report_id(1)) == (201, 202, "run.chunk-00002.1")


def test_a_plan_takes_what_is_new_changed_or_missing(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    for name, text in {"done.txt": "1", "again.txt": "1", "new.txt": "2", "old.txt": "3"}.items():
        (inbox / name).write_text(text)
    settings = Settings()
    first = make_plan(Order("r", (str(inbox),), out, settings))
    assert [item.source.uri for item in first.work] == ["again.txt", "new.txt", "old.txt"]
    assert [(d.uri, d.code) for d in first.settled] == [("done.txt", "duplicate")]

    digest = {name: _digest(inbox / name) for name in ("again.txt", "old.txt")}
    current = fingerprint(settings)
    entries = [
        Entry(digest["again.txt"], "again.txt", str(inbox / "again.txt"), current, Outcome.ok, "r1"),
        Entry(digest["old.txt"], "old.txt", str(inbox / "old.txt"), "older", Outcome.ok, "r3"),
    ]
    manifest.append(out, entries)
    (out / "records").mkdir()
    for record in ("r1", "r3"):
        (out / "records" / f"{record}.json").write_text("{}")
    second = make_plan(Order("r", (str(inbox), str(inbox / "gone.pdf"), "symbol:A/75/660"), out, settings))
    assert [item.source.uri for item in second.work] == ["new.txt", "old.txt", "gone.pdf", "symbol:A/75/660"]
    assert [d.outcome for d in second.settled] == [Outcome.skipped, Outcome.skipped]
    forced = make_plan(Order("r", (str(inbox),), out, settings, force=True))
    assert len(forced.work) == 3
    only = make_plan(Order("r", (str(inbox),), out, settings, only=frozenset({"old.txt", digest["again.txt"][:8]})))
    assert [item.source.uri for item in only.work] == ["old.txt"]
    with pytest.raises(SettingsError, match="only nobody: None of the sources"):
        make_plan(Order("r", (str(inbox),), out, settings, only=frozenset({"old.txt", "nobody"})))


def test_a_retry_takes_what_failed_or_is_partial(tmp_path: Path) -> None:
    file = tmp_path / "b.txt"
    file.write_text("x")
    manifest.append(tmp_path, [Entry(_digest(file), "b.txt", str(file), "f", Outcome.failed, "b")])
    plan = make_plan(Order("r", (), tmp_path, Settings(), force=True))
    assert [item.source.uri for item in plan.work] == ["b.txt"]


def test_the_form_becomes_settings_and_sources() -> None:
    settings = settings_from("never", network=True)
    assert (settings.ocr.mode, settings.fetch.network) == (OcrMode.never, True)
    asked = ["in ", "", "symbol:A/75/660", "symbol:A/75/661?lang=ru"]
    assert checked_sources(asked, ["ar", "fr"]) == (
        "in",
        "symbol:A/75/660?lang=ar",
        "symbol:A/75/660?lang=fr",
        "symbol:A/75/661?lang=ru",
    )


def test_a_password_in_a_form_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError, match="netrc") as caught:
        checked_sources(["https://u:hunter2@example.org/a.pdf"], [])
    assert "hunter2" not in str(caught.value)


def _digest(file: Path) -> str:
    import hashlib

    return hashlib.sha256(file.read_bytes()).hexdigest()
