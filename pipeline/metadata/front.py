"""The printed lines of a document's front: where they stand and how they are set."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.geometry import Box
from schemas.layout import BlockKind, Direction, TextBlock
from schemas.structure import Outline

_FRONT_BLOCKS = 90  # of a file without pages: mastheads with long agendas have up to 40 blocks
_FRONT_LINES = 160  # one printed page
_SAME_STYLE_GAP = 0.6  # of the size: lines of a title stand 0.1 to 0.2 apart, titles of agenda items 0.8 (measured)
_ROUGH_SIZE = 1.45  # recognised lines: heights of one style differ by up to 40 %, with and without capitals and tails
_ROUGH_GAP = 0.75  # of the size; boxes of recognised lines are tight, so that gaps look larger
_SIZE_STEP = 0.75  # points; letters of one style differ by less
_MARKS = "*\u00b9\u00b2\u00b3\u2070\u2071\u2072\u2073\u2074\u2075\u2076\u2077\u2078\u2079†‡"
_MARK_AT_END = re.compile(rf"(?:\s*(?:[{_MARKS}]|\[\d{{1,3}}\]))+$")
_SYMBOL_FONT = {code: chr(code - 0xF000) for code in range(0xF020, 0xF07F)}


@dataclass(frozen=True, slots=True)
class FrontLine:
    """One printed line."""

    text: str
    block: str
    page: int
    offset: int
    """Where the line begins in the text of its block."""
    box: Box | None
    size: float | None
    bold: bool
    rtl: bool
    furniture: bool
    kind: BlockKind
    confidence: float | None
    """With which the block was recognised on a scan; None for text that was not."""
    group: int
    """Number of the block among the front's blocks."""
    start: float = 0.0
    """Distance from the margin where reading begins (left, or right in an Arabic document), as a share of the width."""

    @property
    def recognised(self) -> bool:
        """True for text that was recognised on a scan, whose sizes are rough and whose bold is unknown."""
        return self.confidence is not None

    @property
    def upper(self) -> bool:
        """True where all letters are capitals."""
        return self.text.isupper()


def front_lines(blocks: Sequence[TextBlock], outline: Outline) -> list[FrontLine]:
    """The lines of the first page that holds text, those of columns one after the other, furniture included."""
    first = next((block.page for block in blocks if block.text.strip()), None)
    if first is None:
        return []
    plain = all(block.box is None for block in blocks[:50])
    lines: list[FrontLine] = []
    for number, block in enumerate(blocks):
        if block.page > first or (plain and (number >= _FRONT_BLOCKS or _is_attached(block, outline.part_of))):
            break
        lines += _lines_of(block, number)
    return lines if plain else _by_column(lines[:_FRONT_LINES])


def _is_attached(block: TextBlock, part_of: Mapping[str, str]) -> bool:
    return part_of.get(block.id, "main") != "main"


def _lines_of(block: TextBlock, number: int) -> list[FrontLine]:
    starts = block.lines
    offsets = [line.offset for line in starts] or [0]
    boxes = [line.box for line in starts] or [block.box]
    pages = [line.page for line in starts] or [block.page]
    ends = [*offsets[1:], len(block.text)]
    lines = []
    for offset, end, box, page in zip(offsets, ends, boxes, pages, strict=True):
        text = block.text[offset:end].strip().translate(_SYMBOL_FONT)
        if text and page == block.page:  # a paragraph that runs over the page goes on in the same block
            size, bold = _set(block, offset, end)
            rtl = block.direction is Direction.rtl
            lines.append(
                FrontLine(
                    text,
                    block.id,
                    block.page,
                    offset,
                    box or block.box,
                    size,
                    bold,
                    rtl,
                    block.furniture,
                    block.kind,
                    block.confidence,
                    number,
                )
            )
    return lines


def _set(block: TextBlock, start: int, end: int) -> tuple[float | None, bool]:
    """Size of most letters of a line, and whether most are bold."""
    weights: dict[float, int] = {}
    bold = letters = 0
    for style in block.styles:
        width = min(style.end, end) - max(style.start, start)
        if width <= 0 or style.superscript:
            continue
        letters += width
        bold += width if style.bold else 0
        if style.size is not None:
            weights[style.size] = weights.get(style.size, 0) + width
    size = max(weights, key=lambda s: (weights[s], s)) if weights else None
    return size, letters > 0 and bold >= 0.8 * min(letters, end - start)


def _by_column(lines: list[FrontLine]) -> list[FrontLine]:
    """Lines with their distance from the reading margin, in printed order down the page."""
    boxes = [line.box for line in lines if line.box]
    if not boxes:
        return lines
    width = max(max(box.x1 for box in boxes) + min(box.x0 for box in boxes), 400.0)
    rtl = sum(line.rtl for line in lines) > len(lines) / 2
    placed = [
        replace(line, start=(width - line.box.x1 if rtl else line.box.x0) / width if line.box else 0.0)
        for line in lines
    ]
    return sorted(placed, key=lambda line: (line.box.top if line.box else 0.0, line.start))


def same_group(above: FrontLine, below: FrontLine) -> bool:
    """True where two lines that follow each other belong to one title: same style, no gap."""
    if above.box is None or below.box is None:
        return above.group == below.group
    size = above.size or above.box.height
    if above.recognised or below.recognised:
        alike = max(above.box.height, below.box.height) <= _ROUGH_SIZE * min(above.box.height, below.box.height)
        return alike and below.box.top - above.box.bottom <= _ROUGH_GAP * size
    if above.size and below.size and abs(above.size - below.size) > _SIZE_STEP:
        return False
    if above.bold != below.bold:
        return False
    return below.box.top - above.box.bottom <= _SAME_STYLE_GAP * size


def joined(lines: Sequence[FrontLine]) -> str:
    """Lines of one title as one text, without a trailing footnote mark."""
    text = ""
    for line in lines:
        if text.endswith("-") and line.text[:1].islower():
            text += line.text
        else:
            text += (" " if text and not _is_chinese(text[-1:], line.text[:1]) else "") + line.text
    return without_mark(re.sub(r"\s+", " ", text))


def without_mark(text: str) -> str:
    """The text without a footnote mark at its end."""
    text = text.strip()
    return _MARK_AT_END.sub("", text) if text[-1:] in (*_MARKS, "]") else text


def _is_chinese(left: str, right: str) -> bool:
    return "\u3400" <= left <= "\u9fff" and "\u3400" <= right <= "\u9fff"
