"""layout: pages of runs → lines in logical order → blocks in reading order.

`lines/` sets runs in lines, `tables/` finds tables among them, `plain/` reads pages of plain text and Markdown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.layout.blocks import body_size, drafts_of
from pipeline.layout.columns import FULL_RULE, reading_order
from pipeline.layout.draft import Draft
from pipeline.layout.furniture import Verdict, furniture_of
from pipeline.layout.joins import Piece, TableDraft, blocks_of
from pipeline.layout.linejoin import hyphens_of
from pipeline.layout.lines import lines_of
from pipeline.layout.notes import note_top_of
from pipeline.layout.plain import plain_blocks
from pipeline.layout.sheet import Sheet, sheet_of
from pipeline.layout.tables import Found, tables_of
from schemas.layout import BlockKind, Direction, Line, TextBlock
from schemas.page import PageText
from schemas.problem import Problem

__all__ = ["Layout", "lay_out"]


@dataclass(frozen=True, slots=True)
class Layout:
    """The text of a document in reading order."""

    blocks: tuple[TextBlock, ...]
    labels: Mapping[int, str] = field(default_factory=dict)
    """Page → page number as printed."""
    problems: tuple[Problem, ...] = ()


def lay_out(pages: Iterable[PageText]) -> Layout:
    """Blocks of all pages. Pages are taken one by one, and only their lines are kept."""
    sheets: list[Sheet] = []
    plain: list[PageText] = []
    for page in pages:
        if page.plain is not None:
            plain.append(page)
        else:
            sheets.append(sheet_of(page, lines_of(page)))
    if plain:
        return Layout(plain_blocks(plain))
    verdicts = furniture_of(sheets)
    size = body_size([line for sheet in sheets for line in sheet.lines])
    pieces = [piece for sheet in sheets for piece in _pieces(sheet, verdicts[sheet.number], size, sheet is sheets[0])]
    labels = {page: label for page, found in verdicts.items() for _, label in found.values() if label is not None}
    hyphens = hyphens_of(line for sheet in sheets for line in sheet.lines)
    return Layout(blocks_of(pieces, hyphens), labels)


def _pieces(sheet: Sheet, verdicts: Mapping[int, Verdict], document_size: float, first: bool) -> list[Piece]:
    """Heads, text proper, notes, feet."""
    furniture = [(line, verdicts[i][0]) for i, line in enumerate(sheet.lines) if i in verdicts]
    text = [line for i, line in enumerate(sheet.lines) if i not in verdicts]
    heads = [_furniture(line, kind) for line, kind in furniture if _is_above(line, sheet)]
    feet = [_furniture(line, kind) for line, kind in furniture if not _is_above(line, sheet)]
    size = _body_size(text, document_size)
    return [*heads, *_body(text, sheet, size, first), *feet]


def _body_size(text: Sequence[Line], document_size: float) -> float:
    """The page's body size; small type that tables make the most of is none where the document's size is there too."""
    size = body_size(text)
    if sum(len(line.text) for line in text) <= 400:
        return document_size
    usual = sum(1 for line in text if abs(line.size - document_size) < 0.3)
    return document_size if size < document_size and usual >= 2 else size


def _is_above(line: Line, sheet: Sheet) -> bool:
    return line.box.top < sheet.height_pt / 2


def _furniture(line: Line, kind: BlockKind) -> Draft:
    return Draft(kind, line.page, [line], furniture=True)


def _body(lines: Sequence[Line], sheet: Sheet, size: float, first: bool) -> list[Piece]:
    masthead_end = _masthead_end(sheet) if first else 0.0
    tables = tables_of(sheet, lines, size, masthead_end)
    taken = {id(line) for found in tables for line in found.lines}
    rest = [line for line in lines if id(line) not in taken]
    note_top = note_top_of(rest, sheet, size)
    barriers = [rule for rule in sheet.across if rule.width >= FULL_RULE * sheet.width_pt]
    pieces: list[Piece] = []
    region_number = 0
    above = 0.0
    for found in [*tables, None]:
        end = found.box.top if found else sheet.height_pt + 1e6
        part = [line for line in rest if above <= _middle(line) < end]
        for region in reading_order(part, barriers):
            region_number += 1
            for draft in drafts_of(region, sheet, size, note_top):
                draft.region = region_number
                if draft.lines[-1].box.bottom <= masthead_end and not draft.furniture:
                    draft.kind, draft.level = BlockKind.masthead, None
                pieces.append(draft)
        if found:
            pieces.append(_table(found, sheet.number))
        above = end
    return [*(p for p in pieces if not _is_note(p)), *(p for p in pieces if _is_note(p))]


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2


def _is_note(piece: Piece) -> bool:
    return isinstance(piece, Draft) and piece.notes


def _table(found: Found, page: int) -> TableDraft:
    balance = sum(1 if line.direction is Direction.rtl else -1 for line in found.lines)
    direction = Direction.rtl if balance > 0 else Direction.ltr
    return TableDraft(page, found.box, found.table, direction)


def _masthead_end(sheet: Sheet) -> float:
    """Bottom of the masthead: its second full rule in the upper third of the page; 0 without one. Tables have more."""
    rules = [
        rule
        for rule in sheet.across
        if rule.width >= FULL_RULE * sheet.width_pt
        and rule.top < sheet.height_pt / 3
        and not any(grid.box.top - 2 <= rule.top <= grid.box.bottom + 2 for grid in sheet.grids)
    ]
    return rules[-1].bottom if len(rules) >= 2 else 0.0
