"""columns: lines of a page → regions in reading order; side-by-side text is read column by column.

A page is cut into bands from top to bottom. A band is a stretch of rows through which a white gutter runs; it is read
column by column, from the right where its text runs from right to left. Everything else is one column.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout.sheet import rows_of
from schemas.geometry import Box
from schemas.layout import Direction, Line

GUTTER_PT = 9.0
"""Narrowest white gutter between columns (the narrowest seen in two-column reports: 14 points)."""
BAND_GAP = 3.0
"""White space of so many line heights ends a band of columns."""
TITLE_RATIO = 1.15
TITLE_GAP = 1.0
"""So much white space, in line heights, is enough above a lone line in type larger by this factor: a title."""
SHORT_CELL = 6
"""Columns of texts no longer than this are numbers beside their text (contents, lists): read row by row."""
LABEL = 16
"""Longest usual label with a number in it, such as `428 (V)` or `12 March 2020`."""
LABEL_SHARE = 0.6
"""Share of a column's lines that hold a digit where it is one of labels."""
FULL_RULE = 0.55
"""A horizontal rule over this share of the page's width parts bands."""

COLUMN_LINES = 8
"""So many lines that fill their column must stand on either side of a page's gutter."""
FULL_LINE = 0.75
"""A line fills its column from this share of half the page's text on."""
FULL_SIDES = 0.45
"""Share of a page's rows on both sides that fill their columns where it is set in two."""
CLEAR_SHARE = 0.9
"""Share of its lines that do not cross the gutter."""

_Interval = tuple[float, float]


def reading_order(lines: Sequence[Line], barriers: Sequence[Box] = ()) -> list[list[Line]]:
    """Regions in reading order, each a list of lines from top to bottom. Every line stands in exactly one."""
    middle = _page_gutter(lines)
    if middle is not None:
        return _halves(lines, middle)
    regions: list[list[Line]] = []
    for band in _bands(rows_of(list(lines)), barriers):
        columns = _columns(band)
        if len(columns) < 2:
            regions.append([line for row in band for line in _row_in_order(row)])
            continue
        if _is_rtl(band):
            columns.reverse()
        for column in columns:
            regions.extend(reading_order(column))
    return regions


def _page_gutter(lines: Sequence[Line]) -> float | None:
    """x of the gutter of a page set in two columns of prose: hardly a line crosses it, many fill either side."""
    if len(lines) < 2 * COLUMN_LINES:
        return None
    left, right = min(x.box.x0 for x in lines), max(x.box.x1 for x in lines)
    width = right - left
    best: tuple[int, float] | None = None
    for line in lines:
        at = line.box.x0 - GUTTER_PT / 2
        if not left + 0.4 * width <= at <= left + 0.65 * width:
            continue
        clear = sum(1 for x in lines if x.box.x0 >= at or x.box.x1 <= at)
        if best is None or clear > best[0]:
            best = (clear, at)
    if best is None:
        return None
    at = best[1]
    sides = [x for x in lines if x.box.x1 <= at], [x for x in lines if x.box.x0 >= at]
    rows = [rows_of(side) for side in sides]
    full = [sum(1 for row in side if row[-1].box.x1 - row[0].box.x0 > FULL_LINE * width / 2) for side in rows]
    enough = min(full) >= COLUMN_LINES and sum(full) >= FULL_SIDES * (len(rows[0]) + len(rows[1]))
    return at if enough and best[0] >= CLEAR_SHARE * len(lines) else None


def _halves(lines: Sequence[Line], gutter: float) -> list[list[Line]]:
    """Lines of a page in two columns: what crosses the gutter stands between stretches read column by column."""
    regions: list[list[Line]] = []
    stretch: list[Line] = []
    for line in [*sorted(lines, key=lambda x: x.baseline), None]:
        if line is not None and (line.box.x1 <= gutter or line.box.x0 >= gutter):
            stretch.append(line)
            continue
        sides = [[x for x in stretch if x.box.x1 <= gutter], [x for x in stretch if x.box.x0 >= gutter]]
        if _is_rtl([stretch]):
            sides.reverse()
        regions += [[x for row in rows_of(side) for x in _row_in_order(row)] for side in sides if side]
        stretch = []
        if line is not None:
            regions.append([line])
    return regions


def _bands(rows: list[list[Line]], barriers: Sequence[Box]) -> list[list[list[Line]]]:
    bands: list[list[list[Line]]] = []
    gutters: list[_Interval] = []
    for row in rows:
        own = _gutters(row)
        band = bands[-1] if bands else None
        if band is None or _parted(band[-1], row, barriers) or _far(band, row, gutters):
            bands.append([row])
            gutters = own
            continue
        shared = _shared(gutters, row) if gutters else []
        if gutters and not shared:
            bands.append([row])
            gutters = own
        elif not gutters and own and len(row) > 1:
            above = _joinable_above(band, own)
            bands[-1] = band[: len(band) - above]
            start = [*band[len(band) - above :], row]
            if not bands[-1]:
                bands.pop()
            bands.append(start)
            gutters = _gutters_of(start)
        else:
            band.append(row)
            gutters = shared or gutters
    return [band for band in bands if band]


def _joinable_above(band: list[list[Line]], gutters: list[_Interval]) -> int:
    """Rows directly above that stand in one column of the band that begins; at most one paragraph's worth."""
    count = 0
    left = gutters
    for row in reversed(band):
        shared = _shared(left, row)
        if len(shared) < len(left) or len(row) > 1 or count >= 2:
            break
        left = shared
        count += 1
    return 0 if count == len(band) and count > 1 else count if count < len(band) else 0


def _gutters(row: list[Line]) -> list[_Interval]:
    """White intervals between the lines of one row."""
    found = []
    reach = row[0].box.x1
    for line in row[1:]:
        if line.box.x0 - reach >= GUTTER_PT:
            found.append((reach, line.box.x0))
        reach = max(reach, line.box.x1)
    return found


def _gutters_of(rows: list[list[Line]]) -> list[_Interval]:
    found = next((g for row in rows if (g := _gutters(row))), [])
    for row in rows:
        found = _shared(found, row)
    return found


def _shared(gutters: list[_Interval], row: list[Line]) -> list[_Interval]:
    """What is left of the gutters once a row's lines are taken out of them."""
    left = gutters
    for line in row:
        cut: list[_Interval] = []
        for start, end in left:
            for piece in ((start, min(end, line.box.x0)), (max(start, line.box.x1), end)):
                if piece[1] - piece[0] >= GUTTER_PT:
                    cut.append(piece)
        left = sorted(set(cut))
    return left


def _parted(above: list[Line], below: list[Line], barriers: Sequence[Box]) -> bool:
    top = max(line.baseline for line in above)
    bottom = min(line.baseline for line in below)
    return any(top < barrier.bottom <= bottom for barrier in barriers)


def _far(band: list[list[Line]], row: list[Line], gutters: list[_Interval]) -> bool:
    if not gutters:
        return False
    gap = min(line.box.top for line in row) - max(line.box.bottom for line in band[-1])
    title = len(row) == 1 and row[0].size > TITLE_RATIO * max(line.size for line in band[-1])
    return gap > (TITLE_GAP if title else BAND_GAP) * max(line.size for line in row)


def _columns(band: list[list[Line]]) -> list[list[Line]]:
    """The band's lines by column from left to right; one list where it is no set of columns."""
    lines = [line for row in band for line in row]
    if not any(len(row) > 1 for row in band):
        return [lines]
    gutters = _gutters_of([row for row in band if len(row) > 1] + [row for row in band if len(row) == 1])
    gutters = [g for g in gutters if any(x.box.x1 <= g[0] + 0.1 for x in lines)]
    if not gutters:
        return [lines]
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        middle = (line.box.x0 + line.box.x1) / 2
        columns[sum(1 for g in gutters if middle > (g[0] + g[1]) / 2)].append(line)
    return _with_labels([column for column in columns if column], rtl=_is_rtl(band))


def _with_labels(columns: list[list[Line]], *, rtl: bool) -> list[list[Line]]:
    """Columns of text, each with the numbers or dates that stand before its paragraphs.

    All lines as one column where short columns do not come back in this way: numbers behind their text, or tables.
    """
    groups: list[list[list[Line]]] = [[]]
    for column in reversed(columns) if rtl else columns:
        groups[-1].append(column)
        if not _is_short(column):
            groups.append([])
    left_over = groups.pop()
    if left_over or len({len(group) for group in groups}) > 1:
        return [[line for column in columns for line in column]]
    merged = [[line for column in group for line in column] for group in groups]
    return merged[::-1] if rtl else merged


def _is_short(column: list[Line]) -> bool:
    """Does the column hold numbers, or labels with numbers in them, and no text?"""
    lengths = sorted(len(line.text) for line in column)
    middle = lengths[len(lengths) // 2]
    numbered = sum(1 for line in column if any(c.isdigit() for c in line.text)) >= LABEL_SHARE * len(column)
    labels = len(column) > 1 and numbered and middle <= LABEL and lengths[-1] <= 2 * LABEL
    return middle <= SHORT_CELL or labels


def _is_rtl(band: list[list[Line]]) -> bool:
    balance = sum(
        len(line.text) if line.direction is Direction.rtl else -len(line.text) for row in band for line in row
    )
    return balance > 0


def _row_in_order(row: list[Line]) -> list[Line]:
    """The row as one line, joined by spaces; from the right where its text runs from right to left."""
    if len(row) == 1:
        return row
    rtl = sum(1 if line.direction is Direction.rtl else -1 for line in row) > 0
    parts = list(reversed(row)) if rtl else row
    return [join(parts)]


def join(parts: Sequence[Line]) -> Line:
    """Lines of one row as one line."""
    first = parts[0]
    text, styles, box = first.text, list(first.styles), first.box
    for part in parts[1:]:
        at = len(text) + 1
        text += " " + part.text
        styles += [replace(s, start=s.start + at, end=s.end + at) for s in part.styles]
        box = box.union(part.box)
    confidences = [p.confidence for p in parts if p.confidence is not None]
    confidence = sum(confidences) / len(confidences) if confidences else None
    return replace(first, text=text, styles=tuple(styles), box=box, confidence=confidence)
