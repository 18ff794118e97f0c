"""The symbols that a document itself bears, and where they are printed."""

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.grammar.found import FoundSymbol, find_symbols
from pipeline.grammar.symbol import format_symbols
from pipeline.metadata.evidence import Trail
from pipeline.metadata.front import FrontLine
from pipeline.metadata.kinds import Mark
from pipeline.metadata.marks import Marked
from schemas.layout import TextBlock
from schemas.metadata import Symbol
from schemas.problem import Severity

_HEAD_LINES = 25  # a document's own symbol stands among the first lines of its first page
_SAME_START = 0.02  # share of the width by which two lines of one column may differ
_NEAR_PT = 8.0  # between the halves of a double symbol on two lines; the date follows after 12 or more
_RUNNING_HEADS = 2  # pages that must agree before running heads are believed


def own_symbols(
    marked: Sequence[Marked], blocks: Sequence[TextBlock], has_masthead: bool, trail: Trail
) -> tuple[Symbol, ...]:
    """The symbols of the masthead; without one there, those on which the running heads of later pages agree.

    A symbol that is only cited is never taken: the line must be the symbol and nothing else.
    """
    candidates = _candidates(marked, has_masthead)
    for number_, item in enumerate(candidates):
        found = _symbols_in(item.line)
        symbols = tuple(_starred(s, item.text, f.end) for f in found[:1] for s in f.symbols)
        lines = [item.line] * len(symbols)
        if len(symbols) == 1 and has_masthead:
            second = _second_half(item, candidates[number_ + 1 : number_ + 2], symbols[0])
            symbols, lines = symbols + second, [item.line, *(candidates[number_ + 1].line for _ in second)]
        if symbols:
            for number, line in enumerate(lines):
                _note(symbols[number], number, line, trail)
            return symbols
    return _from_running_heads(blocks, trail) if has_masthead else ()


def _symbols_in(line: FrontLine) -> list[FoundSymbol]:
    return find_symbols(line.text, recognised=line.recognised)


def _note(symbol: Symbol, number: int, line: FrontLine, trail: Trail) -> None:
    sound = bool(find_symbols(line.text)) or not line.recognised
    trail.note(f"symbols/{number}/symbol", line, "symbol_line" if sound else "symbol_line_mended")
    if not sound:
        what = f"The text reads {line.text!r}, taken as {symbol.symbol}: letters and signs look alike. Check it."
        trail.warn("symbol_letters_mended", what, line.page, Severity.info)


def _second_half(item: Marked, below: Sequence[Marked], first: Symbol) -> tuple[Symbol, ...]:
    """The other organ's symbol on the line below, as old mastheads print a double symbol."""
    if not below or abs(below[0].line.start - item.line.start) > _SAME_START or not _is_bare(below[0].line):
        return ()
    near = below[0].line.box is None or item.line.box is None or below[0].line.box.top - item.line.box.bottom < _NEAR_PT
    symbols = _symbols_in(below[0].line)[0].symbols
    return symbols if near and len(symbols) == 1 and symbols[0].organ != first.organ else ()


def _candidates(marked: Sequence[Marked], has_masthead: bool) -> list[Marked]:
    first = [item for item in marked if item.mark is Mark.symbol][:3]
    if has_masthead:
        return [item for item in first if not _in_note(item.line)]
    top = [item.line for item in marked[:_HEAD_LINES]]
    return [item for item in first if any(item.line is line for line in top) and _is_bare(item.line)]


def _in_note(line: FrontLine) -> bool:
    """True for the line of a masthead footnote ("* A/80/50.")."""
    return re.match(r"\s*(?:\*|\d{1,2}\s)", line.text) is not None


def _is_bare(line: FrontLine) -> bool:
    found = _symbols_in(line)
    return len(found) == 1 and len(found[0].printed) >= len(line.text.strip(" *."))


def _starred(symbol: Symbol, text: str, end: int) -> Symbol:
    stars = re.match(r"\s?(\*+)", text[end:])
    return symbol.model_copy(update={"marks": stars.group(1)}) if stars else symbol


def _from_running_heads(blocks: Sequence[TextBlock], trail: Trail) -> tuple[Symbol, ...]:
    pages: dict[int, list[Symbol]] = {}
    places: dict[str, TextBlock] = {}
    for block in blocks:
        if not block.furniture or block.page < 2:
            continue
        for found in find_symbols(block.text, recognised=block.confidence is not None):
            pages.setdefault(block.page, []).extend(s for s in found.symbols if s not in pages.get(block.page, []))
            places.setdefault(found.symbols[0].symbol, block)
    votes = Counter(format_symbols(symbols) for symbols in pages.values())
    if not votes:
        return ()
    name, count = max(votes.items(), key=lambda item: (item[1], item[0]))
    if count < _RUNNING_HEADS or count <= len(pages) / 2:
        return ()
    symbols = next(symbols for symbols in pages.values() if format_symbols(symbols) == name)
    for number, symbol in enumerate(symbols):
        place = places.get(symbol.symbol) or next(iter(places.values()))
        trail.put(f"symbols/{number}/symbol", place.id, place.page, symbol.symbol, "running_heads")
    return tuple(symbols)
