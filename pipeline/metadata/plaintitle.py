"""The title of a document without a masthead: its subject line, or the heading that stands out at its top."""

import math
import re
from collections.abc import Sequence

from pipeline.grammar.letters import folded
from pipeline.metadata.front import FrontLine, joined, same_group
from pipeline.metadata.kinds import Mark
from pipeline.metadata.marks import Marked
from pipeline.metadata.words import patterns, words
from schemas.layout import BlockKind

_HEADING_SIZE = 1.15  # times the size of the text: the smallest title without a masthead seen is 1.2
_ROUGH_HEADING_SIZE = 1.5  # the same on a scan, where heights of one style differ by up to 40 %
_LETTERS_SHARE = 0.6  # of a title's characters; below it stands what recognition made of rules and stamps
_TELLING_LENGTH = 40  # characters; a longer heading says no more about being the title, a shorter one less
_UNDERLINE = re.compile(r"[=\-_~*]{4,}")
_NUMBERED = re.compile(r"^\s*(?:[IVX]+\.|[A-Z]\.|\d+\.)\s")
_SHORTEST, _LONGEST = 4, 300  # characters
_SHORTEST_PLAIN = 8  # of what only its weight, its capitals or a rough size tells from the text
_GOES_ON = (",", ";", "،", "؛")
_LATER = 0.8  # how much less each further heading says: of headings of one style the first is the title
_SURE = 0.6  # confidence of recognised lines below which they name nothing: handwriting and ornaments have less


def read_plain_title(marked: Sequence[Marked]) -> tuple[list[FrontLine], str] | None:
    """The title of a document without a masthead that is no letter: its subject line, or its first large heading."""
    for item in marked:
        for pattern in patterns("subject", "pattern"):
            match = pattern.match(item.text)
            if match:
                return [item.line], match.group("value").strip()
    lines = [x.line for x in marked if x.mark in (Mark.other, Mark.convention) and not x.line.furniture]
    usual = _usual_size(lines)
    groups = _groups_of_style(lines)
    large = [g for g in groups[:12] if _is_heading(g, usual)]
    if not large or len(groups) < 2:
        return None
    typed = [group for group in large if group[0].recognised and _in_capitals(joined(group))]
    if typed:  # sizes on a scan are rough: capitals at the top are the surer sign
        lines = typed[0] + [line for group in typed[1:2] if _follows(groups, typed[0], group) for line in group]
        return lines, joined(lines)
    best = max(enumerate(large), key=lambda item: (_standing(*item), -item[0]))[1]
    lines = [line for line in best if not _UNDERLINE.fullmatch(line.text)]
    return lines, joined(lines)


def _standing(rank: int, group: Sequence[FrontLine]) -> float:
    """How far the heading stands out, by its size, its length and the headings above it.

    A label in large type ("NOTE") says less than the words below it, a section's heading less than that of the whole.
    Sizes on a scan are rough, and say less.
    """
    length = min(len(joined(group)), _TELLING_LENGTH)
    size = group[0].size or 1.0
    weight = size if group[0].recognised else size * size
    return round(weight * math.sqrt(length) * math.pow(_LATER, rank), 3)


def _in_capitals(text: str) -> bool:
    """True for capitals throughout; a letter or two in Arabic text are none."""
    cased = sum(c.isupper() for c in text)
    return text.isupper() and 2 * cased > sum(c.isalpha() for c in text)


def _follows(groups: Sequence[list[FrontLine]], first: list[FrontLine], group: list[FrontLine]) -> bool:
    return groups.index(group) == groups.index(first) + 1


def _groups_of_style(lines: Sequence[FrontLine]) -> list[list[FrontLine]]:
    groups: list[list[FrontLine]] = []
    for line in lines:
        if groups and (same_group(groups[-1][-1], line) or _UNDERLINE.fullmatch(line.text)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _usual_size(lines: Sequence[FrontLine]) -> float:
    weights: dict[float, int] = {}
    for line in lines:
        if line.size is not None:
            weights[line.size] = weights.get(line.size, 0) + len(line.text)
    return max(weights, key=lambda size: (weights[size], size)) if weights else 0.0


def _is_heading(group: Sequence[FrontLine], usual: float) -> bool:
    line, text = group[0], joined([other for other in group if not _UNDERLINE.fullmatch(other.text)])
    letters = sum(c.isalpha() for c in text)
    if not letters or letters < _LETTERS_SHARE * len(text.replace(" ", "")):
        return False
    if not _SHORTEST <= len(text) <= _LONGEST or text.endswith(_GOES_ON) or _NUMBERED.match(text):
        return False
    if len(group) > 1 and any(_UNDERLINE.fullmatch(other.text) for other in group[1:]):
        return True
    if any(folded(other.text).find(name) >= 0 for other in group for name in words("united_nations")):
        return False
    larger = _ROUGH_HEADING_SIZE if line.recognised else _HEADING_SIZE
    large = line.size is not None and usual > 0 and line.size >= larger * usual
    capitals = _in_capitals(text) and len(text) > _SHORTEST_PLAIN
    if line.confidence is not None:
        return line.confidence >= _SURE and (capitals or (large and len(text) > _SHORTEST_PLAIN))
    return line.kind is BlockKind.heading or large or (line.bold and len(text) > _SHORTEST_PLAIN) or capitals
