"""Captions: "Images 1–14: private houses", «الصور 1-14», "Şəkil 3", "Figure II"."""

import re
from functools import cache
from typing import NamedTuple

from pipeline.grammar.numerals import int_from_roman
from pipeline.structure.headings import Text, has_leaders, is_ended, is_strong
from pipeline.structure.vocabulary import caption_words
from schemas.layout import BlockKind, TextBlock

_VALUE = r"(?:[A-Z\d]{1,3}\.)?(?:[IVXLC]{1,7}(?![^\W_])|\d{1,4}(?!\d)|[A-Z](?![\w’']))"
_JOIN = r"\s*(?:[-–—−‑]|to|and|&|à|et|a|y|по|и|إلى|و|至|和|və|ve)\s*"
_LONGEST = 400
"""Characters of the longest caption."""
_LONGEST_LABEL = 30
"""Characters of the longest label alone."""
_SHORT = 120
"""A line this short that does not end as a sentence is a caption even without a colon."""
_MOST = 2000
"""Numbers further apart are no range of pictures."""


class Caption(NamedTuple):
    """What a caption says."""

    label: str
    """As printed: `Images 1–14`."""
    first: int | None
    last: int | None
    text: str | None
    """The caption without its label."""

    @property
    def expected(self) -> int | None:
        """Number of pictures announced."""
        if self.first is None or self.last is None:
            return None
        return self.last - self.first + 1


def read_caption(text: Text, position: int) -> Caption | None:
    """The caption that the block is, or None."""
    block = text.blocks[position]
    if block.furniture or block.kind in (BlockKind.footnote, BlockKind.table):
        return None
    if position in text.contents or has_leaders(block.text):
        return None
    if len(block.text) > _LONGEST:
        return _last_line(block)
    found = _pattern().match(block.text)
    if found is None or not _is_caption(text, position, found):
        return _last_line(block)
    return _caption(block.text, found)


def _last_line(block: TextBlock) -> Caption | None:
    """A bare label on the last line of a block that took it in: "… (see figure 25.I)" / "Figure 25.I"."""
    last = block.text[block.lines[-1].offset :].strip() if len(block.lines) > 1 else ""
    if not last or len(last) > _LONGEST_LABEL:
        return None
    found = _pattern().match(last)
    if found is None or found.end() < len(last) or found.group("label")[0].islower():
        return None
    return _caption(last, found)


def _caption(printed: str, found: "re.Match[str]") -> Caption | None:
    first, last = number_of(found.group("first")), number_of(found.group("last") or found.group("first"))
    if first is None or last is None or not first <= last < first + _MOST:
        return None
    rest = printed[found.end() :].strip(" :.–—-：*")
    return Caption(found.group("label").strip(), first, last, rest or None)


def number_of(printed: str) -> int | None:
    """Number of a picture: Arabic or Roman digits or a letter, the last part of `25.II`."""
    value = printed.rsplit(".", 1)[-1]
    if value.isdecimal():
        return int(value)
    roman = int_from_roman(value)
    if roman is not None:
        return roman
    return ord(value) - ord("A") + 1 if len(value) == 1 and value.isascii() and value.isupper() else None


@cache
def _pattern() -> re.Pattern[str]:
    sign = r"(?:№|No\.?|#)?"
    return re.compile(
        rf"^\W*(?P<label>(?:(?i:{caption_words()})(?![^\W\d_]))\s*{sign}\s*(?P<first>{_VALUE})(?:{_JOIN}(?P<last>{_VALUE}))?)"
    )


def _is_caption(text: Text, position: int, found: "re.Match[str]") -> bool:
    block = text.blocks[position]
    if found.group("label")[0].islower() and found.group("label")[0].isascii():
        return False
    rest = block.text[found.end() :]
    if block.kind is BlockKind.caption or not rest.strip(" *.:"):
        return True
    separated = rest.lstrip()[0] in ":.–—-：(" or _line_ends(block, found.end())
    if separated and rest.lstrip()[0] != "(":
        return True
    if is_strong(text, position):
        return True
    return len(block.text) <= _SHORT and not is_ended(block.text) and not rest.strip()[0].islower()


def _line_ends(block: TextBlock, offset: int) -> bool:
    return any(offset <= line.offset <= offset + 1 for line in block.lines)
