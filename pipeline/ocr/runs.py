"""runs: recognised words → runs in points, with a size that layout can compare."""

import re
import statistics
from dataclasses import replace

from pipeline.ocr.engine import Word
from pipeline.ocr.quality import Reading
from pipeline.ocr.reading import PageReading
from schemas.geometry import Box
from schemas.page import Font, PageText, Picture, Rule, Run

_FONT = Font("ocr")
_X_HEIGHT, _ABOVE_X, _BELOW_BASE = 0.48, 0.22, 0.21
"""Heights in sizes of small letters, of what rises above them and of what hangs below the line (text faces)."""
_ABOVE = re.compile(r"[^\Wacegmnopqrsuvwxyzəасегмнопрухвзктэюяжицшщъыьл_]")
"""Letters and digits that rise above small letters: all but these."""
_ARABIC = re.compile("[\u0600-\u06ff]")
"""Arabic words fill about one size, whatever their letters."""
_BELOW = re.compile("[gjpqyQ,;()\\[\\]/|çşğцщрду\u0600-\u06ff]")
"""Letters and marks that reach below the baseline; Arabic ones mostly do."""
_SAME_SIZE = 0.25
"""Lines whose height differs less than this from the usual one are of the usual size: boxes vary with the letters."""


def runs_of(reading: Reading) -> tuple[Run, ...]:
    """A run for each word, boxes in points, lines numbered in reading order."""
    points = 72.0 / reading.dpi
    lines: dict[int, list[Word]] = {}
    for word in reading.words:
        lines.setdefault(word.line, []).append(word)
    sizes = _sizes(lines, points)
    return tuple(
        Run(
            text=word.text,
            box=Box(word.x0 * points, word.top * points, word.x1 * points, word.bottom * points).rounded(),
            baseline=round(_baseline(lines[word.line]) * points, 2),
            size=sizes[word.line],
            font=_FONT,
            confidence=round(word.confidence, 4),
            line=word.line,
        )
        for word in reading.words
    )


def _baseline(words: list[Word]) -> float:
    """Where most words of the line that reach below it in no letter end; of all words where there are none such."""
    level = [word.bottom for word in words if not _BELOW.search(word.text)]
    return statistics.median(level or [word.bottom for word in words])


def _sizes(lines: dict[int, list[Word]], points: float) -> dict[int, float]:
    """Font size of each line, in points; near the page's usual size it is that size."""
    found = {n: statistics.median(_size(word) for word in words) * points for n, words in lines.items()}
    if not found:
        return {}
    usual = statistics.median(size for n, size in found.items() for _ in range(sum(len(w.text) for w in lines[n])))
    return {n: round(usual if abs(s - usual) <= _SAME_SIZE * usual else s, 1) for n, s in found.items()}


def _size(word: Word) -> float:
    """Font size in pixels, by the parts of the line that the word's letters fill."""
    height = word.bottom - word.top
    if _ARABIC.search(word.text):
        return height
    filled = _X_HEIGHT
    filled += _ABOVE_X if _ABOVE.search(word.text) else 0.0
    filled += _BELOW_BASE if _BELOW.search(word.text) else 0.0
    return height / filled


def rules_of(found: PageReading) -> tuple[Rule, ...]:
    """The lines of frames, in points."""
    points = 72.0 / found.reading.dpi
    return tuple(Rule(Box(*(n * points for n in box)).rounded(), level) for box, level in found.prepared.rules)


def pictures_turned(page: PageText, turn: int) -> tuple[Picture, ...]:
    """All the page's pictures, in their order, where they stand once it is turned."""
    width, height = page.width_pt or 1.0, page.height_pt or 1.0
    return tuple(replace(p, box=_turned(p.box, turn, width, height)) for p in page.pictures)


def _turned(box: Box, turn: int, width: float, height: float) -> Box:
    match turn:
        case 90:
            return Box(height - box.bottom, box.x0, height - box.top, box.x1)
        case 180:
            return Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
        case 270:
            return Box(box.top, width - box.x1, box.bottom, width - box.x0)
        case _:
            return box
