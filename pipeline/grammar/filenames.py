"""Symbols in file names as the UN library writes them: `A_79_PV.1-EN.pdf`, `A_75_660&S_2020_1267-AR.pdf`."""

import re
from typing import NamedTuple

from pipeline.grammar.symbol import SymbolError, format_symbols, parse_symbols
from schemas.metadata import Symbol

_LANGUAGE = re.compile(r"[-_](AR|EN|ES|FR|RU|ZH|DE)$", re.IGNORECASE)
_DECODED = str.maketrans({"!": "*", "#": ":", "%": ";"})


class NamedFile(NamedTuple):
    """What a file name says."""

    symbols: tuple[Symbol, ...]
    language: str | None
    """Two letters, lower case."""

    @property
    def symbol(self) -> str:
        """Normal form."""
        return format_symbols(self.symbols)


def symbol_from_file_name(name: str) -> NamedFile | None:
    """The symbols and the language that a file name encodes, or None.

    The library's encoding loses the difference between a space and a slash, so a name is a hint, never the symbol of
    the document.
    """
    stem = re.sub(r"\.[A-Za-z]{2,5}$", "", name)
    language = _LANGUAGE.search(stem)
    if language:
        stem = stem[: language.start()]
    symbols: list[Symbol] = []
    for half in stem.split("&"):
        try:
            symbols.extend(parse_symbols(_decoded(half)))
        except SymbolError:
            return None
    return NamedFile(tuple(symbols), language.group(1).lower() if language else None)


def _decoded(half: str) -> str:
    text = re.sub(r"\^([A-Z])\^", r"[\1]", half.translate(_DECODED)).replace("_", "/")
    text = re.sub(r"/?(?=\()", " ", text) if not re.search(r"[A-Z]\(\d{1,2}\)/", text) else text
    text = re.sub(r"/(Sect\.)\s?(\d+)", r" (\1 \2)", text)
    text = re.sub(r"/Part/([A-Z]|[IVX]+)$", r"/Part \1", text)
    return re.sub(r"(/RES/\d+)/((?:ES-|S-)?[IVXL]+)$", r"\1 (\2)", text)
