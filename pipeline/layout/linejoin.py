"""linejoin: printed lines → one text, line-end hyphens joined, with styles and line starts at their new offsets."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from schemas.layout import Line, LineStart, Style

_HYPHEN_END = re.compile(r"[^\W\d_]{2,}[-\u00ad\u2010]$")
_HYPHEN_TAIL = 4
"""Characters that decide whether a text ends in a hyphen: two letters, the hyphen, a line feed. A search over the
whole text of a long block at each of its lines takes time by the square of its length."""
_LAST_WORD = re.compile(r"[\w-]+$")
_FIRST_WORD = re.compile(r"^\w+(?:-\w+)*")
_WORD = re.compile(r"\w+(?:-\w+)*")
_LEAST_CASES = 3
"""So many line-end hyphens must be settled by the document's own words before it counts as one that breaks words."""

_Look = tuple[bool, bool, bool, float | None, str | None]
"""Bold, italic, superscript, size and link of a `Style`."""
_Stretch = tuple[int, int, _Look]


@dataclass(frozen=True, slots=True)
class Hyphens:
    """How a document uses hyphens at line ends, told from the words that stand whole inside its lines."""

    words: frozenset[str] = frozenset()
    """Words in lower case, compounds with their hyphens."""
    breaks_words: bool = False
    """True where line-end hyphens mostly break words: UN documents set none, laws and older prints do."""

    def parts(self, head: str, tail: str) -> bool:
        """Is the hyphen between the head and the tail of a word only the line's?"""
        whole, compound = (head + tail).lower(), f"{head}-{tail}".lower()
        if (whole in self.words) != (compound in self.words):
            return whole in self.words
        return self.breaks_words and "-" not in head


def hyphens_of(lines: Iterable[Line]) -> Hyphens:
    """The document's own words, and whether it breaks words at line ends."""
    words: set[str] = set()
    ends: list[tuple[str, str]] = []
    head = ""
    for line in lines:
        found = _WORD.findall(line.text.lower())
        first = _FIRST_WORD.match(line.text)
        if head and first and line.text[:1].islower():
            ends.append((head, first[0].lower()))
            found = found[1:]
        open_end = _ends_in_hyphen(line.text.rstrip())
        head = _head_word(line.text.rstrip().lower()) if open_end else ""
        words.update(found[:-1] if open_end else found)
    known = frozenset(words)
    broken = sum(1 for h, t in ends if h + t in known and f"{h}-{t}" not in known)
    compound = sum(1 for h, t in ends if f"{h}-{t}" in known and h + t not in known)
    return Hyphens(known, broken >= _LEAST_CASES and broken > compound)


def _ends_in_hyphen(text: str) -> bool:
    """Does the text end in a hyphen after at least two letters?"""
    return bool(_HYPHEN_END.search(text[-_HYPHEN_TAIL:]))


def _head_word(text: str) -> str:
    match = _LAST_WORD.search(text[:-1])
    return match[0] if match else ""


def joined(
    lines: Sequence[Line], hyphens: Hyphens | None = None
) -> tuple[str, tuple[Style, ...], tuple[LineStart, ...]]:
    """Text of the lines, words broken at line ends whole again, with styles and line starts at their new offsets."""
    text = ""
    styles: list[_Stretch] = []
    starts: list[LineStart] = []
    for line in lines:
        if text and line.text[:1].islower() and _ends_in_hyphen(text):
            if _is_broken(text, line.text, hyphens or Hyphens()):
                text = text[:-1]
                styles = [(start, min(end, len(text)), look) for start, end, look in styles if start < len(text)]
        elif text and not _is_open(text):
            text += " "
        at = len(text)
        starts.append(LineStart(at, line.page, line.box))
        text += line.text
        styles += [(s.start + at, s.end + at, (s.bold, s.italic, s.superscript, s.size, s.link)) for s in line.styles]
    return text, tuple(_merged(styles)), tuple(starts)


def _is_broken(text: str, following: str, hyphens: Hyphens) -> bool:
    """Was the word cut only by the line's end? A soft hyphen says so, another does where the document's words do."""
    first = _FIRST_WORD.match(following)
    if text.endswith("\u00ad") or first is None:
        return text.endswith("\u00ad")
    return hyphens.parts(_head_word(text), first[0])


def _is_open(text: str) -> bool:
    """Does the text end so that the next line belongs to it without a space: a hyphenated word, a path?"""
    return text.endswith("/") or _ends_in_hyphen(text)


def _merged(stretches: Sequence[_Stretch]) -> Iterator[Style]:
    """Neighbours of one look as one style; a joining space belongs to the style before it."""
    if not stretches:
        return
    start, end, look = stretches[0]
    for begin, stop, other in stretches[1:]:
        if other == look and begin - end <= 1:
            end = stop
        else:
            yield Style(start, end, *look)
            start, end, look = begin, stop, other
    yield Style(start, end, *look)
