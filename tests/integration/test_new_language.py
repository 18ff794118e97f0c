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
def table(tmp_path_factory: pytest.TempPathFactory) -> WordTable:
    folder: Path = tmp_path_factory.mktemp("new_language")
    write_texts(folder / "texts")
    build(folder / "texts", folder / "profiles", INVENTORY)
    return WordTable("Latn", INVENTORY["Latn"], folder / "profiles")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Moshi zhemmi wurrut kowaqqa", "qaa"),
        ("the report of this session", "en"),
        ("le rapport de cette session", "fr"),
        ("der Bericht der Sitzung", "oth"),
    ],
)
def test_an_invented_language_is_told(table: WordTable, text: str, tag: str) -> None:
    summed = table.bias + table.scores_of([word.form for word in words_of(text)]).sum(axis=0)
    assert table.languages[int(summed.argmax())] == tag
