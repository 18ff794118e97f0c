"""Which characters the bytes of a text file stand for."""

import re
import unicodedata
from typing import NamedTuple

from pipeline.errors import DamagedFile
from schemas.problem import Problem, Severity

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

_LEGACY = ("cp1252", "cp1254", "cp1251", "cp1256", "gb18030")
"""Encodings that UN offices used before Unicode; of equally good ones the first is taken."""

_GOOD_SHARE = 0.8
"""A reading is believed where this share of the words with letters beyond ASCII is well formed. Measured on
the UN Charter and news in seven languages: right readings reach 0.96 and more, wrong ones stay below 0.7 but
for French and Turkish among the three Latin ones, which the order above and the next rule settle."""

_NOT_WESTERN = frozenset("ðþýÐÞÝ")
"""Where cp1252 has these letters, cp1254 has ğ ş ı Ğ Ş İ; Turkish and Azerbaijani letters are far likelier in
letters to the UN than Icelandic ones."""

_NUL_SHARE = 0.2
"""Text of UTF-16 without a byte order mark has a zero in nearly every second byte where it is in Latin
letters."""
_FEWEST_NULS = 4
"""Fewer zeros are stray controls."""

_BAD_SHARE = 0.01
"""A file that is UTF-8 but for this share of its bytes was cut or patched, not written in another
encoding."""

_WORD = re.compile(r"[^\W\d_]+")


class Decoded(NamedTuple):
    """Text, the encoding it was in, and what was uncertain about it."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, source: str) -> Decoded:
    """The text of `data`; a guess is always accompanied by a problem.

    Raises DamagedFile where no known encoding gives words.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict_or_mended(data[len(mark) :], encoding, source)
    wide = _wide_encoding(data)
    if wide:
        return Decoded(data.decode(wide, "replace"), wide, (_guessed(wide, 1.0),))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _mended_utf8(data) or _legacy(data, source)


def _strict_or_mended(data: bytes, encoding: str, source: str) -> Decoded:
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if not lost:
        return Decoded(text, encoding)
    if lost > len(text) * _BAD_SHARE + 1:
        raise DamagedFile("pages", source, f"the text says it is {encoding} and is not", "Save it as UTF-8.")
    return Decoded(text, encoding, (_replaced(encoding, lost),))


def _wide_encoding(data: bytes) -> str | None:
    head = data[: 1 << 16]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd < max(_FEWEST_NULS, len(head) * _NUL_SHARE) or min(even, odd) > max(even, odd) / 10:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _mended_utf8(data: bytes) -> Decoded | None:
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    beyond_ascii = sum(1 for c in text if c > "\x7f")
    if lost > max(1, beyond_ascii * _BAD_SHARE) or beyond_ascii - lost < 2 * lost:
        return None
    return Decoded(text, "utf-8", (_replaced("utf-8", lost),))


def _legacy(data: bytes, source: str) -> Decoded:
    best: tuple[float, str, str] = (0.0, "", "")
    for encoding in _LEGACY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = _well_formed_share(text[: 1 << 18])
        if share > best[0]:
            best = (share, encoding, text)
    share, encoding, text = best
    if share < _GOOD_SHARE:
        raise DamagedFile("pages", source, "no known encoding turns these bytes into words", "Save it as UTF-8.")
    return Decoded(text, encoding, (_guessed(encoding, share),))


def _well_formed_share(text: str) -> float:
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if not words:
        return 1.0 if not any(unicodedata.category(c) in ("Cc", "Cn", "Co") for c in text if c > "\x7f") else 0.0
    return sum(1 for word in words if _is_well_formed(word)) / len(words)


def _is_well_formed(word: str) -> bool:
    """True for a word of one script and regular case that is not mostly accented Latin letters."""
    scripts = {unicodedata.name(c, "?").split()[0] for c in word}
    if len(scripts) > 1:
        return False
    script = scripts.pop()
    if script == "CJK":
        return all("\u4e00" <= c <= "\u9fff" for c in word)
    if script == "LATIN":
        accented = sum(1 for c in word if c > "\x7f")
        return (
            not _NOT_WESTERN & set(word) and _has_regular_case(word) and (accented <= len(word) / 2 or len(word) == 1)
        )
    return script in ("ARABIC", "CYRILLIC") and _has_regular_case(word)


def _has_regular_case(word: str) -> bool:
    return word.islower() or word.isupper() or word.istitle() or word.lower() == word


def _guessed(encoding: str, share: float) -> Problem:
    return Problem(
        severity=Severity.warning,
        stage="pages",
        code="encoding_guessed",
        message=f"The file does not say its encoding and is not UTF-8; read as {encoding}, which makes "
        f"{share:.0%} of its words well formed. Save it as UTF-8 to be sure.",
    )


def _replaced(encoding: str, count: int) -> Problem:
    return Problem(
        severity=Severity.warning,
        stage="pages",
        code="undecodable_bytes",
        message=f"{count} places of the file are not valid {encoding} and stand as U+FFFD. Compare with the source.",
    )
