"""Whether a text layer is believed, and how false maps are found and mended."""

import numpy as np
import pytest

from pipeline.pages.facts import FontFact
from pipeline.pages.fontmaps import preferred, unnamed_codes
from pipeline.pages.glyphs import GlyphFacts, order_of, slots_of
from pipeline.pages.ink import holds_text, ink_coverage
from pipeline.pages.outlines import known_glyphs, table_rows
from pipeline.pages.textlayer import Layer, judged
from pipeline.pages.tounicode import codes_to_text, to_unicode_stream
from pipeline.pages.voting import LIGATURES, voted
from schemas.geometry import Box
from schemas.page import Font, Picture, Run, TextOrder

PROSE = "The Committee has the honour to transmit herewith the report of the Secretary-General on the matter"
MISREAD = "The Committee has tlie lionour to send the report of the year and its anncx for the informatiou " * 4
FULL = Picture(Box(0, 0, 600, 800), 1200, 1600)
HALF = Picture(Box(50, 100, 550, 600), 1200, 1600)
FONT = Font("Times")


def layer(
    text: str, *pictures: Picture, visible: bool = True, facts: GlyphFacts | None = None, paths: int = 0
) -> Layer:
    run = Run(text, Box(60, 700, 540, 712), 710.0, 10.0, FONT, visible=visible)
    return Layer((run,) if text else (), pictures, 600.0, 800.0, paths, facts, TextOrder.logical)


def prose_picture() -> np.ndarray:
    """Lines of text: black words on white paper, 600 by 800."""
    grey = np.full((800, 600), 255, dtype=np.uint8)
    for y in range(110, 590, 14):
        for x in range(60, 540, 30):
            grey[y : y + 6, x : x + 26] = 0
    return grey


def photograph() -> np.ndarray:
    """Every grey from dark to bright."""
    return np.tile(np.linspace(10, 245, 600).astype(np.uint8), (800, 1))


@pytest.mark.parametrize(
    ("page", "drawn", "rule", "needs_ocr"),
    [
        (layer(PROSE), prose_picture, "good_layer", False),
        (layer(""), lambda: np.full((800, 600), 255, np.uint8), "no_text", False),
        (layer("", FULL), prose_picture, "no_text_full_image", True),
        (layer("A/79/811", HALF), photograph, "photograph", False),
        (layer("A/79/811", HALF), prose_picture, "head_over_picture_of_text", True),
        (layer(PROSE, HALF), prose_picture, "picture_of_text", True),
        (layer(PROSE, HALF), photograph, "good_layer", False),
        (layer(PROSE * 6, HALF), prose_picture, "good_layer", False),  # an illustration beside much text
        (layer("", paths=3000), prose_picture, "no_text_drawn_as_paths", True),
        (layer(" ".join(PROSE)), prose_picture, "letters_split_by_spaces", True),
        (layer("\ue010\ue011\ue012 \ue013\ue014" + PROSE[:30]), prose_picture, "junk_characters", True),
        (layer("(cid:12)(cid:40)" * 9 + PROSE[:40]), prose_picture, "junk_characters", True),
        (layer(MISREAD, FULL, visible=False), prose_picture, "poor_ocr_layer", True),
        (layer(PROSE * 2, FULL, visible=False), prose_picture, "incomplete_ocr_layer", True),
        (layer("ياووى تحوووق معدات نموووو قوية مستدامة ياووووى", facts=GlyphFacts(None, 0, 0, {})), prose_picture,
         "letters_stand_for_kashida", True),
        (layer("اQادة الأولى من النظام في اQملكة على كل شخص أن يبلغ", facts=GlyphFacts(None, 0, 0, {})), prose_picture,
         "glyphs_without_letters", True),
        (layer(PROSE, facts=GlyphFacts(0.67, 900, 2, {})), prose_picture, "false_tounicode_mended", False),
        (layer(PROSE, facts=GlyphFacts(0.67, 900, 9, {})), prose_picture, "false_tounicode_unmapped", True),
    ],
)  # fmt: skip
def test_a_layer_is_judged(page: Layer, drawn, rule: str, needs_ocr: bool) -> None:
    verdict = judged(page, lambda: (drawn(), 72.0))
    assert (verdict.decision.rule, verdict.needs_ocr) == (rule, needs_ocr)
    assert (verdict.decision.rejected_text is not None) == (needs_ocr and bool(page.runs))


def test_ink_under_words_is_covered() -> None:
    grey = np.full((100, 100), 250, dtype=np.uint8)
    grey[10:20, 10:30] = 0
    grey[60:70, 10:30] = 0
    assert ink_coverage(grey, 72.0, [Box(10, 10, 30, 20)]) == pytest.approx(0.5, abs=0.01)
    assert ink_coverage(np.full((9, 9), 255, np.uint8), 72.0, []) == 1.0


def test_boxes_of_a_chart_are_no_prose() -> None:
    grey = np.full((800, 600), 255, dtype=np.uint8)
    for y in range(110, 590, 14):
        grey[y : y + 6, 60:100] = grey[y : y + 6, 300:340] = 0
    assert holds_text(prose_picture(), 72.0, HALF.box)
    assert not holds_text(grey, 72.0, HALF.box)


def test_words_vote_for_the_letter_of_an_unnamed_glyph() -> None:
    known = {"من": 5.0, "نحن": 5.0, "لبنان": 4.0, "كان": 6.0, "باب": 3.0}

    def weight(word: str) -> float:
        return known.get(word, 0.0)

    words = [("م", 7), (7, "ح", 7), ("ل", "ب", 7, "ا", 7), ("ك", "ا", 7), (8, "ا", "ا")]
    assert voted(words, weight) == {7: "ن"}
    assert voted(words[:3], weight) == {}  # too few words of three letters


def test_a_glyph_of_several_letters_is_voted_for_among_ligatures() -> None:
    known = {"المملكة": 5.0, "المجلس": 4.0, "المادة": 5.0, "الادة": 3.0}
    words = [("ا", 7, "ملكة"), ("ا", 7, "جلس"), ("ا", 7, "ادة")]
    assert voted(words, lambda word: known.get(word, 0.0), lambda _: LIGATURES) == {7: "لم"}


@pytest.mark.parametrize(
    ("told", "unnamed"),
    [
        ({33: "م", 34: "ن", 35: "ب", 36: "ا", 37: "و", 81: "Q"}, {81}),  # the code's own character: no name was known
        ({33: "م", 34: "ن", 35: "ب", 36: "ا", 37: "و", 81: "("}, set()),
        ({33: "!", 34: '"', 35: "#", 36: "ا", 37: "و", 81: "Q"}, set()),  # a font that holds Latin characters too
        ({33: "m", 34: "n", 35: "b", 36: "a", 37: "w", 81: "Q"}, set()),
    ],
)
def test_codes_that_stand_for_themselves_among_arabic_letters_are_unnamed(told, unnamed) -> None:
    font = FontFact((1, 0), "F", False, to_unicode_stream(told, False), None, None, frozenset(told))
    assert unnamed_codes(font, codes_to_text(font.to_unicode)) == unnamed


def test_base_letters_are_preferred() -> None:
    assert preferred((0xFEDD, 0x644)) == "ل"
    assert preferred((0xFBFE, 0xFEF3)) == "ي"
    assert preferred((0xFEFB,)) == "لا"
    assert preferred((0xF0B7,)) == ""


def test_every_code_gets_a_slot_of_its_own() -> None:
    fonts = [
        FontFact((n, 0), "F", True, to_unicode_stream({3: " ", 9: "لا"}, True), None, None, frozenset({9, 12}))
        for n in (1, 2)
    ]
    meaning, maps = slots_of(fonts)
    assert len(meaning) == 6
    assert {(meaning[slot].font, meaning[slot].code) for table in maps.values() for slot in table.values()} == {
        ((n, 0), code) for n in (1, 2) for code in (3, 9, 12)
    }


def test_map_streams_come_back_as_written() -> None:
    table = {3: " ", 171: "لا", 65535: "\U0001d441"}
    assert codes_to_text(to_unicode_stream(table, True)) == table


def test_table_of_drawings_is_sound() -> None:
    """Keys are digests, letters are Arabic, one drawing has one meaning."""
    meanings: dict[str, set[str]] = {}
    for row in table_rows():
        assert not row.key or len(row.key) == 40
        assert any("\u0600" <= c <= "\u06ff" for c in row.letters)
        meanings.setdefault(row.key or f"{row.font} {row.glyph}", set()).add(row.letters)
    assert all(len(letters) == 1 for letters in meanings.values())
    assert len(known_glyphs()) > 400


def glyphs(*places: float) -> list[Run]:
    return [Run("ن", Box(x, 90, x + 5, 102), 100.0, 12.0, FONT) for x in places]


def test_order_of_the_source_is_recorded() -> None:
    assert order_of(glyphs(100, 106, 112)) is TextOrder.visual
    assert order_of(glyphs(112, 106, 100)) is TextOrder.logical
    assert order_of(glyphs(100, 106, 112, 106, 100)) is TextOrder.mixed
