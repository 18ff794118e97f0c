"""What the head of a part says."""

from dataclasses import replace

import pytest

from pipeline.structure.labels import read_label
from tests.unit.structure.blocks import block


@pytest.mark.parametrize(
    ("text", "kind", "printed", "number"),
    [
        ("Annex", "annex", "Annex", None),
        ("ANNEX II", "annex", "ANNEX II", 2),
        ("Annex A", "annex", "Annex A", 1),
        ("Annex B. Scope", "annex", "Annex B", 2),
        ("Annex A report on things", "annex", "Annex", None),
        ("Annexe III", "annex", "Annexe III", 3),
        ("Anexo de la carta de fecha 3 de junio", "annex", "Anexo", None),
        ("Приложение I к письму", "annex", "Приложение I", 1),
        ("Приложение № 2", "annex", "Приложение № 2", 2),
        ("Добавление", "appendix", "Добавление", None),
        ("المرفق الثاني عشر", "annex", "المرفق الثاني عشر", 12),
        ("مرفق الرسالتين المتطابقتين", "annex", "مرفق", None),
        ("附件二", "annex", "附件二", 2),
        ("2025年4月10日给秘书长的信的附件", "annex", "附件", None),
        ("Əlavə 1", "annex", "Əlavə 1", 1),
        ("1 nömrəli əlavə", "annex", "1 nömrəli əlavə", 1),
        ("Qoşma", "appendix", "Qoşma", None),
        ("Enclosure 2", "enclosure", "Enclosure 2", 2),
        ("Annex Ill", "annex", "Annex Ill", 3),
        ("Pièce jointe", "enclosure", "Pièce jointe", None),
    ],
)
def test_labels_of_seven_languages(text: str, kind: str, printed: str, number: int | None) -> None:
    label = read_label(block(text))
    assert label is not None
    assert (label.kind.value, label.printed, label.number) == (kind, printed, number)


@pytest.mark.parametrize(
    "text", ["Annexes", "annex I to the letter", "Annexure", "Ekonomi", "Appendicitis", "See annex I"]
)
def test_what_is_no_label(text: str) -> None:
    assert read_label(block(text)) is None


def test_a_raised_digit_is_a_mark_not_a_number() -> None:
    label = read_label(block("Annex1", raised="1"))
    assert label is not None and label.number is None and label.mark == "1"


@pytest.mark.parametrize(
    ("text", "belongs", "continued"),
    [
        ("Annex II to the letter dated 3 June", True, False),
        ("المرفق الأول للرسالة المؤرخة", True, False),
        ("Annex I (continued)", False, True),
        ("المرفق (تابع)", False, True),
        ("Annex I Methodology", False, False),
    ],
)
def test_what_follows_the_label(text: str, belongs: bool, continued: bool) -> None:
    label = read_label(block(text))
    assert label is not None and (label.belongs, label.continued) == (belongs, continued)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Anncx II", 2),
        ("ANNFX", None),
        ("ANNEX IIT", 3),
        ("Annex TIl", 3),
        ("Annexes", 0),
        ("Annual report", 0),
        ("Anncx to the letter", 0),
    ],
)
def test_one_misread_letter_on_a_recognised_page(text: str, number: int | None) -> None:
    """0 stands for no label."""
    label = read_label(replace(block(text), confidence=0.8))
    assert (label.number if label else 0) == number
    unrecognised = read_label(block(text))
    assert unrecognised is None or unrecognised.number is None


@pytest.mark.parametrize(("text", "rest"), [("Annex IT", ""), ("Annex IXX", "IXX"), ("Annex IT policy", "IT policy")])
def test_a_numeral_that_could_be_several_is_no_title(text: str, rest: str) -> None:
    label = read_label(replace(block(text), confidence=0.8))
    assert label is not None and (label.number, label.rest) == (None, rest)


def test_a_damaged_numeral_ends_with_its_line() -> None:
    text = "Annex IIT Alma Ata Declaration"
    label = read_label(replace(block(text, starts=(0, 10)), confidence=0.8))
    assert label is not None
    assert (label.printed, label.number, label.rest, label.end) == ("Annex IIT", 3, "Alma Ata Declaration", 10)
