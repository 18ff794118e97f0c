import pytest

from pipeline.citations import find_citations
from pipeline.grammar.symbol import parse_symbols
from pipeline.metadata.checks import check
from schemas.layout import BlockKind, Direction, TextBlock
from schemas.metadata import AgendaItem, CirculationRequest, Dates, JobNumber, Metadata, Organ
from schemas.structure import Footnote, Outline

OUTLINE = Outline(parts=(), part_of={})


def codes(metadata: Metadata, file_name: str = "x.pdf") -> list[str]:
    return [problem.code for problem in check(metadata, OUTLINE, (), (), file_name)]


def symbols(text: str, **fields: object) -> Metadata:
    return Metadata(has_masthead=True, symbols=parse_symbols(text), **fields)  # type: ignore[arg-type]


def test_a_sound_document_raises_nothing() -> None:
    metadata = symbols(
        "A/75/660-S/2020/1267",
        dates=Dates(masthead="2020-12-22", document="2020-12-18"),
        organs=(
            Organ(name="General Assembly", session=75, printed="…"),
            Organ(name="Security Council", year=75, printed="…"),
        ),
        agenda_items=(AgendaItem(number="34"),),
        agenda_titles=("Prevention",),
        job_number=JobNumber(number="20-17493"),
        bar_code="2017493",
        circulation_request=CirculationRequest(agenda_items=("34",)),
    )
    assert codes(metadata, "A_75_660&S_2020_1267-EN.pdf") == []


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        (
            Metadata(language="ru", job_number=JobNumber(number="20-17493", language="en")),
            "job_language_mismatch",
        ),
        (symbols("S/RES/2774 (2025)", dates=Dates(adopted="2024-02-24")), "resolution_year_mismatch"),
        (symbols("A/75/660-S/2019/1267"), "session_year_mismatch"),
        (symbols("A/75/660", dates=Dates(masthead="2005-01-02")), "session_date_mismatch"),
        (symbols("S/2020/1", organs=(Organ(name="S", year=76, printed="…"),)), "council_year_mismatch"),
        (symbols("A/75/660", organs=(Organ(name="A", session=76, printed="…"),)), "symbol_session_mismatch"),
        (Metadata(job_number=JobNumber(number="GE.20-06433"), bar_code="2006432"), "job_bar_code_mismatch"),
        (Metadata(agenda_items=(AgendaItem(number="1"),), agenda_titles=("a", "b")), "agenda_title_count"),
        (
            Metadata(
                agenda_items=(AgendaItem(number="1"),), circulation_request=CirculationRequest(agenda_items=("2",))
            ),
            "circulation_items_mismatch",
        ),
        (Metadata(dates=Dates(masthead="2020-12-18", document="2020-12-22")), "dates_out_of_order"),
    ],
)
def test_contradictions(metadata: Metadata, code: str) -> None:
    assert codes(metadata) == [code]


def test_file_name_and_running_heads() -> None:
    assert codes(symbols("S/2023/664"), "A_78_354.pdf") == ["file_name_mismatch"]
    heads = [
        TextBlock(f"b{page}", page, None, BlockKind.page_header, "A/78/9", Direction.ltr, furniture=True)
        for page in (2, 3)
    ]
    assert [p.code for p in check(symbols("A/78/8"), OUTLINE, (), heads, "x")] == ["running_head_mismatch"]


def test_falling_serials_and_impossible_dates() -> None:
    text = "A/75/745-S/2021/156 (18 February 2021), A/75/742-S/2021/279 (22 March 2021), A/75/1 (016 October 2020)"
    blocks = [TextBlock("b1", 3, None, BlockKind.footnote, text, Direction.ltr)]
    found = check(Metadata(), OUTLINE, find_citations(blocks, OUTLINE, ()), blocks, "x")
    assert [(p.code, p.page) for p in found] == [("impossible_date", 3), ("falling_serial", 3)]


def test_a_gap_in_the_notes() -> None:
    notes = tuple(Footnote(id=f"fn{n}", mark=str(n), text="…", part="main", page=n) for n in (1, 2, 4))
    (problem,) = check(Metadata(), Outline(parts=(), part_of={}, footnotes=notes), (), (), "x")
    assert (problem.code, problem.page) == ("footnote_gap", 4)
