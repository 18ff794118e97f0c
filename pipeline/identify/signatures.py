"""What are these bytes? Magic numbers first, then whether they read as text."""

import re
from pathlib import Path

from pipeline.errors import DamagedFile, UnsupportedFormat
from schemas.source import Artifact, MediaType

_HEAD_BYTES = 65_536
_PDF_WITHIN_BYTES = 1_024  # readers accept junk before %PDF- up to here (PDF 1.7, appendix H, note 13)
_MAX_CONTROL_SHARE = 0.01  # share of control bytes above which bytes are binary: text has none, junk 10 % and more

_MAGIC: tuple[tuple[bytes, MediaType], ...] = (
    (b"\x89PNG\r\n\x1a\n", MediaType.png),
    (b"\xff\xd8\xff", MediaType.jpeg),
    (b"II*\x00", MediaType.tiff),
    (b"MM\x00*", MediaType.tiff),
    (b"II+\x00", MediaType.tiff),
    (b"MM\x00+", MediaType.tiff),
)

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP container (Word, Excel, EPUB or an archive)"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\xffWPC", "a WordPerfect file"),
    (b"%!PS", "a PostScript file"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BM", "a BMP image"),
)

_MARKDOWN = re.compile(
    r"^#{1,6} \S|\*\*\S[^*\n]*\S\*\*|\[[^\]\n]+\]\([^)\s]*\)|<sup>\w+</sup>|^!\[[^\]]*\]\(|^[-*_]{3,}\s*$",
    re.M,
)
_HTML = re.compile(rb"^\s*(<!doctype html|<html|<\?xml|<head|<body)", re.I)
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27} | {127})


def identify(artifact: Artifact) -> MediaType:
    """The media type of the file's bytes, whatever its name says.

    Raises:
        DamagedFile: the file is empty or holds only white space.
        UnsupportedFormat: the bytes are none of the kinds that can be read.
    """
    return media_type_of(_head(artifact.path), artifact.uri)


def media_type_of(head: bytes, uri: str) -> MediaType:
    """The media type that the first 64 KiB of a file speak for."""
    if not head:
        raise DamagedFile("identify", uri, "The file is empty (0 bytes)", "Fetch or copy it again.")
    if 0 <= head.find(b"%PDF-") < _PDF_WITHIN_BYTES:
        return MediaType.pdf
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            raise _unsupported(uri, f"The bytes are {name}")
    if _HTML.match(head):
        raise _unsupported(uri, "The bytes are an HTML or XML page")
    return _text_type(head, uri)


def _text_type(head: bytes, uri: str) -> MediaType:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", errors="replace")
    else:
        controls = len(head) - len(head.translate(None, delete=_CONTROL))
        if controls / len(head) > _MAX_CONTROL_SHARE:
            raise _unsupported(uri, "The bytes are neither a known format nor text")
        text = head.decode("utf-8", errors="replace")
    if not text.strip("\ufeff \t\r\n\f\u00a0"):
        raise DamagedFile("identify", uri, "The file holds only white space", "Fetch or copy it again.")
    return MediaType.markdown if _MARKDOWN.search(text) else MediaType.text


def _unsupported(uri: str, what: str) -> UnsupportedFormat:
    return UnsupportedFormat("identify", uri, what, "Give it as PDF, plain text, Markdown, PNG, JPEG or TIFF.")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD_BYTES)
