"""tounicode: ToUnicode CMap streams, read and written."""

import re
from collections.abc import Iterator, Mapping

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = rb"<\s*([0-9A-Fa-f\s]*)>"
_CHAR = re.compile(_HEX + rb"\s*" + _HEX)
_RANGE = re.compile(_HEX + rb"\s*" + _HEX + rb"\s*(?:" + _HEX + rb"|\[(.*?)\])", re.DOTALL)
_ITEM = re.compile(_HEX)
MAX_RANGE = 0x10000
"""Longest range followed: there are no more two-byte codes."""


def codes_to_text(stream: bytes) -> dict[int, str]:
    """Code → text as the stream says (PDF 32000-1, 9.10.3); broken entries are left out."""
    out: dict[int, str] = {}
    for section in _SECTION.finditer(stream):
        if section.group(1) == b"bfchar":
            for code, text in _CHAR.findall(section.group(2)):
                _put(out, _number(code), _text(text))
        else:
            for code, text in _ranges(section.group(2)):
                _put(out, code, text)
    return out


def to_unicode_stream(table: Mapping[int, str], two_bytes: bool) -> bytes:
    """A ToUnicode CMap (PDF 32000-1, 9.10.3) for code → text."""
    digits = 4 if two_bytes else 2
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        f"1 begincodespacerange <{'0' * digits}> <{'F' * digits}> endcodespacerange",
    ]
    entries = [
        f"<{code:0{digits}X}> <{text.encode('utf-16-be').hex().upper()}>"
        for code, text in sorted(table.items())
        if text
    ]
    for i in range(0, len(entries), 100):
        chunk = entries[i : i + 100]
        lines += [f"{len(chunk)} beginbfchar", *chunk, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")


def _put(out: dict[int, str], code: int | None, text: str) -> None:
    if code is not None and code <= 0xFFFF:
        out[code] = text


def _ranges(body: bytes) -> Iterator[tuple[int, str]]:
    for low_hex, high_hex, start, listed in _RANGE.findall(body):
        low, high = _number(low_hex), _number(high_hex)
        if low is None or high is None or not 0 <= high - low < MAX_RANGE:
            continue
        if listed:
            for i, item in enumerate(_ITEM.findall(listed)[: high - low + 1]):
                yield low + i, _text(item)
            continue
        text = _text(start)
        if not text:
            continue
        for i in range(high - low + 1):
            last = ord(text[-1]) + i
            if last > 0x10FFFF or 0xD800 <= last < 0xE000:
                break
            yield low + i, text[:-1] + chr(last)


def _number(digits: bytes) -> int | None:
    plain = b"".join(digits.split())
    return int(plain, 16) if plain else None


def _text(digits: bytes) -> str:
    plain = b"".join(digits.split())
    if len(plain) % 4:
        plain = plain.rjust(-(-len(plain) // 4) * 4, b"0")
    return bytes.fromhex(plain.decode("ascii")).decode("utf-16-be", "ignore")
