"""Symbols and numbers that recognition damaged: read where each sign has one reading, left alone elsewhere."""

import pytest

from pipeline.grammar.damaged import mended_symbols, reshaped_organs
from pipeline.grammar.found import find_symbols
from pipeline.grammar.letters import signs_apart
from pipeline.grammar.lookalikes import may_read, mended_digits


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("Voir E/ICEF/L.1U07.", ["E/ICEF/L.1407"]),
        ("(E/ICEF/67O, par. 2)", ["E/ICEF/670"]),
        ("E/C0NF.65/20, rés. 1", ["E/CONF.65/20"]),
        ("A/39/36I", ["A/39/361"]),
        ("A/45/696/Adda.1", ["A/45/696/Add.1"]),
        ("/E/ICEF/672 /Première partie//; x", ["E/ICEF/672 (Part I)"]),
        ("/E/ICEF/672 (Troisième partie//; x", ["E/ICEF/672 (Part III)"]),
        ("E/ICEF/L.1Ï12, t", []),
    ],
)
def test_damaged_symbols(text: str, symbols: list[str]) -> None:
    found = find_symbols(text)
    assert [f.symbol for f in found] == symbols
    assert all(text[f.start : f.end] == f.printed for f in found)


@pytest.mark.parametrize(
    "text",
    ["A/RES/60/1A and A/RES/58/1 A", "CEDAW/C/CAF/1-5, ST/SG/AC.10/C.3/2", "A/75/352-S/2020/942", "and/or 3rd/4th"],
)
def test_sound_text_stays(text: str) -> None:
    assert mended_symbols(text) == text


@pytest.mark.parametrize(
    ("text", "mended"),
    [("документ $/10306", "документ S/10306"), ("^/8449", "A/8449"), ("(Л/8384)", "(A/8384)"), ("US$/ton", "US$/ton")],
)
def test_organ_letters_of_recognised_pages(text: str, mended: str) -> None:
    assert reshaped_organs(text) == mended


@pytest.mark.parametrize(("printed", "digits"), [("089^1", "08941"), ("l7984", "17984"), ("b7984", None), ("x", None)])
def test_digits_of_one_reading(printed: str, digits: str | None) -> None:
    assert mended_digits(printed) == digits


@pytest.mark.parametrize(
    ("printed", "number", "can"),
    [("lU", 14, True), ("2b", 24, True), ("3_", 5, True), ("h", 4, True), ("12", 14, False), ("x", 4, False)],
)
def test_a_damaged_mark_may_be_the_number_expected(printed: str, number: int, can: bool) -> None:
    assert may_read(printed, number) is can


@pytest.mark.parametrize(("left", "right", "apart"), [("", "ab", 2), ("abc", "abd", 1), ("kitten", "sitting", 3)])
def test_signs_apart(left: str, right: str, apart: int) -> None:
    assert signs_apart(left, right) == apart
