"""akn: Akoma Ntoso 3.0 (OASIS LegalDocML), the form in which the UN system exchanges marked-up documents.

A record becomes one `doc`: parts attached to the main text are `attachment`s with metadata of their own, notes stand
where they are referred to, cited documents are `ref`s to their addresses.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from pipeline import __version__
from pipeline.grammar.tags import names_language, three_letters_of
from pipeline.writer.export.reading import Apparatus, Piece, Section, apparatus_of, pieces, sections
from schemas.layout import Block, BlockKind, Table
from schemas.record import DocumentRecord
from schemas.structure import Figure

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
XML_LANG = "xml:lang"
AUTHORS = (
    ("un", "/ontology/organization/un", "United Nations"),
    ("undocs", "/ontology/software/undocs", f"undocs {__version__}"),
)
"""Author of the work and of its markup."""
CONTAINERS = frozenset({"akomaNtoso", "doc", "meta", "mainBody", "attachments", "attachment", "table"})
"""Elements without text of their own: a line for each child changes nothing there, and would elsewhere."""
UNDATED = "0001-01-01"
"""The standard asks for a date; this one stands where the document prints none."""
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9.-]+")


def page(record: DocumentRecord, pictures: str) -> str:
    """The record's document; `pictures` is the folder of its pictures."""
    root = _document(record, pictures)
    for container in root.iter():
        if container.tag in CONTAINERS:
            for child in container:
                child.tail = "\n"
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _document(record: DocumentRecord, folder: str) -> Element:
    root = Element("akomaNtoso", {"xmlns": NAMESPACE})
    document = SubElement(root, "doc", {"name": record.metadata.document_type.value})
    apparatus = apparatus_of(record)
    attached: Element | None = None
    for section in sections(record):
        if not section.depth:
            place = document
        else:
            attached = SubElement(document, "attachments") if attached is None else attached
            place = SubElement(SubElement(attached, "attachment"), "doc", {"name": section.part.kind.value})
        _add_meta(place, record, section)
        body = SubElement(place, "mainBody")
        for element in _elements(section, apparatus, folder):
            body.append(element)
        if not len(body):
            SubElement(body, "p")
    return root


def _add_meta(place: Element, record: DocumentRecord, section: Section) -> None:
    """Work, expression and manifestation, as the naming convention of the standard has them."""
    facts = record.metadata
    date = facts.dates.document or facts.dates.masthead or facts.dates.adopted
    name = _NOT_IN_NAMES.sub("_", record.identity.work or record.record_id)
    language = three_letters_of(section.part.language)
    work = f"/akn/un/doc/{facts.document_type.value}/{date or UNDATED}/{name}"
    own = "!main" if not section.depth else f"!{section.part.id}"
    meta = SubElement(place, "meta")
    identification = SubElement(meta, "identification", {"source": "#undocs"})
    for level, uri in (
        ("FRBRWork", work),
        ("FRBRExpression", f"{work}/{language}@"),
        ("FRBRManifestation", f"{work}/{language}@.akn"),
    ):
        element = SubElement(identification, level)
        SubElement(element, "FRBRthis", {"value": f"{uri.removesuffix('.akn')}/{own}{'.akn' if '.akn' in uri else ''}"})
        SubElement(element, "FRBRuri", {"value": uri})
        SubElement(element, "FRBRdate", _date(date))
        SubElement(element, "FRBRauthor", {"href": "#un" if level != "FRBRManifestation" else "#undocs"})
        if level == "FRBRWork":
            SubElement(element, "FRBRcountry", {"value": "un"})
        elif level == "FRBRExpression":
            SubElement(element, "FRBRlanguage", {"language": language})
    if not section.depth:
        references = SubElement(meta, "references", {"source": "#undocs"})
        for eid, href, shown in AUTHORS:
            SubElement(references, "TLCOrganization", {"eId": eid, "href": href, "showAs": shown})


def _date(date: str | None) -> dict[str, str]:
    """A whole date as such; the standard has no place for a month alone, which becomes the name of an unknown one."""
    whole = date is not None and len(date) == len(UNDATED)
    return {"date": date, "name": "document"} if date and whole else {"date": UNDATED, "name": date or "unknown"}


def _elements(section: Section, apparatus: Apparatus, folder: str) -> Iterator[Element]:
    for item in section.items:
        if isinstance(item, Figure):
            yield _figure(item, folder)
        elif item.table is not None:
            yield _table(item, item.table)
        else:
            yield _text(item, apparatus)
    referred = {
        ref.footnote
        for item in section.items
        if isinstance(item, Block)
        for ref in item.footnote_refs
        if not item.table
    }
    for note in section.notes:
        if note.id not in referred:
            element = Element("p", {"eId": note.id})
            element.text = _clean(f"{note.mark} {note.text}")
            yield element


def _text(block: Block, apparatus: Apparatus) -> Element:
    attributes = {"eId": block.id, **_language(block.language)}
    if block.kind is BlockKind.heading:
        element = Element("block", {"name": "heading", **attributes})
    elif block.kind in (BlockKind.paragraph, BlockKind.list_item, BlockKind.quotation):
        element = Element("p", attributes)
    else:
        element = Element("block", {"name": block.kind.value, **attributes})
    seen: set[str] = set()
    for piece in pieces(block, apparatus):
        _add_piece(element, piece, block, apparatus, seen)
    return element


def _add_piece(element: Element, piece: Piece, block: Block, apparatus: Apparatus, seen: set[str]) -> None:
    if piece.note is not None and piece.note not in seen:
        seen.add(piece.note)
        note = apparatus.notes[piece.note]
        inner = SubElement(element, "authorialNote", {"marker": _clean(note.mark), "eId": f"{block.id}_{note.id}"})
        SubElement(inner, "p").text = _clean(note.text)
    elif piece.note is not None:
        SubElement(element, "sup").text = _clean(piece.text)
    elif piece.link is not None:
        SubElement(element, "ref", {"href": piece.link}).text = _clean(piece.text)
    elif piece.language != block.language and _language(piece.language):
        SubElement(element, "span", _language(piece.language)).text = _clean(piece.text)
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + _clean(piece.text)
    else:
        element.text = (element.text or "") + _clean(piece.text)


def _table(block: Block, table: Table) -> Element:
    element = Element("table", {"eId": block.id, **_language(block.language)})
    for row in table.rows:
        line = SubElement(element, "tr")
        for cell in row.cells:
            spans = (("colspan", cell.column_span), ("rowspan", cell.row_span))
            attributes = {name: str(count) for name, count in spans if count > 1}
            place = SubElement(line, "th" if cell.header else "td", attributes)
            SubElement(place, "p").text = _clean(cell.text)
        if not row.cells:
            SubElement(SubElement(line, "td"), "p")
    return element


def _figure(figure: Figure, folder: str) -> Element:
    element = Element("block", {"name": "figure", "eId": figure.id})
    name = " ".join(filter(None, (figure.label, figure.caption)))
    for image in figure.images:
        if image.file:
            SubElement(element, "img", {"src": f"{folder}/{image.file}", "alt": _clean(name)})
    return element


def _language(tag: str) -> dict[str, str]:
    return {XML_LANG: tag} if names_language(tag) else {}


def _clean(text: str) -> str:
    """Without the characters that XML has no place for."""
    return _NOT_IN_XML.sub("\ufffd", text)
