"""facts: what a PDF page holds before anybody judges it: its frame, letters, images and paths."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from schemas.geometry import Box
from schemas.page import Font


@dataclass(frozen=True, slots=True)
class PageFrame:
    """Where the page lies in PDF space, and how it is turned to be read."""

    left: float
    top: float
    width: float
    height: float
    rotation: int

    @property
    def read_width(self) -> float:
        """Width as read, points."""
        return self.height if self.rotation in (90, 270) else self.width

    @property
    def read_height(self) -> float:
        """Height as read, points."""
        return self.width if self.rotation in (90, 270) else self.height

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A PDF point (origin bottom left) as seen by a reader (origin top left)."""
        u, v = x - self.left, self.top - y
        if self.rotation == 90:
            return self.height - v, u
        if self.rotation == 180:
            return self.width - u, self.height - v
        if self.rotation == 270:
            return v, self.width - u
        return u, v

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A PDF rectangle as seen by a reader."""
        xa, ya = self.point(left, top)
        xb, yb = self.point(right, bottom)
        return Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text object is set: font, size and direction as drawn."""

    font: Font
    size: float
    turn: int
    visible: bool
    slant: float = 0.0
    """How far its letters lean to the right for each point of height: an italic that the font does not have."""


class Piece(NamedTuple):
    """Neighbouring letters of one setting without white space; places in the page turned back, letters upright."""

    start: int
    """First character in the page's text."""
    end: int
    """One past its last character."""
    x0: float
    x1: float
    baseline: float
    setting: Setting


new_piece = partial(tuple.__new__, Piece)
"""A piece of its six fields as one tuple, in a third of the time that `Piece` takes to put them in order."""


class Letter(NamedTuple):
    """One character of the page's text that is drawn; places in the page turned back, letters upright."""

    char: str
    x0: float
    x1: float
    """Where its advance ends."""
    baseline: float
    """That of its text object."""
    setting: Setting


new_letter = partial(tuple.__new__, Letter)
"""The same for letters."""


@dataclass(frozen=True, slots=True)
class ImageFact:
    """An image as placed on the page."""

    box: Box
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class PathFact:
    """A path: its box, its straight segments (as read) and how it is painted."""

    box: Box
    segments: tuple[tuple[float, float, float, float], ...]
    filled: bool
    stroked: bool
    light: bool
    """True where its colour is (nearly) white."""
    count: int
    """Number of segments, curves too."""
    curved: bool


FontKey = tuple[int, int]
"""Object number and generation of a font dictionary."""


@dataclass(frozen=True, slots=True)
class FontFact:
    """A font dictionary: how it is encoded, what it says its codes mean, and its embedded program."""

    key: FontKey
    name: str
    two_bytes: bool
    """True for a composite font, False for a simple one, whose codes are one byte long."""
    to_unicode: bytes | None
    """The /ToUnicode stream, decoded."""
    program: bytes | None
    """The embedded TrueType or OpenType program, decoded; None for other kinds and where there is none."""
    glyph_of_code: Mapping[int, int] | None
    """Code → glyph index where the file gives a table; None where the code is the glyph index (composite fonts) or the
    program's own table for single bytes says (simple fonts)."""
    width_codes: frozenset[int]
    """Codes whose width the file gives: those in use, with most producers."""


class Instructions(NamedTuple):
    """What draws a page, or a form on it, and which of the names it may use stand for something."""

    content: bytes
    """As far as it can be decoded; empty where there is none."""
    whole: bool
    """False where some of it is gone or cut."""
    fonts: frozenset[str]
    """Fonts whose letters can be told from the file, or at least be drawn."""
    in_part: frozenset[str]
    """Fonts whose widths or program are gone: letters may be missing or stand at the wrong place."""
    drawn: frozenset[str]
    """Pictures and forms that are there."""
