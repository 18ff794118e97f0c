"""Runs become lines with their styles."""

import pytest

from pipeline.layout.lines import lines_of
from schemas.geometry import Box
from schemas.page import Font, PageDecision, PageText, Rule, Run, TextOrigin

PLAIN, BOLD = Font("Times"), Font("Times-Bold", bold=True)


def run(
    text: str, x0: float, x1: float, baseline: float = 100.0, size: float = 10.0, font: Font = PLAIN, **more
) -> Run:
    return Run(text, Box(x0, baseline - 0.8 * size, x1, baseline + 0.2 * size), baseline, size, font, **more)


def texts(*runs: Run, rules: tuple[Rule, ...] = ()) -> list[str]:
    page = PageText(1, 600.0, 800.0, 0, TextOrigin.text_layer, PageDecision(rule="good_layer"), runs, rules=rules)
    return [line.text for line in lines_of(page)]


def test_large_first_letter_joins_by_baseline() -> None:
    assert texts(run("A", 400, 414, size=20), run("/79/730", 414, 460, size=14)) == ["A/79/730"]


def test_columns_on_one_baseline_stay_apart() -> None:
    assert texts(run("United Nations", 100, 180), run("S/2025/90", 400, 450)) == ["United Nations", "S/2025/90"]


def test_a_mark_stays_with_its_text_and_a_table_row_does_not() -> None:
    assert texts(run("12.", 100, 115), run("The Committee", 137, 220)) == ["12. The Committee"]
    assert texts(run("12.", 100, 115), run("March", 137, 170), run("Kursk", 300, 330)) == ["12.", "March", "Kursk"]


def test_a_vertical_rule_parts_cells() -> None:
    rule = Rule(Box(152, 80, 152.5, 120), horizontal=False)
    cells = run("three", 120, 150), run("one", 155, 180)
    assert texts(*cells) == ["three one"]
    assert texts(*cells, rules=(rule,)) == ["three", "one"]


def test_columns_are_seen_by_several_rows() -> None:
    rows = [r for y in (100, 112, 124) for r in (run("left", 100, 142, y), run("right", 150, 180, y))]
    assert texts(*rows[:2]) == ["left right"]
    assert texts(*rows) == ["left", "right"] * 3


def test_a_justified_line_stays_whole_and_figures_of_one_width_do_not() -> None:
    words = (
        run("in", 100, 108),
        run("areas", 132, 160),
        run("2", 184, 189),
        run("November", 213, 255),
        run("at", 279, 287),
    )
    assert texts(*words) == ["in areas 2 November at"]
    figures = [run("12", 100 + 40 * n, 110 + 40 * n) for n in range(5)]
    assert texts(*figures) == ["12"] * 5


def _justified(wide: float, baseline: float = 100.0) -> tuple[Run, ...]:
    """Words 8 points apart but for the second, which stands `wide` points behind the first."""
    words, x = [], 100.0
    for n, text in enumerate(["Article", "77.", "Kinds", "of", "income", "that", "count"]):
        x += (wide if n == 1 else 8.0) if n else 0.0
        words.append(run(text, x, x + 5 * len(text), baseline))
        x += 5 * len(text)
    return tuple(words)


@pytest.mark.parametrize(("wide", "lines"), [(13.0, 1), (18.0, 2)])
def test_one_gap_of_a_justified_line_may_be_wider_but_not_twice_as_wide(wide: float, lines: int) -> None:
    assert len(texts(*_justified(wide))) == lines


def test_it_may_stand_above_others_on_three_lines() -> None:
    rows = [word for n in range(3) for word in _justified(13.0, 100.0 + 12 * n)]
    assert len(texts(*rows)) == 3


def test_spaces_that_line_up_by_chance_are_no_columns() -> None:
    """Each line is set in even spaces, which begin at the same places on ten lines."""
    words = ["in", "areas", "of", "November", "at", "large"]
    places = [100.0, 118.0, 151.0, 169.0, 217.0, 235.0]
    rows = [run(w, x, x + 5 * len(w), 100.0 + 12 * n) for n in range(10) for w, x in zip(words, places, strict=True)]
    assert texts(*rows) == [" ".join(words)] * 10


@pytest.mark.parametrize(
    ("x0", "baseline", "size", "lines"),
    [
        (140.2, 93, 8.1, ["All above", "income.[43]"]),
        (140.2, 92.5, 10, ["All above", "income.[43]"]),
        (146.6, 93, 8.1, ["All above", "income. [43]"]),
        (156.0, 93, 8.1, ["All above", "[43]", "income."]),
        (140.2, 90, 8.1, ["All above", "[43]", "income."]),
    ],
)
def test_figures_in_brackets_are_marks_even_where_they_are_large(
    x0: float, baseline: float, size: float, lines: list[str]
) -> None:
    text = run("income.", 100, 140, baseline=100, size=10)
    above = run("All above", 100, 130, baseline=86, size=10)
    assert texts(above, text, run("[43]", x0, x0 + 15, baseline=baseline, size=size)) == lines


def test_words_that_are_larger_than_marks_are_lines() -> None:
    text = run("income.", 100, 140, baseline=100, size=10)
    assert texts(text, run("note", 140.2, 155, baseline=93, size=8.1)) == ["note", "income."]


def test_raised_mark_joins_its_line_as_superscript() -> None:
    page = PageText(
        1, 600.0, 800.0, 0, TextOrigin.text_layer, PageDecision(rule="good_layer"),
        (run("Refugees,", 100, 140), run("1", 140, 143, 96.5, 6.5), run("the", 146, 160, space_before=True)),
    )  # fmt: skip
    (line,) = lines_of(page)
    assert line.text == "Refugees,1 the"
    assert [(s.start, s.end) for s in line.styles if s.superscript] == [(9, 11)]
    assert (line.styles[0].start, line.styles[-1].end) == (0, len(line.text))


def test_bold_is_a_style() -> None:
    page = PageText(
        1, 600.0, 800.0, 0, TextOrigin.text_layer, PageDecision(rule="good_layer"),
        (run("Note", 100, 120, font=BOLD), run("by the", 123, 150)),
    )  # fmt: skip
    (line,) = lines_of(page)
    assert [(s.start, s.end, s.bold) for s in line.styles] == [(0, 5, True), (5, 11, False)]


def test_turned_text_is_read_along_its_direction() -> None:
    """Text that runs down the right side of the page: two words below each other are one line."""
    down = [
        Run("turned", Box(500, 100, 510, 130), 98.0, 10.0, PLAIN, 90),
        Run("text", Box(500, 133, 510, 150), 98.0, 10.0, PLAIN, 90),
    ]
    page = PageText(1, 600.0, 800.0, 0, TextOrigin.text_layer, PageDecision(rule="good_layer"), tuple(down))
    (line,) = lines_of(page)
    assert (line.text, line.turn, line.box) == ("turned text", 90, Box(500, 100, 510, 150))


def test_bar_code_stands_alone() -> None:
    code = run("*2502247*", 102, 160, font=Font("Barcode 3 of 9 by request"))
    page = PageText(
        1, 600.0, 800.0, 0, TextOrigin.text_layer, PageDecision(rule="good_layer"), (run("25-02247", 60, 100), code)
    )
    assert [(line.text, line.bar_code) for line in lines_of(page)] == [("25-02247", False), ("*2502247*", True)]


def test_ocr_words_keep_the_readers_lines() -> None:
    runs = tuple(
        run(word, x, x + 20, confidence=0.9, line=n) for n, word, x in ((0, "من", 130), (0, "إلى", 100), (1, "b", 9))
    )
    page = PageText(1, 600.0, 800.0, 0, TextOrigin.ocr, PageDecision(rule="ocr"), runs)
    first, second = lines_of(page)
    assert (first.text, first.direction.value, second.text) == ("من إلى", "rtl", "b")


def typed(words: str, x0: float = 60, gap: int = 1) -> list[Run]:
    """Runs of a typewriter's line, `gap` places between the words; two more behind a sentence."""
    runs, at = [], x0
    for word in words.split():
        runs.append(run(word, at, at + 6 * len(word)))
        at += 6 * (len(word) + gap + (gap if word.endswith(".") else 0))
    return runs


@pytest.mark.parametrize("gap", [1, 2])
def test_a_typed_line_stays_whole_behind_a_sentence(gap: int) -> None:
    words = "of judicial officials. The legitimacy of these"
    assert texts(*typed(words, gap=gap)) == [words]


def test_two_typed_columns_stay_two() -> None:
    assert texts(*typed("the end of it."), *typed("The other side", x0=200)) == ["the end of it.", "The other side"]
