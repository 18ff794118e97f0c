"""The tree of parts."""

from dataclasses import replace

import pytest

from pipeline.structure import outline
from schemas.layout import BlockKind, TextBlock
from schemas.structure import Part
from tests.unit.structure.blocks import block, document, page

PROSE = "The Council expressed its serious concern over the continuation of the conflict in and around the region."
LETTER = "Annex to the letter dated 3 June 2025 from the Permanent Representative addressed to the Secretary-General"


def parts(*blocks: TextBlock, pages: int = 0) -> tuple[Part, ...]:
    return outline(document(*blocks), {}, [page(n) for n in range(1, pages + 1)]).parts


def test_annex_with_title_and_pages() -> None:
    main, annex = parts(
        block(PROSE, size=10),
        block("A/79/1", page=2, furniture=True),
        block(LETTER, page=2, bold=True, size=14),
        block("[Original: Russian]", page=2, size=10),
        block("1 June 2025", page=2, size=10),
        block("Criminal cases have been referred to the Department.", page=2, bold=True, size=12),
        block(PROSE, page=2, size=10),
        block(PROSE, page=3, size=10),
    )
    assert (main.kind, main.first_page, main.last_page) == ("main", 1, 1)
    assert (annex.label, annex.number, annex.first_page, annex.last_page) == ("Annex", None, 2, 3)
    assert annex.title == "Criminal cases have been referred to the Department."
    assert annex.parent == main.id == "main"
    assert main.blocks == ("b1",)


def test_label_and_title_in_one_block_are_told_apart_by_style() -> None:
    text = LETTER + " Pledges and commitments"
    from schemas.layout import LineStart, Style

    cut = len(LETTER) + 1
    one = replace(
        block(text, page=2),
        styles=(Style(0, cut, bold=True, size=14), Style(cut, len(text), bold=True, size=12)),
        lines=(LineStart(0, 2, None), LineStart(cut, 2, None)),
    )
    assert parts(block(PROSE), one, block(PROSE, page=2))[1].title == "Pledges and commitments"


@pytest.mark.parametrize(("left", "title"), [(150.0, "Expenditure by region and year"), (72.0, None)])
def test_lines_without_style_are_a_title_where_they_stand_centred_under_the_label(
    left: float, title: str | None
) -> None:
    from schemas.geometry import Box

    label = replace(block("Annex II", page=2, bold=True), box=Box(290, 40, 322, 52))
    below = replace(block("Expenditure by region and year", page=2), box=Box(left, 60, 612 - left, 72))
    body = replace(block(PROSE, page=2), box=Box(72, 100, 540, 140))
    assert parts(block(PROSE), label, below, body)[1].title == title


@pytest.mark.parametrize(
    "text",
    [
        "Annex I contains the list of the persons concerned and was sent to the Council.",
        "Annex II ............................ 39",
    ],
)
def test_prose_and_contents_are_no_headings(text: str) -> None:
    assert len(parts(block(PROSE), block(text), block(PROSE))) == 1


def test_entries_under_contents_are_no_headings() -> None:
    found = parts(
        block("Contents", bold=True),
        block("I. Introduction 3"),
        block("Annex"),
        block("Organization charts 39"),
        block(PROSE, page=3),
        block("Annex", page=39, bold=True),
        block("Organization charts", page=39, bold=True),
        block(PROSE, page=39),
    )
    assert [(p.kind.value, p.first_page, p.title) for p in found[1:]] == [("annex", 39, "Organization charts")]


def test_appendices_nest_in_annexes_and_numbers_make_ids() -> None:
    found = parts(
        block(PROSE),
        block("Annex I", page=2, bold=True),
        block(PROSE, page=2),
        block("Appendix", page=3, bold=True),
        block(PROSE, page=3),
        block("Annex II", page=4, bold=True),
        block(PROSE, page=4),
    )
    assert [(p.id, p.parent) for p in found] == [
        ("main", None),
        ("annex-1", "main"),
        ("annex-1-appendix-1", "annex-1"),
        ("annex-2", "main"),
    ]


def test_a_label_repeated_on_the_next_page_is_the_same_part() -> None:
    found = parts(
        block(PROSE),
        block("Annex I", page=2, bold=True),
        block(PROSE, page=2),
        block("Annex I", page=3, bold=True),
        block(PROSE, page=3),
        block("Annex I (continued)", page=4, bold=True),
        block(PROSE, page=4),
    )
    assert [(p.first_page, p.last_page) for p in found] == [(1, 1), (2, 4)]


def test_pictures_alone_make_an_annex_page_and_equal_headings_are_no_title() -> None:
    found = parts(
        block(PROSE),
        block(LETTER, page=2, bold=True),
        block("Consequences of the attack on the first city", page=2, bold=True),
        block("Consequences of the attack on the second city", page=3, bold=True),
        pages=4,
    )
    assert (found[1].title, found[1].first_page, found[1].last_page) == (None, 2, 4)


def test_a_place_heading_under_the_title_leaves_the_title() -> None:
    found = parts(
        block(PROSE),
        block(LETTER, bold=True),
        block("Consequences of the occupation", bold=True),
        block("Aghdam", bold=True),
        block("Images 53–57", bold=True),
    )
    assert found[1].title == "Consequences of the occupation"


def test_announced_enclosure_is_kept_as_absent() -> None:
    found = outline(document(block(PROSE), block("Encl.: 89 pages")), {}, [])
    assert [(p.kind.value, p.label, p.present, p.first_page) for p in found.parts[1:]] == [
        ("enclosure", "Encl.", False, None)
    ]
    assert [p.code for p in found.problems] == ["part_not_present"]


def test_attachment_without_a_label_after_the_signature() -> None:
    letter = [block(PROSE + " In annex you will find my observations."), block("Yours sincerely,")]
    rest = [block("Observations on the outcome", page=2, bold=True), block(PROSE, page=2)]
    assert [(p.kind.value, p.label, p.title, p.first_page) for p in parts(*letter, *rest)[1:]] == [
        ("annex", None, "Observations on the outcome", 2)
    ]
    silent = [block(PROSE), block("Yours sincerely,")]
    assert len(parts(*silent, *rest)) == 1


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("many were wounded (see annex II).", ["mention_without_part"]),
        ("many were wounded (see annex I).", []),
        ("عام 2016 (انظر المرفق).", []),
        ("in the annex to Human Rights Council resolution 5/1.", []),
    ],
)
def test_mentions_resolve_or_raise_a_problem(text: str, codes: list[str]) -> None:
    found = outline(document(block(text), block("Annex I", page=2, bold=True), block(PROSE, page=2)), {}, [])
    assert [p.code for p in found.problems] == codes


def test_every_block_has_one_part() -> None:
    blocks = document(block("A/79/1", page=2, furniture=True), block("Annex", page=2, bold=True), block(PROSE, page=2))
    found = outline(blocks, {}, [])
    assert dict(found.part_of) == {"b1": "annex-1", "b2": "annex-1", "b3": "annex-1"}
    assert blocks[0].kind is BlockKind.paragraph


def test_annexes_above_the_first_annex_go_with_it() -> None:
    found = parts(
        block(PROSE),
        block("Annexes", page=2, bold=True),
        block("Annex 1: Methodology", page=2, bold=True),
        block(PROSE, page=2),
    )
    assert [(p.first_page, p.last_page, p.title) for p in found] == [(1, 1, None), (2, 2, "Methodology")]


def test_a_long_label_and_title_at_the_head_of_a_page() -> None:
    text = "Annex 2: " + "Press release of the Ministry of Foreign Affairs, " * 7 + "apologizing."
    assert parts(block(PROSE), block(text, page=2), block(PROSE, page=2))[1].label == "Annex 2"


def test_the_language_of_the_original_may_share_the_block_of_the_title() -> None:
    text = "[Original: French] Letter dated 10 November 1997 from the President"
    found = parts(
        block(PROSE),
        block("ANNEX", page=2, bold=True),
        block(text, page=2, starts=(0, 19)),
        block(PROSE, page=2),
    )
    assert found[1].title == "Letter dated 10 November 1997 from the President"


def test_a_title_over_two_centred_lines() -> None:
    from schemas.geometry import Box

    def line(text: str, x0: float, top: float) -> TextBlock:
        return replace(block(text, page=2, bold=True, size=10), box=Box(x0, top, 600 - x0, top + 10))

    found = parts(
        block(PROSE, size=10, top=100),
        line("Annex I", 280, 50),
        line("Dépenses par catégories de programmes", 100, 70),
        line("(y compris les fonds d'affectation spéciale)", 150, 82),
        line("Autre titre", 250, 130),
    )
    assert found[1].title == "Dépenses par catégories de programmes (y compris les fonds d'affectation spéciale)"


def test_another_document_bound_behind_the_first_is_an_enclosure() -> None:
    def number(text: str, on: int) -> TextBlock:
        return block(text, page=on, kind=BlockKind.page_number, furniture=True)

    blocks = document(
        block(PROSE), number("1", 1), block(PROSE, page=2), number("2", 2),
        block("Content of the file", page=3, bold=True), block(PROSE, page=3), number("1", 3),
        block(PROSE, page=4), number("2", 4),
    )  # fmt: skip
    upright = [page(n) for n in (1, 2, 3, 4)]
    turned = [*upright[:2], *(replace(p, width_pt=800, height_pt=600) for p in upright[2:])]
    found = outline(blocks, {}, turned).parts
    assert [(p.kind.value, p.title, p.first_page, p.last_page) for p in found] == [
        ("main", None, 1, 2),
        ("enclosure", "Content of the file", 3, 4),
    ]
    assert len(outline(blocks, {}, upright).parts) == 1


def test_an_annex_of_its_own_that_the_file_does_not_hold() -> None:
    found = outline(
        document(block("I should be grateful if you would circulate the present letter and its annex (see annex).")),
        {},
        [],
    )
    assert [(part.kind.value, part.label, part.present) for part in found.parts][1:] == [("annex", "annex", False)]
    assert [problem.code for problem in found.problems] == ["part_not_present"]


@pytest.mark.parametrize(("times", "annexes", "top"), [(1, 1, False), (3, 0, False), (3, 3, True)])
def test_words_that_refer_to_an_annex_time_and_again_open_none(times: int, annexes: int, top: bool) -> None:
    article = [
        block("مادة 15", bold=True, size=14),
        block(PROSE, size=10),
        block("مرفق المادة", bold=True, size=12),
        block(PROSE, size=10),
    ]
    first = [replace(b, page=2) for b in article[2:]] if top else article
    later = [replace(b, page=3) for b in article * (times - 1)]
    assert len(parts(block(PROSE, size=10), *first, *later)) == 1 + annexes


@pytest.mark.parametrize(("bold", "count"), [(True, 2), (False, 1)])
def test_a_label_with_words_behind_it_opens_a_part_where_it_is_set_as_a_heading(bold: bool, count: int) -> None:
    text = "Annex II Persons concerned"
    assert (
        len(parts(block(f"{PROSE} {PROSE}", size=10), block(text, bold=bold, size=10), block(PROSE, size=10))) == count
    )
