"""symbols: document symbols misread in one letter → the symbol, where only one reading is possible.

Only the organ letters of double symbols are mended (`A/74/676-8/2020/90`): there the shape leaves no doubt of what was
printed. Everything else stays as read; a number that merely looks like half a symbol may be a reference.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from pipeline.grammar.symbol import SymbolError, parse_symbols
from pipeline.ocr.engine import Word

_DOUBLE = re.compile(
    r"(?<![\w/])(?P<first>[A-Z0-9$])(?P<one>/[\w./]*\d)-(?P<second>[A-Z0-9$])(?P<two>/(?:19|20)\d\d/\d+)(?![\w/])"
)
_MISREAD = {"5": "S", "8": "S", "$": "S", "4": "A", "3": "E"}
"""What engines make of the organ letters."""


def repaired(words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[tuple[str, str], ...]]:
    """The words with mended symbols, and what was read and taken instead."""
    out = tuple(replace(word, text=_DOUBLE.sub(_mended, word.text)) for word in words)
    changed = [(old.text, new.text) for old, new in zip(words, out, strict=True) if old.text != new.text]
    return out, tuple(changed)


def _mended(found: re.Match[str]) -> str:
    """The one valid reading of a double symbol; the text as it is where it is valid, or where none or two are."""
    if _is_valid(found[0]):
        return found[0]
    choices = [{letter, _MISREAD.get(letter, letter)} for letter in (found["first"], found["second"])]
    readings = [f"{a}{found['one']}-{b}{found['two']}" for a, b in product(*map(sorted, choices))]
    valid = [reading for reading in readings if _is_valid(reading)]
    return valid[0] if len(valid) == 1 else found[0]


def _is_valid(text: str) -> bool:
    try:
        parse_symbols(text)
    except SymbolError:
        return False
    return True
