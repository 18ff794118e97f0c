"""Draws what the code saw over the picture of a page: lines, blocks by kind, parts, figures, origin of the text."""

import io
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from schemas.geometry import Box
from schemas.layout import Block, BlockKind
from schemas.record import DocumentRecord

DPI = 110
"""Resolution of the drawing: small type can be read, an A4 page has 900 by 1290 pixels."""
_HEADER_PX = 54

_COLOURS: dict[BlockKind, str] = {
    BlockKind.masthead: "#8e44ad",
    BlockKind.heading: "#c0392b",
    BlockKind.paragraph: "#2471a3",
    BlockKind.list_item: "#148f77",
    BlockKind.quotation: "#117a65",
    BlockKind.table: "#b9770e",
    BlockKind.caption: "#d35400",
    BlockKind.figure: "#e67e22",
    BlockKind.footnote: "#7d6608",
    BlockKind.address: "#6c3483",
    BlockKind.signature: "#1a5276",
}
_FURNITURE = "#95a5a6"


def draw_page(record: DocumentRecord, picture: NDArray[np.uint8], page: int) -> bytes:
    """PNG of one page with its blocks in reading order; `picture` is the page in grey at `DPI`."""
    facts = record.pages[page - 1]
    body = Image.fromarray(picture).convert("RGB")
    sheet = Image.new("RGB", (body.width, body.height + _HEADER_PX), "white")
    sheet.paste(Image.blend(body, Image.new("RGB", body.size, "white"), 0.35), (0, _HEADER_PX))
    pen = ImageDraw.Draw(sheet, "RGBA")
    blocks = [block for block in record.blocks if block.page == page and block.box]
    for block in blocks:
        _draw_block(pen, block)
    _draw_order(pen, [block for block in blocks if not block.furniture])
    for figure in record.figures:
        for image in figure.images:
            if image.page == page:
                _frame(pen, image.box, "#e67e22", f"{figure.id} {figure.label or 'no caption'}", width=4)
    parts = sorted({block.part for block in blocks})
    _write(pen, (6, 4), f"page {page} of {len(record.pages)}, printed {facts.label or '-'} | parts: {', '.join(parts)}")
    _write(pen, (6, 20), f"text: {facts.text_origin} ({facts.decision.rule}) | order in the source: {facts.order}")
    languages = ", ".join(f"{share.tag} {share.share:.0%}" for share in facts.languages)
    confidence = f" | OCR {facts.ocr.mean_confidence:.2f} {'+'.join(facts.ocr.packs)}" if facts.ocr else ""
    _write(pen, (6, 36), f"languages: {languages or '-'}{confidence}")
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG")
    return buffer.getvalue()


def _draw_block(pen: ImageDraw.ImageDraw, block: Block) -> None:
    assert block.box is not None
    colour = _FURNITURE if block.furniture else _COLOURS.get(block.kind, "#2c3e50")
    label = f"{block.id} {block.kind}"
    label += f" {block.level}" if block.level else ""
    label += f" {block.language}" if block.language not in ("zxx",) else ""
    label += f" continues {block.continues}" if block.continues else ""
    _frame(pen, block.box, colour, label)


def _frame(pen: ImageDraw.ImageDraw, box: Box, colour: str, label: str, width: int = 2) -> None:
    x0, top, x1, bottom = _pixels(box)
    pen.rectangle((x0, top, x1, bottom), outline=colour, width=width, fill=f"{colour}14")
    _write(pen, (x0, max(_HEADER_PX, top - 11)), label, colour)


def _draw_order(pen: ImageDraw.ImageDraw, blocks: list[Block]) -> None:
    """A thin line from each block to the next one in reading order."""
    centres = []
    for block in blocks:
        assert block.box is not None
        x0, top, x1, bottom = _pixels(block.box)
        centres.append(((x0 + x1) / 2, (top + bottom) / 2))
    for start, end in pairwise(centres):
        pen.line((*start, *end), fill="#00000055", width=1)
        pen.ellipse((end[0] - 3, end[1] - 3, end[0] + 3, end[1] + 3), fill="#00000088")


def _pixels(box: Box) -> tuple[float, float, float, float]:
    scale = DPI / 72
    x0, top, x1, bottom = box
    return x0 * scale, top * scale + _HEADER_PX, max(x0, x1) * scale, max(top, bottom) * scale + _HEADER_PX


def _write(pen: ImageDraw.ImageDraw, place: tuple[float, float], text: str, colour: str = "#000000") -> None:
    pen.text(place, text, fill=colour, font=ImageFont.load_default(11))
