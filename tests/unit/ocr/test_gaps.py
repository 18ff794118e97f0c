from collections.abc import Sequence

import numpy as np

from pipeline.ocr.engine import GreyImage, Orientation, Word
from pipeline.ocr.gaps import fill_gaps, gaps_of
from pipeline.ocr.quality import judged

DPI = 200


def page(*rows: int) -> GreyImage:
    """White A5 paper with a line of strokes at each of these heights."""
    image = np.full((1640, 1160), 255, np.uint8)
    for top in rows:
        for x in range(200, 900, 12):
            image[top : top + 30, x : x + 4] = 0
    return image


def line(top: int, number: int) -> Word:
    return Word("text", 200, top, 900, top + 30, 0.9, number)


class Reader:
    """Reads nothing at the first size, a word at the next."""

    name = "fake"

    def __init__(self, confidence: float) -> None:
        self.confidence = confidence
        self.calls = 0

    def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
        self.calls += 1
        if self.calls == 1:
            return ()
        return (Word("lost", 15, 15, 1000, 60, self.confidence, 0),)

    def orient(self, image: GreyImage, dpi: int) -> Orientation | None:
        return None


def test_ink_outside_words_is_found() -> None:
    image = page(200, 300, 400)
    (gap,) = gaps_of([line(200, 0), line(400, 1)], image, DPI)
    assert abs(gap.top - 300) <= 6 and abs(gap.bottom - 330) <= 6


def test_rules_solids_and_dust_are_no_gaps() -> None:
    image = page(200)
    image[300:303, 100:1000] = 0
    image[500:900, 200:800] = 0
    image[1000:1004, 500:504] = 0
    assert gaps_of([line(200, 0)], image, DPI) == ()


def test_a_lost_line_is_read_and_put_in_its_place() -> None:
    image = page(200, 300, 400)
    reading = judged([line(200, 0), line(400, 1)], image, ("eng",), DPI, 3)
    filled = fill_gaps(Reader(0.9), reading, image)
    assert [word.text for word in filled.words] == ["text", "lost", "text"]
    assert 290 <= filled.words[1].top <= 310
    assert filled.coverage > reading.coverage


def test_doubtful_words_are_not_taken() -> None:
    image = page(200, 300, 400)
    reading = judged([line(200, 0), line(400, 1)], image, ("eng",), DPI, 3)
    assert fill_gaps(Reader(0.4), reading, image).words == reading.words
