"""Figures: captions with their pictures, and pictures without captions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.structure.captions import Caption, read_caption
from pipeline.structure.headings import Text, is_ended, is_section, may_be_heading
from pipeline.structure.labels import read_label
from pipeline.structure.pictures import PagePicture, pictures_of
from pipeline.structure.vocabulary import table
from schemas.layout import BlockKind, TextBlock
from schemas.page import PageText, TextOrigin
from schemas.problem import Problem, Severity
from schemas.structure import Figure, Part

_LONGEST_PLACE = 80
"""Characters of the longest heading that names a place."""


@dataclass
class _Draft:
    """A figure as it is found; order is page, place on the page."""

    order: tuple[int, float, int]
    part: str
    position: int | None = None
    caption: Caption | None = None
    place: str | None = None
    images: list[PagePicture] = field(default_factory=list)
    placeholders: int = 0


class Figures(NamedTuple):
    """What was found."""

    figures: tuple[Figure, ...]
    captions: frozenset[int]
    """Positions of caption blocks."""
    problems: tuple[Problem, ...]


def find_figures(
    text: Text, parts: Sequence[Part], part_of: Mapping[str, str], pages: Sequence[PageText], titles: frozenset[int]
) -> Figures:
    """All figures in reading order; `titles` are positions of labels and titles of parts."""
    drafts = _captioned(text, part_of, titles)
    pictures = [(picture, _part_at(picture, text, parts, part_of)) for picture in pictures_of(pages, text.blocks)]
    above = _captions_above(drafts, pictures)
    for picture, part in pictures:
        _place_picture(picture, part, drafts, text, part_of, above)
    _place_placeholders(drafts, text, part_of, pages)
    drafts += _charts(drafts, text, parts)
    drafts.sort(key=lambda draft: draft.order)
    figures = tuple(_figure(number, draft, text) for number, draft in enumerate(drafts, 1))
    captions = frozenset(draft.position for draft in drafts if draft.position is not None)
    return Figures(figures, captions, _problems(figures, text))


def _captioned(text: Text, part_of: Mapping[str, str], titles: frozenset[int]) -> list[_Draft]:
    drafts: list[_Draft] = []
    place: str | None = None
    part = ""
    for position, block in enumerate(text.blocks):
        if block.furniture or block.continues or not block.text:
            continue
        if part_of[block.id] != part:
            part, place = part_of[block.id], None
        caption = None if position in titles else read_caption(text, position)
        if caption is not None:
            drafts.append(_Draft(_order(block, position), part, position, caption, place))
        elif position not in titles:
            place = _place_after(block, place)
    return drafts


def _place_after(block: TextBlock, place: str | None) -> str | None:
    """The place heading that holds after a block: a short heading sets it, running text ends it."""
    short = may_be_heading(block) and len(block.text) <= _LONGEST_PLACE
    if short and not is_ended(block.text) and not is_section(block) and read_label(block) is None:
        return block.text
    return None if block.text and len(block.text) > _LONGEST_PLACE else place


def _order(block: TextBlock, position: int) -> tuple[int, float, int]:
    return block.page, block.box.top if block.box else 0.0, position


def _place_picture(
    picture: PagePicture,
    part: str,
    drafts: list[_Draft],
    text: Text,
    part_of: Mapping[str, str],
    above: frozenset[str],
) -> None:
    """Give the picture to its caption, or make it a figure of its own."""
    captioned = [draft for draft in drafts if draft.caption and draft.part == part and not _is_full(draft)]
    nearest = _owner(picture, captioned, text, part in above)
    if nearest is not None:
        nearest.images.append(picture)
    else:
        order = (picture.page, picture.box.top, 0)
        drafts.append(_Draft(order, part, place=_place_above(picture, text, part_of, part), images=[picture]))


def _owner(picture: PagePicture, captioned: Sequence[_Draft], text: Text, above: bool) -> _Draft | None:
    """The caption with room that the picture belongs to: in order where captions announce ranges, else the nearest."""
    place = (picture.page, picture.box.top)
    ranged = [d for d in captioned if d.caption and (d.caption.expected or 0) > 1]
    if ranged:
        before = [draft for draft in captioned if draft.order[:2] <= place]
        after = [draft for draft in captioned if draft.order[:2] > place]
        chosen = before[-1:] if above else after[:1]
        return chosen[0] if chosen else None
    here = [draft for draft in captioned if draft.order[0] == picture.page]
    return min(here, key=lambda draft: _distance(draft, picture, text), default=None)


def _captions_above(drafts: Sequence[_Draft], pictures: Sequence[tuple[PagePicture, str]]) -> frozenset[str]:
    """Parts whose first caption comes before their first picture: there captions stand over their pictures."""
    first: dict[str, tuple[int, float]] = {}
    for picture, part in pictures:
        first.setdefault(part, (picture.page, picture.box.top))
    leading = {draft.part: draft.order[:2] for draft in reversed(drafts) if draft.caption}
    return frozenset(part for part, order in leading.items() if part not in first or order <= first[part])


def _is_full(draft: _Draft) -> bool:
    expected = draft.caption.expected if draft.caption else 1
    return expected is not None and len(draft.images) >= expected


def _distance(draft: _Draft, picture: PagePicture, text: Text) -> float:
    box = text.blocks[draft.position].box if draft.position is not None else None
    if box is None:
        return 0.0
    return max(picture.box.top - box.bottom, box.top - picture.box.bottom, 0.0)


def _part_at(picture: PagePicture, text: Text, parts: Sequence[Part], part_of: Mapping[str, str]) -> str:
    """The part whose last block above the picture, or first part that covers the page."""
    above = [
        block
        for block in text.blocks
        if block.page == picture.page and not block.furniture and block.box and block.box.top <= picture.box.top
    ]
    if above:
        return part_of[above[-1].id]
    covering = [
        part
        for part in parts
        if part.first_page is not None and part.first_page <= picture.page <= (part.last_page or part.first_page)
    ]
    return covering[-1].id if covering else parts[0].id


def _place_above(picture: PagePicture, text: Text, part_of: Mapping[str, str], part: str) -> str | None:
    above = [
        block
        for block in text.blocks
        if block.page == picture.page
        and not block.furniture
        and part_of[block.id] == part
        and block.box is not None
        and block.box.bottom <= picture.box.top + 1
        and block.text
    ]
    if not above:
        return None
    last = above[-1]
    return _place_after(last, None) if read_label(last) is None else None


def _place_placeholders(
    drafts: list[_Draft], text: Text, part_of: Mapping[str, str], pages: Sequence[PageText]
) -> None:
    """Figure blocks of text files: a Markdown image or "[Image]" belongs to the caption above it, else
    stands alone."""
    plain = {page.number for page in pages if page.origin is TextOrigin.plain_text}
    for position, block in enumerate(text.blocks):
        if block.kind is not BlockKind.figure or block.furniture or block.page not in plain:
            continue
        part = part_of[block.id]
        before = [
            draft for draft in drafts if draft.position is not None and draft.position < position and draft.part == part
        ]
        nearest = max(before, key=lambda draft: draft.position or 0, default=None)
        room = nearest is not None and nearest.caption is not None and nearest.caption.expected
        if nearest is not None and room and nearest.placeholders < room:
            nearest.placeholders += 1
        else:
            drafts.append(_Draft(_order(block, position), part, placeholders=1))


def _charts(drafts: Sequence[_Draft], text: Text, parts: Sequence[Part]) -> list[_Draft]:
    """Organization charts are drawn as lines and live text: in an annex of charts each page without a
    picture holds one."""
    words = tuple(word.casefold() for word in table()["charts"]["titles"])
    found = []
    for part in parts:
        if part.parent is None or not part.title or not part.title.casefold().startswith(words):
            continue
        for page in range(part.first_page or 1, (part.last_page or 0) + 1):
            if not any(draft.order[0] == page for draft in drafts):
                found.append(_Draft((page, 0.0, 0), part.id))
    return found


def _figure(number: int, draft: _Draft, text: Text) -> Figure:
    caption = draft.caption
    return Figure(
        id=f"fig{number}",
        part=draft.part,
        caption_block=text.blocks[draft.position].id if draft.position is not None else None,
        label=caption.label if caption else None,
        first=caption.first if caption else None,
        last=caption.last if caption else None,
        expected=caption.expected if caption else None,
        found=max(len(draft.images), draft.placeholders),
        caption=caption.text if caption else None,
        place_heading=draft.place,
        images=tuple(picture.image for picture in draft.images),
    )


def _problems(figures: Sequence[Figure], text: Text) -> tuple[Problem, ...]:
    """Gaps and overlaps between ranges of one kind of caption, counted over all parts."""
    pages = {block.id: block.page for block in text.blocks}
    found = []
    last: dict[str, tuple[int, str]] = {}
    for figure in figures:
        if figure.first is None or figure.last is None or figure.label is None:
            continue
        stem = figure.label.split()[0].casefold().rstrip("s.")
        page = pages.get(figure.caption_block or "")
        before = last.get(stem)
        if before is not None and figure.first != before[0] + 1 and figure.first != 1:
            what = "overlaps" if figure.first <= before[0] else "leaves a gap after"
            found.append(_problem("figure_numbering", page, f"“{figure.label}” {what} “{before[1]}”."))
        last[stem] = (figure.last, figure.label)
    return tuple(found)


def _problem(code: str, page: int | None, message: str) -> Problem:
    return Problem(
        severity=Severity.warning,
        stage="structure",
        code=code,
        page=page,
        message=f"{message} Compare the captions with the pictures.",
    )
