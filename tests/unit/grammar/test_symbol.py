import pytest

from pipeline.grammar.filenames import symbol_from_file_name
from pipeline.grammar.found import expand_list, find_symbols
from pipeline.grammar.symbol import SymbolError, format_symbols, parse_symbols, symbol_url


@pytest.mark.parametrize(
    ("printed", "symbol", "body", "session", "year", "kind", "serial", "modifiers"),
    [
        ("A/75/660", "A/75/660", (), "75", None, "document", "660", ()),
        ("A / 75 / 660", "A/75/660", (), "75", None, "document", "660", ()),
        ("А/61/L.56", "A/61/L.56", (), "61", None, "limited", "56", ()),
        ("A/59/2005/Add.2", "A/59/2005/Add.2", (), "59", None, "document", "2005", ("Add.2",)),
        ("A/520/Rev.17", "A/520/Rev.17", (), None, None, "document", "520", ("Rev.17",)),
        ("A/2929/ADD.1", "A/2929/Add.1", (), None, None, "document", "2929", ("Add.1",)),
        ("S/23904", "S/23904", (), None, None, "document", "23904", ()),
        ("S/2020/\n1104", "S/2020/1104", (), None, 2020, "document", "1104", ()),
        ("S/RES/1411(2002)", "S/RES/1411 (2002)", (), None, 2002, "resolution", "1411", ()),
        ("S/PRST/2002/37", "S/PRST/2002/37", (), None, 2002, "presidential_statement", "37", ()),
        (
            "S/PV.4625 (Resumption 3)",
            "S/PV.4625 (Resumption 3)",
            (),
            None,
            None,
            "verbatim_record",
            "4625",
            ("Resumption 3",),
        ),
        ("S/Agenda/1287", "S/Agenda/1287", (), None, None, "agenda", "1287", ()),
        ("A/RES/217 A (III)", "A/RES/217A (III)", (), "3", None, "resolution", "217A", ()),
        ("A/RES/37/100[A]", "A/RES/37/100A", (), "37", None, "resolution", "100A", ()),
        ("A/AC.109/2019/L.18", "A/AC.109/2019/L.18", ("AC.109",), None, 2019, "limited", "18", ()),
        ("A/AC.109/2071", "A/AC.109/2071", ("AC.109",), None, None, "document", "2071", ()),
        ("A/CN.9/WG.III/WP.166", "A/CN.9/WG.III/WP.166", ("CN.9", "WG.III"), None, None, "working_paper", "166", ()),
        (
            "E/ECE/TRANS/WP.15/AC.1/2008/1",
            "E/ECE/TRANS/WP.15/AC.1/2008/1",
            ("ECE", "TRANS", "WP.15", "AC.1"),
            None,
            2008,
            "document",
            "1",
            (),
        ),
        ("ST/AI/189/Add.3/Rev.2", "ST/AI/189/Add.3/Rev.2", ("AI",), None, None, "issuance", "189", ("Add.3", "Rev.2")),
        ("CCPR/C/84/D/1207/2003", "CCPR/C/84/D/1207/2003", ("C",), "84", None, "communication", "1207/2003", ()),
        ("CEDAW/C/CAF/1-5", "CEDAW/C/CAF/1-5", ("C",), None, None, "document", "1-5", ()),
        (
            "A/81/6 (Sect. 25)/Part A*",
            "A/81/6 (Sect. 25)/Part A",
            (),
            "81",
            None,
            "document",
            "6",
            ("Sect. 25", "Part A"),
        ),
        (
            "E/ICEF/672 (Deuxième partie)",
            "E/ICEF/672 (Part II)",
            ("ICEF",),
            None,
            None,
            "document",
            "672",
            ("Part II",),
        ),
        ("ICCD/COP(8)/CST/8", "ICCD/COP(8)/CST/8", ("COP(8)",), None, None, "document", "8", ()),
    ],
)
def test_parse(
    printed: str,
    symbol: str,
    body: tuple[str, ...],
    session: str | None,
    year: int | None,
    kind: str,
    serial: str,
    modifiers: tuple[str, ...],
) -> None:
    (parsed,) = parse_symbols(printed)
    found = (parsed.symbol, parsed.body, parsed.session, parsed.year, parsed.kind, parsed.serial, parsed.modifiers)
    assert found == (symbol, body, session, year, kind, serial, modifiers)
    assert parse_symbols(parsed.symbol)[0].model_copy(update={"marks": parsed.marks}) == parsed


@pytest.mark.parametrize("joint", ["-", "–", "‑", "- ", "-\n"])
def test_a_double_symbol_is_two(joint: str) -> None:
    pair = parse_symbols(f"A/75/660{joint}S/2020/1267")
    assert [s.symbol for s in pair] == ["A/75/660", "S/2020/1267"]
    assert format_symbols(pair) == "A/75/660-S/2020/1267"


@pytest.mark.parametrize(
    ("printed", "kind", "session"),
    [("A/RES/S-13/2", "special", "13"), ("A/RES/2252 (ES-V)", "emergency_special", "5"), ("A/31/99", "regular", "31")],
)
def test_kinds_of_session(printed: str, kind: str, session: str) -> None:
    (symbol,) = parse_symbols(printed)
    assert (symbol.session_kind, symbol.session) == (kind, session)


def test_the_state_under_review() -> None:
    assert parse_symbols("A/HRC/WG.6/7/SVN/1")[0].country == "SVN"
    assert parse_symbols("CEDAW/C/CAF/CO/6")[0].country == "CAF"


def test_stars_are_no_part_of_the_symbol() -> None:
    (symbol,) = parse_symbols("A/C.3/72/L.1**")
    assert (symbol.symbol, symbol.marks) == ("A/C.3/72/L.1", "**")


@pytest.mark.parametrize(
    "text",
    [
        "E.83.I.16",
        "0461/27/20/22",
        "CM/Del/Concl(92)471bis",
        "8/43-C",
        "40984/07",
        "ISO/IEC 27001",
        "20-17493 (E)",
        "GE.20-06433(A)",
        "and/or",
        "A/S",
        "S/he",
        "A/HRC",
        "A/B testing",
        "",
        "/",
    ],
)
def test_look_alikes_are_refused(text: str) -> None:
    with pytest.raises(SymbolError):
        parse_symbols(text)
    assert find_symbols(f"see {text}, and") == []


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("A/8447 et Add.1", ["A/8447", "A/8447/Add.1"]),
        ("A/C.3/57/SR.39, 47 et 50", ["A/C.3/57/SR.39", "A/C.3/57/SR.47", "A/C.3/57/SR.50"]),
        ("A/66/62/Add.1 and 2", ["A/66/62/Add.1", "A/66/62/Add.2"]),
        ("(A/C.4/52/SR.3-5 and 9)", [f"A/C.4/52/SR.{n}" for n in (3, 4, 5, 9)]),
        ("A/AC.109/2071, 2074-2076.", [f"A/AC.109/{n}" for n in (2071, 2074, 2075, 2076)]),
        ("документ А/61/L.56 и Corr.1", ["A/61/L.56", "A/61/L.56/Corr.1"]),
        ("الوثيقة A/75/1 وCorr.1", ["A/75/1", "A/75/1/Corr.1"]),
        ("A/80/257, 12 October", ["A/80/257"]),
        ("A/60/251, 143 States", ["A/60/251"]),
    ],
)
def test_abbreviated_lists(text: str, symbols: list[str]) -> None:
    assert [s.symbol for s in expand_list(text)] == symbols


def test_offsets_point_at_the_printed_form() -> None:
    text = "see A/67/753–S/2013/106 (22 February 2013), A/71/782."
    first, second = find_symbols(text)
    assert text[first.start : first.end] == first.printed == "A/67/753–S/2013/106"
    assert first.symbol == "A/67/753-S/2013/106"
    assert text[second.start : second.end] == "A/71/782"


def test_a_number_too_many_is_refused() -> None:
    with pytest.raises(SymbolError):
        parse_symbols("A/8447/12/13")


def test_symbols_in_addresses_are_left_to_the_address() -> None:
    assert find_symbols("https://undocs.org/A/75/660") == []


def test_address() -> None:
    assert symbol_url("S/RES/822 (1993)", "fr") == "https://docs.un.org/fr/S/RES/822%20(1993)"
    assert symbol_url("A/75/660-S/2020/1267") == "https://docs.un.org/en/A/75/660"


@pytest.mark.parametrize(
    ("name", "symbol", "language"),
    [
        ("A_79_PV.1-EN.pdf", "A/79/PV.1", "en"),
        ("A_75_660&S_2020_1267-AR.pdf", "A/75/660-S/2020/1267", "ar"),
        ("S_RES_2774_(2025).pdf", "S/RES/2774 (2025)", None),
        ("A_RES_2758_XXVI_ru.pdf", "A/RES/2758 (XXVI)", "ru"),
    ],
)
def test_library_file_names(name: str, symbol: str, language: str | None) -> None:
    named = symbol_from_file_name(name)
    assert named is not None
    assert (named.symbol, named.language) == (symbol, language)


@pytest.mark.parametrize("name", ["G2505828.pdf", "letter.txt", "CEDAW_C_CAF_CO_6_named_S_2024_145.pdf"])
def test_other_file_names_say_nothing(name: str) -> None:
    assert symbol_from_file_name(name) is None


@pytest.mark.parametrize(
    ("symbol", "serial", "session", "modifiers"),
    [
        ("CCPR/CO/84/SVN", None, "84", ()),
        ("CCPR/CO/84/SVN/Add.1", None, "84", ("Add.1",)),
        ("CERD/C/SVN/CO/6-7/Add.1", "6-7", None, ("Add.1",)),
    ],
)
def test_concluding_observations_are_found_whole(symbol, serial, session, modifiers):
    (found,) = find_symbols(f"See {symbol}, para. 6.")
    assert found.symbol == symbol
    (parsed,) = found.symbols
    assert (parsed.serial, parsed.session, parsed.modifiers, parsed.country) == (serial, session, modifiers, "SVN")
