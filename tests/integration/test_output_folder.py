"""An output folder that something has gone wrong in: told in a sentence, and put right by the next run."""

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.command import LETTER, undocs


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """One letter, ingested."""
    (tmp_path / "a.txt").write_text(LETTER)
    assert undocs("ingest", tmp_path / "a.txt", "--out", tmp_path / "out").returncode == 0
    return tmp_path / "out"


def again(out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return undocs("ingest", out.parent / "a.txt", "--out", out, *options)


@pytest.mark.parametrize("damage", ["", "{", "\x00\x01garbage", "[]\n7\nnull\n"])
def test_a_manifest_that_cannot_be_understood_costs_reading_again(out: Path, damage: str) -> None:
    (out / "manifest.jsonl").write_text(damage)
    done = again(out, "--json")
    assert done.returncode == 0, done.stderr
    assert [d["outcome"] for d in json.loads(done.stdout)["documents"]] == ["ok"]
    assert undocs("status", out).stdout.startswith("1 documents")


def test_damaged_run_reports_and_digests_are_no_hindrance(out: Path) -> None:
    for file in (*(out / "runs").iterdir(), out / "cache/digests.jsonl", out / "links.jsonl"):
        file.write_text("{")
    done = again(out, "--force")
    assert done.returncode == 0, done.stderr
    assert undocs("status", out).returncode == 0


@pytest.mark.parametrize("damage", ["", "{", '{"schema_version": 1}'])
def test_a_damaged_record_is_told_with_what_to_do(out: Path, damage: str) -> None:
    (record,) = (out / "records").iterdir()
    record.write_text(damage)
    checked, exported = undocs("validate", out), undocs("export", out, "--format", "html")
    assert (checked.returncode, exported.returncode) == (6, 6)
    assert record.name in checked.stdout and "ingest its source again" in checked.stderr
    assert "ingest its source again" in exported.stderr
    assert "pydantic" not in checked.stdout + exported.stderr
    record.unlink()
    assert again(out).returncode == 0
    assert undocs("validate", out).returncode == 0


@pytest.mark.parametrize("name", ["records", "runs", "cache", "links.jsonl", "manifest.jsonl"])
def test_what_stands_in_the_way_is_named(out: Path, name: str) -> None:
    place, kept = out / name, out.parent / "kept"
    place.rename(kept)
    if kept.is_dir():
        place.write_text("a file in the place of a folder")
    else:
        place.mkdir()
    done = again(out, "--force")
    assert done.returncode in (3, 6)
    assert name.split(".")[0] in done.stderr.replace("digests", "cache")
    assert "Move the f" in done.stderr
    assert "Traceback" not in done.stderr
    (place.rmdir if place.is_dir() else place.unlink)()
    assert again(out).returncode == 0


def test_a_name_that_no_document_bears_is_told_beside_the_others(out: Path) -> None:
    done = again(out, "--force", "--only", "a.txt", "b.txt")
    assert done.returncode == 1
    assert "--only b.txt: None of the sources is meant by it" in done.stderr
    (record,) = (out / "records").iterdir()
    assert again(out, "--force", "--only", record.stem).returncode == 0


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(f"{LETTER}\n\n{number}. " + "The Council took note. " * 2000)
    sources = [str(path) for path in tmp_path.glob("*.txt")]
    command = [sys.executable, "-m", "pipeline", "ingest", *sources, "--out", str(tmp_path / "out"), "--jobs", "1"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    until = time.monotonic() + 120
    while not (tmp_path / "out/manifest.jsonl").exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGINT)  # as Ctrl-C does
    _, told = run.communicate(timeout=60)
    assert run.returncode == 130, told
    assert "run the same command again" in told
    assert "Traceback" not in told
    finished = len((tmp_path / "out/manifest.jsonl").read_text().splitlines())
    assert 0 < finished < 40
    done = undocs(*command[3:], "--json")
    outcomes = [d["outcome"] for d in json.loads(done.stdout)["documents"]]
    assert (done.returncode, outcomes.count("skipped"), outcomes.count("ok")) == (0, finished, 40 - finished)


WITHOUT_RIGHTS = "cap_dac_override,cap_dac_read_search"
"""What lets root read and write everywhere."""


def as_a_user(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command as one who may not read and write everywhere."""
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["capsh", f"--drop={WITHOUT_RIGHTS}", "--", "-c", shlex.join(command)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("capsh"), reason="root needs capsh (libcap2-bin) for this")
@pytest.mark.parametrize(
    ("place", "command", "exit_code", "told"),
    [
        ("a.txt", ("ingest", "a.txt", "--out", "new"), 3, "a.txt: [source_missing] reading is not permitted"),
        ("out", ("ingest", "a.txt", "--out", "out"), 6, "out: Cannot write it: Permission denied"),
        ("out/manifest.jsonl", ("status", "out"), 3, "manifest.jsonl: Cannot read it: Permission denied"),
        ("out/records", ("ingest", "a.txt", "--out", "out"), 6, ".json: Cannot write it: Permission denied"),
        ("out/records", ("validate", "out"), 3, "records: reading is not permitted"),
        ("out/records", ("export", "out", "--format", "html"), 3, "records: reading is not permitted"),
        ("RECORD", ("validate", "out"), 6, "1 of them broken"),
        ("RECORD", ("export", "out", "--format", "html"), 3, ".json: reading is not permitted"),
        ("out/runs", ("ingest", "a.txt", "--out", "out", "--force"), 6, ".json: Cannot write it: Permission denied"),
        ("out/images", ("explain", "a.pdf", "--out", "out/images/a.png"), 3, "a.pdf"),
        ("out/images", ("mend", "a.txt", "--out", "out/images/a.pdf"), 3, "a.pdf: Permission denied"),
    ],
)
def test_what_must_not_be_read_or_written(
    out: Path, monkeypatch: pytest.MonkeyPatch, place: str, command: tuple[str, ...], exit_code: int, told: str
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))
    monkeypatch.chdir(out.parent)
    (out / "images").mkdir(exist_ok=True)
    closed = next((out / "records").iterdir()) if place == "RECORD" else Path(place)
    mode = closed.stat().st_mode
    closed.chmod(0)
    try:
        done = as_a_user(*command)
    finally:
        closed.chmod(mode)
    assert done.returncode == exit_code, done.stderr
    assert told in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
