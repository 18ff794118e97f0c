"""The record: one JSON file for each source file. `schemas/README.md` is the field guide."""

from enum import StrEnum

from schemas.base import Model
from schemas.citation import Citation
from schemas.language import LanguageShare
from schemas.layout import Block
from schemas.metadata import Evidence, Metadata
from schemas.page import PageRecord
from schemas.problem import Problem
from schemas.provenance import Provenance
from schemas.source import SourceFile
from schemas.structure import Figure, Footnote, Part

SCHEMA_VERSION = "1.0.0"


class Status(StrEnum):
    """How a document came through."""

    ok = "ok"
    partial = "partial"
    failed = "failed"


class Identity(Model):
    """Work, expression, manifestation: language versions of one text join on `work`."""

    work: str | None
    """Symbols joined by `-`; null where none is printed."""
    expression: str | None
    """`work` and the language of this version, `A/75/660-S/2020/1267@en`; null without a work."""
    manifestation: str
    """`sha256:` and the digest of the file."""


class DocumentRecord(Model):
    """Everything known of one source file."""

    schema_version: str = SCHEMA_VERSION
    """Semantic version of this contract."""
    record_id: str
    """Stable and safe as a file name: first symbol or file stem, language, first 12 hex digits of the SHA-256."""
    status: Status
    """`ok`; `partial` where a page or field failed (see `problems`); `failed` where there is no usable text."""
    identity: Identity
    """Work, expression, manifestation."""
    source: SourceFile
    """The file."""
    metadata: Metadata
    """What the document says about itself."""
    evidence: dict[str, Evidence] = {}
    """JSON pointer into this record → where the value comes from."""
    languages: tuple[LanguageShare, ...] = ()
    """Languages of the whole document by share of letters, furniture left out."""
    pages: tuple[PageRecord, ...] = ()
    """Pages in file order."""
    parts: tuple[Part, ...] = ()
    """Tree of parts, flat, in reading order."""
    blocks: tuple[Block, ...] = ()
    """All text in reading order; every character of the pages stands in exactly one block."""
    footnotes: tuple[Footnote, ...] = ()
    """Foot- and endnotes."""
    figures: tuple[Figure, ...] = ()
    """Captions and pictures."""
    citations: tuple[Citation, ...] = ()
    """Cited documents."""
    problems: tuple[Problem, ...] = ()
    """What failed or looks wrong."""
    provenance: Provenance
    """What made this record."""
