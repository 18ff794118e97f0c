"""White margins are kept from the engine, and what it reads stands where it stands on the page."""

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.ocr.cells import DARK
from pipeline.ocr.engine import AUTO_BLOCKS, ONE_BLOCK, GreyImage, Orientation, Word
from pipeline.ocr.glance import TURN_READS
from pipeline.ocr.lines import Box
from pipeline.ocr.printed import printed_part
from pipeline.ocr.reading import BELIEVED, read_page

FINE = 3
WHOLE = Box(0, 0, 850, 1100)
TEXT = Box(100, 100, 700, 500)


def page(*places: Box) -> GreyImage:
    """White, with strokes like letters in these places, at 100 dpi."""
    image = np.full((1100, 850), 250, np.uint8)
    for x0, top, x1, bottom in places:
        for y in range(top, bottom, 20):
            image[y : min(y + 8, bottom), x0:x1:3] = 20
    return image


@pytest.mark.parametrize(
    ("places", "part"),
    [
        ((), WHOLE),
        ((Box(0, 0, 850, 1100),), WHOLE),
        ((Box(30, 60, 820, 1060),), WHOLE),
        ((TEXT,), Box(75, 75, 725, 625)),
        ((Box(100, 700, 700, 1000),), Box(75, 550, 725, 1100)),
        ((TEXT, Box(400, 1000, 404, 1008)), Box(75, 75, 725, 1035)),
        ((TEXT, Box(800, 1000, 801, 1001)), Box(75, 75, 725, 625)),
    ],
    ids=["blank", "full", "nearly full", "upper", "lower", "page number", "speck"],
)
def test_the_printed_part(places: tuple[Box, ...], part: Box) -> None:
    fine = page(*places).repeat(FINE, axis=0).repeat(FINE, axis=1)
    assert printed_part(fine, 100 * FINE) == tuple(FINE * n for n in part)


class Measuring:
    """Reads one word in its language, as large as the ink it is shown."""

    name = "measuring"

    def __init__(self, pack: str, confidence: float) -> None:
        self._pack, self._confidence = pack, confidence
        self.seen: dict[int, GreyImage] = {}
        """The last picture by segmentation."""

    def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
        self.seen[segmentation] = image
        rows, columns = (np.flatnonzero((image < DARK).any(axis=axis)) for axis in (1, 0))
        box = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
        return [Word("recapitulates" * 4, *box, self._confidence if packs[0] == self._pack else 0.1, 0)]

    def orient(self, image: GreyImage, dpi: int) -> Orientation | None:
        return None


@pytest.mark.parametrize(("pack", "cut"), [("eng", True), ("ara", False)])
def test_words_stand_where_they_stand_on_the_page(pack: str, cut: bool) -> None:
    engine = Measuring(pack, 0.95)
    found = read_page(engine, lambda dpi: page(TEXT), ())
    assert found is not None
    word = found.reading.words[0]
    assert (word.x0, word.top, word.x1, word.bottom) == pytest.approx(TEXT, abs=12)
    assert (engine.seen[AUTO_BLOCKS].size < found.prepared.image.size) is cut


def test_what_is_read_as_one_block_is_all_of_the_page() -> None:
    engine = Measuring("eng", (BELIEVED + TURN_READS) / 2)
    found = read_page(engine, lambda dpi: page(TEXT), ())
    assert found is not None
    assert engine.seen[ONE_BLOCK].shape == found.prepared.image.shape
