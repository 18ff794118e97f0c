"""linejoin: printed lines → one text, line-end hyphens joined, with styles and line starts at their new offsets."""

import re
from collections.abc import Iterator, Sequence

from schemas.layout import Line, LineStart, Style

_HYPHEN_END = re.compile(r"[^\W\d_]{2,}[-\u00ad\u2010]$")


def joined(lines: Sequence[Line]) -> tuple[str, tuple[Style, ...], tuple[LineStart, ...]]:
    """Text of the lines, line-end hyphens joined, with styles and line starts at their new offsets."""
    text = ""
    styles: list[Style] = []
    starts: list[LineStart] = []
    for line in lines:
        if text and _HYPHEN_END.search(text) and line.text[:1].islower():
            kept = _keeps_hyphen(text, line.text)
            if not kept:
                text = text[:-1]
                styles = [_cut(s, len(text)) for s in styles if s.start < len(text)]
        elif text and not _is_open(text):
            text += " "
        at = len(text)
        starts.append(LineStart(at, line.page, line.box))
        text += line.text
        styles += [
            Style(s.start + at, s.end + at, s.bold, s.italic, s.superscript, s.size, s.link) for s in line.styles
        ]
    return text, tuple(_merged(styles)), tuple(starts)


def _is_open(text: str) -> bool:
    """Does the text end so that the next line belongs to it without a space: a hyphenated word, a path?"""
    return text.endswith("/") or bool(_HYPHEN_END.search(text))


def _cut(style: Style, end: int) -> Style:
    if style.end <= end:
        return style
    return Style(style.start, end, style.bold, style.italic, style.superscript, style.size, style.link)


def _keeps_hyphen(text: str, following: str) -> bool:
    """A hyphen at the line end is the word's own where the word has another, or ends in a short prefix."""
    word = re.search(r"[\w-]+[-\u2010]$", text)
    return bool(word and "-" in word[0][:-1]) or text.endswith("\u2010")


def _merged(styles: Sequence[Style]) -> Iterator[Style]:
    """Neighbours of one style as one; a joining space belongs to the style before it."""
    last: Style | None = None
    for style in styles:
        if last and _same(last, style) and style.start - last.end <= 1:
            last = Style(last.start, style.end, last.bold, last.italic, last.superscript, last.size, last.link)
            continue
        if last:
            yield last
        last = style
    if last:
        yield last


def _same(one: Style, other: Style) -> bool:
    return (one.bold, one.italic, one.superscript, one.size, one.link) == (
        other.bold, other.italic, other.superscript, other.size, other.link,
    )  # fmt: skip
