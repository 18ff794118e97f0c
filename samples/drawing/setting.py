"""Text → lines: inline marks, line breaking, justified words. Points; y runs down from the top of the page."""

import re
from dataclasses import dataclass, field, replace

from drawing.fonts import width

_PIECE = re.compile(r"\\\*|\*\*|\*|<sup>(\d+|\\?\*)</sup>|([¹²³⁴⁵⁶⁷⁸⁹]+)|\s+|\n|[^\s*\\<¹²³⁴⁵⁶⁷⁸⁹]+|.")
_SUPERSCRIPTS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")

MARK_SCALE = 0.62
"""Footnote marks are drawn 6 pt high beside 10 pt text, as UN documents do."""
MARK_RISE = 0.36
"""Their baseline stands this share of the text size higher."""


@dataclass(frozen=True)
class Style:
    """How a paragraph is set."""

    size: float = 10.0
    leading: float = 12.0
    font: str = "serif"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    align: str = "justify"
    before: float = 0.0
    after: float = 6.0
    bullet: str = ""
    keep: bool = False
    """True keeps it on the page of what follows."""


@dataclass(frozen=True)
class Piece:
    """Characters of one font, size and height."""

    text: str
    font: str
    size: float
    rise: float = 0.0

    @property
    def width(self) -> float:
        """Width in points."""
        return width(self.text, self.font, self.size)


@dataclass(frozen=True)
class Word:
    """Pieces without a space between them, and the footnotes they call."""

    pieces: tuple[Piece, ...]
    notes: tuple[str, ...] = ()
    torn: bool = False
    """True where the next word is the rest of this one."""

    @property
    def width(self) -> float:
        """Width in points."""
        return sum(piece.width for piece in self.pieces)

    @property
    def text(self) -> str:
        """The characters."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Line:
    """Words on one baseline, with room to be filled where the line is justified."""

    words: tuple[Word, ...]
    style: Style
    indent: float
    room: float
    last: bool
    paragraph: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """Footnotes called on this line."""
        return tuple(mark for word in self.words for mark in word.notes)

    def places(self) -> list[tuple[float, Word]]:
        """Left edge of each word from the left edge of the column."""
        space = width(" ", self.style.font, self.style.size)
        gaps = max(1, len(self.words) - 1)
        natural = sum(word.width for word in self.words) + space * (len(self.words) - 1)
        slack = self.room - natural
        x = self.indent
        if self.style.align == "right":
            x += slack
        elif self.style.align == "centre":
            x += slack / 2
        elif self.style.align == "justify" and not self.last:
            space += slack / gaps
        places = []
        for word in self.words:
            places.append((x, word))
            x += word.width + space
        return places


@dataclass
class _Marks:
    bold: bool = False
    italic: bool = False
    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def set_text(text: str, style: Style, column: float) -> list[Line]:
    """Lines of a paragraph in a column of that width; a newline in the text ends a line."""
    room = column - style.left - style.right
    lines: list[Line] = []
    for row in text.split("\n"):
        lines += _break(_words(row, style), style, room, opening=not lines)
    return lines


def _break(words: list[Word], style: Style, room: float, opening: bool) -> list[Line]:
    space = width(" ", style.font, style.size)
    lines: list[Line] = []
    queue, current = list(words), []
    first = style.first if opening else 0.0
    used = 0.0
    while queue:
        word = queue.pop(0)
        here = room - (first if not lines else 0.0)
        if used + word.width <= here:
            current.append(word)
            used += word.width + space
        elif word.width > room:
            head, rest = _tear(word, here - used)
            queue.insert(0, rest)
            if head:
                current.append(head)
            lines.append(_line(current, style, first if not lines else 0.0, here, last=True))
            current, used = [], 0.0
        else:
            queue.insert(0, word)
            lines.append(_line(current, style, first if not lines else 0.0, here, last=False))
            current, used = [], 0.0
    if current:
        indent = first if not lines else 0.0
        lines.append(_line(current, style, indent, room - indent, last=True))
    return lines


def _line(words: list[Word], style: Style, first: float, room: float, last: bool) -> Line:
    return Line(tuple(words), style, style.left + first, room, last)


def _tear(word: Word, room: float) -> tuple[Word | None, Word]:
    """The part of an address too long for any line that fits, cut after a slash where there is one, and the rest."""
    piece = word.pieces[0]
    fits = 0
    while fits < len(piece.text) and width(piece.text[: fits + 1], piece.font, piece.size) <= room:
        fits += 1
    slash = piece.text.rfind("/", 0, fits) + 1
    cut = slash if slash > fits // 2 else fits
    if cut < 4:
        return None, word
    head = Word((replace(piece, text=piece.text[:cut]),), torn=True)
    rest = Word((replace(piece, text=piece.text[cut:]), *word.pieces[1:]), word.notes)
    return head, rest


def _words(text: str, style: Style) -> list[Word]:
    words: list[Word] = []
    state = _Marks(bold=style.font.endswith("-b"))
    for found in _PIECE.finditer(text):
        piece = found[0]
        if piece == "**":
            state.bold = not state.bold
        elif piece == "*":
            state.italic = not state.italic
        elif piece.isspace():
            _close(words, state)
        elif found[1] or found[2]:
            _mark(state, style, (found[1] or found[2].translate(_SUPERSCRIPTS)).replace("\\", ""))
        else:
            state.pieces.append(Piece(piece.replace("\\*", "*"), _font(style, state), style.size))
    _close(words, state)
    return words


def _mark(state: _Marks, style: Style, mark: str) -> None:
    size = style.size * (MARK_SCALE if mark != "*" else 0.8)
    state.pieces.append(Piece(mark, _font(style, state), size, style.size * MARK_RISE))
    state.notes.append(mark)


def _close(words: list[Word], state: _Marks) -> None:
    if state.pieces:
        words.append(Word(tuple(_merged(state.pieces)), tuple(state.notes)))
    state.pieces, state.notes = [], []


def _merged(pieces: list[Piece]) -> list[Piece]:
    merged: list[Piece] = []
    for piece in pieces:
        if merged and replace(merged[-1], text="") == replace(piece, text=""):
            merged[-1] = replace(piece, text=merged[-1].text + piece.text)
        else:
            merged.append(piece)
    return merged


def _font(style: Style, state: _Marks) -> str:
    family = style.font.split("-")[0]
    if family != "serif":
        return style.font
    suffix = ("b" if state.bold else "") + ("i" if state.italic else "")
    return f"{family}-{suffix}" if suffix else family
