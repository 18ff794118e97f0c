"""Inline marks of Markdown and its HTML → clean text with styles and line starts."""

import html
import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.layout import Style

_TOKEN = re.compile(
    r"""(?P<escape>\\[!-/:-@\[-`{-~])
    |(?P<hard>(?:\\|[ \t]{2,})?\n)
    |(?P<comment><!--.*?-->)
    |(?P<tag></?[a-zA-Z][a-zA-Z0-9]{0,9}(?:\s[^<>]{0,500})?/?>)
    |(?P<auto><(?:https?://|mailto:)[^\s<>]{1,2000}>)
    |(?P<note>\[\^[^\]\s]{1,40}\]:?)
    |(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)
    |(?P<code>`[^`\n]+`)
    |(?P<delimiter>\*+|_+)
    |(?P<bracket>!?\[)""",
    re.VERBOSE | re.DOTALL,
)
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_TAG_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_STYLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "sup": "superscript",
    "a": "link",
}
_DROPPED_TAG = re.compile(
    "p|div|span|center|u|sub|font|small|big|s|del|ins|mark|table|tbody|thead|tr|td|th|ul|ol|li|figure|figcaption"
)
_LABEL_LENGTH = 2000
"""Longest link label or target looked at: keeps hostile brackets linear."""

_MOST_DELIMITERS = 10_000
"""Emphasis marks paired in one chunk; later ones are taken literally, which keeps hostile input from taking
for ever."""


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


@dataclass
class _Delimiter:
    """A run of asterisks or underscores; `opens` and `closes` hold the styles it was matched for."""

    char: str
    count: int
    can_open: bool
    can_close: bool
    opens: list[str] = field(default_factory=list)
    closes: list[str] = field(default_factory=list)


class _Switch(NamedTuple):
    name: str
    value: bool | str | None


class _Break(NamedTuple):
    pass


_Token = str | _Delimiter | _Switch | _Break


def read_inline(source: str, markdown: bool) -> Inline:
    """Clean text of a chunk of lines; without `markdown` every character is taken as it stands."""
    tokens = _tokens(source) if markdown else _plain_tokens(source)
    delimiters = [token for token in tokens if isinstance(token, _Delimiter)]
    _match(delimiters[:_MOST_DELIMITERS])
    writer = _Writer()
    for position, token in enumerate(tokens):
        _write(writer, token, first=position == 0)
    return writer.result()


def link_at(text: str, start: int) -> tuple[str, str, int] | None:
    """Label, target and end of the link whose `[` stands at `start`, brackets balanced; None where there is
    none."""
    middle = _closing(text, start, "[", "]")
    if middle is None or text[middle + 1 : middle + 2] != "(":
        return None
    end = _closing(text, middle + 1, "(", ")")
    if end is None:
        return None
    target = text[middle + 2 : end].strip()
    return text[start + 1 : middle], re.sub(r"""\s+["'].*$""", "", target).strip("<>"), end + 1


def _closing(text: str, start: int, opening: str, closing: str) -> int | None:
    depth = 0
    position = start
    limit = min(len(text), start + _LABEL_LENGTH)
    while position < limit:
        char = text[position]
        if char == "\\":
            position += 1
        elif char == opening:
            depth += 1
        elif char == closing:
            depth -= 1
            if depth == 0:
                return position
        position += 1
    return None


def _plain_tokens(source: str) -> list[_Token]:
    tokens: list[_Token] = []
    for number, line in enumerate(source.split("\n")):
        if number:
            tokens.append(_Break())
        tokens.append(line)
    return tokens


def _tokens(source: str, nested: int = 0) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    while position < len(source):
        found = _TOKEN.search(source, position)
        if not found:
            break
        if found.start() > position:
            tokens.append(source[position : found.start()])
        position = _add_token(tokens, source, found, nested)
    tokens.append(source[position:])
    return tokens


def _add_token(tokens: list[_Token], source: str, found: "re.Match[str]", nested: int) -> int:
    """Append what `found` stands for; returns where to read on."""
    kind, value = found.lastgroup, found.group()
    if kind == "escape":
        tokens.append(value[1])
    elif kind == "hard":
        tokens.append(_Break())
    elif kind == "tag":
        tokens.extend(_tag_tokens(value))
    elif kind == "auto":
        tokens.extend((_Switch("link", value[1:-1]), value[1:-1], _Switch("link", None)))
    elif kind == "note":
        mark = value.removesuffix(":")[2:-1]
        tokens.extend((_Switch("superscript", True), mark, _Switch("superscript", False)))
        if value.endswith(":"):
            tokens.append(" ")
    elif kind == "entity":
        tokens.append(html.unescape(value))
    elif kind == "code":
        tokens.append(value[1:-1])
    elif kind == "delimiter":
        tokens.append(_delimiter(source, found))
    elif kind == "bracket":
        return _add_link(tokens, source, found, nested)
    return found.end()


def _tag_tokens(tag: str) -> list[_Token]:
    name_match = _TAG_NAME.match(tag)
    name = name_match.group(1).lower() if name_match else ""
    if name in ("br", "hr"):
        return [_Break()]
    if _DROPPED_TAG.fullmatch(name):
        return []
    style = _STYLE_TAGS.get(name)
    if style is None:
        return [tag]
    if style == "link":
        href = _TAG_HREF.search(tag)
        return [_Switch("link", href.group(1) if href and not tag.startswith("</") else None)]
    return [_Switch(style, not tag.startswith("</"))]


def _delimiter(source: str, found: "re.Match[str]") -> _Delimiter:
    before = source[found.start() - 1] if found.start() else " "
    after = source[found.end()] if found.end() < len(source) else " "
    space_before, space_after = before.isspace(), after.isspace()
    stop_before, stop_after = _is_punctuation(before), _is_punctuation(after)
    left = not space_after and (not stop_after or space_before or stop_before)
    right = not space_before and (not stop_before or space_after or stop_after)
    char = found.group()[0]
    if char == "_":
        return _Delimiter(
            char, len(found.group()), left and (not right or stop_before), right and (not left or stop_after)
        )
    return _Delimiter(char, len(found.group()), left, right)


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _add_link(tokens: list[_Token], source: str, found: "re.Match[str]", nested: int) -> int:
    start = found.end() - 1
    link = link_at(source, start) if nested <= 1 else None
    if link is None:
        tokens.append(found.group())
        return found.end()
    label, target, end = link
    tokens.append(_Switch("link", target if target not in ("", "#") else None))
    tokens.extend(_tokens(label, nested + 1))
    tokens.append(_Switch("link", None))
    return end


def _match(delimiters: list[_Delimiter]) -> None:
    """Pair openers and closers as CommonMark does: two of each make bold, one italic."""
    stack: list[_Delimiter] = []
    left: dict[int, int] = {id(d): d.count for d in delimiters}
    for closer in delimiters:
        while closer.can_close and left[id(closer)]:
            opener = next((d for d in reversed(stack) if d.char == closer.char and left[id(d)]), None)
            if opener is None:
                break
            while stack[-1] is not opener:
                stack.pop()
            both = min(left[id(opener)], left[id(closer)], 2)
            style = "bold" if both == 2 else "italic"
            opener.opens.insert(0, style)
            closer.closes.append(style)
            left[id(opener)] -= both
            left[id(closer)] -= both
            if not left[id(opener)]:
                stack.pop()
        if closer.can_open and left[id(closer)]:
            stack.append(closer)
    for delimiter in delimiters:
        delimiter.count = left[id(delimiter)]


def _write(writer: "_Writer", token: _Token, first: bool) -> None:
    if isinstance(token, str):
        writer.add(token)
    elif isinstance(token, _Break):
        writer.line_break()
    elif isinstance(token, _Switch):
        writer.switch(token.name, token.value)
    else:
        for name in token.closes:
            writer.switch(name, False)
        dangling = first and token.count >= 2 and token.can_open and not token.opens
        if token.count and not dangling:
            writer.add(token.char * token.count)
        for name in token.opens:
            writer.switch(name, True)


class _Writer:
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
        for piece in re.findall(r"\s+|\S+", text):
            if piece.isspace():
                self._space = True
            else:
                self._add_word(piece)

    def line_break(self) -> None:
        self._space = True
        self._break = True

    def switch(self, name: str, value: bool | str | None) -> None:
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
