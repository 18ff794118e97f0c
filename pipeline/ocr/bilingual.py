"""bilingual: a page read with Arabic alone and with Arabic and English together → of each word the better reading.

Arabic alone ruins symbols and Latin lines (`A/74/676` → `74/676/.ه`); both together strew Latin scraps over Arabic
words (`بناءً` → `tle`). Layout and order are taken from the reading with both.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from pipeline.ocr.engine import Word
from pipeline.ocr.lines import box_of, is_arabic, lines_of, numbered

_LATIN = re.compile(r"[A-Za-z]")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_SYMBOL = re.compile(r"^\W*[A-Z][A-Za-z.]{0,12}/[\w./()-]*\d[\w./()-]*\W*$")
"""What looks like a document symbol is Latin wherever it stands."""
_LONG = 4
"""Letters from which a Latin word inside an Arabic line can be meant; scraps have two or three."""
_SURE = 0.8
"""Its confidence; scraps come with 0.1 to 0.75."""
_LEAD = 0.05
"""A whole line in Latin letters must be this much surer than its Arabic reading, which is a guess by nature."""


def merged(both: Sequence[Word], alone: Sequence[Word]) -> tuple[Word, ...]:
    """The words of `both`, Latin scraps in Arabic lines replaced by what `alone` has in their place."""
    lines = [_mended(line, alone) for line in lines_of(both)]
    return numbered([line for line in lines if line])


def _mended(line: list[Word], alone: Sequence[Word]) -> list[Word]:
    under = _inside(line, alone)
    if _is_latin_line(line, under):
        return line
    out: list[Word] = []
    for scraps, group in groupby(line, key=_is_scrap):
        words = list(group)
        out += _replaced(words, line, under) if scraps else words
    return out


def _replaced(scraps: list[Word], line: Sequence[Word], under: Sequence[Word]) -> list[Word]:
    """What the reading with Arabic alone has in the place of a row of scraps, in its order."""
    found = [w for w in under if any(_covers(scrap, w) for scrap in scraps) and not _already(w, line, scraps)]
    return found or [scrap for scrap in scraps if scrap.confidence >= _SURE]


def _is_latin_line(line: Sequence[Word], under: Sequence[Word]) -> bool:
    letters = "".join(word.text for word in line)
    if is_arabic(letters) or not _LATIN.search(letters):
        return False
    arabic = "".join(w.text for w in under if _ARABIC.search(w.text))
    return not arabic or _mean(line) >= _mean(under) + _LEAD or _mean(line) >= _SURE


def _is_scrap(word: Word) -> bool:
    """Latin letters where none are likely."""
    latin = len(_LATIN.findall(word.text))
    if not latin or _SYMBOL.match(word.text):
        return False
    return not (latin >= _LONG and word.confidence >= _SURE and word.text.strip(".,;:()").isalpha())


def _inside(line: Sequence[Word], words: Sequence[Word]) -> list[Word]:
    box = box_of(line)
    return [
        w for w in words if box.top <= (w.top + w.bottom) / 2 <= box.bottom and box.x0 <= (w.x0 + w.x1) / 2 <= box.x1
    ]


def _covers(word: Word, other: Word) -> bool:
    shared = min(word.x1, other.x1) - max(word.x0, other.x0)
    return shared > 0.5 * min(word.x1 - word.x0, other.x1 - other.x0)


def _already(other: Word, line: Sequence[Word], scraps: Sequence[Word]) -> bool:
    """Does another word of the line hold what the Arabic reading has here (its words were cut otherwise)?"""
    return any(w not in scraps and not _is_scrap(w) and _covers(other, w) for w in line)


def _mean(words: Sequence[Word]) -> float:
    letters = sum(len(w.text) for w in words)
    return sum(w.confidence * len(w.text) for w in words) / letters if letters else 0.0
