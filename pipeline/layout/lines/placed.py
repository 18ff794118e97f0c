"""placed: a run and where it stands in the page that has been turned upright; a glyph in reading order."""

import re
from dataclasses import dataclass
from functools import lru_cache

from schemas.geometry import Box
from schemas.page import Run

SMALL = 0.8
"""A mark is smaller than this part of the text beside it (UN documents: 0.6 to 0.67)."""
SPACE_EM = 0.14
"""A gap this wide is a space where the source does not settle it."""
BAR_CODE = re.compile(r"bar\s?code|3\s?of\s?9|code\s?(39|128)|\bean-?(8|13)", re.IGNORECASE)
"""Names of bar code fonts."""


class Placed:
    """A run with its box in the page turned so that it stands upright, and its place in the order of the source."""

    __slots__ = ("baseline", "box", "place", "run", "size", "x0", "x1")

    def __init__(self, run: Run, box: Box, place: int) -> None:
        self.run, self.box, self.place = run, box, place
        self.x0, self.x1 = box.x0, box.x1
        self.baseline, self.size = run.baseline, run.size


@dataclass(slots=True)
class Unit:
    """A glyph in reading order."""

    text: str
    item: Placed
    space: bool
    """True where a space stands before it."""
    mirrors: bool = False
    """True for a bracket in right-to-left text: which way it points is decided for the whole page."""


def is_bar_code(run: Run) -> bool:
    """True for a run in a font that draws bars."""
    return _is_bar_code_font(run.font.name)


@lru_cache(maxsize=512)
def _is_bar_code_font(name: str) -> bool:
    return bool(BAR_CODE.search(name))
