"""The structure of the five sample letters: values read by a person in the texts."""

from functools import cache
from pathlib import Path

import pytest

from pipeline.layout.plain import plain_blocks
from pipeline.pages import open_document
from pipeline.settings import Limits
from pipeline.structure import outline
from schemas.layout import TextBlock
from schemas.source import MediaType
from schemas.structure import Outline

SAMPLES = Path(__file__).parents[2] / "samples"


@cache
def read(number: str) -> tuple[dict[str, TextBlock], Outline]:
    (path,) = SAMPLES.glob(f"{number}_*.txt")
    document = open_document(path, MediaType.text, Limits())
    pages = [document.read(n) for n in range(1, document.page_count + 1)]
    blocks = plain_blocks(pages)
    return {block.id: block for block in blocks}, outline(blocks, {}, pages)


def kinds(number: str, kind: str) -> list[str]:
    blocks, found = read(number)
    return [b.text for b in blocks.values() if (found.roles[b.id].kind if b.id in found.roles else b.kind) == kind]


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("000", [("main", None, None, None, True)]),
        (
            "001",
            [
                ("main", None, None, None, True),
                (
                    "annex",
                    "Annex I",
                    1,
                    "Evidence of direct and indiscriminate attacks on the cities, towns and villages of Azerbaijan by "
                    "Armenia from 27 September to 9 November 2020",
                    True,
                ),
                ("annex", "Annex II", 2, "Consequences of the Armenian occupation", True),
            ],
        ),
        ("002", [("main", None, None, None, True), ("enclosure", "Encl.", None, None, False)]),
        ("003", [("main", None, None, None, True)]),
        (
            "004",
            [
                ("main", None, None, None, True),
                (
                    "annex",
                    "Annex",
                    None,
                    "Statement by the Ministry of Foreign Affairs of the Republic of Azerbaijan",
                    True,
                ),
            ],
        ),
    ],
)
def test_parts(number: str, parts: list[tuple[str, str | None, int | None, str | None, bool]]) -> None:
    found = read(number)[1].parts
    assert [(p.kind.value, p.label, p.number, p.title, p.present) for p in found] == parts


@pytest.mark.parametrize(
    ("number", "before"),
    [
        (
            "001",
            [
                "in part.",
                "conflict.",
                "militaries.",
                "44 days.",
                "fighters,",
                "munitions”.",
                "conflict”.",
                "Asia.",
                "laws of war.",
                "Tartar district.",
                "enforced to peace.",
            ],
        ),
        (
            "003",
            ["went missing.", "Khojaly.", "gains.", "elderly persons.", "objects.", "population.", "territories."],
        ),
    ],
)
def test_each_note_is_anchored_after_its_words(number: str, before: list[str]) -> None:
    blocks, found = read(number)
    assert [note.mark for note in found.footnotes] == [str(n) for n in range(1, len(before) + 1)]
    for note, words in zip(found.footnotes, before, strict=True):
        (anchor,) = note.anchors
        assert blocks[anchor.block].text[: anchor.offset].endswith(words)


def test_the_masthead_note_of_the_note_verbale() -> None:
    blocks, found = read("004")
    (note,) = found.footnotes
    assert (note.mark, note.text) == ("*", "استُنسخ المرفق كما ورد، وباللغة التي قُدم بها فقط.")
    assert blocks[note.anchors[0].block].text[: note.anchors[0].offset].endswith("ومرفقها")


def test_a_note_cut_by_a_page_break_is_whole() -> None:
    assert (
        read("003")[1]
        .footnotes[0]
        .text.endswith("A/75/745-S/2021/156 (18 February 2021) and A/75/742-S/2021/279 (22 March 2021).")
    )


def test_images_1_to_62_without_a_gap() -> None:
    figures = read("001")[1].figures
    ranges = [(f.part, f.first, f.last, f.place_heading) for f in figures]
    assert ranges == [
        ("annex-1", 1, 14, "Aghdam"),
        ("annex-1", 15, 17, "Aghdam"),
        ("annex-1", 18, 20, "Aghdam"),
        ("annex-1", 21, 25, "Barda"),
        ("annex-1", 26, 27, "Fuzuli"),
        ("annex-1", 28, 31, "Ganja"),
        ("annex-1", 32, 34, "Ganja"),
        ("annex-1", 35, 38, "Goranboy"),
        ("annex-1", 39, 40, "Naftalan"),
        ("annex-1", 41, 47, "Tartar"),
        ("annex-1", 48, 52, "Tartar"),
        ("annex-2", 53, 57, "Aghdam"),
        ("annex-2", 58, 62, "Fuzuli"),
    ]
    assert sum(f.expected or 0 for f in figures) == 62 and not any(f.found for f in figures)
    assert not read("001")[1].problems


def test_quotations_of_the_long_letter() -> None:
    quoted = kinds("001", "quotation")
    assert len(quoted) == 21
    assert quoted[0].startswith("Human Rights Watch documented 11 incidents") and quoted[-1].endswith("district.10")


def test_addressees_stand_apart() -> None:
    assert kinds("000", "address") == ["Office of the United Nations High Commissioner for Human Rights Geneva"]
    named = kinds("002", "address")
    assert [text for text in named if text.startswith("Mr")] == [
        "Mr. Chris Kwaja",
        "Mrs. Irene Khan",
        "Mr. Nils Melzer",
    ]
    assert len(named) == 6


def test_paragraphs_cut_by_page_breaks_are_whole() -> None:
    blocks = read("000")[0].values()
    assert any("mastered by the Armenian authorities, it is surprising" in block.text for block in blocks)
    assert any("Civilian infrastructure, including medical" in block.text for block in read("002")[0].values())
