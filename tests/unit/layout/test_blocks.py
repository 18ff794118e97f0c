"""Lines placed by hand become paragraphs and headings."""

import pytest

from pipeline.layout.blocks import drafts_of
from pipeline.layout.sheet import Sheet
from schemas.geometry import Box
from schemas.layout import BlockKind, Direction, Line, Style

FULL = 540.0
"""Right end of a line that fills the column, points."""


def _line(text: str, row: int, *, x0: float = 72.0, x1: float = FULL, bold: bool = False, size: float = 10.0) -> Line:
    top = 100.0 + 12 * row
    styles = (Style(0, len(text), bold=bold),)
    return Line(1, text, Box(x0, top, x1, top + 10), top + 8, size, Direction.ltr, styles)


def _blocks(*lines: Line, recognised: bool = False) -> list[str]:
    filler = [_line("The committee met and took note of the report before it.", 20 + i) for i in range(4)]
    sheet = Sheet(1, 612.0, 792.0, tuple(lines), (), (), (), recognised=recognised)
    drafts = drafts_of([*lines, *filler], sheet, 10.0, None)
    return [" ".join(line.text for line in draft.lines) for draft in drafts][:-1]


@pytest.mark.parametrize(
    ("lines", "blocks"),
    [
        pytest.param(
            [
                _line("In May 2017, the Government established the Working Group for", 0),
                _line("the Preparation of Amendments to the Roma Community Act", 1, bold=True),
                _line("with a view to broadening the rights of minorities.", 2, x1=300),
            ],
            1,
            id="a bold line in the middle of a sentence",
        ),
        pytest.param(
            [
                _line("The Council took note of the report and decided to remain seized.", 0),
                _line("Measures against the recruitment of children and their use in war", 1, bold=True),
            ],
            2,
            id="a heading below a sentence that has ended",
        ),
        pytest.param(
            [
                _line("The Council took note of the report and decided to", 0, x1=300),
                _line("Measures against the recruitment of children and their use in war", 1, bold=True),
            ],
            2,
            id="a heading below a line that ends early",
        ),
        pytest.param(
            [
                _line("Measures against the recruitment of children and their use in war", 0, bold=True),
                _line("In peace, too, as the Council has asked for in its last report", 1),
            ],
            2,
            id="text below a heading",
        ),
        pytest.param(
            [
                _line("Real incomes have grown over the last ten years and so have the", 0, bold=True),
                _line("expenditures of households, above all those of the regions.", 1, x1=300),
            ],
            1,
            id="the first words of a paragraph in bold",
        ),
        pytest.param(
            [
                _line("The use of these sources is a right of the water enterprises and of others.", 0),
                _line("[27]", 1, x1=86, size=8),
            ],
            1,
            id="the mark of a note without room in its line",
        ),
        pytest.param(
            [_line("Their use is a right.", 0, x1=200), _line("[27]", 1, x1=86, size=8)],
            2,
            id="a number in brackets below a line that ends early",
        ),
        pytest.param(
            [
                _line("Measures against the recruitment of children and their use in", 0),
                _line("The Preparation of Amendments to the Roma Community Act", 1, x0=108.0, bold=True),
            ],
            2,
            id="a bold line that stands in",
        ),
        pytest.param(
            [
                _line("Introduction . . . . . . . . . . . . . . . . . . . . . . . . . . 7", 0),
                _line("Measures against the recruitment of children and their use  . . 9", 1, bold=True),
            ],
            2,
            id="lines of a table of contents",
        ),
    ],
)
def test_weight_parts_headings_from_text_but_no_sentence(lines, blocks):
    assert len(_blocks(*lines)) == blocks


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Actions to be taken by the General Assembly", BlockKind.heading),
        ("Actions to be taken:", BlockKind.heading),
        ("54. The actions to be taken by the General Assembly in connection with the Force are:", BlockKind.paragraph),
        ("Extend the programme of leave for both parents (Bahamas);", BlockKind.paragraph),
    ],
)
def test_bold_sentences_are_no_headings(text, kind):
    lines = [_line(text, 0, bold=True), *(_line("The committee took note of the report.", 3 + i) for i in range(3))]
    sheet = Sheet(1, 612.0, 792.0, tuple(lines), (), (), (), recognised=False)
    assert next(drafts_of(lines, sheet, 10.0, None)).kind is kind


@pytest.mark.parametrize(
    ("text", "recognised", "blocks"),
    [("conflict.", True, 1), ("conflict.", False, 2), ("Conflict", True, 2), ("النزاع", True, 1), ("2020", True, 2)],
)
def test_recognition_guesses_the_size_of_a_last_word(text, recognised, blocks):
    lines = [
        _line("The Mission has the honour to state the following on the", 0),
        _line(text, 1, x1=110.0, size=14.0),
    ]
    assert len(_blocks(*lines, recognised=recognised)) == blocks


@pytest.mark.parametrize(
    ("above", "line", "blocks"),
    [
        ("A focus on changing systems and structures (under pillars 3, 5, and", "7) without an equal focus", 1),
        ("A focus on changing systems and structures (under pillars 3 and 5) of", "7) without an equal focus", 2),
        ("5. According to the World Food Programme, on the whole approximately", "4.87 million tons of food", 1),
        ("5. According to the World Food Programme, this was the whole of it.", "4.87 million tons of food", 2),
        ("5. According to the World Food Programme, on the whole approximately", "4.8 Food that was offloaded", 2),
        ("The Office was asked (a) to report on the whole of it and, later on,", "(b) to advise the Council", 1),
        ("The Office was asked to report on the whole of it and later on to try", "(b) to advise the Council", 2),
        ("The Office was asked (a) to report on the whole of it, and later on;", "(b) to advise the Council", 2),
    ],
)
def test_a_sentence_may_count_its_parts_at_the_head_of_a_line(above, line, blocks):
    assert len(_blocks(_line(above, 0), _line(line, 1, x1=300.0))) == blocks


def test_numbers_of_a_table_of_contents_may_be_flush_right():
    entries = [_line("IV. Agenda of the seminar . . . . . . . . . . 2", 0, x0=72.0)]
    entries.append(_line("V. Organization of the seminar . . . . . . . 3", 1, x0=76.0))
    assert len(_blocks(*entries)) == 2
