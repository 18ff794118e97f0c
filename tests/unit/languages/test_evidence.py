"""What is weighed beside the tables: absent letters, and languages that documents hardly hold."""

import pytest

from pipeline.languages.evidence import RARE_PRIOR, weights_of, without_their_letter
from pipeline.languages.inventory import OUTSIDE, RARE, SCRIPT_LANGUAGES


@pytest.mark.parametrize(
    ("script", "text", "tags"),
    [
        ("Latn", "sonunda yıkılmış eski köprüler", ["az-Latn"]),
        ("Latn", "sonunda dağılmış köhnə körpülər", []),  # has it
        ("Latn", "sonunda dagilmis kohne korpuler", []),  # has no mark at all: they may be lost
        ("Latn", "yıkılmış köprü", []),  # too short
        ("Cyrl", "это было очень давно и никто не помнит", []),
    ],
)
def test_longer_texts_have_the_letter_that_their_language_has_everywhere(
    script: str, text: str, tags: list[str]
) -> None:
    assert without_their_letter(script, text) == tags


def test_no_weight_of_a_script_is_forgotten() -> None:
    for script, languages in SCRIPT_LANGUAGES.items():
        assert len(weights_of(script).bias) == len((*languages, OUTSIDE))


def test_rare_languages_are_languages_of_the_set() -> None:
    assert {tag for languages in SCRIPT_LANGUAGES.values() for tag in languages} >= RARE
    assert RARE_PRIOR < 0
