import pytest

from pipeline.languages.scripts import ABBREVIATED, CAPITALISED, OTHER, SMALL, lower, script_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("İSTİQLAL və Əlavə", [("Latn", "istiqlal"), ("Latn", "və"), ("Latn", "əlavə")]),
        ("o‘zbek o’zi", [("Latn", "o'zbek"), ("Latn", "o'zi")]),
        ("see A/75/660-S/2020/1267 and S/RES/822 (1993)", [("Latn", "see"), ("Latn", "and")]),
        ("GE.20-06433(A) www.un.org/en x@un.org https://undocs.org/A/1", []),
        ("U+0041 %C6%8FS%C4%B0R B2-1045 12.5 %", []),
        ("يُوفّر ـــ می‌خواهم", [("Arab", "يوفر"), ("Arab", "میخواهم")]),
        ("第七十五届 Иран", [("Hani", "第七十五届"), ("Cyrl", "иран")]),
        ("Аliyev", [("Cyrl", "а"), ("Latn", "liyev")]),
    ],
)
def test_words(text: str, words: list[tuple[str, str]]) -> None:
    assert [(word.script, word.form) for word in words_of(text)] == words


def test_offsets_are_those_of_the_text() -> None:
    text = "(Ağdam, А/1) Bakı"
    assert [text[word.start : word.end] for word in words_of(text)] == ["Ağdam", "А", "Bakı"]


def test_dotted_capital_i_adds_no_combining_dot() -> None:
    assert lower("İRAN I") == "iran i"


@pytest.mark.parametrize(
    ("character", "script"), [("ə", "Latn"), ("ҹ", "Cyrl"), ("ﻻ", "Arab"), ("か", "Kana"), ("7", "Zyyy")]
)
def test_script(character: str, script: str) -> None:
    assert script_of(character) == script


def test_the_letter_apostrophe_of_uzbek_is_inside_its_word() -> None:
    assert [word.form for word in words_of("Oʻzbekiston, oʼquv va maʼno")] == ["o'zbekiston", "o'quv", "va", "ma'no"]


@pytest.mark.parametrize(
    ("printed", "case"),
    [
        ("word", SMALL),
        ("Word", CAPITALISED),
        ("UNDP", ABBREVIATED),
        ("A", ABBREVIATED),
        ("COUNCIL", OTHER),
        ("McKay", OTHER),
    ],
)
def test_how_a_word_is_printed(printed: str, case: int) -> None:
    assert words_of(printed)[0].case == case
