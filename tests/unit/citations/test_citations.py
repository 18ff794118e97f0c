import pytest

from pipeline.citations import find_citations
from pipeline.citations.addresses import find_addresses
from pipeline.citations.resolutions import find_resolutions
from schemas.layout import BlockKind, Direction, LineStart, TextBlock
from schemas.structure import Outline

OUTLINE = Outline(parts=(), part_of={})


def block(text: str, number: int = 1, breaks: tuple[int, ...] = (), **fields: object) -> TextBlock:
    lines = tuple(LineStart(offset, 1, None) for offset in (0, *breaks))
    return TextBlock(f"b{number}", 1, None, BlockKind.paragraph, text, Direction.ltr, lines=lines, **fields)  # type: ignore[arg-type]


def symbols(*texts: str, own: tuple[str, ...] = ()) -> list[str | None]:
    blocks = [block(text, number) for number, text in enumerate(texts, 1)]
    return [c.symbol for c in find_citations(blocks, OUTLINE, own)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "resolutions 822 (1993), 853 (1993), and 884 (1993) of the Security Council",
            ["S/RES/822 (1993)", "S/RES/853 (1993)", "S/RES/884 (1993)"],
        ),
        ("القرار 1325 (2000)", ["S/RES/1325 (2000)"]),
        ("résolution 1325 (2000) du Conseil de sécurité", ["S/RES/1325 (2000)"]),
        ("la resolución 1325 (2000) del Consejo de Seguridad", ["S/RES/1325 (2000)"]),
        ("в своей резолюции 1325 (2000)", ["S/RES/1325 (2000)"]),
        ("安全理事会第1325(2000)号决议", ["S/RES/1325 (2000)"]),
        ("General Assembly resolution 48/114 of 20 December 1993", ["A/RES/48/114"]),
        ("resolution 60/251 of the General Assembly", ["A/RES/60/251"]),
        ("General Assembly resolution 2758 (XXVI)", ["A/RES/2758 (XXVI)"]),
        ("General Assembly resolutions 319 A (IV) and 428 (V)", ["A/RES/319A (IV)", "A/RES/428 (V)"]),
        ("Human Rights Council resolutions 5/1 and 16/21", ["A/HRC/RES/5/1", "A/HRC/RES/16/21"]),
        ("HRC resolution 5/2 (2007)", ["A/HRC/RES/5/2"]),
        ("Security Council resolution 1325", ["S/RES/1325"]),
        ("resolution 5/1", [None]),
        ("its resolution 244 (1996)", [None]),
        ("resolution No. 8/43-C of the Organization of Islamic Cooperation", [None]),
        ("a resolution of 12 members", []),
    ],
)
def test_resolutions_in_words(text: str, expected: list[str | None]) -> None:
    assert symbols(text) == expected


def test_numbers_near_a_resolution_are_no_organs() -> None:
    text = "Paragraph 4 of the report recalls, 4 times, resolution 2607 (2021) of 4 November"
    assert symbols("The Security Council met 4 times.", text) == ["S/RES/2607 (2021)"]


def test_the_organ_of_the_block_before_is_remembered() -> None:
    assert symbols("The General Assembly met.", "In resolution 48/114 it said so.") == ["A/RES/48/114"]


def test_a_document_stands_once_with_all_mentions() -> None:
    text = "See A/75/1 (12 March 2020) and again A/75/1; not A/75/2."
    first, second = find_citations([block(text)], OUTLINE, ("A/75/3",))
    assert (first.symbol, first.date, len(first.mentions)) == ("A/75/1", "2020-03-12", 2)
    assert [text[m.start : m.end] for m in first.mentions] == ["A/75/1", "A/75/1"]
    assert second.symbol == "A/75/2"
    assert first.url == "https://docs.un.org/en/A/75/1"


def test_own_symbols_and_running_heads_are_no_citations() -> None:
    assert symbols("The present document (A/75/3-S/2020/1)", own=("A/75/3", "S/2020/1")) == []
    assert find_citations([block("A/75/9", furniture=True)], OUTLINE, ()) == ()


def test_an_impossible_date_is_left_out() -> None:
    (citation,) = find_citations([block("A/75/487-S/2020/973 (016 October 2020)")], OUTLINE, ())
    assert citation.date is None


def test_a_resolution_without_its_year_joins_the_one_with_it() -> None:
    text = "Security Council resolutions 822 (1993) and 874 (1993). Security Council Resolution 874 says"
    assert symbols(text) == ["S/RES/822 (1993)", "S/RES/874 (1993)"]


def test_numbers_of_other_bodies_are_no_symbols() -> None:
    found = find_citations(
        [block("E.83.I.16; CM/Del/Concl(92)471bis; App. No. 40984/07; resolution No. 8/43-C")], OUTLINE, ()
    )
    assert {(c.kind.value, c.symbol) for c in found} == {("sales_number", None), ("other", None), ("treaty_case", None)}


def test_addresses_are_mended_over_line_breaks() -> None:
    text = "at https://apa.az/en/azerbaijan-army- forces/report-17. See also www.un.org (12 May)."
    found = find_addresses(block(text, breaks=(text.index("forces"),)))
    assert [a.url for a in found] == ["https://apa.az/en/azerbaijan-army-forces/report-17", "https://www.un.org"]


def test_a_short_link_cites_the_document() -> None:
    (citation,) = find_citations([block("see https://undocs.org/en/A/75/1.")], OUTLINE, ())
    assert (citation.symbol, citation.kind.value) == ("A/75/1", "document")


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("قرارات مجلس الأمن 822 (1993) و 853 (1993)", ["S/RES/822 (1993)", "S/RES/853 (1993)"]),
        ("قراري مجلس الأمن 1701 (2006) و1559 (2004)", ["S/RES/1701 (2006)", "S/RES/1559 (2004)"]),
        ("قرار الجمعية العامة 62/243", ["A/RES/62/243"]),
        (
            "安全理事会第822(1993)、853(1993)和884(1993)号决议",
            ["S/RES/822 (1993)", "S/RES/853 (1993)", "S/RES/884 (1993)"],
        ),
        ("Təhlükəsizlik Şurasının 822, 853 və 884 saylı qətnamələri", ["S/RES/822", "S/RES/853", "S/RES/884"]),
        (
            "Security Council resolutions 822, 853 and 884 of 1993",
            ["S/RES/822 (1993)", "S/RES/853 (1993)", "S/RES/884 (1993)"],
        ),
        ("Security Council resolutions 1325 and 1820", ["S/RES/1325", "S/RES/1820"]),
        ("Security Council resolution 1325, 4000 women", ["S/RES/1325"]),
        ("UNSCR 2231", ["S/RES/2231"]),
        ("resolutions 2254 and 2268", []),
    ],
)
def test_numbers_without_years_and_organs_behind_the_word(text: str, symbols: list[str]) -> None:
    assert [hit.symbol for hit in find_resolutions(text)] == symbols


def test_the_symbol_in_a_masthead_is_no_citation() -> None:
    masthead = TextBlock("b1", 1, None, BlockKind.masthead, "A/75/9", Direction.ltr)
    assert find_citations([masthead], OUTLINE, ()) == ()


@pytest.mark.parametrize(("between", "expected"), [(5, "A/RES/48/114"), (6, None)])
def test_an_organ_far_back_is_forgotten(between: int, expected: str | None) -> None:
    spoken = "The General Assembly met."
    assert symbols(spoken, *["They spoke."] * between, "In resolution 48/114 it said so.") == [expected]


def test_two_organs_in_one_block_name_none() -> None:
    spoken = "The General Assembly and the Economic and Social Council met."
    assert symbols(spoken, "In resolution 48/114 it said so.") == [None]


def test_a_resolution_means_those_of_the_organ_that_adopts_it() -> None:
    texts = ("The Economic and Social Council met.", "Recalling resolution 48/114,")
    assert symbols(*texts, own=("A/RES/60/1",)) == ["A/RES/48/114"]
    assert symbols(*texts, own=("A/60/1",)) == ["E/RES/48/114"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("A/75/1 (12 March 2020)", "2020-03-12"),
        ("A/75/1 of 12 March 2020", "2020-03-12"),
        ("A/75/1 (see also 12 March 2020)", None),
        ("A/75/1 of the session on 12 March 2020", None),
    ],
)
def test_a_date_belongs_to_the_symbol_right_before_it(text: str, date: str | None) -> None:
    (citation,) = find_citations([block(text)], OUTLINE, ())
    assert citation.date == date


@pytest.mark.parametrize(("printed", "cited"), [("A/47/6O", []), ("A/47/8O", []), ("A/47/80", ["A/47/80"])])
def test_a_damaged_running_head_is_no_citation(printed: str, cited: list[str]) -> None:
    found = find_citations([block(f"{printed} English Page 2", confidence=0.8)], OUTLINE, ("A/47/60",))
    assert [citation.symbol for citation in found] == cited
