"""Which pictures of a page are figures, and which are furniture or scans of text."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from schemas.geometry import Box
from schemas.layout import TextBlock
from schemas.page import PageText, Picture, TextOrigin
from schemas.structure import FigureImage

_SMALLEST_SHARE = 0.04
"""Share of the page below which a picture is an emblem, logo, QR code or icon. Measured on UN documents:
emblems and
codes cover up to 0.7 %, icons 1.5 %, the smallest photograph or map 9 %."""
_SCAN_SHARE = 0.8
"""A picture that covers this share of the page is the page's scan."""
_EDGE_PT = 6.0
"""A band from edge to edge that also touches a third edge is a banner."""
_REPEATS = 3
"""A picture of the same size at the same place in the margin of so many pages is a running head's."""
_WATERMARK_SHARE = 0.9
"""A picture at the same place of so large a part of the pages is a watermark or letterhead, wherever it stands."""
_MARGIN_SHARE = 0.15
"""Height of the margins in which running heads and feet stand."""
_SCAN_WORDS = 60
"""Words inside a picture from which it is a scanned text or lies behind text: posters and maps have fewer."""
_TOUCH_PT = 1.5
"""Strips of one picture lie this close."""
_INSIDE_SHARE = 0.7
"""Share of a block's box that must lie in a picture for it to be text of the picture."""


_PAPER_RATIO = (1.37, 1.46)
"""Height to width of a scanned A4 page, cropped a little; photographs have 1.25, 1.33, 1.5 or 1.78."""
_PAPER_SHARE = 0.3
"""A scanned page set into an annex page covers at least this share of it."""


class PagePicture(NamedTuple):
    """A figure's picture on a page."""

    page: int
    box: Box
    image: FigureImage


def pictures_of(pages: Sequence[PageText], blocks: Sequence[TextBlock]) -> list[PagePicture]:
    """The pictures that are figures, in page order and from top to bottom."""
    seen = Counter(_place(picture) for page in pages for picture in set(page.pictures))
    by_page: dict[int, list[TextBlock]] = {}
    for block in blocks:
        by_page.setdefault(block.page, []).append(block)
    found = []
    for page in pages:
        kept = [
            picture
            for picture in page.pictures
            if not _recurs(picture, page, seen[_place(picture)], len(pages))
            and is_figure(picture, page, by_page.get(page.number, []))
        ]
        found += [PagePicture(page.number, image.box, image) for image in _merged(page.number, kept)]
    return sorted(found, key=lambda picture: (picture.page, picture.box.top, picture.box.x0))


def is_figure(picture: Picture, page: PageText, blocks: Sequence[TextBlock]) -> bool:
    """True for a picture that shows something, rather than decorating the page or holding its text."""
    if not page.width_pt or not page.height_pt:
        return False
    sheet = Box(0.0, 0.0, page.width_pt, page.height_pt)
    share = picture.box.intersection(sheet).area / sheet.area
    if share >= _SCAN_SHARE and page.decision.is_photograph:
        return not any(block.text and not block.furniture for block in blocks)
    if share < _SMALLEST_SHARE or share >= _SCAN_SHARE or _is_banner(picture.box, sheet):
        return False
    if share >= _PAPER_SHARE and _PAPER_RATIO[0] <= picture.box.height / picture.box.width <= _PAPER_RATIO[1]:
        return False
    inside = [block for block in blocks if block.text and _lies_in(block, picture.box)]
    if sum(len(block.text.split()) for block in inside) >= _SCAN_WORDS:
        return False
    outside = [block for block in blocks if block.text and not block.furniture and block not in inside]
    return not (page.origin is TextOrigin.ocr and inside and not outside and len(page.pictures) == 1)


def _place(picture: Picture) -> tuple[int, ...]:
    return (*(round(value) for value in picture.box), picture.width_px, picture.height_px)


def _recurs(picture: Picture, page: PageText, count: int, page_count: int) -> bool:
    """True for the picture of a running head, a watermark or a letterhead."""
    if count < _REPEATS:
        return False
    return _is_in_margin(picture, page) or count >= _WATERMARK_SHARE * page_count


def _is_in_margin(picture: Picture, page: PageText) -> bool:
    height = page.height_pt or 0.0
    return picture.box.bottom <= _MARGIN_SHARE * height or picture.box.top >= (1 - _MARGIN_SHARE) * height


def _is_banner(box: Box, sheet: Box) -> bool:
    edges = (
        box.x0 <= _EDGE_PT,
        box.top <= _EDGE_PT,
        box.x1 >= sheet.x1 - _EDGE_PT,
        box.bottom >= sheet.bottom - _EDGE_PT,
    )
    return sum(edges) >= 3


def _lies_in(block: TextBlock, box: Box) -> bool:
    return block.box is not None and block.box.intersection(box).area >= _INSIDE_SHARE * max(block.box.area, 1e-6)


def _merged(page: int, pictures: Sequence[Picture]) -> list[FigureImage]:
    """Strips that touch along a whole side are one picture; it has no file of its own."""
    images: list[FigureImage] = []
    for picture in sorted(pictures, key=lambda picture: (picture.box.top, picture.box.x0)):
        image = _image(page, picture)
        twin = next((n for n, other in enumerate(images) if _touch(other.box, image.box)), None)
        if any(other.box == image.box for other in images):
            continue
        if twin is None:
            images.append(image)
        else:
            images[twin] = _joined(images[twin], image)
    return images


def _image(page: int, picture: Picture) -> FigureImage:
    return FigureImage(
        page=page,
        box=picture.box.rounded(),
        width_px=picture.width_px,
        height_px=picture.height_px,
        sha256=picture.sha256,
        file=picture.file,
    )


def _touch(one: Box, other: Box) -> bool:
    same_columns = abs(one.x0 - other.x0) < _TOUCH_PT and abs(one.x1 - other.x1) < _TOUCH_PT
    same_rows = abs(one.top - other.top) < _TOUCH_PT and abs(one.bottom - other.bottom) < _TOUCH_PT
    below = abs(one.bottom - other.top) < _TOUCH_PT
    beside = abs(one.x1 - other.x0) < _TOUCH_PT
    return (same_columns and below) or (same_rows and beside)


def _joined(one: FigureImage, other: FigureImage) -> FigureImage:
    stacked = abs(one.box.bottom - other.box.top) < _TOUCH_PT
    return FigureImage(
        page=one.page,
        box=one.box.union(other.box).rounded(),
        width_px=max(one.width_px, other.width_px) if stacked else one.width_px + other.width_px,
        height_px=one.height_px + other.height_px if stacked else max(one.height_px, other.height_px),
    )
