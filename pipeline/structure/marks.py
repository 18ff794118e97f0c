"""Marks of notes: raised digits, Unicode superscripts, stars and daggers."""

import re
from typing import NamedTuple

from pipeline.grammar.lookalikes import may_read
from schemas.layout import TextBlock

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]{1,3}")
_LEADING = re.compile(r"(?P<mark>\d{1,3}|[*＊]{1,5}|[†‡§]{1,3}|[a-z])(?P<stop>[/.)]?)\s*(?=\S)")
_STARS = re.compile(r"[*＊†‡§]{1,5}")
_SIGNS = "*＊†‡§"
_TYPED = re.compile(
    r"(?:(?<=[\w.,;:)\]”’\"»] )|(?<=[^\W\d_.,;:/]))(\d{1,3})/(?:(?![\w/])|(?=[A-Z][a-z]+\b)(?!Add|Corr|Rev))"
)
"""Typewriters had no small figures: `l'éducation 2/, les femmes 3/`; a capital may follow where lines were joined."""
_TYPED_END = re.compile(r"/(?<=\d/)(?:(?![\w/])|(?=[A-Z][a-z]))")
"""What each of them ends in: strokes are sought far sooner than what may stand before a number."""
_DAMAGED_LEADING = re.compile(r"(?P<mark>[\dA-Za-z£^|][\dA-Za-z£^|_.]{0,3}?)\s?_?/_?\s*(?=\S)")
_DAMAGED = re.compile(r"(?<=[\w.,;:)\]”’\"»] )(?P<mark>[\dA-Za-z£^|][\dA-Za-z£^|_.]{0,3}?)_?/(?![\w/])")
_LETTERED = "abcdefgij"
"""Single letters before a stroke that number the notes of a table rather than stand for a damaged figure."""
_DIVIDER = re.compile(r"^[\s*＊]+$")

_AFTER_LETTER = r"(?<=[^\W\d_])"
_AFTER_STOP = r"(?<=[^\W\d_][.,;:؟،؛])|(?<=[)\]”’\"»][.,;:؟،؛])"
_AFTER_BRACKET = r"(?<=[)\]”’\"»])"


class Mark(NamedTuple):
    """A mark and where it stands in its block."""

    plain: str
    """`1`, `a`, `*`."""
    start: int
    end: int
    raised: bool
    """True where the source set it as a superscript: then it is surely a mark."""


def leading_mark(block: TextBlock, offset: int) -> Mark | None:
    """The mark of a note that begins at `offset`; digits that are not raised count only where words
    follow."""
    text = block.text
    start = _after_blanks(text, offset)
    unicode_mark = _RAISED.match(text, start)
    if unicode_mark:
        return Mark(unicode_mark.group().translate(SUPERSCRIPTS), start, unicode_mark.end(), True)
    raised = _raised_end(block, start)
    if raised > start:
        plain = text[start:raised].strip(" ./)")
        return Mark(plain, start, raised, True) if _is_mark(plain) else None
    found = _LEADING.match(text, start)
    if not found:
        return None
    plain = found.group("mark").replace("＊", "*")
    if plain.isdecimal() and not (
        found.group("stop") == "/" or text[found.end() : found.end() + 1].isalpha() or _opens(text, found)
    ):
        return None
    if plain.isalpha() and found.group("stop") not in ("/", ")"):
        return None
    return Mark(plain, start, found.end("stop"), False)


def page_at(block: TextBlock, offset: int) -> int:
    """The page on which the text at `offset` is printed."""
    return next((line.page for line in reversed(block.lines) if line.offset <= offset), block.page)


def damaged_mark(block: TextBlock, offset: int, number: int) -> Mark | None:
    """The typed mark of note `number` that begins at `offset` where recognition damaged it ("lU/" for 14/), or None."""
    start = _after_blanks(block.text, offset)
    found = _DAMAGED_LEADING.match(block.text, start)
    if found is None or found.group("mark") in _LETTERED or not may_read(found.group("mark"), number):
        return None
    return Mark(str(number), start, found.end(), False)


def damaged_places(text: str, number: int) -> tuple[int, ...]:
    """Offsets in running text at which the typed mark of note `number` may stand, damaged by recognition."""
    if "/" not in text:
        return ()
    return tuple(
        found.start("mark")
        for found in _DAMAGED.finditer(text)
        if found.group("mark") not in _LETTERED and may_read(found.group("mark"), number)
    )


def typed_marks(text: str) -> int:
    """Number of marks as typewriters set them (`l'éducation 2/`) in a text."""
    return len(_TYPED.findall(text)) if _TYPED_END.search(text) else 0


def _after_blanks(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset


def _opens(text: str, found: "re.Match[str]") -> bool:
    return text[found.end() : found.end() + 1] in "“\"«‘'(["


def _is_mark(plain: str) -> bool:
    return plain.isdecimal() or (len(plain) == 1 and plain.isalpha()) or bool(_STARS.fullmatch(plain))


def _raised_end(block: TextBlock, start: int) -> int:
    """End of the raised stretch that begins at `start`."""
    end = start
    for style in sorted([s for s in block.styles if s.superscript], key=lambda style: style.start):
        if style.start <= end < style.end:
            end = style.end
    return end


def marks_in(block: TextBlock) -> tuple[Mark, ...]:
    """Every mark in a block's running text that style or script gives away, in order of place."""
    if _DIVIDER.match(block.text):
        return ()
    found = [
        Mark(match.group().translate(SUPERSCRIPTS), match.start(), match.end(), True)
        for match in _RAISED.finditer(block.text)
    ]
    for style in block.styles:
        if style.superscript:
            found += _marks_of_style(block.text, style.start, style.end)
    taken = {mark.start for mark in found}
    if any(map(block.text.__contains__, _SIGNS)):
        found += [
            Mark(match.group().replace("＊", "*"), match.start(), match.end(), False)
            for match in _STARS.finditer(block.text)
            if match.start() not in taken and _is_attached(block.text, match)
        ]
    if _TYPED_END.search(block.text):
        found += [
            Mark(match.group(1), match.start(), match.end(), False)
            for match in _TYPED.finditer(block.text)
            if match.start() not in taken
        ]
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.end)))


def _marks_of_style(text: str, start: int, end: int) -> list[Mark]:
    """The marks inside a raised stretch: `1, 2` holds two."""
    return [
        Mark(match.group().replace("＊", "*"), start + match.start(), start + match.end(), True)
        for match in re.finditer(r"\d{1,3}|[*＊†‡§]{1,5}|(?<![^\W_])[a-z](?![^\W_])", text[start:end])
    ]


def _is_attached(text: str, match: "re.Match[str]") -> bool:
    """A star is a mark where it hangs on a word or sign before it and no word follows at once."""
    before, after = text[: match.start()], text[match.end() :]
    if not before or (not after[:1].isspace() and after[:1].isalnum()):
        return False
    return not before[-1].isspace() or bool(re.search(r"\S ?$", before) and len(before) - len(before.rstrip()) <= 1)


def digits_behind_year(text: str, number: str) -> tuple[int, ...]:
    """Offsets at which a number hangs on a year, as lost superscripts do in cells of a table: `201332` (2013, 32)."""
    return tuple(m.start(1) for m in re.finditer(rf"(?<!\d)(?:19|20)\d\d({number})(?!\d)", text))


def spaced_digits(text: str, number: int) -> tuple[int, ...]:
    """Offsets of a number between a word and a stop, as recognition sets a raised figure apart: `Наций 5,`."""
    return tuple(m.start(1) for m in re.finditer(rf"(?<=[^\W\d_]) ({number})(?=[,.;:](?:\s|$))", text))


def plain_digits(text: str, number: str) -> tuple[int, ...]:
    """Offsets at which a number hangs on a word or stop as a lost superscript does: `Refugees,1 the`,
    `decided.12`."""
    pattern = rf"(?:{_AFTER_LETTER}|{_AFTER_STOP}|{_AFTER_BRACKET}){number}(?![\w.,]?\d)(?![^\W_])"
    return tuple(match.start() for match in re.finditer(pattern, text))
