"""writing: text as it is put together again, with single spaces, styles and line starts."""

import re
from typing import NamedTuple

from schemas.layout import Style


class Inline(NamedTuple):
    """Text without marks, its styles, and where its printed lines begin."""

    text: str
    styles: tuple[Style, ...]
    line_offsets: tuple[int, ...]


class _Flags(NamedTuple):
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    link: str | None = None


class Writer:
    """Collects text with single spaces, styles and line starts."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last = ""
        self._space = False
        self._break = False
        self._flags = _Flags()
        self._depth = {"bold": 0, "italic": 0, "superscript": 0}
        self._spans: list[tuple[int, int, _Flags]] = []
        self._lines = [0]

    def add(self, text: str) -> None:
        """Write text; white space of any length becomes one space."""
        for piece in re.findall(r"\s+|\S+", text):
            if piece.isspace():
                self._space = True
            else:
                self._add_word(piece)

    def line_break(self) -> None:
        """Begin a printed line with the next word."""
        self._space = True
        self._break = True

    def switch(self, name: str, value: bool | str | None) -> None:
        """Turn a style on or off; the value of a link is its target, or None."""
        if name == "link":
            self._flags = self._flags._replace(link=value if isinstance(value, str) else None)
            return
        self._depth[name] = max(0, self._depth[name] + (1 if value else -1))
        self._flags = _Flags(
            self._depth["bold"] > 0,
            self._depth["italic"] > 0,
            self._depth["superscript"] > 0,
            self._flags.link,
        )

    def result(self) -> Inline:
        """What was written."""
        styles = tuple(
            Style(start, end, bold=f.bold, italic=f.italic, superscript=f.superscript, link=f.link)
            for start, end, f in self._spans
            if f != _Flags()
        )
        return Inline("".join(self._parts), styles, tuple(self._lines))

    def _add_word(self, word: str) -> None:
        if self._space and self._length and not (self._break and joins_without_space(self._last, word[0])):
            self._put(" ")
        if self._break and self._length and self._lines[-1] != self._length:
            self._lines.append(self._length)
        self._space = self._break = False
        self._put(word)

    def _put(self, text: str) -> None:
        start, self._length = self._length, self._length + len(text)
        self._parts.append(text)
        self._last = text[-1]
        if text == " ":
            return
        if self._spans and self._spans[-1][2] == self._flags:
            self._spans[-1] = (self._spans[-1][0], self._length, self._flags)
        else:
            self._spans.append((start, self._length, self._flags))


def joins_without_space(before: str, after: str) -> bool:
    """True where a line break stands for nothing: between Chinese characters, and after a hyphen before a
    letter."""
    if before == "-":
        return after.isalpha()
    return is_wide(before) and is_wide(after)


def is_wide(char: str) -> bool:
    """True for Chinese and Japanese characters and their punctuation."""
    return "\u3000" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\uff00" <= char <= "\uffef"
