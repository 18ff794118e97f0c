"""blocks: lines of a region → drafts of blocks; a draft → its block."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.layout.draft import Draft
from pipeline.layout.linejoin import Hyphens, joined
from pipeline.layout.notes import notes_of
from pipeline.layout.paragraphs import paragraphs_of
from pipeline.layout.sheet import Sheet, box_of
from schemas.geometry import Box
from schemas.layout import Direction, Line, TextBlock


def body_size(lines: Sequence[Line]) -> float:
    """Font size of most characters."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    return max(weights, key=lambda size: (weights[size], size)) if weights else 10.0


def drafts_of(region: Sequence[Line], sheet: Sheet, size: float, note_top: float | None) -> Iterator[Draft]:
    """Blocks of one region, top to bottom. `note_top` is where the page's footnotes begin, if it has any."""
    body = [line for line in region if note_top is None or line.box.top < note_top]
    notes = [line for line in region if note_top is not None and line.box.top >= note_top]
    if body:
        yield from paragraphs_of(body, sheet, size)
    if notes:
        yield from notes_of(notes)


def text_block(draft: Draft, block_id: str, hyphens: Hyphens | None = None) -> TextBlock:
    """The block with its lines joined, styles and line starts moved along."""
    text, styles, starts = joined(draft.lines, hyphens)
    confidences = [(line.confidence, len(line.text)) for line in draft.lines if line.confidence is not None]
    weight = sum(n for _, n in confidences)
    return TextBlock(
        id=block_id,
        page=draft.page,
        box=_box_on(draft.lines, draft.page),
        kind=draft.kind,
        text=text,
        direction=_direction(draft.lines),
        furniture=draft.furniture,
        level=draft.level,
        number=draft.number,
        confidence=sum(c * n for c, n in confidences) / weight if weight else None,
        styles=styles,
        lines=starts,
        centred=draft.centred,
        indent=draft.indent,
    )


def _box_on(lines: Sequence[Line], page: int) -> Box:
    return box_of([line for line in lines if line.page == page])


def _direction(lines: Sequence[Line]) -> Direction:
    balance = sum(len(x.text) if x.direction is Direction.rtl else -len(x.text) for x in lines)
    return Direction.rtl if balance > 0 else Direction.ltr
