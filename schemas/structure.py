"""The document as a tree: parts, footnotes, figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from schemas.base import Model
from schemas.geometry import Box
from schemas.language import LanguageShare
from schemas.layout import BlockKind, FootnoteRef
from schemas.problem import Problem


class PartKind(StrEnum):
    """What a part is."""

    main = "main"
    annex = "annex"
    appendix = "appendix"
    enclosure = "enclosure"


class Part(Model):
    """The main text or something attached to it; parts form a tree kept as a flat list in reading order."""

    id: str
    """`main`, `annex-1`, `annex-2`, `annex-2-appendix-1` …"""
    kind: PartKind
    """What it is."""
    parent: str | None = None
    """Id of the part it is attached to; null for the main part."""
    label: str | None = None
    """Label as printed: `Annex II`, `المرفق الثاني`, `Əlavə 1`."""
    number: int | None = None
    """Its number among its kind, where one is printed."""
    title: str | None = None
    """Its own title, lines joined, without the label and without a trailing mark."""
    language: str = "und"
    """BCP 47 tag of most of its letters."""
    languages: tuple[LanguageShare, ...] = ()
    """All its languages by share of letters."""
    first_page: int | None = None
    """Page on which it begins; null for one that is not in the file."""
    last_page: int | None = None
    """Page on which it ends."""
    blocks: tuple[str, ...] = ()
    """Ids of its blocks in reading order, furniture included."""
    present: bool = True
    """False for a part that is announced and not in the file."""


class Anchor(Model):
    """A place in the text."""

    block: str
    """Id of the block."""
    offset: int
    """Code point inside the block's text."""


class Footnote(Model):
    """A foot- or endnote."""

    id: str
    """`fn1`, `fn2` … in reading order."""
    mark: str
    """Plain mark: `1`, `a`, `*`."""
    text: str
    """Text without the mark, continuations joined."""
    part: str
    """Id of the part it belongs to."""
    page: int
    """Page on which it begins."""
    anchors: tuple[Anchor, ...] = ()
    """Where the text refers to it; empty where nothing was found (a problem says so)."""


class FigureImage(Model):
    """A picture that belongs to a figure."""

    page: int
    """Page it stands on."""
    box: Box
    """Its place."""
    width_px: int
    """Width of the image in pixels."""
    height_px: int
    """Height of the image in pixels."""
    sha256: str | None = None
    """Digest of the image file; null where it was not extracted."""
    file: str | None = None
    """File under `images/`; null where it was not extracted."""


class Figure(Model):
    """A printed caption, or a picture without one."""

    id: str
    """`fig1`, `fig2` … in reading order."""
    part: str
    """Id of the part it stands in."""
    caption_block: str | None = None
    """Id of the caption's block; null where there is none."""
    label: str | None = None
    """Label as printed: `Images 1–14`, `Figure II`."""
    first: int | None = None
    """First number of the range."""
    last: int | None = None
    """Last number of the range."""
    expected: int | None = None
    """How many pictures the caption announces; null where it does not say."""
    found: int = 0
    """How many pictures the file holds for it."""
    caption: str | None = None
    """Caption without the label."""
    place_heading: str | None = None
    """Nearest heading above that names what the pictures show, such as a town."""
    images: tuple[FigureImage, ...] = ()
    """The pictures."""


@dataclass(frozen=True, slots=True)
class Role:
    """What the structure stage found a block to be, where it knows better than geometry."""

    kind: BlockKind
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """What the structure stage gives: stand-off results over the blocks."""

    parts: tuple[Part, ...]
    """In reading order; languages are filled in when the record is joined."""
    part_of: Mapping[str, str]
    """Block id → part id; every block has one."""
    footnotes: tuple[Footnote, ...] = ()
    footnote_refs: Mapping[str, tuple[FootnoteRef, ...]] = field(default_factory=dict)
    """Block id → marks in its text."""
    figures: tuple[Figure, ...] = ()
    roles: Mapping[str, Role] = field(default_factory=dict)
    """Block id → better kind."""
    problems: tuple[Problem, ...] = ()
