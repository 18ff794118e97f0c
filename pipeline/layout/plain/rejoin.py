"""Paragraphs and notes that a lost page break cut in two → whole again."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from pipeline.layout.plain.writing import is_wide, joins_without_space
from schemas.layout import BlockKind, TextBlock

_WORDS = tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8"))
_FUNCTION_WORDS = frozenset(word for words in _WORDS["function_words"].values() for word in words)
_ENDED = re.compile(r"[.!?:;…。！？；：؟؛][\"”’»)\]*\d⁰¹²³⁴-⁹]*$")
_SENTENCE_INSIDE = re.compile(r"\w[.!?。！？؟][\"”’»)\]\d⁰¹²³⁴-⁹]*\s*\S")
_LAST_WORD = re.compile(r"([^\W\d_]+)$")
_PROSE_LENGTH = 60
"""Characters of the shortest paragraph that can run over a page end; titles and names in letters are mostly
shorter."""
_DISPLACED = 8
"""Blocks that may stand between two halves: the addressee of a letter, printed at the foot of its first
page."""
_PAGE_BREAK_BLANKS = 2
"""Empty lines that tell of a page break or a lost picture; converters leave one between paragraphs."""
_PROSE = (BlockKind.paragraph, BlockKind.list_item, BlockKind.quotation)


@dataclass(frozen=True, slots=True)
class PlainBlock:
    """A block and the facts about it that only plain text has."""

    block: TextBlock
    after_rule: bool = False
    starred: bool = False
    """True for a list item whose bullet is an asterisk."""


def rejoin(drafts: Sequence[PlainBlock]) -> tuple[TextBlock, ...]:
    """The same blocks; the second half of a cut paragraph or note is empty, and its text stands in the
    first."""
    joining = _Joining(drafts)
    for position in range(len(drafts)):
        joining.continue_note(position)
    for position in range(len(drafts)):
        joining.continue_paragraph(position)
    return tuple(joining.blocks)


class _Joining:
    def __init__(self, drafts: Sequence[PlainBlock]) -> None:
        self.drafts = drafts
        self.blocks = [draft.block for draft in drafts]

    def continue_note(self, position: int) -> None:
        """Join the block after a note that breaks off, unless the paragraph above the note waits for it."""
        note = self.blocks[position]
        if note.kind is not BlockKind.footnote or note.continues or position + 1 >= len(self.blocks):
            return
        rest = self.blocks[position + 1]
        if rest.kind is not BlockKind.paragraph or rest.continues or is_ended(note.text) or rest.bold:
            return
        lower = starts_small(rest.text)
        if not (hangs(note.text) or lower):
            return
        waiting = self._paragraph_waits_above(position)
        later = self.blocks[position + 2] if position + 2 < len(self.blocks) else None
        if waiting and lower and not (later is not None and starts_small(later.text) and is_ended(rest.text)):
            return
        self._join(position, position + 1)

    def continue_paragraph(self, position: int) -> None:
        """Join the other half of a paragraph that breaks off, looking past notes, furniture and displaced
        blocks."""
        block = self.blocks[position]
        while not block.continues and is_open_prose(block):
            following = self._other_half(position)
            if following is None:
                return
            self._join(position, following)
            block = self.blocks[position]

    def _paragraph_waits_above(self, position: int) -> bool:
        for block in reversed(self.blocks[:position]):
            if block.kind is not BlockKind.footnote and not block.furniture and not block.continues:
                return is_open_prose(block)
        return False

    def _other_half(self, position: int) -> int | None:
        first = self.blocks[position]
        broken, displaced = False, 0
        for following in range(position + 1, len(self.blocks)):
            draft, block = self.drafts[following], self.blocks[following]
            broken = broken or draft.after_rule or block.blank_before >= _PAGE_BREAK_BLANKS or block.page != first.page
            if block.continues == first.id:
                continue
            if block.kind is BlockKind.footnote or block.furniture or block.continues:
                broken = True
            elif (not displaced and belongs(first, block, broken)) or (
                displaced and starts_small(block.text) and belongs(first, block, broken)
            ):
                return following
            elif is_ended(block.text) or block.number or displaced == _DISPLACED:
                return None
            else:
                displaced += 1
        return None

    def _join(self, position: int, following: int) -> None:
        first, second = self.blocks[position], self.blocks[following]
        gap = "" if joins_without_space(first.text[-1], second.text[0]) else " "
        shift = len(first.text) + len(gap)
        self.blocks[position] = replace(
            first,
            text=first.text + gap + second.text,
            styles=first.styles + tuple(replace(s, start=s.start + shift, end=s.end + shift) for s in second.styles),
            lines=first.lines + tuple(replace(line, offset=line.offset + shift) for line in second.lines),
        )
        self.blocks[following] = replace(second, text="", styles=(), lines=(), continues=first.id)


def is_open_prose(block: TextBlock) -> bool:
    """True for a paragraph that is long enough to be prose and does not end."""
    long = len(block.text) >= _PROSE_LENGTH or (len(block.text) >= _PROSE_LENGTH / 3 and is_wide(block.text[-1]))
    return block.kind in _PROSE and not block.furniture and long and not block.bold and not is_ended(block.text)


def belongs(first: TextBlock, second: TextBlock, broken: bool) -> bool:
    """True where `second` reads as the rest of the sentence that `first` breaks off."""
    if second.kind not in (BlockKind.paragraph, BlockKind.quotation) or second.number or second.bold or not second.text:
        return False
    if starts_small(second.text) or hangs(first.text):
        return True
    return broken and bool(_SENTENCE_INSIDE.search(first.text)) and len(second.text) >= _PROSE_LENGTH / 2


def is_ended(text: str) -> bool:
    """True where the text ends a sentence; marks of notes after the stop count as part of it."""
    return not text or bool(_ENDED.search(text.rstrip()))


def hangs(text: str) -> bool:
    """True where the text ends in a word or sign that no sentence ends in."""
    if text.endswith((",", "،", "，", "、", "-", "–", "(", "“", "«")):
        return True
    last = _LAST_WORD.search(text)
    return bool(last) and last.group(1).casefold() in _FUNCTION_WORDS if last else False


def starts_small(text: str) -> bool:
    """True where the text begins with a lower-case letter."""
    return text[:1].islower()
