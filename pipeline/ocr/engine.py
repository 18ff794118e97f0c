"""engine: what every OCR engine gives, and the words it is given in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

GreyImage = NDArray[np.uint8]

AUTO_BLOCKS = 3
"""Page segmentation: find columns and blocks."""
ONE_BLOCK = 6
"""Page segmentation: one block of text."""
ONE_LINE = 7
"""Page segmentation: one line of text."""
RAW_LINE = 13
"""Page segmentation: the picture is one line, letters to its edges; finds a line where `ONE_LINE` finds none."""


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    """Box in pixels of the image that was read."""
    confidence: float
    """0..1."""
    line: int
    """Line number in reading order."""


@dataclass(frozen=True, slots=True)
class Orientation:
    """How a page lies, and in which script."""

    turn: int
    """Clockwise degrees by which it must be turned to stand upright."""
    turn_confidence: float
    script: str
    """Name of the script as the engine calls it: Latin, Arabic, Cyrillic, Han …"""
    script_confidence: float


class Engine(Protocol):
    """Reads text off a picture."""

    name: str
    """Name and version."""

    def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
        """Words in reading order."""
        ...

    def orient(self, image: GreyImage, dpi: int) -> Orientation | None:
        """How the page lies; None where it holds too little text to tell."""
        ...


def words_from_tsv(tsv: str) -> tuple[Word, ...]:
    """Words of Tesseract's TSV output: level, page, block, paragraph, line, word, box, confidence, text."""
    words: list[Word] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in tsv.splitlines():
        fields = row.split("\t")
        if len(fields) < 12 or fields[0] != "5" or not fields[11].strip():
            continue
        line = lines.setdefault(tuple(fields[2:5]), len(lines))
        left, top, width, height = (int(value) for value in fields[6:10])
        confidence = max(0.0, min(1.0, float(fields[10]) / 100))
        words.append(Word(fields[11].strip(), left, top, left + width, top + height, confidence, line))
    return tuple(words)
