"""Sample texts → paragraphs without the scars of conversion: notes taken out, broken paragraphs joined."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOTE = re.compile(r"^(?:<sup>(\d+)</sup>|([¹²³⁴⁵⁶⁷⁸⁹]+)) ")
_LINK = re.compile(r"\[([^\]]+)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)")
_FINISHED = re.compile(r"[.:;!?…][”\"*]*(?:<sup>\d+</sup>|[¹²³⁴⁵⁶⁷⁸⁹])?[.*]*$")


@dataclass(frozen=True)
class Text:
    """A sample text: paragraphs of the body (their own line breaks kept as newlines) and footnotes by mark."""

    body: tuple[str, ...]
    notes: dict[str, str]


def load(stem: str) -> list[str]:
    """Paragraphs of the one sample whose name begins with `stem`, links replaced by their text, rules left out."""
    (path,) = FOLDER.glob(f"{stem}_*.txt")
    pieces = re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
    texts = (_LINK.sub(r"\1", "\n".join(line.strip() for line in piece.strip().splitlines())) for piece in pieces)
    return [text for text in texts if text and text != "---"]


def split_notes(paragraphs: list[str]) -> Text:
    """Footnotes apart from the body, and what a page break tore put together again."""
    body: list[str] = []
    notes: dict[str, str] = {}
    open_note: str | None = None
    for paragraph in paragraphs:
        found = _NOTE.match(paragraph)
        if found:
            open_note = found[1] or found[2].translate(_SUPERSCRIPTS)
            notes[open_note] = paragraph[found.end() :]
        elif open_note and not _FINISHED.search(notes[open_note]) and notes[open_note].endswith(","):
            notes[open_note] += " " + paragraph
        else:
            open_note = None
            join(body, paragraph)
    return Text(tuple(body), notes)


def join(body: list[str], paragraph: str) -> None:
    """Appends the paragraph, or continues the last one where that is unfinished prose."""
    last = body[-1] if body else ""
    prose = len(last) > 100 and not last.startswith(("#", "**")) and not paragraph.startswith("**")
    if prose and not _FINISHED.search(last):
        body[-1] = f"{last} {paragraph}"
    else:
        body.append(paragraph)
