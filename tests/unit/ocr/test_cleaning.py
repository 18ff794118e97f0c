import pytest

from pipeline.ocr.cleaning import clean_page
from pipeline.ocr.engine import Word


def cleaned(text: str, *packs: str) -> str:
    words = clean_page([Word(part, 0, 0, 10, 10, 0.9, 0) for part in text.split()], packs or ("ara",))
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("read", "want"),
    [
        ("\u200e822\u200f", "822"),
        (")1993(", "(1993)"),
        (".)1993(", "(1993)."),
        ("]a[", "[a]"),
        ("(1993)", "(1993)"),
        ("الإعلان,", "الإعلان،"),
        ("الأول),", "الأول)،"),
        ("شخصه;", "شخصه؛"),
        ("العامةء", "العامة،"),
        ("جزء", "جزء"),
        ("822,", "822,"),
        ("الأول)»", "الأول)،"),
        ("«الأول»", "«الأول»"),
        ("الـــلام", "اللام"),
    ],
)
def test_marks_of_the_engine_come_off(read: str, want: str) -> None:
    assert cleaned(read) == want


@pytest.mark.parametrize(
    ("read", "want"),
    [
        ("А/71/754", "A/71/754"),
        ("Азәрбајҹан", "Азәрбајҹан"),
        ("vvithdravval", "withdrawal"),
        ("əvvəl", "əvvəl"),
    ],
)
def test_letters_of_the_other_alphabet_on_latin_pages(read: str, want: str) -> None:
    assert cleaned(read, "aze", "eng") == want


def test_cyrillic_pages_keep_their_letters() -> None:
    assert cleaned("Совет", "rus") == "Совет"
