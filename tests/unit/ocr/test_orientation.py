"""How a page lies: as it reads; where it reads nowhere a sure verdict is taken."""

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.ocr.engine import GreyImage, Orientation, Word
from pipeline.ocr.glance import JOINED, READS_AT_ALL, TURN_LETTERS, TURN_READS, TURN_SURE, joined_share, turned
from pipeline.ocr.reading import LOOK_DPI, read_page
from pipeline.ocr.sheet import Sheet

PAGE = np.full((600, 600), 255, np.uint8)
for row in range(40, 560):
    PAGE[row, 40 : 60 + row // 6] = np.where((np.arange(40, 60 + row // 6) // 4 + row // 4) % 2, 0, 255)
"""A chequered wedge down the left side, wider below: every stretch of it shows how the page was turned."""


def lies(image: GreyImage) -> int:
    """Clockwise degrees by which the wedge was turned."""
    columns = (image < 128).sum(axis=0)
    half = columns.size // 2
    left = columns[:half].sum() > columns[half:].sum()
    along = (columns > 0).mean() > 0.5
    return {(True, False): 0, (False, False): 180, (True, True): 90, (False, True): 270}[bool(left), bool(along)]


class Sideways:
    """Reads the page only where it was turned by `upright`; says of how it lies what it is told to say."""

    name = "sideways"

    def __init__(
        self,
        upright: int,
        says: int,
        confidence: float,
        script: str = "Latin",
        pack: str | None = None,
        script_confidence: float = 2.9,
    ) -> None:
        self._upright = upright
        self._pack = pack
        self._verdict = Orientation(says, confidence, script, script_confidence)

    def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
        right = lies(image) == self._upright and self._pack in (None, packs[0])
        confidence = TURN_READS + 0.2 if right else TURN_READS - 0.3
        return [Word("Tableaurécapitulatif" * 2, 1, 1, 90, 20, confidence, 0)]

    def orient(self, image: GreyImage, dpi: int) -> Orientation | None:
        return self._verdict


def turn_of(engine: Sideways) -> int:
    found = read_page(engine, lambda dpi: PAGE, ())
    assert found is not None
    return found.turn


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_wedge_shows_its_turn(turn: int) -> None:
    assert lies(turned(PAGE, turn)) == turn


def test_a_sure_verdict_is_taken_where_the_page_reads_nowhere() -> None:
    assert turn_of(Sideways(upright=0, says=180, confidence=TURN_SURE, pack="chi_sim")) == 180


def test_a_page_that_reads_is_not_turned_whatever_the_verdict() -> None:
    assert turn_of(Sideways(upright=0, says=180, confidence=TURN_SURE)) == 0


def test_a_sure_verdict_is_no_reason_not_to_read() -> None:
    """Where the first look falls on a stretch that nobody can read."""

    class Waiting(Sideways):
        asked = False

        def orient(self, image: GreyImage, dpi: int) -> Orientation | None:
            self.asked = True
            return super().orient(image, dpi)

        def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
            return super().read(image, packs, dpi, segmentation) if self.asked else []

    assert turn_of(Waiting(upright=0, says=180, confidence=TURN_SURE)) == 0


def test_the_engine_is_not_asked_how_a_page_lies_that_reads_upright() -> None:
    """Where the first look, which is narrow, tells nothing: asking takes longer than reading more of the page."""
    asked: list[int] = []

    class Counting(Sideways):
        def orient(self, image: GreyImage, dpi: int) -> Orientation | None:
            asked.append(dpi)
            return super().orient(image, dpi)

        def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
            narrow = image.shape[1] * LOOK_DPI < PAGE.shape[1] * dpi
            return [] if narrow else super().read(image, packs, dpi, segmentation)

    assert turn_of(Counting(upright=0, says=0, confidence=TURN_SURE, pack="eng")) == 0
    assert not asked
    assert turn_of(Counting(upright=180, says=180, confidence=TURN_SURE, pack="eng")) == 180
    assert len(asked) == 1


def test_a_few_clear_words_of_a_page_on_its_side_do_not_turn_it() -> None:
    """The engine finds lines that run down, too: Azerbaijani read with Russian letters had 30 of 117 letters there."""

    class Sidelong(Sideways):
        def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
            if lies(image) != 90:
                return 4 * list(super().read(image, packs, dpi, segmentation))
            return [Word("Tableaurécapitulatif"[:TURN_LETTERS], 1, 1, 90, 20, TURN_READS + 0.1, 0)]

    assert turn_of(Sidelong(upright=0, says=0, confidence=TURN_SURE, pack="chi_sim")) == 0


def test_noise_in_every_script_tells_nothing() -> None:
    class Scrawl(Sideways):
        def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
            return [Word("x" * (50 if packs == ("ara",) else 40), 1, 1, 90, 20, READS_AT_ALL - 0.1, 0)]

    found = read_page(Scrawl(0, says=180, confidence=0.3), lambda dpi: PAGE, ())
    assert found is not None
    assert (found.turn, found.reading.packs) == (0, ("eng",))


@pytest.mark.parametrize("upright", [0, 90, 180, 270])
@pytest.mark.parametrize("says", [0, 180])
def test_an_unsure_verdict_is_tried(upright: int, says: int) -> None:
    assert turn_of(Sideways(upright, says, confidence=TURN_SURE - 1)) == upright


@pytest.mark.parametrize("confidence", [TURN_SURE + 2, TURN_SURE - 1])
@pytest.mark.parametrize("script_confidence", [2.9, 0.2])
@pytest.mark.parametrize("pack", ["eng", "rus"])
def test_a_page_is_cyrillic_only_where_it_reads_so(confidence: float, script_confidence: float, pack: str) -> None:
    engine = Sideways(0, 0, confidence, "Cyrillic", pack, script_confidence)
    found = read_page(engine, lambda dpi: PAGE, ())
    assert found is not None
    assert (found.turn, found.reading.packs[0]) == (0, pack)


def test_a_page_head_down_in_the_wrong_script_is_found_upright() -> None:
    found = read_page(Sideways(0, 180, 2.6, script="Cyrillic", pack="eng"), lambda dpi: PAGE, ())
    assert found is not None
    assert (found.turn, found.reading.packs) == (0, ("eng",))


@pytest.mark.parametrize(("image", "light_on_dark"), [(PAGE, False), (255 - PAGE, True)])
def test_light_print_on_a_dark_page_is_read_from_its_negative(image: GreyImage, light_on_dark: bool) -> None:
    seen = []

    class Looking(Sideways):
        def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
            seen.append(float(np.median(image)))
            return super().read(image, packs, dpi, segmentation)

    found = read_page(Looking(0, says=0, confidence=9.0), lambda dpi: image, ())
    assert found is not None and found.light_on_dark is light_on_dark
    assert min(seen) > 128


def test_joined_letters_show() -> None:
    letters = np.full((60, 900), 255, np.uint8)
    for x in range(20, 860, 14):
        letters[20:40, x : x + 9] = 0
    joined = letters.copy()
    joined[34:40, 20:300] = joined[34:40, 340:860] = 0
    assert joined_share(letters) < JOINED < joined_share(joined)


@pytest.mark.parametrize(
    ("scanned", "hints", "drawn"),
    [(None, (), [200, 300]), (200, (), [200]), (600, (), [300]), (600, ("ar",), [200, 300])],
)
def test_a_scan_is_drawn_once_as_finely_as_it_is_read(
    scanned: int | None, hints: tuple[str, ...], drawn: list[int]
) -> None:
    asked: list[int] = []

    def render(dpi: int) -> GreyImage:
        asked.append(dpi)
        return PAGE

    assert read_page(Sideways(0, 0, 9.0, pack="eng"), render, hints, Sheet(595, 842, 1.0, scanned)) is not None
    assert asked == drawn
