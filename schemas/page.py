"""Pages as read: pieces of text with their place and font, pictures, ruled lines, and where the text came from."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from schemas.base import Model
from schemas.geometry import Box
from schemas.language import LanguageShare
from schemas.problem import Problem


class TextOrigin(StrEnum):
    """Where a page's text came from."""

    text_layer = "text_layer"
    repaired_text_layer = "repaired_text_layer"
    ocr = "ocr"
    plain_text = "plain_text"
    none = "none"


class TextOrder(StrEnum):
    """The order in which the source held right-to-left text before it was put right."""

    logical = "logical"
    visual = "visual"
    mixed = "mixed"


class PageDecision(Model):
    """The rule that chose a page's text origin, with the signals it saw."""

    rule: str
    """snake_case name of the rule, such as `good_layer`, `no_text_full_image`, `false_tounicode_mended`."""
    signals: dict[str, float | int | str | bool | None] = {}
    """Measured values, rounded; shares are 0..1."""
    rejected_text: str | None = None
    """Text that was not believed: a rejected text layer, or what recognition read on a page it cannot read."""

    @property
    def is_photograph(self) -> bool:
        """True where the page shows one picture rather than text."""
        return self.rule == "photograph" or self.signals.get("photograph") is True


class OcrFacts(Model):
    """How a page was recognised."""

    engine: str
    """Engine and version."""
    packs: tuple[str, ...]
    """Language packs in the order given to the engine."""
    dpi: int
    """Resolution of the picture that was read."""
    mean_confidence: float
    """Mean word confidence, 0..1, weighted by letters."""
    passes: int = 1
    """Number of recognition passes until this result was kept."""
    ink_coverage: float | None = None
    """Share of the dark pixels that lie inside recognised words, 0..1."""
    rotation: int = 0
    """Clockwise degrees by which the picture was turned before reading."""


class PageRecord(Model):
    """One page of the file."""

    number: int
    """Position in the file, from 1."""
    label: str | None = None
    """Page number as printed."""
    width_pt: float | None = None
    """Width in points as read; null for plain text."""
    height_pt: float | None = None
    """Height in points as read; null for plain text."""
    rotation: int = 0
    """/Rotate of the page, clockwise degrees."""
    text_origin: TextOrigin
    """Where the text came from."""
    decision: PageDecision
    """Why."""
    ocr: OcrFacts | None = None
    """How it was recognised; null where it was not."""
    order: TextOrder = TextOrder.logical
    """What the source held before the order was put right."""
    languages: tuple[LanguageShare, ...] = ()
    """Languages of the page by share of letters, furniture left out."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font as used on a page."""

    name: str
    """Name without the subset prefix."""
    bold: bool = False
    italic: bool = False


class Run(NamedTuple):
    """A piece of text of one font on one baseline.

    In a left-to-right text layer it is as long as the source keeps it (with its spaces); on a page with right-to-left
    letters it is one glyph, kept whole however many letters it stands for; from OCR it is one word.
    """

    text: str
    """Unicode text; for a glyph the letters it stands for in logical order."""
    box: Box
    """Place on the page as read."""
    baseline: float
    """Distance of the baseline from the top of the page in points."""
    size: float
    """Font size in points as drawn."""
    font: Font
    turn: int = 0
    """Direction of the text: 0 for upright, else clockwise degrees 90, 180, 270."""
    confidence: float | None = None
    """OCR confidence 0..1; None for text layers."""
    line: int | None = None
    """The reader's own line number where it knows lines (OCR): runs of one line then stand in logical order."""
    space_before: bool | None = None
    """True or False where the source settles whether a space stands before this run; None leaves it to the gap."""
    visible: bool = True
    """False for text drawn invisibly (a scan's OCR layer)."""


new_run = partial(tuple.__new__, Run)
"""A run of all its fields as one tuple, in their order: one is made for each glyph of an Arabic page."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image drawn on the page."""

    box: Box
    width_px: int
    height_px: int
    sha256: str | None = None
    """Digest of the image file as written; None where it was not extracted."""
    file: str | None = None
    """File name under `images/`; None where it was not extracted."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin straight line, drawn as a line or a narrow rectangle."""

    box: Box
    horizontal: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells as boxes found from ruled lines: rows of cells, None where a cell is covered by a span."""

    box: Box
    rows: tuple[tuple[Box | None, ...], ...]


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as read, before layout."""

    number: int
    width_pt: float | None
    height_pt: float | None
    rotation: int
    origin: TextOrigin
    decision: PageDecision
    runs: tuple[Run, ...] = ()
    """All text of the page in source order."""
    plain: str | None = None
    """The page's text where the source is plain text or Markdown; then there are no runs."""
    markdown: bool = False
    """True where `plain` is Markdown."""
    pictures: tuple[Picture, ...] = ()
    rules: tuple[Rule, ...] = ()
    grids: tuple[Grid, ...] = ()
    order: TextOrder = TextOrder.logical
    ocr: OcrFacts | None = None
    label: str | None = None
    """Page label of the file (PDF /PageLabels), where it has one."""
    problems: tuple[Problem, ...] = ()
    """Problems met while reading this page."""
    needs_ocr: bool = False
    """True where the text layer is absent or not believable, and the picture of the page holds ink."""
