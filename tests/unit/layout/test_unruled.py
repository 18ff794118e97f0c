"""Tables without rules, typed as a typewriter sets them: one place a letter."""

import re

import pytest

from pipeline.layout.sheet import Sheet
from pipeline.layout.tables import tables_of
from schemas.geometry import Box
from schemas.layout import Direction, Line
from schemas.page import Rule

PLACE_PT, PITCH_PT, SIZE = 7.2, 12.0, 12.0


def _typed(page: str) -> tuple[list[Line], list[Rule]]:
    """Lines of a typed page; three spaces part them. Words between underscores are underlined."""
    lines: list[Line] = []
    rules: list[Rule] = []
    for number, row in enumerate(page.strip("\n").split("\n")):
        top = 100 + number * PITCH_PT
        for match in re.finditer(r"\S+(?: {1,2}\S+)*", row):
            x0, x1 = 60 + match.start() * PLACE_PT, 60 + match.end() * PLACE_PT
            text = match[0]
            if text.startswith("_"):
                rules.append(Rule(Box(x0, top + 11, x1, top + 11.5), True))
                text = text.strip("_")
            lines.append(Line(2, text, Box(x0, top, x1, top + 0.8 * SIZE), top + 0.7 * SIZE, SIZE, Direction.ltr))
    return lines, rules


def _tables(page: str) -> list[list[list[str]]]:
    lines, rules = _typed(page)
    sheet = Sheet(2, 612.0, 792.0, tuple(lines), tuple(rules), (), (), recognised=False)
    found = tables_of(sheet, lines, SIZE, 0.0)
    return [[[("*" if c.header else "") + c.text for c in row.cells] for row in table.table.rows] for table in found]


def test_typed_columns_of_figures_are_a_table_with_its_head():
    assert _tables("""
The expenditure of the fund in the three years under review is given in the table.

                           1977        1978        1979

Primary schools          88 800      78 400      87 000
Others                      300         500         100
Teacher training
   institutions             500       1 600       1 700

Total for all schools    89 600      80 500      88 800

The fund has also helped in other ways, of which the annex gives a full account.
""") == [
        [
            ["*", "*1977", "*1978", "*1979"],
            ["Primary schools", "88 800", "78 400", "87 000"],
            ["Others", "300", "500", "100"],
            ["Teacher training institutions", "500", "1 600", "1 700"],
            ["Total for all schools", "89 600", "80 500", "88 800"],
        ]
    ]  # fmt: skip


def test_columns_below_underlined_heads_are_a_table():
    assert _tables("""
The Committee granted the following requests for hearing in connection with it:

    _Petitioner_                           _Meeting_

Ms. Hope Cristobal, Organization
of People for Rights                        3rd

Mr. Ronald Teehan, Landowners
Association                                 4th
""") == [
        [
            ["*Petitioner", "*Meeting"],
            ["Ms. Hope Cristobal, Organization of People for Rights", "3rd"],
            ["Mr. Ronald Teehan, Landowners Association", "4th"],
        ]
    ]  # fmt: skip


@pytest.mark.parametrize(
    "page",
    [
        """
I.     INTRODUCTION .....................   1 - 10     3
II.    OUTCOME OF THE SESSIONS ..........  11 - 60     5
III.   OUTCOME OF THE WORKING GROUPS ....  61 - 69    14
IV.    CONCLUSIONS ......................  70 - 71    18
""",
        """
Chapter    1    General provisions              1
Chapter    2    Customs authorities            13
Chapter    3    Representatives                14
Chapter    4    Carriers                       16
""",
        """
58/153     Refugees and stateless      70/1      The 2030 Agenda for
           persons                               Sustainable Development
71/1       New York Declaration        80/188    Assistance to refugees
80/211     Protection of persons       80/212    Statute of the Office
""",
        """
120    97      99      99     100
100       79      81      82      83
 80    60      61      62      63
       2023    2024    2025    2026
""",
        """
The report was given to         the Committee at its third
the Assembly in 1997, and       meeting, on 6 October 1997,
again in 1998, when it was      which took note of it and
read by the Chairman.           went on with its work.
""",
    ],
    ids=["contents with leaders", "contents", "labels and texts twice", "chart", "two columns of prose"],
)
def test_other_texts_in_columns_are_no_tables(page):
    assert _tables(page) == []
