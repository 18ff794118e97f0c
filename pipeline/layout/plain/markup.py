"""markup: inline marks of Markdown and its HTML → clean text with styles and line starts."""

import html
import re
from typing import NamedTuple

from pipeline.layout.plain.emphasis import Delimiter, delimiter_at, pair_up
from pipeline.layout.plain.writing import Inline, Writer

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


class _Switch(NamedTuple):
    name: str
    value: bool | str | None


class _Break(NamedTuple):
    pass


_Token = str | Delimiter | _Switch | _Break


def read_inline(source: str, markdown: bool) -> Inline:
    """Clean text of a chunk of lines; without `markdown` every character is taken as it stands."""
    tokens = _tokens(source) if markdown else _plain_tokens(source)
    delimiters = [token for token in tokens if isinstance(token, Delimiter)]
    pair_up(delimiters)
    writer = Writer()
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
        tokens.append(delimiter_at(source, found))
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


def _write(writer: "Writer", token: _Token, first: bool) -> None:
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
