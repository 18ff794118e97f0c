from hypothesis import given
from hypothesis import strategies as st

from pipeline.grammar.dates import find_dates
from pipeline.grammar.filenames import symbol_from_file_name
from pipeline.grammar.found import find_symbols
from pipeline.grammar.numerals import ordinal, ordinal_inside
from pipeline.grammar.symbol import SymbolError, format_symbols, parse_symbols

numbers = st.integers(1, 2999).map(str)
bodies = st.sampled_from(["", "/C.3", "/AC.109", "/CN.9/WG.III", "/HRC", "/CONF.230", "/BUR", "/CN.4/Sub.2"])
axes = st.sampled_from(["", "/79", "/2019", "/S-13", "/ES-8"])
ends = st.one_of(numbers, numbers.map("L.{}".format), numbers.map("SR.{}".format), numbers.map("INF/{}".format))
modifiers = st.lists(st.sampled_from(["/Add.1", "/Rev.2", "/Corr.3", " (Part II)", "*", "/Summary"]), max_size=3)
symbol_like = st.builds(
    lambda organ, body, axis, end, tail: f"{organ}{body}{axis}/{end}{''.join(tail)}",
    st.sampled_from(["A", "S", "E", "ST", "CCPR/C", "TD"]),
    bodies,
    axes,
    ends,
    modifiers,
)
texts = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="AESTDCR/.-()[]* 0123456789IVXL,;andetوи\n–", max_size=60),
    st.lists(symbol_like, max_size=4).map(", ".join),
)


@given(st.one_of(symbol_like, texts))
def test_the_normal_form_parses_to_itself(text: str) -> None:
    try:
        parsed = parse_symbols(text)
    except SymbolError:
        return
    again = parse_symbols(format_symbols(parsed))
    assert again == tuple(symbol.model_copy(update={"marks": None}) for symbol in parsed)
    assert format_symbols(again) == format_symbols(parsed)


@given(texts)
def test_found_symbols_lie_in_order_inside_the_text(text: str) -> None:
    found = find_symbols(text)
    assert all(text[f.start : f.end] == f.printed for f in found)
    assert [f.start for f in found] == sorted(f.start for f in found)


@given(texts)
def test_no_text_breaks_the_grammar(text: str) -> None:
    for date in find_dates(text):
        assert text[date.start : date.end] == date.printed
        assert (date.iso is None) <= (date.fault is not None)
    symbol_from_file_name(text)
    for language in ("en", "fr", "es", "ru", "ar", "az", "zh"):
        ordinal(text, language)
        ordinal_inside(text, language)


@given(st.dates(min_value=__import__("datetime").date(1850, 1, 1), max_value=__import__("datetime").date(2150, 1, 1)))
def test_every_day_reads_back(day: object) -> None:
    import datetime

    assert isinstance(day, datetime.date)
    printed = f"{day.day} {day:%B} {day.year}"
    assert [d.iso for d in find_dates(printed)] == [day.isoformat()]
