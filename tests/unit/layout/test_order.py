"""Right-to-left lines are read by geometry."""

import pytest

from pipeline.layout.lines import lines_of
from schemas.geometry import Box
from schemas.layout import Direction
from schemas.page import Font, PageDecision, PageText, Run, TextOrigin

FONT = Font("Naskh")


def page_of(drawn: list[str], gaps: dict[int, float] | None = None) -> PageText:
    """A page of one line: glyphs from left to right, 6 points wide, `gaps` before some (" " draws a space)."""
    runs, x = [], 100.0
    for i, text in enumerate(drawn):
        x += (gaps or {}).get(i, 0.0)
        width = 3.0 if text == " " else 6.0
        runs.append(Run(text, Box(x, 90.0, x + width, 102.0), 100.0, 12.0, FONT))
        x += width
    return PageText(1, 600.0, 800.0, 0, TextOrigin.text_layer, PageDecision(rule="good_layer"), tuple(runs))


def text_of(drawn: str, **kwargs: dict[int, float]) -> str:
    return lines_of(page_of(list(drawn), **kwargs))[0].text


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("نم", "من"),
        ("نم ىلإ", "إلى من"),  # spaces between words
        ("2020 ماع", "عام 2020"),  # a number keeps its order
        ("A/75/660 ةقيثو", "وثيقة A/75/660"),  # so does a symbol
        ("2-1 لودج", "جدول 1-2"),  # UAX 9: a hyphen does not join numbers behind Arabic letters
        ("12/5 لودج", "جدول 12/5"),  # a stroke does
        ("\u0662\u0664\u0660/\u0667\u0665 مقر", "رقم \u0667\u0665/\u0662\u0664\u0660"),  # not between Arabic digits
        ("1 234 567,89 غلبم", "مبلغ 1 234 567,89"),  # one number in groups of three
        ("234 12 مقر", "رقم 12 234"),  # two numbers
        (")قفرملا( نم", "من (المرفق)"),  # brackets drawn by shape open to the left
        ("November 2020 12 خيراتب", "بتاريخ 12 November 2020"),
    ],
)
def test_a_line_is_read_from_the_right(drawn: str, read: str) -> None:
    assert text_of(drawn) == read


def test_brackets_are_right_whether_the_source_holds_them_by_meaning_or_by_shape() -> None:
    assert text_of(")قفرملا( نم") == text_of("(قفرملا) نم") == "من (المرفق)"


def test_brackets_are_decided_for_the_whole_page() -> None:
    """By shape: one opens on the first line and closes on the second."""
    first, second = page_of(list("قفرملا) نم")), page_of(list("(يناثلا"))
    lower = tuple(Run(r.text, Box(r.box.x0, 110.0, r.box.x1, 122.0), 120.0, 12.0, FONT) for r in second.runs)
    page = PageText(1, 600.0, 800.0, 0, TextOrigin.text_layer, PageDecision(rule="good_layer"), first.runs + lower)
    assert [line.text for line in lines_of(page)] == ["من (المرفق", "الثاني)"]


def test_a_glyph_of_two_letters_stays_whole() -> None:
    line = lines_of(page_of(["م", "لا", "س"]))[0]
    assert line.text == "سلام"
    assert line.direction is Direction.rtl


def test_presentation_forms_are_folded_and_justification_is_dropped() -> None:
    assert lines_of(page_of(["\ufee2", "\u0640", "\u0640", "\ufefc", "\ufeb3"]))[0].text == "سلام"


def test_a_vowel_mark_goes_to_the_letter_it_stands_over() -> None:
    page = page_of(["م", "ن"])
    mark = Run("\u064f", Box(101.0, 90.0, 104.0, 102.0), 97.0, 12.0, FONT)
    for runs in ((mark, *page.runs), (page.runs[0], mark, page.runs[1])):
        marked = PageText(1, 600.0, 800.0, 0, TextOrigin.text_layer, PageDecision(rule="good_layer"), runs)
        assert lines_of(marked)[0].text == "نمُ"


def test_a_wide_gap_is_a_space_and_a_narrow_one_is_not() -> None:
    assert text_of("نم", gaps={1: 2.5}) == "م ن"
    assert text_of("نم", gaps={1: 0.8}) == "من"


def test_arabic_in_a_latin_line_is_turned_in_place() -> None:
    line = lines_of(page_of(list("the word نم means from")))[0]
    assert line.text == "the word من means from"
    assert line.direction is Direction.ltr
