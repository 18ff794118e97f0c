"""Small documents for the structure tests."""

from schemas.geometry import Box
from schemas.layout import BlockKind, Direction, LineStart, Style, TextBlock
from schemas.page import PageDecision, PageText, Picture, TextOrigin


def block(
    text: str,
    *,
    page: int = 1,
    kind: BlockKind = BlockKind.paragraph,
    bold: bool = False,
    raised: str = "",
    size: float | None = None,
    top: float | None = None,
    furniture: bool = False,
    starts: tuple[int, ...] = (0,),
    centred: bool = False,
) -> TextBlock:
    """A block; `raised` is the last such stretch of the text, set as superscript."""
    styles = []
    if bold or size is not None:
        styles.append(Style(0, len(text), bold=bold, size=size))
    if raised:
        at = text.rindex(raised)
        styles.append(Style(at, at + len(raised), superscript=True))
    return TextBlock(
        id="",
        page=page,
        box=None if top is None else Box(72, top, 540, top + 12),
        kind=kind,
        text=text,
        direction=Direction.ltr,
        furniture=furniture,
        styles=tuple(styles),
        lines=tuple(LineStart(offset, page, None) for offset in starts),
        centred=centred,
    )


def document(*blocks: TextBlock) -> tuple[TextBlock, ...]:
    """The blocks with ids b1, b2 …"""
    from dataclasses import replace

    return tuple(replace(b, id=f"b{n}") for n, b in enumerate(blocks, 1))


def page(number: int, *boxes: Box, origin: TextOrigin = TextOrigin.text_layer) -> PageText:
    """A page of 600 by 800 points with pictures."""
    return PageText(
        number,
        600,
        800,
        0,
        origin,
        PageDecision(rule="test"),
        pictures=tuple(Picture(box, 100, 100) for box in boxes),
    )
