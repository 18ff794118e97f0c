"""Plain text and Markdown pages → blocks, with the scars of conversion mended: lost page breaks, escapes,
link stubs."""

import html
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.resources import files

from pipeline.layout.plain.chunks import Chunk, chunks_of
from pipeline.layout.plain.markup import link_at, read_inline
from pipeline.layout.plain.rejoin import PlainBlock, rejoin
from pipeline.layout.plain.writing import Inline
from schemas.layout import BlockKind, Direction, LineStart, Style, Table, TableCell, TableRow, TextBlock
from schemas.page import PageText

_WORDS = tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8"))
_NOTICES = frozenset(word.casefold() for word in _WORDS["notices"]["words"])
_PLACEHOLDER = re.compile(
    r"^\W*(?:==>\s*)?[\[<(]?\W*(?:"
    + "|".join(map(re.escape, _WORDS["placeholders"]["words"]))
    + r")\b.{0,80}(?:\]|>|<==)\W*$",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"^(?:[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s*/\s*\d{1,4}|(?:"
    + "|".join(map(re.escape, _WORDS["page_words"]["words"]))
    + r")\s*\d{1,4}(?:\s*(?:/|of|de|из|من)\s*\d{1,4})?\s*页?)$",
    re.IGNORECASE,
)
_BAR_CODE = re.compile(r"^\*\s?\d(?:\s?\d){5,9}\s?\*$")
_JOB_NUMBER = re.compile(r"^(?:[A-Z]{1,3}\.)?\d{2}-\d{5}\s?\*{0,3}\s?\([A-Z]\)(?:\s+\d{6})*$")
_RUNNING_HEAD = re.compile(r"^(?:[A-Z]{1,5}(?:/[\w.()\[\]-]+){1,6}\*{0,2}\s*){1,2}$")
_REPEATS = 3
"""A line that is nothing but a symbol is a running head from its second appearance on, where it appears this
often."""
_TABLE_RULE = re.compile(r"^\s*\|(?:\s*:?-+:?\s*\|)+\s*$")
_RTL = ("R", "AL")


def plain_blocks(pages: Iterable[PageText]) -> tuple[TextBlock, ...]:
    """The blocks of all `pages` (those with `plain` text) in reading order, `b1` first; each word stands in
    one block.

    A paragraph or note cut by a lost page break stands whole in its first block; the second is empty and
    `continues` it.
    """
    blocks: list[PlainBlock] = []
    for page in pages:
        text = page.plain or ""
        drafts = [_block(chunk, page.markdown) for chunk in chunks_of(text, page.number, page.markdown)]
        blocks += [draft for draft in drafts if draft.block.text or draft.block.kind is BlockKind.figure]
    blocks = _running_heads(_stars(blocks))
    numbered = [replace(draft, block=replace(draft.block, id=f"b{n}")) for n, draft in enumerate(blocks, 1)]
    return rejoin(numbered)


def direction_of(text: str) -> Direction:
    """The direction of most of the text's letters."""
    balance = 0
    for char in text:
        kind = unicodedata.bidirectional(char)
        balance += 1 if kind in _RTL else -1 if kind == "L" else 0
    return Direction.rtl if balance > 0 else Direction.ltr


def _block(chunk: Chunk, markdown: bool) -> PlainBlock:
    source = "\n".join(chunk.lines)
    if chunk.kind is BlockKind.table:
        return _table_block(chunk, source)
    if chunk.kind is BlockKind.figure:
        return _figure_block(chunk, source)
    inline = read_inline(source, markdown)
    kind, furniture = _kind(chunk, inline.text)
    return PlainBlock(_text_block(chunk, inline, kind, furniture), chunk.after_rule, chunk.starred)


def _text_block(chunk: Chunk, inline: Inline, kind: BlockKind, furniture: bool) -> TextBlock:
    picture = inline.text if kind is BlockKind.figure else None
    return TextBlock(
        id="",
        page=chunk.page,
        box=None,
        kind=kind,
        text=inline.text,
        direction=direction_of(inline.text),
        furniture=furniture,
        level=chunk.level,
        number=chunk.number,
        styles=inline.styles,
        lines=tuple(LineStart(offset, chunk.page, None) for offset in inline.line_offsets),
        indent=float(chunk.indent),
        blank_before=chunk.blank_before,
        picture=picture,
    )


def _kind(chunk: Chunk, text: str) -> tuple[BlockKind, bool]:
    """Kind, and whether it is furniture, as far as the text alone tells."""
    if _BAR_CODE.match(text):
        return BlockKind.bar_code, True
    if text.casefold().strip(" .") in _NOTICES:
        return BlockKind.notice, True
    if _JOB_NUMBER.match(text):
        return BlockKind.page_footer, True
    if _PAGE_NUMBER.match(text):
        return BlockKind.page_number, True
    if chunk.kind is BlockKind.paragraph and _PLACEHOLDER.match(text):
        return BlockKind.figure, False
    return chunk.kind, False


def _figure_block(chunk: Chunk, source: str) -> PlainBlock:
    link = link_at(source, source.index("[")) if "![" in source else None
    quoted = re.search(r"""(?:alt)\s*=\s*["']([^"']*)""", source, re.IGNORECASE)
    target = re.search(r"""src\s*=\s*["']?([^"'\s>]+)""", source, re.IGNORECASE)
    label = link[0] if link else quoted.group(1) if quoted else ""
    inline = read_inline(html.unescape(label), True)
    block = _text_block(chunk, inline, BlockKind.figure, False)
    picture = link[1] if link else target.group(1) if target else source.strip()
    return PlainBlock(replace(block, picture=picture), after_rule=chunk.after_rule)


def _table_block(chunk: Chunk, source: str) -> PlainBlock:
    rows = _html_rows(source) if "<table" in source.lower() else _pipe_rows(chunk.lines)
    text = "\n".join(" ".join(cell.text for cell in row.cells if cell.text) for row in rows)
    block = _text_block(chunk, Inline(text, (), (0,)), BlockKind.table, False)
    return PlainBlock(replace(block, table=Table(rows=rows)), after_rule=chunk.after_rule)


def _pipe_rows(lines: Sequence[str]) -> tuple[TableRow, ...]:
    header = next((n for n, line in enumerate(lines) if _TABLE_RULE.match(line)), 0)
    rows = []
    for number, line in enumerate(lines):
        if _TABLE_RULE.match(line):
            continue
        cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
        texts = [read_inline(cell.strip(), True).text for cell in cells]
        rows.append(TableRow(cells=tuple(TableCell(text=text, header=number < header) for text in texts)))
    return tuple(rows)


def _html_rows(source: str) -> tuple[TableRow, ...]:
    rows = []
    for row in re.split(r"<tr\b[^>]*>", source, flags=re.IGNORECASE):
        cells = [_html_cell(cell) for cell in re.split(r"(?=<t[dh]\b)", row, flags=re.IGNORECASE)]
        kept = tuple(cell for cell in cells if cell is not None)
        if kept:
            rows.append(TableRow(cells=kept))
    return tuple(rows)


def _html_cell(source: str) -> TableCell | None:
    opening = re.match(r"<t([dh])\b([^>]*)>", source, re.IGNORECASE)
    text = read_inline(source[opening.end() :] if opening else source, True).text
    if opening is None:
        return TableCell(text=text) if text else None
    spans = dict(re.findall(r"""(row|col)span\s*=\s*["']?(\d{1,3})""", opening.group(2), re.IGNORECASE))
    return TableCell(
        text=text,
        row_span=max(1, int(spans.get("row", 1))),
        column_span=max(1, int(spans.get("col", 1))),
        header=opening.group(1).lower() == "h",
    )


def _stars(blocks: list[PlainBlock]) -> list[PlainBlock]:
    """A single line `* text` is a note, not a list, where a word of the text bears a star."""
    starred = any(re.search(r"[^\W_]\)?\*(?!\w)", draft.block.text) for draft in blocks)
    if not starred:
        return blocks
    result = []
    for position, draft in enumerate(blocks):
        near = blocks[max(0, position - 1) : position] + blocks[position + 1 : position + 2]
        alone = not any(other.block.kind is BlockKind.list_item for other in near)
        if draft.starred and alone:
            result.append(_with_star(draft))
        else:
            result.append(draft)
    return result


def _with_star(draft: PlainBlock) -> PlainBlock:
    block = draft.block
    return replace(
        draft,
        block=replace(
            block,
            kind=BlockKind.footnote,
            text=f"* {block.text}",
            styles=tuple(_shift(style, 2) for style in block.styles),
            lines=tuple(replace(line, offset=line.offset + 2 if n else 0) for n, line in enumerate(block.lines)),
        ),
    )


def _shift(style: Style, by: int) -> Style:
    return replace(style, start=style.start + by, end=style.end + by)


def _running_heads(blocks: list[PlainBlock]) -> list[PlainBlock]:
    texts = [draft.block.text for draft in blocks]
    result, seen = [], set()
    for draft in blocks:
        text = draft.block.text
        head = text in seen and texts.count(text) >= _REPEATS if _RUNNING_HEAD.match(text) else False
        seen.add(text)
        kind = BlockKind.page_header if head else draft.block.kind
        result.append(replace(draft, block=replace(draft.block, kind=kind, furniture=draft.block.furniture or head)))
    return result
