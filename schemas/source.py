"""Where a document comes from and what its bytes are."""

from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from schemas.base import Model


class MediaType(StrEnum):
    """What the bytes are; the values are IANA media types."""

    pdf = "application/pdf"
    text = "text/plain"
    markdown = "text/markdown"
    png = "image/png"
    jpeg = "image/jpeg"
    tiff = "image/tiff"


class Source(NamedTuple):
    """One document that was asked for, before its bytes are read."""

    location: str
    """Where to read it: a path on this machine or a URL, perhaps with credentials; never written to a record."""
    uri: str
    """The name it is known by: its path under the folder asked for, its file name, or its URL without credentials."""


class Artifact(NamedTuple):
    """Fetched bytes on the local disk, with the name they are known by."""

    uri: str
    """Where the bytes came from, without credentials and without a machine path: a URL, or the path under the folder asked for."""
    file_name: str
    """Last part of the URI."""
    path: Path
    """Local file to read; never written to a record."""
    sha256: str
    """Hex digest of the bytes."""
    size_bytes: int
    """Length of the bytes."""


class PdfInfo(Model):
    """What a PDF says about itself; useful for tracing a producer's faults, never trusted for content."""

    version: str | None = None
    """PDF version, such as `1.7`."""
    producer: str | None = None
    """/Producer of the information dictionary."""
    creator: str | None = None
    """/Creator of the information dictionary."""
    title: str | None = None
    """/Title of the information dictionary."""
    author: str | None = None
    """/Author of the information dictionary."""
    created: str | None = None
    """Creation date, ISO 8601 where it can be read."""
    modified: str | None = None
    """Modification date, ISO 8601 where it can be read."""
    encrypted: bool = False
    """True where the file is encrypted, even if it opens without a password."""
    tagged: bool = False
    """True where the file says that it is tagged (/Marked)."""
    salvaged: bool = False
    """True where the file was damaged and a repaired copy was read."""


class SourceFile(Model):
    """The file that a record was made from."""

    uri: str
    """Where the bytes came from, without credentials or machine path."""
    file_name: str
    """Name of the file."""
    media_type: MediaType | None
    """What the bytes are, by their content; null where nobody could tell."""
    sha256: str
    """Hex SHA-256 of the bytes."""
    bytes: int
    """Length in bytes."""
    page_count: int | None
    """Number of pages in the file; 1 for plain text; null where it could not be opened."""
    pdf: PdfInfo | None = None
    """What the PDF says about itself; null for other media."""
