import pytest

from pipeline.grammar.numerals import int_from_roman, ordinal, ordinal_inside, ordinals, roman_from_int


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("Seventy-fifth", "en", 75),
        ("Eightieth", "en", 80),
        ("One hundred and first", "en", 101),
        ("48th", "en", 48),
        ("Cinquante-troisième", "fr", 53),
        ("Soixante et onzième", "fr", 71),
        ("Soixante-quinzième", "fr", 75),
        ("Quatre-vingt-unième", "fr", 81),
        ("Quatre-vingtième", "fr", 80),
        ("Vingt et unième", "fr", 21),
        ("Quincuagésimo noveno", "es", 59),
        ("Septuagésimo octavo", "es", 78),
        ("Vigésimo primer", "es", 21),
        ("Шестьдесят первая", "ru", 61),
        ("Шестьдесят первой", "ru", 61),
        ("Семьдесят пятый", "ru", 75),
        ("Восьмидесятая", "ru", 80),
        ("Двадцать третьей", "ru", 23),
        ("الثالثة والأربعون", "ar", 43),
        ("الخامسة والسبعون", "ar", 75),
        ("الحادية والعشرين", "ar", 21),
        ("الثمانون", "ar", 80),
        ("الحادية عشرة", "ar", 11),
        ("第三十五届", "zh", 35),
        ("第七十五", "zh", 75),
        ("yetmiş beşinci", "az", 75),
        ("78-ci", "az", 78),
        ("XXVI", "en", 26),
        ("Seventy-fifty", "en", None),
        ("unième", "fr", None),
        ("", "en", None),
    ],
)
def test_ordinal(text: str, language: str, number: int | None) -> None:
    assert ordinal(text, language) == number


def test_ordinal_inside_a_phrase() -> None:
    assert ordinal_inside("Resumed fifty-first", "en") == 51
    assert ordinal_inside("в ходе семьдесят девятой", "ru") == 79
    assert ordinal_inside("no such word", "en") is None


def test_roman_round_trip() -> None:
    assert all(int_from_roman(roman_from_int(n)) == n for n in range(1, 4000))
    assert int_from_roman("IIII") is None
    assert int_from_roman("VX") is None


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "az"])
def test_every_number_up_to_99_has_a_word(language: str) -> None:
    assert set(range(1, 100)) <= set(ordinals(language).values())
