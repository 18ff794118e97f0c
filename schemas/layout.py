"""Lines and blocks: the text of a page in reading order. From here on the text is fixed."""

from dataclasses import dataclass
from enum import StrEnum

from schemas.base import Model
from schemas.geometry import Box
from schemas.language import LanguageSpan


class BlockKind(StrEnum):
    """What a block is."""

    masthead = "masthead"
    heading = "heading"
    paragraph = "paragraph"
    list_item = "list_item"
    quotation = "quotation"
    table = "table"
    caption = "caption"
    figure = "figure"
    footnote = "footnote"
    address = "address"
    signature = "signature"
    page_header = "page_header"
    page_footer = "page_footer"
    page_number = "page_number"
    bar_code = "bar_code"
    notice = "notice"


class Direction(StrEnum):
    """Base direction of a line or block."""

    ltr = "ltr"
    rtl = "rtl"


class FootnoteRef(Model):
    """A footnote mark inside a block's text."""

    offset: int
    """Code point at which the mark begins."""
    footnote: str
    """Id of the footnote it points to."""


class TableCell(Model):
    """A cell of a table."""

    text: str
    """Text of the cell; its lines joined by a space."""
    row_span: int = 1
    """Number of rows it covers."""
    column_span: int = 1
    """Number of columns it covers."""
    header: bool = False
    """True for a cell of a header row."""


class TableRow(Model):
    """A row of a table; cells covered by a span from another cell are left out."""

    cells: tuple[TableCell, ...]
    """Cells in logical order (the first column of a right-to-left table is its rightmost)."""


class Table(Model):
    """A table as rows of cells."""

    rows: tuple[TableRow, ...]
    """Rows from top to bottom, header rows first."""


class Block(Model):
    """A paragraph, heading, table, note or piece of furniture."""

    id: str
    """`b1`, `b2` … in reading order."""
    part: str
    """Id of the part it belongs to."""
    page: int
    """Page on which it begins, position in the file from 1."""
    box: Box | None
    """Place on that page; null for plain text."""
    kind: BlockKind
    """What it is."""
    furniture: bool
    """True for running heads, page numbers, job numbers, bar codes and notices: not part of the text proper."""
    level: int | None = None
    """1 for the highest heading; null for other kinds."""
    number: str | None = None
    """Printed number of a numbered paragraph, heading or list item, such as `12`, `(a)`, `II`."""
    text: str
    """Text in logical order, lines joined. Of a table, its cells row by row."""
    direction: Direction
    """Base direction."""
    language: str
    """BCP 47 tag of most of its letters; `zxx` without language, `und` unknown."""
    language_candidate: str | None = None
    """Best guess where `language` is `und`, such as `de`; null elsewhere. A guess, never counted as a language."""
    spans: tuple[LanguageSpan, ...] = ()
    """Languages inside the text; they partition it."""
    confidence: float | None = None
    """Mean OCR confidence 0..1; null for text layers and plain text."""
    footnote_refs: tuple[FootnoteRef, ...] = ()
    """Footnote marks in the text."""
    table: Table | None = None
    """Rows of cells, for a table."""
    continues: str | None = None
    """Id of the block that this one continues across a page break; the joined text stands in that first block, and `text` is empty here."""


@dataclass(frozen=True, slots=True)
class Style:
    """A stretch of text that is set differently from its surroundings."""

    start: int
    end: int
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    size: float | None = None
    """Font size in points; None for plain text."""
    link: str | None = None
    """Link target, where the source has one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in logical order."""

    page: int
    text: str
    box: Box
    baseline: float
    size: float
    """Font size of most of its letters, points."""
    direction: Direction
    styles: tuple[Style, ...] = ()
    """Cover the text without gaps where fonts are known."""
    turn: int = 0
    """0 upright, else clockwise degrees."""
    confidence: float | None = None
    bar_code: bool = False
    """True for text drawn in a bar code font."""
    gaps: tuple[tuple[int, float, float], ...] = ()
    """(offset of what follows, left edge, right edge) of white spaces inside the line that are wide enough to part columns."""


@dataclass(frozen=True, slots=True)
class LineStart:
    """Where a printed line begins inside a block's joined text, and where it stands."""

    offset: int
    page: int
    box: Box | None


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block as the layout stage gives it: geometry and text are final, `kind` is what geometry alone can tell.

    Later stages point at it by `id`; the structure stage may name a better kind (see `Outline.roles`).
    """

    id: str
    page: int
    box: Box | None
    kind: BlockKind
    text: str
    direction: Direction
    furniture: bool = False
    level: int | None = None
    number: str | None = None
    confidence: float | None = None
    table: Table | None = None
    continues: str | None = None
    styles: tuple[Style, ...] = ()
    """Stretches of the text that are bold, italic, raised, linked or of another size."""
    lines: tuple[LineStart, ...] = ()
    """Where the printed lines begin; the first offset is 0."""
    centred: bool = False
    """True where the lines are centred between the margins."""
    indent: float = 0.0
    """Distance of the text from the start margin in points (plain text: columns)."""
    blank_before: int = 0
    """Plain text only: empty lines before the block (a run of them may be a lost picture or page break)."""
    picture: str | None = None
    """For a figure block: `p<page>i<n>`, the picture's place in `PageText.pictures` (n from 0); for a Markdown image its target."""

    @property
    def bold(self) -> bool:
        """True where nearly all letters (90 %) are bold."""
        return _styled_share(self, "bold") >= 0.9

    @property
    def italic(self) -> bool:
        """True where nearly all letters (90 %) are italic."""
        return _styled_share(self, "italic") >= 0.9

    @property
    def size(self) -> float | None:
        """Font size of most letters, points; None where unknown."""
        weights: dict[float, int] = {}
        for style in self.styles:
            if style.size is not None:
                weights[style.size] = weights.get(style.size, 0) + style.end - style.start
        return max(weights, key=lambda size: (weights[size], size)) if weights else None

    def printed_lines(self) -> tuple[str, ...]:
        """The text cut where its printed lines begin."""
        offsets = [line.offset for line in self.lines] or [0]
        ends = [*offsets[1:], len(self.text)]
        return tuple(self.text[a:b].strip() for a, b in zip(offsets, ends, strict=True))


def _styled_share(block: TextBlock, flag: str) -> float:
    styled = "".join([block.text[style.start : style.end] for style in block.styles if getattr(style, flag)])
    if not styled:
        return 0.0
    letters = sum(map(str.isalnum, block.text))
    return sum(map(str.isalnum, styled)) / letters if letters else 0.0
