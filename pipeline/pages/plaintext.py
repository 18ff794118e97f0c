"""Plain text and Markdown files: bytes → pages of clean Unicode text."""

import re
import unicodedata
from pathlib import Path

from pipeline.errors import DamagedFile, LimitExceeded, SourceMissing, UnsupportedFormat
from pipeline.pages import GreyImage
from pipeline.pages.encodings import decode
from pipeline.settings import Limits
from schemas.page import PageDecision, PageText, TextOrigin
from schemas.problem import Problem, Severity
from schemas.source import MediaType, PdfInfo

_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029\v]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Soft hyphens, zero-width spaces, bidi controls and byte order marks; joiners (U+200C, U+200D) are spelling
and stay."""
_PRESENTATION_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_MARKDOWN = re.compile(
    r"^#{1,6} \S|\*\*[^*\s]|\]\([^)\s]*\)|"
    r"</?(?:sup|sub|br|b|i|em|strong)\b[^>]*>|\\[*_()\[\]#]|^\|.*\|\s*$|^```",
    re.MULTILINE | re.IGNORECASE,
)
"""Marks that hardly occur in text that is not Markdown; one is enough, as literal text reads the same either
way."""


class PlainTextDocument:
    """A text file as pages; form feeds end pages, other files are one page."""

    info: PdfInfo | None = None

    def __init__(self, path: Path, media_type: MediaType, limits: Limits) -> None:
        data = _read_bytes(path)
        decoded = decode(data, path.name)
        pages = _clean(decoded.text).split("\f")
        while len(pages) > 1 and not pages[-1].strip():
            pages.pop()
        if len(pages) > limits.max_pages:
            raise LimitExceeded(
                "pages",
                path.name,
                f"the text has {len(pages)} pages, more than {limits.max_pages}",
                "Split it.",
            )
        if not any(page.strip() for page in pages):
            raise DamagedFile("pages", path.name, "the file holds no text", "Check that it was copied whole.")
        self.page_count = len(pages)
        self.problems: tuple[Problem, ...] = decoded.problems + _control_problems(decoded.text)
        self._pages = pages
        self._encoding = decoded.encoding
        self._markdown = media_type is MediaType.markdown or bool(_MARKDOWN.search("\n".join(pages)))
        self._name = path.name

    def read(self, number: int) -> PageText:
        """Page `number`, from 1."""
        text = self._pages[number - 1]
        return PageText(
            number=number,
            width_pt=None,
            height_pt=None,
            rotation=0,
            origin=TextOrigin.plain_text if text.strip() else TextOrigin.none,
            decision=PageDecision(rule="plain_text", signals={"encoding": self._encoding, "markdown": self._markdown}),
            plain=text,
            markdown=self._markdown,
        )

    def render(self, number: int, dpi: int) -> GreyImage:
        """Never: text has no picture."""
        raise UnsupportedFormat("pages", self._name, "a text file cannot be drawn", "Ask for its text.")

    def picture_bytes(self, number: int, index: int) -> tuple[str, bytes]:
        """Never: text has no pictures."""
        raise UnsupportedFormat("pages", self._name, "a text file holds no pictures", "Ask for its text.")

    def close(self) -> None:
        """Nothing is held open."""


def open_document(path: Path, media_type: MediaType, limits: Limits) -> PlainTextDocument:
    """The text file at `path`; raises SourceMissing, LimitExceeded, DamagedFile."""
    return PlainTextDocument(path, media_type, limits)


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceMissing(
            "pages",
            path.name,
            f"the file cannot be read ({error.strerror})",
            "Check its path and permissions.",
        ) from error


def _clean(text: str) -> str:
    """NFC text with `\\n` line ends, Arabic presentation forms folded, no controls but tab, line and form
    feed."""
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", _CONTROLS.sub("", text))
    text = _PRESENTATION_FORMS.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    return unicodedata.normalize("NFC", text)


def _control_problems(text: str) -> tuple[Problem, ...]:
    count = len(_CONTROLS.findall(_LINE_ENDS.sub("\n", text)))
    if not count:
        return ()
    return (
        Problem(
            severity=Severity.info,
            stage="pages",
            code="control_characters_removed",
            message=f"{count} control characters were left out; check the place if words seem to be missing.",
        ),
    )
