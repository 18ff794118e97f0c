"""Captions and pictures."""

from dataclasses import replace

import pytest

from pipeline.structure import outline
from schemas.geometry import Box
from schemas.layout import BlockKind, TextBlock
from schemas.page import PageDecision, TextOrigin
from schemas.structure import Figure
from tests.unit.structure.blocks import block, document, page

PHOTO = Box(100, 200, 500, 500)


def figures(*blocks: TextBlock, pages: tuple = ()) -> tuple[Figure, ...]:  # type: ignore[type-arg]
    return outline(document(*blocks), {}, pages).figures


@pytest.mark.parametrize(
    ("text", "label", "first", "last", "caption"),
    [
        ("Images 1–14: private houses", "Images 1–14", 1, 14, "private houses"),
        ("Images 53–57", "Images 53–57", 53, 57, None),
        ("الصور 1-14: منازل", "الصور 1-14", 1, 14, "منازل"),
        ("Şəkil 3", "Şəkil 3", 3, 3, None),
        ("Figure II", "Figure II", 2, 2, None),
        ("Figure 25.IV Number of refugees", "Figure 25.IV", 4, 4, "Number of refugees"),
        ("Рисунок 2. Карта района", "Рисунок 2", 2, 2, "Карта района"),
        ("Gráfico 4", "Gráfico 4", 4, 4, None),
        ("Photos 3 and 4 – school", "Photos 3 and 4", 3, 4, "school"),
        ("图 1 地图", "图 1", 1, 1, "地图"),
    ],
)
def test_captions(text: str, label: str, first: int, last: int, caption: str | None) -> None:
    (figure,) = figures(block(text))
    assert (figure.label, figure.first, figure.last, figure.caption) == (label, first, last, caption)
    assert figure.expected == last - first + 1 and figure.found == 0


@pytest.mark.parametrize(
    "text",
    [
        "Figure 3 shows that the number of refugees has doubled since the beginning of the year.",
        "Map of the region",
        "Image 12 to the letter of the law, as it were, was never shown to the Council or its members.",
        "figure 3",
        "Figure I ............... 12",
    ],
)
def test_what_is_no_caption(text: str) -> None:
    assert figures(block(text)) == ()


def test_place_headings_hold_until_the_next() -> None:
    found = figures(
        block("Aghdam", bold=True),
        block("Images 1–2"),
        block("Images 3–4: school"),
        block("Barda", bold=True),
        block("Image 5"),
    )
    assert [figure.place_heading for figure in found] == ["Aghdam", "Aghdam", "Barda"]


@pytest.mark.parametrize(("second", "codes"), [("Images 15–17", []), ("Images 16–17", 1), ("Images 14–17", 1)])
def test_gaps_and_overlaps_are_reported(second: str, codes: object) -> None:
    found = outline(document(block("Images 1–14"), block(second)), {}, [])
    assert len(found.problems) == (codes or 0)


def test_a_picture_without_a_caption_is_a_figure() -> None:
    (figure,) = figures(block("Annex", bold=True, top=50), pages=(page(1, PHOTO),))
    assert (figure.found, figure.label, figure.part) == (1, None, "annex-1")
    assert figure.images[0].box == PHOTO


@pytest.mark.parametrize(
    "boxes",
    [
        (Box(65, 71, 121, 118),),
        (Box(0, 0, 600, 160),),
        (Box(0, 0, 600, 800),),
    ],
)
def test_emblems_banners_and_scans_are_no_figures(boxes: tuple[Box, ...]) -> None:
    assert figures(block("text", top=300), pages=(page(1, *boxes),)) == ()


def test_a_recognised_scan_of_text_is_no_figure() -> None:
    text = block("word " * 80, top=250)
    assert figures(text, pages=(page(1, PHOTO, origin=TextOrigin.ocr),)) == ()


def test_pictures_go_to_the_caption_that_announces_them() -> None:
    found = figures(
        block("Images 1–3: school", top=50),
        block("Image 4", page=3, top=50),
        pages=(page(1, PHOTO), page(2, PHOTO, Box(100, 520, 500, 790)), page(3, Box(100, 210, 500, 520))),
    )
    assert [(figure.expected, figure.found) for figure in found] == [(3, 3), (1, 1)]


def test_photographs_at_the_same_place_on_each_page_are_figures_and_logos_are_not() -> None:
    logo = Box(60, 20, 360, 110)
    bare = tuple(page(n, logo) for n in (4, 5, 6, 7))
    found = figures(block("Annex", top=150), pages=tuple(page(n, PHOTO, logo) for n in (1, 2, 3)) + bare)
    assert [figure.images[0].box for figure in found] == [PHOTO] * 3
    assert figures(block("Annex", top=150), pages=tuple(page(n, PHOTO) for n in (1, 2, 3))) == ()


def test_captions_below_their_pictures() -> None:
    low = Box(100, 520, 500, 790)
    found = figures(
        block("Images 1–2: school", page=2, top=510),
        block("Images 3–4: street", page=3, top=510),
        pages=(page(1, PHOTO), page(2, PHOTO, low), page(3, PHOTO), page(4)),
    )
    assert [(figure.expected, figure.found) for figure in found] == [(2, 2), (2, 2)]


def test_a_scanned_page_set_into_an_annex_is_no_figure() -> None:
    scan = Box(100, 150, 500, 150 + 400 * 1.414)
    assert figures(block("Annex", bold=True, top=50), pages=(page(1, scan),)) == ()


def test_an_annex_of_charts_has_one_a_page() -> None:
    found = outline(
        document(
            block("Text", page=1, top=90),
            block("Annex", page=2, bold=True, top=60),
            block("Organization charts", page=2, bold=True, top=90),
        ),
        {},
        (page(1), page(2), page(3)),
    )
    assert [figure.part for figure in found.figures] == ["annex-1", "annex-1"]


def test_strips_of_one_picture_are_one() -> None:
    strips = (Box(100, 200, 500, 300), Box(100, 300, 500, 400), Box(100, 400, 500, 500))
    (figure,) = figures(block("Annex", top=50), pages=(page(1, *strips),))
    assert figure.found == 1 and figure.images[0].box == PHOTO


def test_placeholders_of_text_files_are_counted() -> None:
    picture = block("", kind=BlockKind.figure)
    plain = page(1, origin=TextOrigin.plain_text)
    found = figures(block("Images 1–2"), picture, picture, picture, pages=(plain,))
    assert [(figure.expected, figure.found) for figure in found] == [(2, 2), (None, 1)]


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [("photograph", None, 1), ("no_text_full_image", None, 0), ("photograph", "The road to Aghdam.", 0)],
)
def test_a_page_that_is_one_photograph_is_a_figure(rule: str, text: str | None, found: int) -> None:
    sheet = replace(page(1, Box(0, 0, 600, 800), origin=TextOrigin.none), decision=PageDecision(rule=rule))
    blocks = (block(text),) if text else ()
    assert len(figures(*blocks, pages=(sheet,))) == found
