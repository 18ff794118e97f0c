"""The official Word file of a document: its words in order and its tables, to compare what the PDF gave."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The same drawing once more for older readers."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words_and_tables(path: Path) -> tuple[str, list[list[list[str]]]]:
    """Text of the body, and tables as rows of cell texts; a cell that holds a table is a frame, not a cell."""
    root = ElementTree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    parts: list[str] = []
    tables: list[list[list[str]]] = []
    _walk(root.find(_W + "body"), parts, tables)
    return " ".join(parts), tables


def _walk(element, parts, tables):
    for child in element:
        if child.tag == _W + "p":
            parts.append(_text(child))
        elif child.tag == _W + "tbl":
            _table(child, parts, tables)
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "tc"):
            _walk(child, parts, tables)


def _table(table, parts, tables):
    cells = [cell for row in table.findall(_W + "tr") for cell in row.findall(_W + "tc")]
    if any(cell.find(_W + "tbl") is not None for cell in cells):
        for cell in cells:
            _walk(cell, parts, tables)
        return
    rows = [
        [" ".join(_text(p) for p in cell.iter(_W + "p")) for cell in row.findall(_W + "tc")]
        for row in table.findall(_W + "tr")
    ]
    tables.append(rows)
    parts.extend(" ".join(row) for row in rows)


def _text(element):
    """Text of a paragraph; paragraphs of text boxes inside it apart from each other."""
    if element.tag == _FALLBACK:
        return ""
    if element.tag == _W + "t":
        return element.text or ""
    if element.tag in (_W + "tab", _W + "br"):
        return " "
    if element.tag == _W + "noBreakHyphen":
        return "-"
    text = "".join(map(_text, element))
    return f" {text} " if element.tag == _W + "p" else text
