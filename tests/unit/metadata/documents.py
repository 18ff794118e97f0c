"""Small fronts of documents, invented, in the shapes that conversion leaves."""

from collections.abc import Sequence

from pipeline.metadata.read import read_metadata
from schemas.geometry import Box
from schemas.layout import BlockKind, Direction, LineStart, Style, TextBlock
from schemas.metadata import MetadataFound
from schemas.structure import Outline


def plain(*texts: str) -> list[TextBlock]:
    """Blocks of a text file; "|" begins a new printed line, a leading "#" makes a heading."""
    blocks = []
    for number, text in enumerate(texts, 1):
        kind = BlockKind.heading if text.startswith("#") else BlockKind.paragraph
        lines = text.lstrip("# ").split("|")
        offsets = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
        starts = tuple(LineStart(offset, 1, None) for offset in offsets)
        blocks.append(TextBlock(f"b{number}", 1, None, kind, " ".join(lines), Direction.ltr, lines=starts))
    return blocks


def page(*rows: tuple[float, float, float, bool, str]) -> list[TextBlock]:
    """One-line blocks of a printed page: (x0, top, size, bold, text)."""
    blocks = []
    for number, (x0, top, size, bold, text) in enumerate(rows, 1):
        box = Box(x0, top, x0 + 0.5 * size * len(text), top + size)
        style = Style(0, len(text), bold=bold, size=size)
        blocks.append(
            TextBlock(
                f"b{number}",
                1,
                box,
                BlockKind.paragraph,
                text,
                Direction.ltr,
                styles=(style,),
                lines=(LineStart(0, 1, box),),
            )
        )
    return blocks


def read(blocks: Sequence[TextBlock]) -> MetadataFound:
    """The metadata of blocks that are all of the main part."""
    return read_metadata(blocks, Outline(parts=(), part_of={}), {}, "letter.txt")


NEW_YORK = page(
    (451, 46, 10, False, "A/79/758–S/2025/62"),
    (123, 47, 14, False, "United Nations"),
    (123, 70, 20, True, "General Assembly"),
    (397, 79, 10, False, "Distr.: General"),
    (123, 90, 20, True, "Security Council"),
    (397, 91, 10, False, "29 January 2025"),
    (397, 114, 10, False, "Original: English"),
    (60, 214, 10, True, "General Assembly"),
    (348, 214, 10, True, "Security Council"),
    (60, 226, 10, True, "Seventy-ninth session"),
    (348, 226, 10, True, "Eightieth year"),
    (60, 238, 10, False, "Agenda items 32 (a), 61 and"),
    (60, 250, 10, False, "132"),
    (60, 268, 10, True, "Prevention of armed conflict"),
    (60, 286, 10, True, "Report of the High Commissioner,"),
    (60, 298, 10, True, "questions relating to refugees"),
    (60, 316, 10, True, "Peacebuilding"),
    (123, 344, 12, True, "Letter dated 28 January 2025 from the Chargé d’affaires a.i. of"),
    (123, 357, 12, True, "the Permanent Mission of Norway to the United Nations"),
    (123, 370, 12, True, "addressed to the Secretary-General and the President of the"),
    (123, 383, 12, True, "Security Council"),
    (147, 410, 10, False, "I have the honour to transmit a letter (see A/79/1)."),
    (383, 615, 10, False, "(Signed) Ola Nordmann"),
    (435, 627, 10, False, "Chargé d’affaires a.i."),
    (65, 740, 10, False, "25-01402 (E) 040225"),
    (65, 753, 12, True, "*2501402*"),
)
