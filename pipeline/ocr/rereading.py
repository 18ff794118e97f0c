"""rereading: lines that were read badly on a page that was read well → cut out and read again, in other sizes.

The same line gives a faultless text in one size and nonsense in another; of several looks the surest is kept.
"""

from collections.abc import Iterator, Sequence

from pipeline.ocr.engine import ONE_LINE, Engine, GreyImage, Word
from pipeline.ocr.gaps import crop_around, placed, scaled
from pipeline.ocr.lines import Box, box_of, in_logical_order, is_arabic, lines_of, numbered
from pipeline.ocr.quality import Reading, confidence_of, judged

_DOUBTFUL = 0.72
"""Confidence of a line below which it is looked at again."""
_HOPELESS_PAGE = 0.6
"""Confidence of a page below which its lines are no text of these languages, and another look is lost time."""
_MOST_LINES = 8
"""Lines looked at again on one page, the worst ones; more are a page that needs another pass as a whole."""
_SIZES = (1.0, 1.5, 0.75)
_LEAD = 0.1
"""How much surer another look must be to be taken: looks that mended and spoiled as much came with leads up to 0.1."""
_BELIEVED = 0.55
"""Confidence that it must have."""
_LEAST_LETTERS, _KEPT = 4, 0.7
"""Letters from which a line is worth a look, and share of its letters that the other look must have."""
_THROUGH = 0.6
"""Share of the lower one's height that two boxes share where one line runs through the other; tight lines share 0.4."""
_MOST_HEIGHT_IN = 0.5
"""Inches; higher is no single line."""


def reread(engine: Engine, reading: Reading, image: GreyImage) -> Reading:
    """The reading with its worst lines read anew where that is surer; the same where all are sound."""
    lines = lines_of(reading.words)
    boxes = [box_of(line) for line in lines]
    doubtful = [n for n, line in enumerate(lines) if _is_doubtful(line, reading.dpi) and _stands_alone(n, boxes)]
    if not doubtful or reading.confidence < _HOPELESS_PAGE:
        return reading
    worst = sorted(doubtful, key=lambda n: (confidence_of(lines[n]), n))[:_MOST_LINES]
    changed = False
    for n in worst:
        better = max(_looks(engine, lines[n], reading, image), key=confidence_of, default=())
        if confidence_of(better) >= max(_BELIEVED, confidence_of(lines[n]) + _LEAD):
            lines[n] = list(better)
            changed = True
    if not changed:
        return reading
    return judged(numbered(lines), image, reading.packs, reading.dpi, reading.segmentation)


def _is_doubtful(line: Sequence[Word], dpi: int) -> bool:
    box = box_of(line)
    return (
        confidence_of(line) < _DOUBTFUL
        and _letters(line) >= _LEAST_LETTERS
        and box.bottom - box.top <= _MOST_HEIGHT_IN * dpi
    )


def _stands_alone(n: int, boxes: Sequence[Box]) -> bool:
    """No other line runs through the line's box: it would be read twice."""
    box = boxes[n]
    return not any(
        min(box.bottom, other.bottom) - max(box.top, other.top)
        > _THROUGH * min(box.bottom - box.top, other.bottom - other.top)
        and min(box.x1, other.x1) > max(box.x0, other.x0)
        for m, other in enumerate(boxes)
        if m != n
    )


def _looks(engine: Engine, line: Sequence[Word], reading: Reading, image: GreyImage) -> Iterator[tuple[Word, ...]]:
    """Readings of the line, one a size, that lost no letters and brought no Latin ones into Arabic."""
    arabic = is_arabic("".join(word.text for word in line))
    packs = ("ara",) if arabic and not _latin(line) and "ara" in reading.packs else reading.packs
    crop, left, top = crop_around(image, box_of(line), reading.dpi)
    for size in _SIZES:
        found = engine.read(scaled(crop, size), packs, round(reading.dpi * size), ONE_LINE)
        if len({word.line for word in found}) != 1 or _letters(found) < _KEPT * _letters(line):
            continue
        if "ara" not in reading.packs or _latin(found) <= _latin(line):
            yield in_logical_order([placed(word, size, left, top) for word in found])


def _letters(words: Sequence[Word]) -> int:
    return sum(c.isalnum() for word in words for c in word.text)


def _latin(words: Sequence[Word]) -> int:
    return sum(c.isascii() and c.isalpha() for word in words for c in word.text)
