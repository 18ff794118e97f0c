"""Small records and blocks for tests."""

from schemas.layout import BlockKind, Direction, TextBlock
from schemas.metadata import Metadata
from schemas.page import PageDecision, PageText, TextOrigin
from schemas.provenance import Provenance
from schemas.source import MediaType, SourceFile


def block(id: str, text: str, **fields) -> TextBlock:
    defaults = {"page": 1, "box": None, "kind": BlockKind.paragraph, "direction": Direction.ltr}
    return TextBlock(id=id, text=text, **{**defaults, **fields})


def source(**fields) -> SourceFile:
    defaults = {
        "uri": "a/letter.pdf",
        "file_name": "letter.pdf",
        "media_type": MediaType.pdf,
        "sha256": "3f2a9c1b7d04" + "0" * 52,
        "bytes": 10,
        "page_count": 1,
    }
    return SourceFile(**{**defaults, **fields})


def page(number: int = 1, **fields) -> PageText:
    defaults = {
        "width_pt": 595.0,
        "height_pt": 842.0,
        "rotation": 0,
        "origin": TextOrigin.text_layer,
        "decision": PageDecision(rule="good_layer"),
    }
    return PageText(number=number, **{**defaults, **fields})


def plain_page(text: str, markdown: bool = False) -> PageText:
    """The only page of a text file."""
    decision = PageDecision(rule="plain_text")
    return PageText(1, None, None, 0, TextOrigin.plain_text, decision, plain=text, markdown=markdown)


PROVENANCE = Provenance(pipeline_version="0", settings="0" * 16)
NO_METADATA = Metadata()
