"""The samples folder holds what its manifest says, and the truth of each."""

import hashlib
import json
import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "samples"
SAMPLES = tomllib.loads((FOLDER / "manifest.toml").read_text(encoding="utf-8"))["sample"]
NAMES = [sample["file"] for sample in SAMPLES]
NO_DOCUMENTS = {"README.md", "manifest.toml", "draw.py"}
FOLDER_LIMIT_BYTES = 1_500_000


def test_every_document_is_listed_once():
    present = {path.name for path in FOLDER.iterdir() if path.is_file()} - NO_DOCUMENTS
    assert present == set(NAMES)
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_bytes_are_those_of_the_manifest(sample):
    content = (FOLDER / sample["file"]).read_bytes()
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (sample["sha256"], sample["bytes"])


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_entry_says_where_it_comes_from(sample):
    assert {"media_type", "licence", "symbol", "languages", "exercises"} <= set(sample)
    if sample["file"].endswith(".pdf"):
        assert sample["drawn_from"] in NAMES
        assert sample["producer"]
        assert sample["fonts"]


@pytest.mark.parametrize("name", NAMES)
def test_truth_is_present(name):
    truth = json.loads((FOLDER / "truth" / f"{Path(name).stem}.json").read_text(encoding="utf-8"))
    assert truth["file"] == name
    assert list(truth["languages_by_page"]) == [str(page) for page in range(1, truth["page_count"] + 1)]
    assert all(1 <= part["first_page"] <= part["last_page"] <= truth["page_count"] for part in truth["parts"])


def test_no_truth_without_a_document():
    assert {path.stem for path in (FOLDER / "truth").iterdir()} == {Path(name).stem for name in NAMES}


def test_folder_stays_small():
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.suffix != ".pyc") < FOLDER_LIMIT_BYTES
