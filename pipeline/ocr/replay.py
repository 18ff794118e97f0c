"""replay: gives recorded words again, so that tests are exact and need no Tesseract."""

import hashlib
from collections.abc import Mapping, Sequence

from pipeline.ocr.engine import Engine, GreyImage, Orientation, Word

Key = tuple[str, tuple[str, ...], int, int]


def key_of(image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Key:
    """What a recording is filed under: digest of the picture, packs, resolution, segmentation."""
    digest = hashlib.sha256(repr(image.shape).encode() + image.tobytes()).hexdigest()[:16]
    return digest, packs, dpi, segmentation


class ReplayEngine:
    """Answers from a recording; a picture that is not in it is a KeyError, never a guess."""

    name = "replay"

    def __init__(self, words: Mapping[Key, Sequence[Word]], orientations: Mapping[str, Orientation | None]) -> None:
        self._words = words
        self._orientations = orientations

    def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
        """The recorded words."""
        return self._words[key_of(image, packs, dpi, segmentation)]

    def orient(self, image: GreyImage, dpi: int) -> Orientation | None:
        """The recorded orientation."""
        return self._orientations[key_of(image, (), 0, 0)[0]]


class RecordingEngine:
    """Passes questions on to another engine and keeps the answers for `ReplayEngine`."""

    def __init__(self, engine: Engine) -> None:
        self.name = engine.name
        self._engine = engine
        self.words: dict[Key, Sequence[Word]] = {}
        self.orientations: dict[str, Orientation | None] = {}

    def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
        """The engine's words, kept."""
        words = self._engine.read(image, packs, dpi, segmentation)
        self.words[key_of(image, packs, dpi, segmentation)] = words
        return words

    def orient(self, image: GreyImage, dpi: int) -> Orientation | None:
        """The engine's orientation, kept."""
        found = self._engine.orient(image, dpi)
        self.orientations[key_of(image, (), 0, 0)[0]] = found
        return found
