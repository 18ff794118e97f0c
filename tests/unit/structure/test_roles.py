"""Better kinds for blocks."""

from dataclasses import replace

import pytest

from pipeline.structure import outline
from schemas.geometry import Box
from schemas.layout import BlockKind, TextBlock
from tests.unit.structure.blocks import block, document

PROSE = (
    "The Council expressed its serious concern over the continuation of the conflict in and around the whole region."
)


def kinds(*blocks: TextBlock) -> list[str]:
    made = document(*blocks)
    roles = outline(made, {}, []).roles
    return [(roles[b.id].kind if b.id in roles else b.kind).value for b in made]


def test_the_masthead_of_a_text_file_ends_at_the_title() -> None:
    found = kinds(
        block("United Nations"),
        block("Distr.: General 11 February 2022"),
        block("Prevention of armed conflict"),
        block("Letter dated 10 February 2022 from the Permanent Representative"),
        block(PROSE),
    )
    assert found == ["masthead", "masthead", "masthead", "heading", "paragraph"]


def test_without_a_distribution_line_there_is_no_masthead() -> None:
    assert "masthead" not in kinds(block("Permanent Mission"), block("Letter dated 10 February 2022"), block(PROSE))


@pytest.mark.parametrize(
    ("closing", "name", "expected"),
    [
        ("Sincerely,", "Jeyhun Bayramov", ["paragraph", "signature", "signature"]),
        ("(Signed) Yashar Aliyev", "Permanent Representative", ["paragraph", "signature", "signature"]),
        ("(Подпись) И. Иванов", "Постоянный представитель", ["paragraph", "signature", "signature"]),
    ],
)
def test_signatures(closing: str, name: str, expected: list[str]) -> None:
    assert kinds(block(PROSE), block(closing), block(name)) == expected


def test_addressees_and_their_offices() -> None:
    found = kinds(
        block(PROSE), block("Mr. Chris Kwaja", bold=True), block("Chair-Rapporteur of the Group"), block(PROSE)
    )
    assert found == ["paragraph", "address", "address", "paragraph"]


@pytest.mark.parametrize(("next_page", "kind"), [(2, "address"), (1, "paragraph")])
def test_an_address_stands_at_the_foot_of_a_page(next_page: int, kind: str) -> None:
    office = block("Office of the High Commissioner for Rights", top=600, starts=(0, 11, 32))
    assert (
        kinds(block(f"{PROSE} {PROSE}", top=100), office, block(f"{PROSE} {PROSE}", page=next_page, top=100))[1] == kind
    )


def test_a_list_of_persons_is_no_address() -> None:
    persons = [block(f"Mr. Delegate Number{number}", bold=True) for number in range(5)]
    offices = [block("Ministry of Foreign Affairs") for _ in persons]
    listed = [one for pair in zip(persons, offices, strict=True) for one in pair]
    assert "address" not in kinds(block(PROSE), *listed, block(PROSE))


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (("We hold these words to be true and quote them here", "as they were printed in the source."), "quotation"),
        (("Computerized terminal management and more;", "Electronic data interchange in ports."), "paragraph"),
        (("May 11, 2023 May 19, 2023 July 20, 2023", "July 24, 2023 December 10, 2023"), "paragraph"),
    ],
)
def test_what_is_set_in_is_a_quotation_where_it_reads_as_prose(lines: tuple[str, str], kind: str) -> None:
    body = replace(block(f"{PROSE} {PROSE}", starts=(0, len(PROSE) + 1)), box=Box(72, 100, 540, 124))
    lead = replace(block("The Commission stated the following:"), box=Box(72, 130, 540, 142))
    inset = replace(block(" ".join(lines), starts=(0, len(lines[0]) + 1)), box=Box(100, 150, 510, 174))
    assert kinds(body, lead, inset)[2] == kind


def test_a_quotation_runs_to_the_mark_of_its_source() -> None:
    found = kinds(
        block("Amnesty International stated the following:"),
        block(PROSE),
        block("It is not permitted.8", raised="8"),
        block(PROSE),
    )
    assert found == ["paragraph", "quotation", "quotation", "paragraph"]


@pytest.mark.parametrize("between", [replace(block(PROSE), number="3."), block("The region", bold=True)])
def test_no_quotation_runs_over_a_numbered_paragraph_or_a_heading(between: TextBlock) -> None:
    lead, end = block("Amnesty International stated the following:"), block("It is not permitted.8", raised="8")
    assert "quotation" not in kinds(lead, block(PROSE), between, end)


def test_headings_by_style_and_their_levels() -> None:
    made = document(block("I. Introduction", bold=True), block("A. Scope", bold=True), block(PROSE))
    roles = outline(made, {}, []).roles
    assert [roles[b.id].level for b in made[:2]] == [2, 3]
    assert made[2].id not in roles


def test_a_bold_recommendation_is_no_heading() -> None:
    text = PROSE + " " + PROSE
    assert kinds(block(PROSE, top=80), block(text, kind=BlockKind.heading, bold=True, top=100)) == ["paragraph"] * 2


@pytest.mark.parametrize(("confidence", "kind"), [(0.48, "paragraph"), (0.92, "heading"), (None, "heading")])
def test_what_was_hardly_read_is_no_heading(confidence: float | None, kind: str) -> None:
    read = replace(block("Way Wp", kind=BlockKind.heading, size=22), confidence=confidence)
    assert kinds(read, block(PROSE)) == [kind, "paragraph"]


def test_a_printed_quotation_stands_inside_both_margins() -> None:
    body = replace(block(PROSE, starts=(0, 50)), box=Box(100, 100, 500, 124))
    lead = replace(block("The report states the following:"), box=Box(124, 130, 300, 142))
    inset = replace(block(PROSE, starts=(0, 50)), box=Box(124, 150, 476, 174))
    dots = replace(block("..."), box=Box(124, 180, 130, 192))
    after = replace(body, box=Box(100, 200, 500, 224))
    assert kinds(body, lead, inset, dots, after) == ["paragraph", "paragraph", "quotation", "quotation", "paragraph"]
    assert kinds(body, lead, replace(inset, box=Box(124, 150, 500, 174)), after) == ["paragraph"] * 4


def test_an_addressee_in_bold_type_is_no_heading() -> None:
    name = block("Mr. Ivan Ivanov", kind=BlockKind.heading, bold=True, top=600)
    office = block("Special Rapporteur on the right to food", top=614)
    assert kinds(block(PROSE, top=100), name, office) == ["paragraph", "address", "address"]


def test_the_label_of_a_part_is_a_heading_however_badly_it_was_read() -> None:
    label = replace(block("Annex I", page=2, kind=BlockKind.heading, size=14), confidence=0.4)
    made = document(block(PROSE), label, block(PROSE, page=2))
    assert outline(made, {}, []).roles[made[1].id].level == 1


@pytest.mark.parametrize(
    ("text", "top", "kind"),
    [
        ("Item 4.", 100.0, "heading"),
        (f"{PROSE} {PROSE}", 100.0, "paragraph"),
        (f"{PROSE} {PROSE}", None, "heading"),  # Markdown says so itself
    ],
)
def test_only_long_printed_sentences_are_bold_prose(text: str, top: float | None, kind: str) -> None:
    found = kinds(block(PROSE, top=80), block(text, kind=BlockKind.heading, bold=True, top=top), block(PROSE, top=300))
    assert found[1] == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The situation in the region", "heading"),
        ("Baku, 12 November 2020", "paragraph"),
        ("They agreed to it.", "paragraph"),
        ("The situation in the region ............ 12", "paragraph"),
    ],
)
def test_bold_dates_sentences_and_entries_of_contents_are_no_headings(text: str, kind: str) -> None:
    assert kinds(block(PROSE), block(text, bold=True), block(PROSE))[1] == kind


def test_bold_entries_under_contents_are_no_headings() -> None:
    found = kinds(block("Contents", bold=True), block("The situation in the region 3", bold=True), block(PROSE, page=9))
    assert found[1] == "paragraph"


def test_what_figures_show_is_a_heading_also_without_style() -> None:
    found = kinds(block("Aghdam"), block("Images 1–2"), block("Images 3–4: a school"), block(PROSE))
    assert found == ["heading", "caption", "caption", "paragraph"]


def test_much_larger_type_is_of_the_first_level() -> None:
    made = document(
        block("The report", bold=True, size=16), block("The law", bold=True, size=12), block(PROSE, size=10)
    )
    roles = outline(made, {}, []).roles
    assert [roles[b.id].level for b in made[:2]] == [1, 2]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (("Office of the High Commissioner", "Palais Wilson, Geneva"), "address"),
        (("Office of the High Commissioner in the Palais Wilson",), "paragraph"),
        (("A. The High Commissioner", "and the Palais Wilson"), "paragraph"),
        (("Office of the High Commissioner for the rights of all who live in", "Palais Wilson, Geneva"), "paragraph"),
    ],
)
def test_a_displaced_address_has_short_lines_and_no_number(lines: tuple[str, ...], kind: str) -> None:
    starts = tuple(sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines)))
    between = block(" ".join(lines), top=600, starts=starts)
    found = kinds(block(f"{PROSE} {PROSE}", top=100), between, block(f"{PROSE} {PROSE}", page=2, top=100))
    assert found[1] == kind


def test_one_line_set_in_is_no_quotation() -> None:
    body = replace(block(f"{PROSE} {PROSE}", starts=(0, len(PROSE) + 1)), box=Box(72, 100, 540, 124))
    lead = replace(block("The Commission stated the following:"), box=Box(72, 130, 540, 142))
    inset = replace(block("that it was so and that it would be so"), box=Box(100, 150, 300, 162))
    assert kinds(body, lead, inset)[2] == "paragraph"


def test_a_sentence_below_a_signature_is_no_part_of_it() -> None:
    found = kinds(block(PROSE), block("(Signed) Yashar Aliyev"), block("The annex follows."))
    assert found == ["paragraph", "signature", "paragraph"]


def test_a_long_sentence_with_the_words_of_a_closing_is_no_signature() -> None:
    text = "The Mission avails itself of this opportunity to renew the assurances of its highest consideration"
    assert kinds(block(PROSE), block(text)) == ["paragraph", "paragraph"]
