"""quality: how far a reading can be believed: the words' confidence, and the ink that no word accounts for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.ocr.cells import dark_shares, ink_of
from pipeline.ocr.engine import GreyImage, Word
from pipeline.ocr.lines import box_of, lines_of
from pipeline.ocr.stamps import Ring

_CELL = 8
"""Pixels: ink is counted on a grid this fine, so that dust and page borders weigh little."""
_MARGIN_SHARE = 0.02
"""Share of the page at each edge that is left out: scanner borders."""
_SOLID = 0.85
"""A grid cell darker than this share is no text: borders, photographs, bars."""
NOISE_LINE = 0.3
"""Mean confidence below which a line is no text: misread lines of real text came with 0.35 and more."""
NOT_READ = 0.55
"""Mean confidence of what is left without noise, below which nothing of a page is believed: photographs, charts,
handwriting and scripts without a pack gave 0.36 to 0.54 and no right line, the poorest page of print 0.56."""
NOISE_MARK = 0.4
"""Confidence below which a mark without letter or digit is dust."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One pass over a page."""

    words: tuple[Word, ...]
    packs: tuple[str, ...]
    dpi: int
    segmentation: int
    confidence: float
    """Mean of the words', weighted by letters, 0..1."""
    coverage: float
    """Share of the ink that lies inside words, 0..1; 1 for a page without ink."""

    @property
    def worth(self) -> float:
        """What passes are compared by: confidence is blind to lost lines, coverage to wrong letters."""
        return self.confidence * min(1.0, self.coverage + 0.05)


def judged(words: Sequence[Word], image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Reading:
    """The pass with its confidence and coverage."""
    return Reading(tuple(words), packs, dpi, segmentation, confidence_of(words), coverage_of(words, image))


def confidence_of(words: Sequence[Word]) -> float:
    """Mean confidence weighted by letters; 0 without words."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def coverage_of(words: Sequence[Word], image: GreyImage) -> float:
    """Share of the ink inside the words' boxes."""
    cells = dark_shares(ink_of(image), _CELL)
    ink = np.where((cells > 0.02) & (cells < _SOLID), cells, 0.0)
    border_y, border_x = int(ink.shape[0] * _MARGIN_SHARE), int(ink.shape[1] * _MARGIN_SHARE)
    inner = np.zeros_like(ink)
    inner[border_y : ink.shape[0] - border_y, border_x : ink.shape[1] - border_x] = 1
    ink = ink * inner
    whole = float(ink.sum())
    if whole < 1.0:
        return 1.0
    inside = np.zeros_like(ink)
    for word in words:
        inside[word.top // _CELL : word.bottom // _CELL + 1, word.x0 // _CELL : word.x1 // _CELL + 1] = 1
    return float((ink * inside).sum()) / whole


def believed(words: Sequence[Word], rings: Sequence[Ring] = ()) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Words that are text, and marks that are none; on a page that cannot be read, no word is."""
    kept, noise = apart(words, rings)
    return ((), tuple(words)) if confidence_of(kept) < NOT_READ else (kept, noise)


def apart(words: Sequence[Word], rings: Sequence[Ring] = ()) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Words that are text, and marks that are none: scrawl, stamps, drawings and edges taken for letters.

    A line that stands wholly inside a stamp's ring is the stamp's.
    """
    noise = {
        line[0].line for line in lines_of(words) if _is_noise(line) or any(ring.holds(box_of(line)) for ring in rings)
    }
    kept = tuple(w for w in words if w.line not in noise and not _is_speck(w))
    return kept, tuple(w for w in words if w.line in noise or _is_speck(w))


def _is_noise(line: Sequence[Word]) -> bool:
    return confidence_of(line) < NOISE_LINE


def _is_speck(word: Word) -> bool:
    return word.confidence < NOISE_MARK and not any(c.isalnum() for c in word.text)
