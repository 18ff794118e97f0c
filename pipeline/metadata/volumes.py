"""Pages of the Official Records: organ and session in the running head, no masthead, one resolution below the other."""

import re
from collections.abc import Sequence

from pipeline.grammar.letters import folded, signs_apart
from pipeline.metadata.evidence import Trail
from pipeline.metadata.marks import Marked
from pipeline.metadata.sessions import read_session
from pipeline.metadata.words import organ_key, organ_names, organ_spelling
from schemas.layout import TextBlock
from schemas.metadata import DocumentType, Organ

_HEAD_LINES = 4  # a running head stands among the first lines
_PAGE_NUMBER = re.compile(r"^\W*\d{1,4}\s+|\s+\d{1,4}\W*$")
_JOINT = re.compile(r"\s*[—–]\s*|\s+-\s+")
_HEADING = re.compile(r"^\W{0,2}\d{1,4}\s?[A-ZА-Я]?\s?\((?:E?S-)?[IVXLCХУ1!|ПГЙШЬ]{1,8}[).]{0,2}\s?\.?\s+\S")
"""`2758 (XXVI). Restoration …`; in Cyrillic print the numeral's letters are read as Х, У, П, Г."""
_NEAR = 2  # blocks between the heading and the words that open a resolution
_MISREAD = 2  # letters of "The General Assembly," that recognition may have wrong
_LONGEST_OPENING = 60


def read_volume_organ(marked: Sequence[Marked], trail: Trail) -> tuple[Organ, ...]:
    """Organ and session of a running head such as "General Assembly — Twenty-sixth Session"."""
    for item in marked[:_HEAD_LINES]:
        halves = _JOINT.split(_PAGE_NUMBER.sub("", item.text.strip()))
        if len(halves) != 2:
            continue
        for name, rest in (halves, halves[::-1]):
            key, session = organ_key(name), read_session(rest)
            if key and session:
                trail.note("organs/0", item.line, "running_head_of_volume")
                return (Organ(name=organ_spelling()[key], session=session.number, printed=item.text.strip()),)
    return ()


def holds_resolutions(blocks: Sequence[TextBlock]) -> bool:
    """True where a heading with a resolution's number stands right above "The General Assembly,"."""
    texts = [block.text for block in blocks if block.text and not block.furniture]
    for index, text in enumerate(texts):
        if _HEADING.match(text) and any(_opens(after) for after in [text, *texts[index + 1 : index + 1 + _NEAR]]):
            return True
    return False


def type_of_volume(kind: DocumentType, blocks: Sequence[TextBlock], trail: Trail) -> DocumentType:
    """`resolution` for a page of resolutions that nothing else names; else the kind that was found."""
    if kind is not DocumentType.other or not holds_resolutions(blocks):
        return kind
    trail.put("document_type", blocks[0].id, blocks[0].page, "", "numbered_resolutions")
    return DocumentType.resolution


def _opens(text: str) -> bool:
    """True for "The General Assembly," alone or at the end of a heading's block, misread letters allowed."""
    if not text.rstrip().endswith(","):
        return False
    tail = folded(text.rstrip(" ,")[-_LONGEST_OPENING:])
    return any(signs_apart(tail[-len(name) :], name) <= _MISREAD for name in organ_names())
