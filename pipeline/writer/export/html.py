"""html: a page for each record, with the language and direction of every stretch of text."""

from collections.abc import Iterator
from html import escape

from pipeline.grammar.tags import direction_of, names_language
from pipeline.writer.export.reading import Apparatus, Piece, Section, apparatus_of, pieces, sections
from schemas.layout import Block, BlockKind, Table
from schemas.record import DocumentRecord
from schemas.structure import Figure

DEEPEST = 6
"""Levels of headings that HTML has."""
TAGS = {BlockKind.quotation: "blockquote", BlockKind.address: "address"}
STYLE = """\
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.5 serif }
table { border-collapse: collapse } td, th { border: 1px solid #999; padding: .2rem .5rem; vertical-align: top }
img { max-width: 100% } section + section { border-top: 2px solid #999; margin-top: 2rem }
.notes { font-size: .9rem; border-top: 1px solid #999 }"""


def page(record: DocumentRecord, pictures: str) -> str:
    """The record's page; `pictures` is the folder of its pictures."""
    return "\n".join(_lines(record, pictures)) + "\n"


def _lines(record: DocumentRecord, folder: str) -> Iterator[str]:
    facts = record.metadata
    title = facts.title or record.source.file_name
    yield "<!DOCTYPE html>"
    yield f"<html{_language(facts.language)}>"
    yield f'<head><meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style></head>'
    yield "<body><article>"
    apparatus = apparatus_of(record)
    for section in sections(record):
        yield f'<section id="{section.part.id}"{_language(section.part.language)}>'
        yield from _section(section, apparatus, folder)
        yield "</section>"
    yield "</article></body></html>"


def _section(section: Section, apparatus: Apparatus, folder: str) -> Iterator[str]:
    for item in section.items:
        yield _figure(item, folder) if isinstance(item, Figure) else _block(item, section.depth, apparatus)
    if section.notes:
        yield '<div class="notes">'
        for note in section.notes:
            yield f'<p id="{note.id}"><sup>{escape(note.mark)}</sup> {escape(note.text)}</p>'
        yield "</div>"


def _block(block: Block, depth: int, apparatus: Apparatus) -> str:
    tag = TAGS.get(block.kind, "p")
    if block.table is not None:
        tag, inner = "table", _rows(block.table)
    else:
        inner = "".join(_stretch(piece, block) for piece in pieces(block, apparatus))
    if block.kind is BlockKind.heading:
        tag = f"h{min(DEEPEST, depth + (block.level or 1))}"
    language = f' lang="{block.language}"' if names_language(block.language) else ""
    return f'<{tag} id="{block.id}"{language} dir="{block.direction.value}">{inner}</{tag}>'


def _stretch(piece: Piece, block: Block) -> str:
    text = escape(piece.text)
    if piece.note:
        return f'<sup><a href="#{piece.note}">{text}</a></sup>'
    foreign = _language(piece.language) if piece.language != block.language else ""
    if piece.link:
        return f'<a href="{escape(piece.link)}"{foreign}>{text}</a>'
    return f"<span{foreign}>{text}</span>" if foreign else text


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
    return f' lang="{tag}" dir="{direction_of(tag).value}"' if tag is not None and names_language(tag) else ""
