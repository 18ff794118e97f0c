"""The title block: agenda titles, main title, subtitle."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.grammar.letters import folded
from pipeline.metadata.front import FrontLine, joined, same_group
from pipeline.metadata.kinds import Mark
from pipeline.metadata.marks import Marked
from pipeline.metadata.masthead import Masthead
from pipeline.metadata.opening import begins_text, front_end
from pipeline.metadata.types import is_communication_title, type_of_line
from pipeline.metadata.words import patterns, words
from schemas.layout import BlockKind
from schemas.metadata import DocumentType

_BASELINE_PT = 4.0  # lines of one baseline differ by less
_SHORT_LINE = 4  # words: "Revised draft resolution"
_SET_IN = 0.05  # share of the width; titles stand 0.09 further in than agenda titles
_MORE_SIZE = 0.75  # points by which a title's letters exceed those of agenda titles (12 or 14 against 10)
_LONGEST_TITLE = 700  # characters; the longest seen has 330
_RESOLUTION = re.compile(r"^(?:(?:ES|S|SS)-)?\d{1,4}/\d{1,3}[A-Z]?\s?\.?(?:\s+(?P<rest>\S.*))?$")
_RESOLUTION_ROMAN = re.compile(r"^\d{1,4}\s?[A-Z]?\s\((?:E?S-)?[IVXLC]+\)\.?\s+(?P<rest>\S.*)$")


@dataclass(frozen=True, slots=True)
class Titles:
    """Groups of lines of the title block."""

    agenda: tuple[tuple[FrontLine, ...], ...] = ()
    title: tuple[FrontLine, ...] = ()
    text: str | None = None
    """The main title."""
    below: tuple[tuple[FrontLine, ...], ...] = ()
    """Groups below the main title, up to the text proper."""

    @property
    def lines(self) -> list[str]:
        """The texts of the title and of what stands below it."""
        return [joined(group) for group in (self.title, *self.below) if group]


def read_titles(marked: Sequence[Marked], head: Masthead) -> Titles:
    """Agenda titles and title of a document with a masthead."""
    groups = _groups(_title_lines(marked, head))
    if not groups:
        return Titles()
    subject = _subject(groups)
    if subject:
        return Titles(
            (), tuple(subject), joined(subject).partition(":")[2].strip() or joined(subject), tuple(map(tuple, groups))
        )
    first = _first_title(groups, head)
    agenda = tuple(tuple(group) for group in groups[:first])
    rest = groups[first:]
    if not rest:
        return Titles(agenda=agenda)
    numbered = _resolution_title(rest)
    if numbered is not None:
        index, text = numbered
        return Titles(agenda, tuple(rest[index]), text, tuple(tuple(g) for g in (*rest[:index], *rest[index + 1 :])))
    if len(rest) > 1 and _names_draft(joined(rest[0])) and not _opens_text(rest[1]):
        rest = [rest[1], rest[0], *rest[2:]]
    if (
        len(rest) > 1
        and _is_heading_of_issuance(rest[0])
        and _alike(rest[0][0], rest[1][0])
        and not _opens_text(rest[1])
    ):
        rest = [rest[1], rest[0], *rest[2:]]
    text = joined(rest[0])
    return Titles(agenda, tuple(rest[0]), text or None, tuple(tuple(group) for group in rest[1:]))


def _names_draft(text: str) -> bool:
    """True for the line that names sponsors and kind ("Armenia and Chile: draft resolution"): the subject is below."""
    return type_of_line(text) is DocumentType.draft_resolution and (":" in text or len(text.split()) <= _SHORT_LINE)


def _is_heading_of_issuance(group: Sequence[FrontLine]) -> bool:
    """True for a bare "Secretary-General's bulletin" or "Administrative instruction": its subject is below."""
    text = joined(group)
    return type_of_line(text) is DocumentType.administrative_issuance and len(text.split()) <= _SHORT_LINE


def _alike(above: FrontLine, below: FrontLine) -> bool:
    """True for lines of one weight; the text below a heading is set plain."""
    return above.bold == below.bold


def _opens_text(group: Sequence[FrontLine]) -> bool:
    return joined(group).endswith((",", ".", ":"))


def _subject(groups: Sequence[list[FrontLine]]) -> list[FrontLine] | None:
    """The lines that a circular prints behind "Subject:", on the same baseline or in the same line."""
    lines = [line for group in groups for line in group]
    for line in lines:
        for pattern in patterns("subject", "lead"):
            match = pattern.match(line.text)
            if match is None:
                continue
            if match.group("value"):
                return [line]
            box = line.box
            beside = [x for x in lines if box and x.box and x is not line and abs(x.box.top - box.top) < _BASELINE_PT]
            if beside:
                group = next(g for g in groups if beside[0] in g)
                return group[group.index(beside[0]) :]
    return None


def _title_lines(marked: Sequence[Marked], head: Masthead) -> list[FrontLine]:
    """Unmarked lines below the masthead, down to where the text begins."""
    marked = marked[: front_end(marked)]
    bottom = max((i for i, item in enumerate(marked) if _ends_masthead(item, i, marked)), default=-1)
    agenda = next((i for i, item in enumerate(marked) if item.mark is Mark.agenda), None)
    start = agenda if agenda is not None and agenda in head.used else bottom
    lines: list[FrontLine] = []
    for index in range(start + 1, len(marked)):
        item = marked[index]
        if item.line.furniture or item.line.kind is BlockKind.footnote or index in head.used:
            continue
        if begins_text(item.line) or folded(item.text) in words("agenda", "titles_end"):
            break
        if item.mark is Mark.other or (lines and item.mark in (Mark.language, Mark.agenda) and item.line.bold):
            if not lines and item.line.box and item.line.start > 0.6:
                continue
            lines.append(item.line)
        elif item.mark is Mark.date and lines and same_group(lines[-1], item.line):
            lines.append(item.line)
    return lines


def _ends_masthead(item: Marked, index: int, marked: Sequence[Marked]) -> bool:
    """True for a line that cannot stand below the title."""
    marks = (
        Mark.distribution,
        Mark.original,
        Mark.organ,
        Mark.session,
        Mark.days,
        Mark.language,
        Mark.year,
        Mark.convention,
    )
    if item.mark not in marks or item.line.furniture:
        return False
    before = [other for other in marked[:index] if other.mark is Mark.other]
    return not any(begins_text(other.line) or is_communication_title(other.text) for other in before)


def _groups(lines: Sequence[FrontLine]) -> list[list[FrontLine]]:
    groups: list[list[FrontLine]] = []
    for line in lines:
        if groups and same_group(groups[-1][-1], line) and not _starts_anew(groups[-1], line):
            groups[-1].append(line)
        elif groups and _is_text(groups[-1]) and len(groups) > 1:
            break
        else:
            groups.append([line])
    return [group for n, group in enumerate(groups) if n == 0 or not _is_text(group)][:20]


def _starts_anew(group: list[FrontLine], line: FrontLine) -> bool:
    """True where a line of the same style opens a new title: in plain text each block is one."""
    return line.box is None and line.group != group[-1].group


def _is_text(group: Sequence[FrontLine]) -> bool:
    """True for a paragraph of the text: not bold, not in capitals, and a sentence or many lines."""
    text = joined(group)
    if group[0].bold or text.isupper() or is_communication_title(text):
        return False
    sentence = text.endswith((".", ";", ":", ",", "،", "。")) and len(text) > 60
    return sentence or len(group) > 6 or len(text) > _LONGEST_TITLE


def _first_title(groups: Sequence[list[FrontLine]], head: Masthead) -> int:
    """Index of the group that is the main title; those before it are agenda titles."""
    letter = next((i for i, group in enumerate(groups) if is_communication_title(joined(group))), None)
    if not head.has_agenda_line:
        return letter if letter is not None and letter <= 2 else 0
    if letter is not None:
        return letter
    first = groups[0][0]
    if joined(groups[0]).isupper():
        return 0
    if first.recognised:
        return len(head.items) if len(groups) > len(head.items) else 0
    if first.box is not None and not first.bold and any(g[0].size for g in groups):
        return 0
    styled = next(
        (i for i, group in enumerate(groups[1:], 1) if _is_larger(first, group[0]) or _is_set_in(first, group)), None
    )
    if styled is not None:
        return styled
    if first.size is not None and len(groups) == 1:
        return 1 if first.size < 11 and first.bold else 0
    return len(head.items) if len(groups) > len(head.items) else max(0, len(groups) - 1)


def _is_larger(first: FrontLine, line: FrontLine) -> bool:
    if first.size is not None and line.size is not None:
        return line.size >= first.size + _MORE_SIZE
    return line.kind is BlockKind.heading and first.kind is not BlockKind.heading


def _is_set_in(first: FrontLine, group: Sequence[FrontLine]) -> bool:
    """True for a line that names a type ("Decision adopted by …") and begins further in than the agenda titles."""
    further = group[0].start - first.start > _SET_IN and group[0].box is not None
    return further and type_of_line(joined(group)) is not None


def _resolution_title(groups: Sequence[list[FrontLine]]) -> tuple[int, str] | None:
    """Index of the group that names a resolution by number and subject ("59/25. Human rights …"), and its subject."""
    for index, group in enumerate(groups):
        match = _RESOLUTION.match(joined(group)) or _RESOLUTION_ROMAN.match(joined(group))
        if match is None:
            continue
        subject = match.groupdict().get("rest")
        if subject:
            return index, subject
        if index + 1 < len(groups):
            return index + 1, joined(groups[index + 1])
    return None
