"""Where the front of a document ends and its text begins."""

import re
from collections.abc import Sequence

from pipeline.metadata.front import FrontLine, same_group
from pipeline.metadata.kinds import Mark
from pipeline.metadata.marks import Marked, below
from pipeline.metadata.words import patterns

_WIDE_PT = 280.0  # lines of the text are 340 to 440 points wide, agenda titles at most 260
_RAGGED_PT = 30.0
_NUMBERED = re.compile(r"\s*[1lI١1]\s?[.\-]\s?\S.{25,}")


def front_end(marked: Sequence[Marked]) -> int:
    """Index of the line with which the text proper begins; the number of lines where none does."""
    styled = any(item.line.bold and item.mark is Mark.other for item in marked)
    for index, item in enumerate(marked):
        if item.mark is Mark.other and begins_text(item.line):
            return index
        opens = item.mark is Mark.other and _opens(item.text)
        if opens or (styled and item.mark is Mark.other and _opens_paragraph(marked, index)):
            return index
    return len(marked)


def _opens_paragraph(marked: Sequence[Marked], index: int) -> bool:
    """True for the first of three wide lines of plain type, one below the other: a paragraph, not a title."""
    lines = [marked[index].line]
    for i in below(marked, index)[:4]:
        if not same_group(lines[-1], marked[i].line):
            break
        lines.append(marked[i].line)
    wide = [x for x in lines[:3] if x.box is not None and x.box.width > _WIDE_PT]
    return (
        len(wide) >= 3
        and not any(x.bold or x.text.isupper() or x.recognised for x in lines[:3])
        and _is_indented(lines)
    )


def _is_indented(lines: Sequence[FrontLine]) -> bool:
    """True where lines reach the same margin: those of a title that is centred do not."""
    ends = [line.box.x1 for line in lines[:3] if line.box]
    return max(ends[:2]) - min(ends[:2]) < _RAGGED_PT


def begins_text(line: FrontLine) -> bool:
    """True for a line that opens the text: a numbered paragraph, or a long paragraph of a plain text file."""
    numbered = _NUMBERED.match(line.text) is not None
    return (numbered and not line.bold) or (line.box is None and len(line.text) > 260)


def _opens(text: str) -> bool:
    """True for the words with which a resolution opens: "The General Assembly,"."""
    return any(pattern.match(text) for pattern in patterns("resolution_opening"))
