"""Web addresses in running text, mended over line breaks and stray spaces."""

import re
from typing import NamedTuple
from urllib.parse import unquote

from schemas.layout import TextBlock

_START = re.compile(r"(?:https?\s?:\s?/\s?/\s?|(?<![\w./@])www\s?\.\s?)(?=[\w\[])", re.IGNORECASE)
_BODY = re.compile(r"[^\s<>\"“”«»„\u3002\uff0c\u060c]+")
_TRAILING = ".,;:!?'’”\u060c\u061b"
_UN_LINK = re.compile(
    r"https?://(?:www\.)?(?:undocs\.org|docs\.un\.org)/(?:(?:[a-z]{2})/)?(?P<symbol>[A-Z][^?#\s]+)$", re.IGNORECASE
)


class FoundAddress(NamedTuple):
    """An address in a text; `url` is without the breaks of the print."""

    start: int
    end: int
    url: str

    @property
    def symbol(self) -> str | None:
        """What a short link to a UN document names, as printed there; None for other addresses."""
        match = _UN_LINK.match(self.url)
        return unquote(match.group("symbol")).replace("_", "/") if match else None


def find_addresses(block: TextBlock) -> list[FoundAddress]:
    """The web addresses of a block; a piece on the next line is joined where the address cannot end before it."""
    text = block.text
    if "://" not in text and "www" not in text.lower() and ": //" not in text:
        return []
    breaks = {line.offset for line in block.lines}
    found: list[FoundAddress] = []
    for start in _START.finditer(text):
        if found and start.start() < found[-1].end:
            continue
        end = _end(text, start.end(), breaks)
        printed = text[start.start() : end]
        url = re.sub(r"\s+", "", printed)
        while url and (
            url[-1] in _TRAILING
            or (url[-1] in ")]" and url.count("(") + url.count("[") < url.count(")") + url.count("]"))
        ):
            url, end = url[:-1], end - 1
        end = len(text[:end].rstrip())
        if "." in url:
            found.append(FoundAddress(start.start(), end, url if url.lower().startswith("http") else f"https://{url}"))
    return found


def _end(text: str, place: int, breaks: set[int]) -> int:
    """Where the address ends, pieces behind a break or stray space included."""
    match = _BODY.match(text, place)
    end = match.end() if match else place
    while end < len(text) and text[end].isspace():
        after = len(text) - len(text[end:].lstrip())
        piece = _BODY.match(text, after)
        if piece is None or not _goes_on(text[place:end], piece.group(), after in breaks):
            break
        end = piece.end()
    return end


def _goes_on(so_far: str, piece: str, at_break: bool) -> bool:
    """True where an address that looks cut goes on with the next piece of text."""
    if re.search(r"%[0-9A-Fa-f]?$", so_far):  # half an escape
        return True
    if piece[:1] in '(“"' or so_far[-1:] in ",;":
        return False
    open_end = so_far[-1:] in "/-_=&?%#" or (so_far[-1:] == "." and piece[:1].islower())
    linked = piece[:1] in "/?&=#_%-" and len(piece) > 1
    inside = any(c in piece.rstrip(_TRAILING)[:-1] for c in "/_=%") or piece.count("-") > 1
    has_path = so_far.count("/") >= 1
    if at_break:
        return open_end or linked or (has_path and inside)
    return linked or (open_end and so_far[-1:] != "." and (inside or piece.isalnum()))
