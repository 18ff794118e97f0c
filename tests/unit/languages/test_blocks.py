"""Blocks of a document: neighbours help the doubtful, and never overrule the sure."""

from dataclasses import replace
from itertools import pairwise

import pytest

from pipeline.languages import tag_languages
from schemas.layout import BlockKind, Direction, TextBlock

ENGLISH = "The representatives of all Member States took part in the general debate of the Assembly."
AZERBAIJANI = "Bütün üzv dövlətlərin nümayəndələri Baş Assambleyanın ümumi müzakirəsində iştirak etdilər."
ARABIC = "وقد شارك ممثلو جميع الدول الأعضاء في المناقشة العامة للجمعية العامة"


def document(*texts: str, continues: str | None = None) -> list[TextBlock]:
    return [
        TextBlock(
            id=f"b{number}", page=1, box=None, kind=BlockKind.paragraph, text=text, direction=Direction.ltr,
            continues=continues if not text else None,
        )
        for number, text in enumerate(texts, 1)
    ]  # fmt: skip


def recognised(*pairs: tuple[str, float]) -> list[str]:
    """Tags of blocks that were read from an image, each with how sure the reading was."""
    blocks = document(*(text for text, _ in pairs))
    sure = [replace(block, confidence=confidence) for block, (_, confidence) in zip(blocks, pairs, strict=True)]
    return [language.tag for language in tag_languages(sure).values()]


def tags(*texts: str) -> list[str]:
    return [language.tag for language in tag_languages(document(*texts)).values()]


def test_a_doubtful_name_takes_the_language_around_it() -> None:
    assert tags(ENGLISH, "Nagorno-Karabakh", ENGLISH) == ["en", "en", "en"]
    assert tags(AZERBAIJANI, "Nagorno-Karabakh", AZERBAIJANI)[1] == "az-Latn"


def test_a_sure_block_keeps_its_language_among_others() -> None:
    assert tags(ENGLISH, AZERBAIJANI, ENGLISH) == ["en", "az-Latn", "en"]
    assert tags(ARABIC, ENGLISH, ARABIC) == ["ar", "en", "ar"]


def test_a_short_heading_in_another_language_keeps_it() -> None:
    assert tags(ENGLISH, "Təhlükəsizlik Şurası", ENGLISH)[1] == "az-Latn"


@pytest.mark.parametrize("name", ["L. Kravchuk", "S. Shushkevich N. Nazarbaev B. Yeltsin", "Kravchuk", "İlham Əliyev"])
def test_names_of_persons_are_no_language_that_the_document_has_no_text_in(name: str) -> None:
    assert set(tags(ENGLISH, name, "A. Mutalibov", ENGLISH)) == {"en"}


def test_a_heading_of_two_words_keeps_the_language_that_the_document_has_text_in() -> None:
    assert tags(AZERBAIJANI, ENGLISH, "Baş Prokurorluq", ENGLISH)[2] == "az-Latn"


def test_a_block_that_continues_another_has_no_language() -> None:
    found = tag_languages(document(ENGLISH, "", continues="b1"))
    assert (found["b2"].tag, found["b2"].spans) == ("zxx", ())


def test_spans_partition_the_text() -> None:
    text = f"«{AZERBAIJANI}» ({ENGLISH}) 12"
    spans = tag_languages(document(text))["b1"].spans
    assert [spans[0].start, spans[-1].end] == [0, len(text)]
    assert all(a.end == b.start for a, b in pairwise(spans))
    assert text[spans[1].start] == "("


NOISE = "sauquu co SalteO0S sutpiel sat anb SOTUIOT SUOTANFLISUT"


def test_what_was_hardly_read_takes_the_language_around_it() -> None:
    french = "Le présent rapport a été établi par le Secrétaire général à la demande du Conseil."
    assert recognised((french, 0.95), (NOISE, 0.9), (french, 0.95)) == ["fr", "und", "fr"]
    assert recognised((french, 0.95), (NOISE, 0.32), (french, 0.95)) == ["fr", "fr", "fr"]


def test_what_was_hardly_read_and_stands_alone_is_unknown() -> None:
    scrawl = "UEP Pa, THE Wwe ve re 2 ) Agr wae as ae"
    assert recognised((scrawl, 0.9)) == ["en"]
    assert recognised((scrawl, 0.5)) == ["und"]


def test_a_script_that_was_hardly_read_and_stands_alone_is_unknown() -> None:
    assert recognised((ENGLISH, 0.95), ("Раве ще Ргапс раге", 0.35)) == ["en", "und"]
    assert recognised((ENGLISH, 0.95), ("Генеральная Ассамблея приняла резолюцию", 0.95)) == ["en", "ru"]


def test_a_greeting_alone_in_its_script_is_sooner_of_an_official_language() -> None:
    assert tags(ENGLISH, "مرحبا بالعالم")[1] == "ar"


def test_a_list_of_names_inside_a_text_is_no_language() -> None:
    text = "The attacks of the last months struck the following towns and camps: El Fasher, Kuma, Koma, Mellit, Kutum"
    assert [span.tag for span in tag_languages(document(ENGLISH, text))["b2"].spans] == ["en"]


STATES = (
    "Algeria, Barbados, Bolivia, Brazil, Burkina Faso, Burundi, Chile, China, Colombia, Congo, Cuba, Ethiopia, Fiji, "
    "Gabon, Ghana, Honduras, India, Indonesia, Kenya, Malaysia, Mali, Mauritania, Mexico, Mongolia, Namibia, Nicaragua"
)


def test_a_list_of_states_takes_the_language_around_it() -> None:
    french = "Le présent rapport a été établi par le Secrétaire général à la demande du Conseil."
    assert tags(ENGLISH, STATES, ENGLISH)[1] == "en"
    assert tags(french, STATES, french)[1] == "fr"
    assert tags(STATES) == ["und"]


@pytest.mark.parametrize(
    "text",
    [
        "il ministero, il consiglio, il governo, il parlamento, il tribunale, gli uffici, tutti hanno deciso, ieri",
        "Maaike Jansen Federica Pietracci Cheryl Stafford Laura Ribeiro Rodrigues Pereira Florian Wintermeyer",
    ],
)
def test_an_outsiders_words_are_no_list_of_states(text: str) -> None:
    assert tags(ENGLISH, text, ENGLISH)[1] == "und"
