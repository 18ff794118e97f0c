"""order: glyphs of a line from left to right → the letters in the order in which they are read."""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from schemas.layout import Direction
from schemas.page import Run

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms."""


class Placed(Protocol):
    """A glyph and where it stands."""

    run: Run
    x0: float
    x1: float
    size: float
    place: int


P = TypeVar("P", bound=Placed)


def has_right_to_left(items: Sequence[Placed], *, majority: bool = False) -> bool:
    """True where a letter runs right to left; with `majority`, where most letters do."""
    if not majority:
        return any(RIGHT_TO_LEFT.search(item.run.text) for item in items)
    text = "".join(item.run.text for item in items)
    return len(RIGHT_TO_LEFT.findall(text)) > sum(c.isalpha() for c in text) / 2


def ordered(items: Sequence[P]) -> tuple[list[tuple[str, P, bool]], Direction]:
    """(text, glyph, space before it) in reading order, and the base direction."""
    return [(item.run.text, item, False) for item in items], Direction.rtl
