"""runs: recognised words → runs in points, with a size that layout can compare."""

import re
import statistics
from dataclasses import replace

from pipeline.ocr.engine import Word
from pipeline.ocr.quality import Reading
from schemas.geometry import Box
from schemas.page import Font, PageText, Picture, Run

_FONT = Font("ocr")
_SIZE_OF_HEIGHT = 0.85
"""Font size over the height of a line's box: capitals and descenders together span 1.15 sizes."""
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
    heights = {n: statistics.median(w.bottom - w.top for w in words) * points for n, words in lines.items()}
    if not heights:
        return {}
    letters = [h for n, h in heights.items() for _ in range(sum(len(w.text) for w in lines[n]))]
    usual = statistics.median(letters)
    return {
        n: round((usual if abs(h - usual) <= _SAME_SIZE * usual else h) * _SIZE_OF_HEIGHT, 1)
        for n, h in heights.items()
    }


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
