"""Badly read lines are read again, and only a clearly surer look that lost nothing is taken."""

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.ocr.engine import GreyImage, Orientation, Word
from pipeline.ocr.quality import judged
from pipeline.ocr.rereading import reread

PAGE = np.full((400, 600), 255, np.uint8)
GOOD = [Word("assembly", 50, 40 + 60 * n, 550, 60 + 60 * n, 0.95, n) for n in range(4)]
BAD = Word("ascenibly", 50, 280, 550, 300, 0.5, 4)


class Looks:
    """Answers each look with the next of its words."""

    name = "looks"

    def __init__(self, *words: tuple[str, float]) -> None:
        self._words = list(words)
        self.asked = 0

    def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
        self.asked += 1
        if not self._words:
            return ()
        text, confidence = self._words.pop(0)
        return [Word(text, 10, 10, 90, 30, confidence, 0)]

    def orient(self, image: GreyImage, dpi: int) -> Orientation | None:
        return None


def last_line(engine: Looks, *words: Word, packs: tuple[str, ...] = ("eng",)) -> str:
    reading = reread(engine, judged((*GOOD, *words), PAGE, packs, 200, 3), PAGE)
    return reading.words[-1].text


@pytest.mark.parametrize(
    ("looks", "want"),
    [
        ([("assembly", 0.9)], "assembly"),
        ([("asseinbly", 0.7), ("assembly", 0.9), ("asse", 0.99)], "assembly"),
        ([("assembly", 0.55)], "ascenibly"),
        ([("a", 0.99)], "ascenibly"),
        ([], "ascenibly"),
    ],
)
def test_the_surest_whole_look_is_taken(looks: list[tuple[str, float]], want: str) -> None:
    assert last_line(Looks(*looks), BAD) == want


def test_sound_lines_are_not_looked_at() -> None:
    engine = Looks()
    last_line(engine)
    assert engine.asked == 0


def test_a_line_that_another_runs_through_is_left() -> None:
    engine = Looks(("assembly", 0.99))
    assert last_line(engine, Word("whole", 60, 282, 500, 302, 0.95, 5), BAD) == "ascenibly"


def test_no_latin_scraps_come_into_arabic() -> None:
    bad = Word("الجعية", 50, 280, 550, 300, 0.5, 4)
    assert last_line(Looks(("oplSvy", 0.9), ("الجمعية", 0.8)), bad, packs=("ara", "eng")) == "الجمعية"
