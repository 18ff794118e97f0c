"""Plain text or Markdown → chunks: stretches of lines that belong together, with the kind that the text
alone tells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from schemas.layout import BlockKind

_RULE = re.compile(r"^\s{0,3}(?:(?:[-–—_=~*]\s*){3,}|\*\s*\*\s*\*)$")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$")
_IMAGE_LINE = re.compile(
    r"^\s*(?:!\[[^\]]*\]\([^)]*\)\s*)+$|^\s*<(?:img|image)\b[^>]*>\s*$|^\s*<!--\s*image\s*-->\s*$", re.I
)
_TABLE_LINE = re.compile(r"^\s*\|.*\|\s*$")
_QUOTE = re.compile(r"^\s{0,3}>\s?")
_BULLET = re.compile(r"^\s*(?:[-+*]|[•‣◦▪–—])\s+(?=\S)")
_NUMBERED = re.compile(r"^\s*(?:\d{1,3}[.)]|\((?:\d{1,3}|[a-z]|[ivx]{1,5})\)|[a-z]\))\s+(?=\S)")
_NOTE = re.compile(
    r"^\s*(?:<sup>\s*(?:\d{1,3}|[a-z]|[*†‡§]{1,4}|(?:\\\*){1,4})\s*</sup>|[⁰¹²³⁴-⁹]{1,3}|\[\^[^\]\s]{1,20}\]:|(?:\\\*){1,4})\s*(?=[^\s\d*\\])",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^\s*(?:```|~~~)\w*\s*$")
_SENTENCE_END = re.compile(r"[.!?:;…。！？；：؟؛][\"”’»)\]]*\s*$")
_LONG_LINE = 160
"""A longer line holds a whole paragraph: printed lines of UN documents have 60 to 110 characters."""
_ONE_LINE = (BlockKind.heading, BlockKind.figure, BlockKind.footnote)
"""Kinds that each such line begins anew; a heading and a figure also end with their line."""
_SAME_KIND = (BlockKind.table, BlockKind.quotation)
"""Kinds whose every line is marked."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines of one block, marks of block level taken off, marks inside the lines still there."""

    page: int
    kind: BlockKind
    lines: tuple[str, ...]
    blank_before: int = 0
    after_rule: bool = False
    level: int | None = None
    number: str | None = None
    indent: int = 0
    starred: bool = False
    """True for a list item whose bullet is an asterisk."""


def chunks_of(text: str, page: int, markdown: bool) -> tuple[Chunk, ...]:
    """The chunks of one page in reading order; blank lines and drawn rules are kept as facts about the next
    chunk."""
    found: list[Chunk] = []
    for lines, blank, ruled in _paragraphs(text):
        pieces = list(_split(lines, page, markdown))
        for position, piece in enumerate(pieces):
            found.append(_with_gap(piece, blank, ruled) if position == 0 else piece)
    return tuple(found)


def _with_gap(chunk: Chunk, blank: int, ruled: bool) -> Chunk:
    return replace(chunk, blank_before=blank, after_rule=ruled)


def _paragraphs(text: str) -> Iterator[tuple[list[str], int, bool]]:
    """Runs of lines, the number of empty lines before each, and whether a rule stands between."""
    lines: list[str] = []
    blank, ruled = 0, False
    for line in text.split("\n"):
        rule = bool(_RULE.match(line)) or bool(_FENCE.match(line))
        if line.strip() and not rule:
            lines.append(line)
            continue
        if lines:
            yield lines, blank, ruled
            lines, blank, ruled = [], 0, False
        blank, ruled = blank + (not rule), ruled or rule
    if lines:
        yield lines, blank, ruled


def _split(lines: list[str], page: int, markdown: bool) -> Iterator[Chunk]:
    if markdown and any("<table" in line.lower() for line in lines):
        yield Chunk(page, BlockKind.table, tuple(lines))
        return
    start = 0
    for position in range(1, len(lines) + 1):
        if position == len(lines) or _begins(lines, start, position, markdown):
            yield _chunk(lines[start:position], page, markdown)
            start = position


def _begins(lines: list[str], start: int, position: int, markdown: bool) -> bool:
    """True where a new block begins at `position` of a run of lines whose current block began at `start`."""
    line, before = lines[position], lines[position - 1]
    kind, current = _line_kind(line, markdown), _line_kind(lines[start], markdown)
    if kind in _ONE_LINE or current in _ONE_LINE[:2]:
        return True
    if kind in _SAME_KIND or current in _SAME_KIND:
        return kind is not current
    ended = bool(_SENTENCE_END.search(before))
    if kind is BlockKind.list_item:
        return current is kind or ended or (markdown and bool(_BULLET.match(line)))
    return len(before) > _LONG_LINE and ended


def _line_kind(line: str, markdown: bool) -> BlockKind:
    if _NOTE.match(line):
        return BlockKind.footnote
    if markdown:
        if _HEADING.match(line):
            return BlockKind.heading
        if _IMAGE_LINE.match(line):
            return BlockKind.figure
        if _TABLE_LINE.match(line):
            return BlockKind.table
        if _QUOTE.match(line):
            return BlockKind.quotation
    if _BULLET.match(line) or _NUMBERED.match(line):
        return BlockKind.list_item
    return BlockKind.paragraph


def _chunk(lines: list[str], page: int, markdown: bool) -> Chunk:
    kind = _line_kind(lines[0], markdown)
    indent = len(lines[0]) - len(lines[0].lstrip())
    if kind is BlockKind.heading:
        marks = _HEADING.match(lines[0])
        assert marks
        return Chunk(page, kind, (marks.group(2) or "",), level=len(marks.group(1)))
    if kind is BlockKind.quotation:
        return Chunk(page, kind, tuple(_QUOTE.sub("", line) for line in lines), indent=indent)
    if kind is BlockKind.list_item:
        return _list_chunk(lines, page, indent)
    return Chunk(page, kind, tuple(lines), indent=indent)


def _list_chunk(lines: list[str], page: int, indent: int) -> Chunk:
    bullet = _BULLET.match(lines[0])
    if bullet:
        syntax = bullet.group().strip() in ("-", "+", "*")
        first = lines[0][bullet.end() :] if syntax else lines[0]
        starred = bullet.group().strip() == "*"
        return Chunk(page, BlockKind.list_item, (first, *lines[1:]), indent=indent, starred=starred)
    numbered = _NUMBERED.match(lines[0])
    assert numbered
    number = numbered.group().strip()
    kind = BlockKind.paragraph if number[0].isdigit() else BlockKind.list_item
    return Chunk(page, kind, tuple(lines), number=number.removesuffix("."), indent=indent)
