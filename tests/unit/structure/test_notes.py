"""Foot- and endnotes and their anchors."""

import pytest

from pipeline.structure import outline
from schemas.layout import BlockKind, TextBlock
from schemas.structure import Footnote
from tests.unit.structure.blocks import block, document

NOTE = BlockKind.footnote


def notes(*blocks: TextBlock) -> list[tuple[str, str, list[tuple[str, int]]]]:
    return [_row(note) for note in outline(document(*blocks), {}, []).footnotes]


def _row(note: Footnote) -> tuple[str, str, list[tuple[str, int]]]:
    return note.mark, note.text, [(a.block, a.offset) for a in note.anchors]


@pytest.mark.parametrize(
    ("body", "raised", "note", "mark", "offset"),
    [
        ("to destroy the group in part.1", "1", "1 See Shaw.", "1", 29),
        ("150 went missing.¹", "", "¹ See Shaw.", "1", 17),
        ("the annexes* as a document", "", "* See Shaw.", "*", 11),
        ("the list** of items", "", "** See Shaw.", "**", 8),
        ("the text† of it", "", "† See Shaw.", "†", 8),
        ("Refugees,1 the Council", "", "1 See Shaw.", "1", 9),
        ("decided so.1/ The Council", "", "1/ See Shaw.", "1", 11),
        ("stated “never”.1 The", "", "1 See Shaw.", "1", 15),
    ],
)
def test_marks_are_anchored_where_they_stand(body: str, raised: str, note: str, mark: str, offset: int) -> None:
    assert notes(block(body, raised=raised), block(note, kind=NOTE)) == [(mark, "See Shaw.", [("b1", offset)])]


def test_a_digit_of_the_text_is_no_anchor() -> None:
    assert notes(block("phase 1 and 1,275 residents in 1991"), block("1 See Shaw.", kind=NOTE))[0][2] == []


def test_numbers_follow_one_another() -> None:
    found = notes(
        block("resolution 2.2 of note2", raised="2"),
        block("first1 then", raised="1"),
        block("second2 then", raised="2"),
        block("1 One.", kind=NOTE),
        block("2 Two.", kind=NOTE),
    )
    assert [row[2] for row in found] == [[("b2", 5)], [("b3", 6)]]


def test_numbering_restarts_in_an_annex() -> None:
    found = notes(
        block("main1 text", raised="1"),
        block("1 One.", kind=NOTE),
        block("Annex", page=2, bold=True),
        block("annex1 text", page=2, raised="1"),
        block("1 Other.", page=2, kind=NOTE),
    )
    assert [(row[1], row[2]) for row in found] == [("One.", [("b1", 4)]), ("Other.", [("b4", 5)])]


def test_notes_that_share_a_block_are_told_apart() -> None:
    text = "1 One. 2 Two."
    found = notes(block("first1 second2", raised="2"), block(text, kind=NOTE, starts=(0, 7)))
    assert [(row[0], row[1]) for row in found] == [("1", "One."), ("2", "Two.")]


def test_endnotes_are_anchored_on_earlier_pages() -> None:
    found = notes(
        block("as decided1 there", raised="1"),
        block("Notes", page=9, bold=True),
        block("1 One.", page=9, raised="1"),
        block("2 Two.", page=9),
    )
    assert [(row[0], row[2]) for row in found] == [("1", [("b1", 10)]), ("2", [])]


def test_lettered_notes_stay_with_their_table() -> None:
    assert notes(block("x", kind=BlockKind.table), block("a/ Excluding staff.", kind=NOTE)) == []


def test_a_row_of_stars_and_a_bar_code_are_no_anchors() -> None:
    found = notes(
        block("* * *"), block("* 2 0 *", kind=BlockKind.bar_code, furniture=True), block("* Reissued.", kind=NOTE)
    )
    assert found == [("*", "Reissued.", [])]


@pytest.mark.parametrize(
    ("body", "note", "text"),
    [
        ("l'éducation 2/, les femmes", "2/ Voir E/ICEF/L.1.", "Voir E/ICEF/L.1."),
        ("of the provisional agenda*", "* A/39/150.", "A/39/150."),
        ("report of the Committee¹ and", "¹ To be issued.", "To be issued."),
    ],
)
def test_a_paragraph_that_opens_with_a_mark_of_the_page_is_a_note(body: str, note: str, text: str) -> None:
    ((_, found, anchors),) = notes(block(body), block(note))
    assert found == text and len(anchors) == 1


def test_a_numbered_paragraph_and_a_bullet_are_no_notes() -> None:
    assert notes(block("Agenda* of it"), block("1. The Council decided."), block("* one"), block("* two")) == []


def test_a_starred_line_under_other_text_is_a_note() -> None:
    text = "Contents 3 * Reissued for technical reasons."
    assert notes(block("A/79/843*"), block(text, starts=(0, 11)))[0][:2] == ("*", "Reissued for technical reasons.")


def test_a_note_goes_on_in_the_next_block() -> None:
    found = notes(block("so1 it", raised="1"), block("1 See A/1,", kind=NOTE), block("A/2 and A/3.", kind=NOTE))
    assert found[0][1] == "See A/1, A/2 and A/3."


def test_a_day_of_the_month_at_the_head_of_a_line_is_no_note() -> None:
    text = "1 Estimates as at 31 December 2025."
    assert [row[0] for row in notes(block("so1 it", raised="1"), block(text, kind=NOTE, starts=(0, 18)))] == ["1"]


def test_a_raised_figure_that_nothing_refers_to_makes_no_note() -> None:
    assert notes(block("Some text."), block("1 st prize", raised="1")) == []


def test_typescript_with_damaged_marks() -> None:
    found = notes(
        block("l'enfant 1/, l'éducation 2/, les femmes 3/ et les réfugiés h/ dans 5 pays"),
        block("1/ Un.", kind=NOTE),
        block("2/ Deux.", kind=NOTE),
        block("3/ Trois.", kind=NOTE),
        block("h/ Quatre."),
        block("3_/ Cinq."),
        block("6/ Six.", kind=NOTE),
    )
    assert [(mark, text) for mark, text, _ in found] == [
        ("1", "Un."),
        ("2", "Deux."),
        ("3", "Trois."),
        ("4", "Quatre."),
        ("5", "Cinq."),
        ("6", "Six."),
    ]
    assert found[3][2] == [("b1", 59)]


def test_lettered_notes_of_a_table_are_no_damaged_numbers() -> None:
    found = notes(
        block("l'enfant 1/, l'éducation 2/, les femmes 3/"),
        block("1/ Un.", kind=NOTE),
        block("2/ Deux.", kind=NOTE),
        block("3/ Trois.", kind=NOTE),
        block("b/ Dont 4 pays."),
    )
    assert [mark for mark, _, _ in found] == ["1", "2", "3"]


def test_a_number_printed_again_below_is_the_note() -> None:
    found = notes(
        block("l'enfant 1/, les femmes 3/, les autres 4/"),
        block("1/ Un.", kind=NOTE),
        block("2/Projets —", kind=NOTE),
        block("Le texte va plus loin et dit encore bien des choses sur les projets en cours."),
        block("2/ Deux.", kind=NOTE),
    )
    assert found == [("1", "Un.", [("b1", 9)]), ("2", "Deux.", [("b3", 0)])]


def test_a_mark_that_hangs_on_a_year_in_a_table() -> None:
    found = notes(
        block("CERD 2011 Roma 201332 Further", kind=BlockKind.table),
        block("32 CERD/C/SVN/CO/6-7.", kind=NOTE, raised="32"),
    )
    assert found[0][2] == [("b1", 19)]


def test_endnotes_in_square_brackets() -> None:
    found = notes(
        block("Nikaha daxil olanlar müayinədən keçirlər.[1] Yaş həddi on səkkizdir.[2]"),
        block("Nikah bağlanır.[4]"),
        block("[1] 28 dekabr 1999-cu il tarixli Qanun."),
        block("[2]"),
        block("9 iyul 2021-ci il tarixli Qanun."),
        block("Əvvəlki redaksiyada deyilirdi: on yeddi."),
        block("[4] 22 oktyabr 2002-ci il tarixli Qanun."),
    )
    assert found == [
        ("1", "28 dekabr 1999-cu il tarixli Qanun.", [("b1", 41)]),
        ("2", "9 iyul 2021-ci il tarixli Qanun. Əvvəlki redaksiyada deyilirdi: on yeddi.", [("b1", 68)]),
        ("4", "22 oktyabr 2002-ci il tarixli Qanun.", [("b2", 15)]),
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("No mark refers to them.", "[1] Smith, History.", "[2] Jones, Law.", "[3] Brown, Peace."),
        ("Two are no series.[1] Nor here.[2]", "[1] Smith, History.", "[2] Jones, Law."),
        ("They count on.[1] They do not.[9] At all.[30]", "[1] Smith.", "[9] Jones.", "[30] Brown."),
    ],
)
def test_other_lines_in_square_brackets_are_no_endnotes(texts: tuple[str, ...]) -> None:
    assert notes(*(block(text) for text in texts)) == []
