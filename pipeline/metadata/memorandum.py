"""The interoffice memorandum: a form with a narrow column of labels (FROM/DE, SUBJECT/OBJET) left of the values."""

import re
from collections.abc import Sequence

from pipeline.grammar.letters import folded
from pipeline.metadata.evidence import Trail
from pipeline.metadata.front import FrontLine, joined, same_group
from pipeline.metadata.marks import Marked
from pipeline.metadata.signatures import looks_like_name
from pipeline.metadata.words import patterns, words
from schemas.metadata import Signatory

_SAME_COLUMN = 0.02  # share of the width by which labels of one form differ on a crooked scan
_ABOVE_LABEL_PT = 4.0  # a value stands level with its label or lower, never this much higher
_ROW_STEP_PT = 18.0  # from line to line of one value 10 to 12, from row to row 22 and more
_INITIALS = 3  # signs of the longest initial; a longer word with a stop is a scrap of the signature beside the name
_LONGEST_NAME_WORDS = 4


def is_memorandum(marked: Sequence[Marked]) -> bool:
    """True where the form names itself, or prints "SUBJECT:" as circulars do."""
    named = any(heading in folded(item.text) for item in marked[:15] for heading in words("memo", "headings"))
    return named or any(p.match(item.text) for item in marked for p in patterns("subject", "pattern"))


def read_subject(marked: Sequence[Marked]) -> tuple[list[FrontLine], str] | None:
    """The lines that stand beside the label "SUBJECT:", and their text; or None."""
    label = _subject_label(marked)
    if label is None or label.box is None:
        return None
    beside = [item.line for item in marked if _is_value_of(item.line, label)]
    if not beside:
        return None
    lines = beside[:1]
    for line in beside[1:]:
        if not same_group(lines[-1], line):
            break
        lines.append(line)
    return lines, joined(lines)


def read_author(marked: Sequence[Marked], trail: Trail) -> tuple[Signatory, ...]:
    """Who sends the memorandum: the name beside "FROM:", which may be lost on a scan, and the offices under it.

    The form's order is fixed, so that the row before the subject is the sender's.
    """
    for item in marked:
        for pattern in patterns("memo", "from"):
            match = pattern.match(item.text)
            if match and looks_like_name(match.group("value").strip()):
                trail.note("signatories/0/name", item.line, "memorandum_from_line")
                return (Signatory(name=match.group("value").strip()),)
    label = _subject_label(marked)
    if label is None or label.box is None:
        return ()
    rows = [item.line for item in marked if _is_row_above(item.line, label)]
    name = _name_in(rows[-1].text.split()[1:]) if rows else None
    if name is None:
        return _author_by_rows(marked, label, trail)
    trail.note("signatories/0/name", rows[-1], "memorandum_row_before_subject")
    lines = [item.line for item in marked]
    below = [x for x in lines[lines.index(rows[-1]) + 1 :] if x.box and x.box.top < label.box.top - _ABOVE_LABEL_PT]
    beside = [x for x in below if x.start > label.start + _SAME_COLUMN and x.box and x.box.width > label.box.width]
    return (Signatory(name=name, titles=tuple(x.text for x in beside)),)


def _author_by_rows(marked: Sequence[Marked], label: FrontLine, trail: Trail) -> tuple[Signatory, ...]:
    """The same where labels and values were read apart: who stands in the last row of values above the subject."""
    subject = next((item.line for item in marked if _is_value_of(item.line, label)), None)
    if subject is None or label.box is None:
        return ()
    column = [item.line for item in marked if abs(item.line.start - subject.start) < _SAME_COLUMN]
    above = sorted((x.box.bottom, n) for n, x in enumerate(column) if x.box and x.box.bottom < label.box.bottom)
    if not above:
        return ()
    first = len(above) - 1
    while first and above[first][0] - above[first - 1][0] < _ROW_STEP_PT:
        first -= 1
    row = [column[n] for _, n in above[first:]]
    name = _name_in(row[0].text.split())
    if name is None:
        return ()
    trail.note("signatories/0/name", row[0], "memorandum_row_before_subject")
    return (Signatory(name=name, titles=tuple(line.text for line in row[1:])),)


def _subject_label(marked: Sequence[Marked]) -> FrontLine | None:
    """The line that is the bare label "SUBJECT:"; None where its value stands on the same line, and elsewhere."""
    if not any(heading in folded(item.text) for item in marked[:15] for heading in words("memo", "headings")):
        return None
    labels = [item.line for item in marked if folded(item.text.strip(" :.")) in words("memo", "subjects")]
    return labels[0] if labels else None


def _is_value_of(line: FrontLine, label: FrontLine) -> bool:
    if line.box is None or label.box is None or line.furniture:
        return False
    return line.box.x0 > label.box.x1 and line.box.top >= label.box.top - _ABOVE_LABEL_PT


def _is_row_above(line: FrontLine, label: FrontLine) -> bool:
    """True for a line that begins in the column of labels above the subject's."""
    if line.box is None or label.box is None or line.box.top >= label.box.top:
        return False
    return abs(line.start - label.start) < _SAME_COLUMN and line.box.x1 > label.box.x1


def _name_in(parts: Sequence[str]) -> str | None:
    """The name in the words of a row, around which recognition left scraps of label and handwritten signature."""
    first = next((n for n, word in enumerate(parts) if word[:1].isupper() and word[1:2].islower()), None)
    if first is None:
        return None
    name: list[str] = []
    for word in parts[first : first + _LONGEST_NAME_WORDS]:
        scrap = word.endswith(".") and len(word) > _INITIALS
        if scrap or not re.fullmatch(r"[^\W\d_][\w.'’\-]*", word) or not word[:1].isupper():
            break
        name.append(word)
    return " ".join(name) if looks_like_name(" ".join(name)) else None
