"""Records in other forms: what is read as text, where notes and pictures stand, cells that span."""

from xml.etree import ElementTree

import pytest

from pipeline.errors import SettingsError
from pipeline.writer.export import export
from pipeline.writer.export.akn import page as akn_page
from pipeline.writer.export.html import page as html_page
from pipeline.writer.export.markdown import page as markdown_page
from pipeline.writer.export.reading import apparatus_of, grid, pieces
from schemas.citation import Citation, CitationKind, Mention
from schemas.language import LanguageSpan
from schemas.layout import Block, BlockKind, Direction, FootnoteRef, Table, TableCell, TableRow
from schemas.metadata import Metadata
from schemas.record import DocumentRecord, Identity, Status
from schemas.structure import Anchor, Footnote, Part, PartKind
from tests.support.builders import PROVENANCE, source

NOTE = Footnote(id="fn1", mark="1", text="A/75/1.", part="main", page=1, anchors=(Anchor(block="b2", offset=13),))


def block(number: int, text: str, kind: BlockKind = BlockKind.paragraph, **more) -> Block:
    values = {"direction": Direction.ltr, "language": "en", **more}
    return Block(id=f"b{number}", part="main", page=1, box=None, kind=kind, furniture=False, text=text, **values)


def table() -> Table:
    head = TableRow(
        cells=(TableCell(text="State", row_span=2, header=True), TableCell(text="Vote", column_span=2, header=True))
    )
    rows = (("Yes", "No"), ("Fiji", "1", "0"))
    return Table(rows=(head, *(TableRow(cells=tuple(TableCell(text=t) for t in row)) for row in rows)))


def record() -> DocumentRecord:
    spans = (
        LanguageSpan(start=0, end=14, tag="en", confidence=1.0),
        LanguageSpan(start=14, end=22, tag="ar", confidence=1.0),
    )
    blocks = (
        block(1, "A <title>", BlockKind.heading, level=2),
        block(2, "12. The letter1 المرفق", footnote_refs=(FootnoteRef(offset=14, footnote="fn1"),), spans=spans),
        block(3, "A/75/660", BlockKind.page_header).model_copy(update={"furniture": True}),
        block(4, "1 A/75/1.", BlockKind.footnote),
        block(5, "State Vote", BlockKind.table, table=table()),
    )
    return DocumentRecord(
        record_id="x.en",
        status=Status.ok,
        identity=Identity(work=None, expression=None, manifestation="sha256:00"),
        source=source(),
        metadata=Metadata(title="A title", language="en"),
        parts=(Part(id="main", kind=PartKind.main, blocks=tuple(b.id for b in blocks)),),
        blocks=blocks,
        footnotes=(NOTE,),
        provenance=PROVENANCE,
    )


def test_the_mark_of_a_note_stands_apart_from_the_text():
    found = pieces(record().blocks[1], apparatus_of(record()))
    assert [(p.text, p.language, p.note) for p in found] == [
        ("12. The letter", "en", None),
        ("1", "en", "fn1"),
        (" المرفق", "ar", None),
    ]


def test_a_table_is_a_rectangle():
    texts = [[cell.text if cell else None for cell in row] for row in grid(table())]
    assert texts == [["State", "Vote", None], [None, "Yes", "No"], ["Fiji", "1", "0"]]


def test_markdown_keeps_numbers_notes_and_tables():
    text = markdown_page(record(), "../images")
    assert 'title: "A title"' in text
    for line in (
        "## A \\<title\\>",
        "12\\. The letter[^fn1] المرفق",
        "[^fn1]: A/75/1.",
        "| State | Vote |  |",
        "|  | Yes | No |",
    ):
        assert line in text.splitlines()
    assert "A/75/660" not in text


def test_html_tells_language_and_direction():
    text = html_page(record(), "../images")
    assert '<p id="b2" lang="en" dir="ltr">12. The letter<sup><a href="#fn1">1</a></sup>' in text
    assert '<span lang="ar" dir="rtl"> المرفق</span>' in text
    assert '<th rowspan="2">State</th><th colspan="2">Vote</th>' in text
    assert "A &lt;title&gt;" in text


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(SettingsError, match="docx"):
        export(tmp_path, ["jsonl", "docx"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_akoma_ntoso_keeps_the_text_as_it_is():
    adjoining = (
        LanguageSpan(start=0, end=2, tag="ar", confidence=1.0),
        LanguageSpan(start=2, end=6, tag="fr", confidence=1.0),
    )
    text = block(1, "لاéàoù", spans=adjoining)
    main = Part(id="main", kind=PartKind.main, blocks=("b1",))
    root = ElementTree.fromstring(akn_page(record().model_copy(update={"blocks": (text,), "parts": (main,)}), "images"))
    assert "".join(root.find(".//*[@eId='b1']").itertext()) == "لاéàoù"


def test_a_cited_document_is_linked_in_every_form():
    cited = Citation(
        kind=CitationKind.document,
        symbol="A/75/1",
        printed="A/75/1",
        url="https://docs.un.org/en/A/75/1",
        mentions=(Mention(block="b1", start=4, end=10),),
    )
    text = block(1, "See A/75/1, p. 2", spans=(LanguageSpan(start=0, end=16, tag="en", confidence=1.0),))
    main = Part(id="main", kind=PartKind.main, blocks=("b1",))
    found = record().model_copy(update={"blocks": (text,), "parts": (main,), "citations": (cited,)})
    assert 'See <a href="https://docs.un.org/en/A/75/1">A/75/1</a>, p. 2' in html_page(found, "images")
    assert "See [A/75/1](<https://docs.un.org/en/A/75/1>), p. 2" in markdown_page(found, "images")
    assert 'See <ref href="https://docs.un.org/en/A/75/1">A/75/1</ref>, p. 2' in akn_page(found, "images")
