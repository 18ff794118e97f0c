"""A language is added with texts and one word in a table: an invented one, as pipeline/languages/README.md tells."""

import random
from pathlib import Path

import pytest

from pipeline.languages.scripts import words_of
from pipeline.languages.tables import WordTable

pytest.importorskip("scipy", reason="only `make profiles` needs scipy")

from pipeline.languages.training.build import build

WORDS = {
    "en": "the of and to in council report member states shall have been with under this session general peace their",
    "fr": "le de et la les conseil rapport membres états ont été avec sous cette session générale paix leur dans pour",
    "qaa": "zoq wurru ilqat moshi hathwa uqoz zhemmi kowaq nurrut shelqa tiqqo wezhur oqmat hilzho murqa zet iwo lom",
}
"""Two languages of the set and one that nobody speaks (`qaa` is for private use)."""

INVENTORY = {"Latn": ("en", "fr", "qaa")}
"""What one word more in `languages.toml` makes of its first table."""


def write_texts(folder: Path) -> None:
    """A folder as `gather` fills it: sentences of each language, and an outsider."""
    draw = random.Random(1)
    for part in ("sentences", "words", "outside", "names"):
        (folder / part).mkdir(parents=True)
    for tag, words in WORDS.items():
        lines = [" ".join(draw.choices(words.split(), k=9)) for _ in range(60)]
        (folder / "sentences" / f"{tag}.txt").write_text("\n".join(lines), "utf-8")
    german = "der die und das nicht mit von wurde bericht rat staaten frieden unter dieser sitzung haben"
    lines = [" ".join(draw.choices(german.split(), k=9)) for _ in range(60)]
    (folder / "outside" / "deu.txt").write_text("\n".join(lines), "utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the texts, and the profiles made of them."""
    folder: Path = tmp_path_factory.mktemp("new_language")
    write_texts(folder / "texts")
    build(folder / "texts", folder / "profiles", INVENTORY)
    return folder


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Moshi zhemmi wurrut kowaqqa", "qaa"),
        ("the report of this session", "en"),
        ("le rapport de cette session", "fr"),
        ("der Bericht der Sitzung", "oth"),
    ],
)
def test_an_invented_language_is_told(folder: Path, text: str, tag: str) -> None:
    table = WordTable("Latn", INVENTORY["Latn"], folder / "profiles")
    summed = table.bias + table.scores_of([word.form for word in words_of(text)]).sum(axis=0)
    assert table.languages[int(summed.argmax())] == tag


@pytest.mark.slow
def test_the_same_texts_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    build(folder / "texts", tmp_path / "profiles", INVENTORY)
    files = sorted(path.name for path in (folder / "profiles").iterdir())
    assert "Latn.weights.gz" in files
    for name in files:
        assert (tmp_path / "profiles" / name).read_bytes() == (folder / "profiles" / name).read_bytes(), name
    assert (tmp_path / "evidence.toml").read_bytes() == (folder / "evidence.toml").read_bytes()
