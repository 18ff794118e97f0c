"""html: a page for each record, with the language and direction of every stretch of text."""

import os
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

from pipeline.writer.atomic import write_atomically
from pipeline.writer.export.reading import Section, pieces, sections
from schemas.layout import Block, BlockKind, Table
from schemas.record import DocumentRecord
from schemas.structure import Figure, Footnote

DEEPEST = 6
"""Levels of headings that HTML has."""
RIGHT_TO_LEFT = frozenset({"ar", "azb", "fa", "he", "ur"})
NO_LANGUAGE = frozenset({"und", "zxx"})
"""Tags that say nothing to a browser."""
TAGS = {BlockKind.quotation: "blockquote", BlockKind.address: "address"}
STYLE = """\
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.5 serif }
table { border-collapse: collapse } td, th { border: 1px solid #999; padding: .2rem .5rem; vertical-align: top }
img { max-width: 100% } section + section { border-top: 2px solid #999; margin-top: 2rem }
.notes { font-size: .9rem; border-top: 1px solid #999 }"""


def write(records: Iterable[DocumentRecord], out: Path, images: Path) -> int:
    """Write `<record id>.html` for each record; pictures stay where they are and are linked."""
    count = 0
    folder = os.path.relpath(images, out)
    for record in records:
        text = "\n".join(_lines(record, folder)) + "\n"
        write_atomically(out / f"{record.record_id}.html", text.encode())
        count += 1
    return count


def _lines(record: DocumentRecord, folder: str) -> Iterator[str]:
    facts = record.metadata
    title = facts.title or record.source.file_name
    yield "<!DOCTYPE html>"
    yield f"<html{_language(facts.language)}>"
    yield f'<head><meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style></head>'
    yield "<body><article>"
    notes = {note.id: note for note in record.footnotes}
    for section in sections(record):
        yield f'<section id="{section.part.id}"{_language(section.part.language)}>'
        yield from _section(section, notes, folder)
        yield "</section>"
    yield "</article></body></html>"


def _section(section: Section, notes: Mapping[str, Footnote], folder: str) -> Iterator[str]:
    for item in section.items:
        yield _figure(item, folder) if isinstance(item, Figure) else _block(item, section.depth, notes)
    if section.notes:
        yield '<div class="notes">'
        for note in section.notes:
            yield f'<p id="{note.id}"><sup>{escape(note.mark)}</sup> {escape(note.text)}</p>'
        yield "</div>"


def _block(block: Block, depth: int, notes: Mapping[str, Footnote]) -> str:
    tag = TAGS.get(block.kind, "p")
    if block.table is not None:
        tag, inner = "table", _rows(block.table)
    else:
        inner = "".join(
            f'<sup><a href="#{p.note}">{escape(p.text)}</a></sup>' if p.note else _stretch(p.text, p.language, block)
            for p in pieces(block, notes)
        )
    if block.kind is BlockKind.heading:
        tag = f"h{min(DEEPEST, depth + (block.level or 1))}"
    language = "" if block.language in NO_LANGUAGE else f' lang="{block.language}"'
    return f'<{tag} id="{block.id}"{language} dir="{block.direction.value}">{inner}</{tag}>'


def _stretch(text: str, language: str, block: Block) -> str:
    if language in NO_LANGUAGE or language == block.language:
        return escape(text)
    return f"<span{_language(language)}>{escape(text)}</span>"


def _rows(table: Table) -> str:
    rows = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            tag = "th" if cell.header else "td"
            spans = (("colspan", cell.column_span), ("rowspan", cell.row_span))
            wide = "".join(f' {name}="{count}"' for name, count in spans if count > 1)
            cells.append(f"<{tag}{wide}>{escape(cell.text)}</{tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "".join(rows)


def _figure(figure: Figure, folder: str) -> str:
    name = escape(" ".join(filter(None, (figure.label, figure.caption))))
    pictures = "".join(f'<img src="{folder}/{image.file}" alt="{name}">' for image in figure.images if image.file)
    return f'<figure id="{figure.id}">{pictures}</figure>'


def _language(tag: str | None) -> str:
    if tag is None or tag in NO_LANGUAGE:
        return ""
    direction = ' dir="rtl"' if tag.split("-")[0] in RIGHT_TO_LEFT else ' dir="ltr"'
    return f' lang="{tag}"{direction}'
