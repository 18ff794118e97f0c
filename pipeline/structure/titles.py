"""The title of a part: the heading lines under its label."""

import re

from pipeline.structure.headings import Text, has_leaders, is_ended, is_section, is_strong, may_be_heading
from pipeline.structure.labels import Label, read_label
from pipeline.structure.vocabulary import begins_with, caption_words
from schemas.layout import BlockKind, TextBlock

_SKIPPED = 6
"""Blocks that may stand between label and title: "[Original: Russian]", a date, a running symbol."""
_SHORT_LABEL = 15
"""Characters of a label that is printed twice: in the running head and above the title."""
_OFF_CENTRE_PT = 8.0
"""Lines of one title share their middle within this."""
_SET_IN_PT = 40.0
"""What a centred title of the size of the text leaves free on both sides (seen: 118; indented paragraphs up to 36)."""
_LINE_GAP = 0.9
"""Lines of one title stand closer than this part of their size; UN subtitles stand a line apart."""
_ASIDE_LENGTH = 60
"""Characters of the longest line on the language of the original."""
_MARKS = re.compile(r"\s*(?:[*†‡]+|[¹²³⁰⁴-⁹]+)$")
_DATE_LINE = re.compile(
    r"^\[?\(?(?:[^\W\d_]+,?\s+)?\d{1,2}[ .](?:[^\W\d_]+|\d{1,2})[ .]\d{4}\]?\)?$|^\d{4}年\d{1,2}月\d{1,2}日$"
)
_BRACKETED = re.compile(r"^[\[(（].{0,80}[\])）]$")
_CAPTION = re.compile(rf"^(?:{caption_words()})\s*(?:№\s*)?[\dIVX]+(?!\w)", re.IGNORECASE)
_LONGEST_PLAIN = 250
"""Where style tells nothing, a title is at most this long and does not end as a sentence does."""
_OWNER_ENDS = re.compile(r"(?:\bto|\bthe|\bof|\band|\bal|\bau|\bà|\by|\bet|\bи|,)\s*$", re.IGNORECASE)


def split_heading(block: TextBlock, label: Label) -> tuple[str, str | None]:
    """What belongs to the label, and the title where it stands in the same block."""
    if label.belongs:
        cut = _style_break(block, label.end)
        return (block.text, None) if cut is None else (block.text[:cut].strip(), clean_title(block, cut))
    if not label.rest or label.continued or _is_aside(label.rest):
        return block.text, None
    return label.printed, clean_title(block, label.end)


def title_after(text: Text, position: int) -> tuple[str | None, int | None]:
    """Title and position of the heading that follows the label at `position`; None and None where none
    follows."""
    skipped = 0
    page = text.blocks[position].page
    unstyled = not text.styled or not is_strong(text, position)
    for following in range(position + 1, len(text.blocks)):
        block = text.blocks[following]
        if block.furniture or block.kind is BlockKind.footnote or block.continues or not block.text:
            continue
        if skipped > _SKIPPED or block.page > page:
            return None, None
        if _is_aside(block.text) or (len(block.text) <= _SHORT_LABEL and read_label(block)):
            skipped += 1
            continue
        if not _may_be_title(text, following, unstyled) and not _is_centred_under(text, following, position):
            return None, None
        start = _after_aside(block)
        return continued_title(text, following, clean_title(block, start)), following
    return None, None


def joined_title(text: Text, position: int) -> str | None:
    """The title that begins at `position`, with the centred lines of the same size right under it."""
    return continued_title(text, position, clean_title(text.blocks[position], 0))


def continued_title(text: Text, position: int, title: str | None) -> str | None:
    """The title that ends the block at `position`, with the lines of it that follow."""
    last = text.blocks[position]
    for following in range(position + 1, len(text.blocks)):
        block = text.blocks[following]
        if not _goes_on(last, block):
            break
        title = f"{title} {clean_title(block, 0)}"
        last = block
    return title


def _goes_on(last: TextBlock, block: TextBlock) -> bool:
    """True for the next line of a title that was cut: centred under the line before, or going on in small letters."""
    if last.box is None or block.box is None or block.page != last.page or not may_be_heading(block):
        return False
    if block.box.top - last.box.bottom >= _LINE_GAP * (last.size or last.box.height) or block.size != last.size:
        return False
    if block.text[0].islower() and not is_ended(last.text):
        return True
    middle = abs((last.box.x0 + last.box.x1) - (block.box.x0 + block.box.x1)) / 2
    return middle <= _OFF_CENTRE_PT < abs(last.box.x0 - block.box.x0)


def clean_title(block: TextBlock, start: int) -> str | None:
    """The block's text from `start` without leading separators and without marks of notes at its end."""
    title = block.text[start:]
    raised = [style for style in block.styles if style.superscript and style.end >= len(block.text.rstrip())]
    if raised and raised[-1].start > start:
        title = block.text[start : raised[-1].start]
    title = _MARKS.sub("", title.strip()).strip()
    return title.lstrip(":.–—- ") or None


def _is_aside(text: str) -> bool:
    """True for what may stand between label and title: a bracket, a date, the language of the original."""
    if _DATE_LINE.match(text) or _BRACKETED.match(text):
        return True
    return len(text) <= _ASIDE_LENGTH and begins_with(text.lstrip("["), "original")


def _after_aside(block: TextBlock) -> int:
    """Offset of the first printed line that is no aside: "[Original: French]" may share the title's block."""
    for line, printed in zip(block.lines, block.printed_lines(), strict=False):
        if not _is_aside(printed):
            return line.offset
    return 0


def _may_be_title(text: Text, position: int, unstyled: bool) -> bool:
    """`unstyled`: the label has no style of its own, so the title need not have one."""
    block = text.blocks[position]
    if not may_be_heading(block) or is_section(block) or read_label(block) or _CAPTION.match(block.text):
        return False
    if has_leaders(block.text) or _is_salutation(block.text):
        return False
    if is_strong(text, position) or _after_aside(block):
        return True
    return unstyled and len(block.text) <= _LONGEST_PLAIN and not is_ended(block.text)


def _is_centred_under(text: Text, position: int, label: int) -> bool:
    """True for lines set in from both margins under the middle of the label, which recognition gives no style."""
    block, above = text.blocks[position], text.blocks[label]
    if block.box is None or above.box is None or block.page != above.page:
        return False
    if len(block.text) > _LONGEST_PLAIN or is_ended(block.text) or is_section(block) or _CAPTION.match(block.text):
        return False
    boxes = [b.box for b in text.blocks if b.page == block.page and b.box is not None and not b.furniture]
    left, right = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    middle = abs((block.box.x0 + block.box.x1) - (above.box.x0 + above.box.x1)) / 2
    return middle <= _OFF_CENTRE_PT and block.box.x0 - left >= _SET_IN_PT <= right - block.box.x1


def _is_salutation(text: str) -> bool:
    return len(text) < 80 and text.rstrip().endswith((",", "،", "，", "!", ":"))


def _style_break(block: TextBlock, start: int) -> int | None:
    """Offset of the printed line at which size or weight changes for good; None where the block has one
    style."""
    first = _style_at(block, start)
    for line in block.lines:
        if line.offset > start and _style_at(block, line.offset) != first:
            before = block.text[: line.offset]
            return None if _OWNER_ENDS.search(before) else line.offset
    return None


def _style_at(block: TextBlock, offset: int) -> tuple[float | None, bool]:
    for style in block.styles:
        if style.start <= offset < style.end:
            return style.size, style.bold
    return None, False
