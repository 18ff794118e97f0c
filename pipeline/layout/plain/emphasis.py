"""emphasis: asterisks and underscores that make bold or italic, paired as CommonMark does."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

_MOST_DELIMITERS = 10_000
"""Emphasis marks paired in one chunk; later ones are taken literally, which keeps hostile input from taking
for ever."""


@dataclass
class Delimiter:
    """A run of asterisks or underscores; `opens` and `closes` hold the styles it was matched for."""

    char: str
    count: int
    can_open: bool
    can_close: bool
    opens: list[str] = field(default_factory=list)
    closes: list[str] = field(default_factory=list)


def delimiter_at(source: str, found: "re.Match[str]") -> Delimiter:
    """The run of marks that `found` stands for, and whether it may open or close, by the characters around it."""
    before = source[found.start() - 1] if found.start() else " "
    after = source[found.end()] if found.end() < len(source) else " "
    space_before, space_after = before.isspace(), after.isspace()
    stop_before, stop_after = _is_punctuation(before), _is_punctuation(after)
    left = not space_after and (not stop_after or space_before or stop_before)
    right = not space_before and (not stop_before or space_after or stop_after)
    char = found.group()[0]
    if char == "_":
        return Delimiter(
            char, len(found.group()), left and (not right or stop_before), right and (not left or stop_after)
        )
    return Delimiter(char, len(found.group()), left, right)


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def pair_up(delimiters: Sequence[Delimiter]) -> None:
    """Pair openers and closers, of the first 10,000: two marks of each make bold, one italic."""
    delimiters = delimiters[:_MOST_DELIMITERS]
    stack: list[Delimiter] = []
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
