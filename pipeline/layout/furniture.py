"""furniture: running heads and feet, page and job numbers, bar codes and notices, told from the text proper."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from pipeline.layout.sheet import Sheet
from schemas.layout import BlockKind, Line

HEAD_SHARE = 0.105
"""Running heads stand in the top tenth of the page (UN documents: 42 to 62 of 792 points; Geneva 45 to 60 of 842)."""
EDGE_SHARE = 0.035
"""What browsers print above a page (the time, the title) ends here, at 25 of 842 points; mastheads begin below it. On a
first page everything else of the top tenth is the masthead or a letterhead."""
FOOT_SHARE = 0.9
"""Running feet stand below nine tenths of it (740 to 765 of 792)."""
JOB_SHARE = 0.8
"""Job numbers and the mark of a page that goes on (`/...`) stand below this (old Geneva and New York: 0.86 to 0.9)."""
REPEATS = 2
"""A line of the margins that comes back on so many pages, with the same figures or with such as count the pages, is a
running head or foot: "Article 26" in the place of "Article 3" is none."""
BAND_PT = 6.0
"""The same running head stands at the same height within this."""

_SYMBOL = re.compile(r"^(?:[A-Z]{1,6}(?:/[\w.()\-*]+)+\s*[-–]?\s*){1,3}$")
_BAR_CODE = re.compile(r"^\*\s?\d(?:\s?\d){5,9}\s?\*$")
_JOB = re.compile(
    r"^(?:\d{6}\s+){0,3}(?:GE\.|V\.|[A-Z]{0,3}\.?)\s?\d{2}-\d{4,6}\s?\*{0,3}\s?(?:\([A-Z]\))?(?:\s+\d{6}){0,3}$|^[A-Z]\d{6,8}$"
)
_JOB_DATES = re.compile(r"^\d{6}(?:\s+\d{6}){0,2}$")
_PAGE_OF = re.compile(r"^\d{1,4}\s?/\s?\d{1,4}$")
_JOB_AND_PAGE = re.compile(r"^(?:\d{1,4}/\d{1,4}\s+)?(?:GE\.|V\.)?\d{2}-\d{5}\*?(?:\s+\d{1,4}/\d{1,4})?$")
_NUMBER = re.compile(r"^[-–—.\s]*(\d{1,4}|[ivxlc]{1,6})[-–—.\s]*$")
_GOES_ON = re.compile(r"^/\s?(?:\.\s?){3}$|^/…$")
_DIGITS = re.compile(r"\d+")

_Key = tuple[str, int]
Verdict = tuple[BlockKind, str | None]
"""Kind, and the printed page number where the line is one."""


def furniture_of(sheets: Sequence[Sheet]) -> Mapping[int, Mapping[int, Verdict]]:
    """Page → index of the line on its sheet → verdict, for all lines that are furniture."""
    recurring = _recurring(sheets)
    counted = _counted(sheets)
    found: dict[int, dict[int, Verdict]] = {}
    for position, sheet in enumerate(sheets):
        verdicts: dict[int, Verdict] = {}
        notes = _note_lines(sheet)
        jobs = _job_baselines(sheet)
        for index, line in enumerate(sheet.lines):
            verdict = _verdict(line, sheet, position == 0, (sheet.number, index) in recurring)
            if verdict is None and _is_job_date(line, jobs):
                verdict = BlockKind.page_footer, None
            if verdict is None and _count(line, sheet) in counted:
                verdict = BlockKind.page_number, line.text.strip()
            if verdict and not (index in notes and verdict == (BlockKind.page_footer, None)):
                verdicts[index] = verdict
        found[sheet.number] = verdicts
    return found


def _note_lines(sheet: Sheet) -> frozenset[int]:
    """Lines of notes, which may come back word for word on several pages: from a raised mark on, line under line."""
    found: set[int] = set()
    last: Line | None = None
    for index, line in sorted(enumerate(sheet.lines), key=lambda item: item[1].box.top):
        raised = bool(line.styles) and line.styles[0].start == 0 and line.styles[0].superscript
        under = (
            last is not None
            and line.box.top - last.box.bottom < line.size / 2
            and abs(line.size - last.size) < 1
            and line.box.x0 < last.box.x1
        )
        if raised or under:
            found.add(index)
            last = line
    return frozenset(found)


def _verdict(line: Line, sheet: Sheet, first: bool, recurs: bool) -> Verdict | None:
    text = line.text.strip()
    if line.bar_code or _BAR_CODE.match(text):
        return BlockKind.bar_code, None
    zone = zone_of(line, sheet)
    if text.casefold().strip(" .") in _recycle_words():
        return BlockKind.notice, None
    low = line.box.top >= JOB_SHARE * sheet.height_pt
    if low and not line.turn and (_JOB.match(text) or _GOES_ON.match(text)):
        return BlockKind.page_footer, None
    counted = _page_of_pages().match(text.casefold())
    if counted and (low or zone) and not line.turn:
        return BlockKind.page_number, counted[1]
    if zone is None:
        return None
    number = _page_number(text, zone, first)
    if number:
        return BlockKind.page_number, number
    if _JOB.match(text) or _JOB_AND_PAGE.match(text):
        return BlockKind.page_footer, None
    if line.turn:
        return zone, None
    if not first and zone is BlockKind.page_header and _SYMBOL.match(text):
        return zone, None
    in_masthead = first and zone is BlockKind.page_header and line.box.bottom > EDGE_SHARE * sheet.height_pt
    if recurs and not in_masthead:
        return zone, None
    return None


def _job_baselines(sheet: Sheet) -> tuple[float, ...]:
    """Heights at which job numbers stand."""
    low = (line for line in sheet.lines if line.box.top >= JOB_SHARE * sheet.height_pt and not line.turn)
    return tuple(line.baseline for line in low if _JOB.match(line.text.strip()))


def _is_job_date(line: Line, jobs: Sequence[float]) -> bool:
    """Dates in six figures beside the job number: `97-32375 (E)   251197   251197`."""
    return bool(_JOB_DATES.match(line.text.strip())) and any(abs(line.baseline - at) < line.size / 2 for at in jobs)


def zone_of(line: Line, sheet: Sheet) -> BlockKind | None:
    """In which margin a line stands: head, foot, or None for the text area. Turned lines stand at the sides."""
    if line.turn:
        side = min(line.box.x0, sheet.width_pt - line.box.x1) < HEAD_SHARE * sheet.width_pt
        return BlockKind.page_header if side else None
    if line.box.bottom <= HEAD_SHARE * sheet.height_pt:
        return BlockKind.page_header
    if line.box.top >= FOOT_SHARE * sheet.height_pt:
        return BlockKind.page_footer
    return None


def _page_number(text: str, zone: BlockKind, first: bool) -> str | None:
    if _PAGE_OF.match(text):
        return text.replace(" ", "").split("/")[0]
    match = _NUMBER.match(text)
    if match and not (first and zone is BlockKind.page_header):
        return match[1]
    words = text.casefold().replace(".", " ").split()
    if len(words) == 2 and words[0] in _page_words() and words[1].isdigit():
        return words[1]
    return None


def _recurring(sheets: Sequence[Sheet]) -> frozenset[tuple[int, int]]:
    """Page and index on its sheet of the lines of the margins that come back at the same height."""
    texts: Counter[_Key] = Counter()
    figures: Counter[tuple[_Key, int, str, int]] = Counter()
    margins = []
    for sheet in sheets:
        lines = [(index, line) for index, line in enumerate(sheet.lines) if zone_of(line, sheet)]
        margins += [(sheet, index, _key(line, sheet), _figures(line, sheet)) for index, line in lines]
        texts.update({_key(line, sheet) for _, line in lines})
        figures.update({(_key(line, sheet), *f) for _, line in lines for both in _figures(line, sheet) for f in both})
    return frozenset(
        (sheet.number, index)
        for sheet, index, key, own in margins
        if key[0] and texts[key] >= REPEATS
        if sheet.recognised or all(any(figures[key, *f] >= REPEATS for f in both) for both in own)
    )


def _figures(line: Line, sheet: Sheet) -> list[tuple[tuple[int, str, int], tuple[int, str, int]]]:
    """What each number of a line is, and how far it is from the number of the page; recognition gets some wrong."""
    numbers = enumerate(int(digits) for digits in _DIGITS.findall(line.text))
    return [((place, "is", n), (place, "from the page", n - sheet.number)) for place, n in numbers]


def _counted(sheets: Sequence[Sheet]) -> frozenset[tuple[int, int] | None]:
    """Where lone numbers count the pages: older Geneva documents print them above the foot, at 0.888 of the page."""
    seen: Counter[tuple[int, int] | None] = Counter()
    for sheet in sheets:
        seen.update({_count(line, sheet) for line in sheet.lines} - {None})
    return frozenset(key for key, n in seen.items() if n >= REPEATS)


def _count(line: Line, sheet: Sheet) -> tuple[int, int] | None:
    """Height over the foot and distance from the page's place in the file of a lone number low on the page."""
    text = line.text.strip()
    low = line.box.top >= JOB_SHARE * sheet.height_pt and not line.turn
    if not (low and len(text) <= 4 and text.isascii() and text.isdigit()):
        return None
    return round((sheet.height_pt - line.box.bottom) / BAND_PT / 2), int(text) - sheet.number


def _key(line: Line, sheet: Sheet) -> _Key:
    """Text without its figures, and height."""
    zone = zone_of(line, sheet)
    place = line.box.top if zone is BlockKind.page_header else sheet.height_pt - line.box.bottom
    return _DIGITS.sub("#", line.text.strip()), round(place / BAND_PT / 2)


@cache
def _vocabulary() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("pipeline.layout").joinpath("vocabulary.toml").read_text("utf-8"))


@cache
def _recycle_words() -> frozenset[str]:
    return frozenset(word for words in _vocabulary()["recycle"].values() for word in words)


@cache
def _page_words() -> frozenset[str]:
    return frozenset(_vocabulary()["page"]["words"])


@cache
def _page_of_pages() -> re.Pattern[str]:
    """`page 3 of 12`, `صفحة 3 من 12`."""
    page, of = ("|".join(map(re.escape, _vocabulary()["page"][key])) for key in ("words", "of"))
    return re.compile(rf"^(?:{page})\s*(\d{{1,4}})\s*(?:{of})\s*\d{{1,4}}$")
