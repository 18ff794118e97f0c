"""Plain text and Markdown → blocks."""

import pytest

from pipeline.layout.plain import plain_blocks
from pipeline.layout.plain.markup import read_inline
from schemas.layout import BlockKind, TextBlock
from tests.support.builders import plain_page

PROSE = "The Council expressed its concern over the continuation of the conflict, and it decided to remain seized"


def blocks(text: str, markdown: bool = True) -> tuple[TextBlock, ...]:
    return plain_blocks([plain_page(text, markdown)])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"resolutions [822 \(1993\)](#) and [853](https://x.org/a_(b))", "resolutions 822 (1993) and 853"),
        ("annexes\\* as", "annexes* as"),
        ("list* and list**", "list* and list**"),
        ("in part.<sup>1</sup>", "in part.1"),
        ("snake_case and __bold__", "snake_case and bold"),
        ("Geneva<br>2020 &amp; on", "Geneva 2020 & on"),
        ("*(Signed)* Yashar **Aliyev**  \nAmbassador", "(Signed) Yashar Aliyev Ambassador"),
        ("安全\n理事会", "安全理事会"),
    ],
)
def test_marks_of_markdown_leave_clean_text(source: str, text: str) -> None:
    assert read_inline(source, True).text == text


def test_styles_and_lines_point_into_the_clean_text() -> None:
    inline = read_inline("*(Signed)* Yashar **Aliyev**  \nAmbassador [S/1](http://x.y)<sup>2</sup>", True)
    cut = {inline.text[s.start : s.end]: s for s in inline.styles}
    assert cut["(Signed)"].italic and cut["Aliyev"].bold and cut["2"].superscript and cut["S/1"].link == "http://x.y"
    assert [inline.text[o:][:10] for o in inline.line_offsets] == ["(Signed) Y", "Ambassador"]


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("# A\ntext", ["heading", "paragraph"]),
        ("- one\n- two", ["list_item", "list_item"]),
        ("12. The Committee notes", ["paragraph"]),
        ("<sup>1</sup> See A/1.\n<sup>2</sup> Ibid.", ["footnote", "footnote"]),
        ("¹ For more, see A/1.", ["footnote"]),
        ("![emblem](e.png)", ["figure"]),
        ("<!-- image -->", ["figure"]),
        ("[Image 3]", ["figure"]),
        ("[Original: Russian]", ["paragraph"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ["table"]),
        ("> quoted", ["quotation"]),
        ("\\* 2 0 0 6 4 3 3 \\*", ["bar_code"]),
        ("GE.20-06433(A)", ["page_footer"]),
        ("الرجاء إعادة الاستعمال", ["notice"]),
        ("3/12", ["page_number"]),
        ("---\n\ntext", ["paragraph"]),
    ],
)
def test_kinds_that_the_text_alone_tells(source: str, kinds: list[str]) -> None:
    assert [b.kind.value for b in blocks(source)] == kinds


def test_a_starred_line_is_a_note_where_a_word_bears_a_star() -> None:
    assert blocks("Item 4 of the list\\*\n\n* Reissued.")[1].text == "* Reissued."
    assert blocks("Item 4 of the list\n\n* Reissued.")[1].kind is BlockKind.list_item


@pytest.mark.parametrize(
    ("between", "rest"),
    [
        ("", "of the matter."),
        ("<sup>1</sup> See A/1.\n\n", "of the matter."),
        ("<sup>1</sup> See A/1,\n\nA/2 and A/3.\n\n\n\n", "of the matter."),
        ("\n\n\n", "of the matter."),
        ("**Office of the High\nCommissioner\nGeneva**\n\n", "of the matter."),
        ("---\n\n<sup>1</sup> See A/1.\n\n", "Armenian authorities were asked to withdraw."),
    ],
)
def test_a_paragraph_cut_by_a_page_break_is_whole_again(between: str, rest: str) -> None:
    text = PROSE + (" by the" if rest[0].isupper() else "")
    found = blocks(f"{text}\n\n{between}{rest}")
    assert found[0].text == f"{text} {rest}"
    assert found[-1].continues == "b1" and found[-1].text == ""


@pytest.mark.parametrize("rest", ["This month marks the anniversary.", "**Annex**", "(a) the first;", "1. The first."])
def test_a_title_is_not_joined_to_what_follows(rest: str) -> None:
    title = "Letter dated 10 February 2022 from the Permanent Representative to the United Nations"
    assert all(b.continues is None for b in blocks(f"{title}\n\n{rest}"))


def test_a_note_goes_on_after_the_page_break() -> None:
    found = blocks("¹ See A/67/753 (22 February 2013),\n\nA/75/745 (18 February 2021) and A/75/742.")
    assert found[0].text.endswith("2013), A/75/745 (18 February 2021) and A/75/742.")
    assert found[1].continues == found[0].id


def test_a_symbol_that_comes_back_is_a_running_head() -> None:
    found = blocks("\n\n".join(["A/75/660", "One.", "A/75/660", "Two.", "A/75/660", "Three."]))
    assert [b.furniture for b in found] == [False, False, True, False, True, False]
