"""markdown: a file for each record: front matter, headings, tables, notes, pictures."""

import json
import re
from collections.abc import Iterator

from pipeline.writer.export.reading import Apparatus, Piece, Section, apparatus_of, grid, pieces, sections
from schemas.layout import Block, BlockKind, Table
from schemas.record import DocumentRecord
from schemas.structure import Figure

DEEPEST = 6
"""Levels of headings that Markdown has."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_AT_START = re.compile(r"^(\d*)([#+\-=.)])")
"""What would begin a heading or a list, such as `12.`; the printed number stays text."""


def page(record: DocumentRecord, pictures: str) -> str:
    """The record's file; `pictures` is the folder of its pictures."""
    return "\n\n".join(_paragraphs(record, pictures)) + "\n"


def _paragraphs(record: DocumentRecord, folder: str) -> Iterator[str]:
    yield _front_matter(record)
    apparatus = apparatus_of(record)
    for section in sections(record):
        if section.depth:
            yield "---"
        yield from _section(section, apparatus, folder)


def _front_matter(record: DocumentRecord) -> str:
    """YAML whose values are JSON, which every reader of YAML takes."""
    facts = record.metadata
    values = {
        "record_id": record.record_id,
        "title": facts.title,
        "symbols": [symbol.symbol for symbol in facts.symbols],
        "type": facts.document_type.value,
        "language": facts.language,
        "date": facts.dates.document or facts.dates.masthead or facts.dates.adopted,
        "status": record.status.value,
    }
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items())
    return "\n".join(["---", *lines, "---"])


def _section(section: Section, apparatus: Apparatus, folder: str) -> Iterator[str]:
    for item in section.items:
        yield _figure(item, folder) if isinstance(item, Figure) else _block(item, section.depth, apparatus)
    for note in section.notes:
        yield f"[^{note.id}]: {_escaped(note.text)}"


def _block(block: Block, depth: int, apparatus: Apparatus) -> str:
    if block.table is not None:
        return _table(block.table)
    text = "".join(map(_stretch, pieces(block, apparatus))).strip()
    if block.kind is BlockKind.heading:
        return "#" * min(DEEPEST, depth + (block.level or 1)) + " " + text
    if block.kind is BlockKind.quotation:
        return "> " + text
    if block.kind is BlockKind.list_item:
        return "- " + text.removeprefix("• ").removeprefix("\\- ")
    return _AT_START.sub(r"\1\\\2", text)


def _stretch(piece: Piece) -> str:
    if piece.note:
        return f"[^{piece.note}]"
    return f"[{_escaped(piece.text)}](<{piece.link}>)" if piece.link else _escaped(piece.text)


def _table(table: Table) -> str:
    rows = [[_escaped(cell.text) if cell else "" for cell in row] for row in grid(table)]
    if not rows:
        return ""
    head, *body = rows
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *body))


def _figure(figure: Figure, folder: str) -> str:
    name = _escaped(" ".join(filter(None, (figure.label, figure.caption))) or figure.id)
    links = [f"![{name}]({folder}/{image.file})" for image in figure.images if image.file]
    return "\n".join(links) or f"*[{name}]*"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text.replace("\n", " "))
