"""letters: which way letters run, what else a glyph is to the order of its line, and the forms Arabic letters take."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from pipeline.layout.lines.placed import Placed

RIGHT_TO_LEFT = re.compile("[\u0590-\u05ff\u0608\u060b\u060d\u061b-\u064a\u066d-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Letters that run right to left (Hebrew, Arabic, Syriac, Thaana, N'Ko, presentation forms); not their digits."""
DIGIT = re.compile("[0-9\u0660-\u0669\u06f0-\u06f9\u00b9\u00b2\u00b3]")
TATWEEL = "\u0640"
RTL_SHARE = 0.4
"""A line with this many right-to-left letters for each left-to-right one is read from the right."""
_GLYPHS = 4_096
"""Texts of glyphs whose kind is remembered; a document in Arabic has a few hundred."""
_PRESENTATION = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")


def has_right_to_left(items: Iterable[Placed], *, majority: bool = False) -> bool:
    """True where a letter runs right to left; with `majority`, where most letters do."""
    text = "".join([item.run.text for item in items])
    if not majority:
        return bool(RIGHT_TO_LEFT.search(text))
    return len(RIGHT_TO_LEFT.findall(text)) > sum(c.isalpha() for c in text) / 2


def reads_from_right(items: Iterable[Placed]) -> bool:
    """True for a page with at least RTL_SHARE right-to-left letters for each left-to-right one."""
    kinds = [kind_of(item.run.text) for item in items]
    return kinds.count("R") >= RTL_SHARE * kinds.count("L")


@lru_cache(maxsize=_GLYPHS)
def runs_right_to_left(text: str) -> bool:
    """True where one of the letters runs right to left."""
    return bool(RIGHT_TO_LEFT.search(text))


@lru_cache(maxsize=_GLYPHS)
def kind_of(text: str) -> str:
    """`R` right-to-left letter, `L` left-to-right letter, `N` digit, `O` anything else."""
    if RIGHT_TO_LEFT.search(text):
        return "R"
    if DIGIT.search(text):
        return "N"
    return "L" if any(c.isalpha() for c in text) else "O"


def folded(text: str) -> str:
    """The text with presentation forms folded and without tatweel, which only stretches a line."""
    if _PRESENTATION.search(text):
        text = _PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    return text.replace(TATWEEL, "")
