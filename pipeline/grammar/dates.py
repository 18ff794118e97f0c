"""Dates in seven languages: where they stand in a text, and what they say in ISO 8601."""

import re
from calendar import monthrange
from functools import cache
from typing import NamedTuple

from pipeline.grammar.letters import folded
from pipeline.grammar.tables import table

_DASHES = "-\u2010\u2011\u2012\u2013\u2014"
_A_YEAR = re.compile(r"\d{4}")
_YEARS = range(1800, 2200)


class FoundDate(NamedTuple):
    """A date in a text; `start` and `end` are code points."""

    start: int
    end: int
    printed: str
    iso: str | None
    """`2020-12-22`; `2023-03` where only month and year are printed; None where the date cannot be (see `fault`)."""
    last: str | None = None
    """Last day of a range; None for a single date."""
    fault: str | None = None
    """Why the printed date cannot be right: `day`, `month`, `order`."""


@cache
def months() -> dict[str, int]:
    """Folded month names of all languages → 1..12."""
    out: dict[str, int] = {}
    for names in table("dates")["months"].values():
        for number, forms in enumerate(names, 1):
            out.update((folded(form), number) for form in forms.split("|"))
    return out


def _month(text: str) -> int | None:
    """Number of a printed month name; of a pair `نيسان/أبريل` both halves must agree."""
    numbers = {months().get(folded(half)) for half in re.split(r"\s?/\s?", text)}
    return numbers.pop() if len(numbers) == 1 else None


def _words(group: str, key: str) -> str:
    words: list[str] = table("dates")[group][key]
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    word = r"[^\W\d_]{2,12}"  # any word: whether it is a month, the table of names says
    second = r"(?:\s(?:الأول|الاول|الثاني))?"  # كانون and تشرين are two months each
    month = rf"{word}{second}\.?(?:\s?/\s?{word}{second})?"
    suffix, between = _words("particles", "day_suffix"), _words("particles", "between")
    joint = f"{_words('joints', 'range')}|[{_DASHES}]"
    listed = _words("joints", "list")
    day = rf"\d{{1,3}}(?:{suffix})?(?![\d./])"
    gap = rf"(?:\s?(?:{between})(?:\s|(?<='))|\s)"
    year = r"\d{4}(?!\d)"
    first = rf"(?:(?P<d0>{day})(?:{gap}(?P<m0>{month}))?(?:,?{gap}(?P<y0>{year}))?\s?(?P<joint>{joint}|{listed})\s?)?"
    dmy = rf"{first}(?P<d1>{day}){gap}(?P<m1>{month})(?:,?{gap}(?P<y1>{year}))?"
    mdy = rf"(?P<m2>{month})\s(?P<d2>{day}),?\s(?P<y2>{year})"
    my = rf"(?P<m3>{month})(?:,?{gap})(?P<y3>{year})"
    zh = r"(?P<y4>\d{4})\s?年\s?(?P<m4>\d{1,2})\s?月(?:\s?(?P<d4>\d{1,3})\s?日)?"
    zh += r"(?:\s?[至-]\s?(?:(?P<y5>\d{4})\s?年\s?)?(?:(?P<m5>\d{1,2})\s?月\s?)?(?P<d5>\d{1,3})\s?日)?"
    iso = r"(?P<y6>\d{4})-(?P<m6>\d{2})-(?P<d6>\d{2})(?!\d)"
    dots = r"(?P<d7>\d{1,2})\.(?P<m7>\d{1,2})\.(?P<y7>\d{4})(?!\d)"
    return re.compile(rf"(?<![\d./])(?<![^\W\d_])(?:{dmy}|{mdy}|{my}|{zh}|{iso}|{dots})", re.IGNORECASE)


def find_dates(text: str) -> list[FoundDate]:
    """The dates of a text that print a year, in printed order; a damaged one has `iso` None and says what is wrong.

    Reads "22 December 2020", "April 2, 1993", "1er janvier 2021", "23 de mayo de 2005", "8 نيسان/أبريل 2020",
    "2020年12月22日", "12 noyabr 2020-ci il", ranges such as "16 June–8 July 2025", and month with year alone.
    """
    found: list[FoundDate] = []
    if not _A_YEAR.search(text):
        return found
    place = 0
    while match := _pattern().search(text, place):
        dates = _read(match, text)
        found.extend(dates or [])
        place = match.end() if dates else match.start() + 1
    return found


def day_from_digits(text: str) -> str | None:
    """ISO date of the DDMMYY group of a job number line (`170720` → 2020-07-17), or None."""
    if not re.fullmatch(r"[0-9]{6}", text):
        return None
    day, month, year = int(text[:2]), int(text[2:4]), int(text[4:])
    return _iso(day, month, year + (1900 if year > 45 else 2000))


def _iso(day: int, month: int, year: int) -> str | None:
    if year not in _YEARS or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _read(match: re.Match[str], text: str) -> list[FoundDate] | None:
    groups = match.groupdict()
    if groups["m1"]:
        return _day_first(match, text) if groups["y1"] and _month(groups["m1"].strip(".")) else None
    if groups["m2"]:
        named = _month(groups["m2"].strip("."))
        return [_single(match, text, groups["d2"], named, groups["y2"])] if named else None
    if groups["m3"]:
        month, year = _month(groups["m3"].strip(".")), int(groups["y3"])
        return (
            [FoundDate(*match.span(), match.group(), f"{year:04d}-{month:02d}")] if month and year in _YEARS else None
        )
    if groups["y4"]:
        return _chinese(match, text)
    number = "6" if groups["y6"] else "7"
    return [_single(match, text, groups["d" + number], int(groups["m" + number]), groups["y" + number])]


def _digits(day: str) -> str:
    digits = re.match(r"\d+", day)
    return digits.group() if digits else ""


def _single(match: re.Match[str], text: str, day: str, month: int | None, year: str) -> FoundDate:
    return _dated(match.start(), match.end(), text, day, month, int(year))


def _dated(start: int, end: int, text: str, day: str, month: int | None, year: int) -> FoundDate:
    """One date; three digits for a day or a day that the month has not are faults, never mended."""
    digits = _digits(day)
    if month is None:
        return FoundDate(start, end, text[start:end], None, None, "month")
    iso = _iso(int(digits), month, year) if len(digits) <= 2 else None
    return FoundDate(start, end, text[start:end], iso, None, None if iso else "day")


def _day_first(match: re.Match[str], text: str) -> list[FoundDate]:
    groups = match.groupdict()
    month, year = _month(groups["m1"].strip(".")), int(groups["y1"])
    if groups["d0"] is None:
        return [_dated(match.start(), match.end(), text, groups["d1"], month, year)]
    first_month = _month(groups["m0"].strip(".")) if groups["m0"] else month
    if first_month is None:  # "5 members and 12 May 1993"
        return [_dated(match.start("d1"), match.end(), text, groups["d1"], month, year)]
    first_year = int(groups["y0"]) if groups["y0"] else year
    last = _dated(match.start("d1"), match.end(), text, groups["d1"], month, year)
    is_list = folded(groups["joint"]) in {folded(word) for word in table("dates")["joints"]["list"]}
    end = match.end("y0") if groups["y0"] else match.end("m0") if groups["m0"] else match.end("d0")
    first = _dated(match.start(), end, text, groups["d0"], first_month, first_year)
    if is_list:  # a number before the date that is no day ("853, 12 May 1993") is not part of it
        return [last] if first.fault and not groups["m0"] else [first, last]
    span = (match.start(), match.end(), match.group())
    if first.iso is None or last.iso is None:
        return [FoundDate(*span, None, None, first.fault or last.fault)]
    return [FoundDate(*span, first.iso, last.iso, "order" if last.iso < first.iso else None)]


def _chinese(match: re.Match[str], text: str) -> list[FoundDate] | None:
    groups = match.groupdict()
    month, year = int(groups["m4"]), int(groups["y4"])
    if groups["d4"] is None:
        return [FoundDate(*match.span(), match.group(), f"{year:04d}-{month:02d}")] if 1 <= month <= 12 else None
    first = _dated(match.start(), match.end(), text, groups["d4"], month, year)
    if groups["d5"] is None:
        return [first]
    last_month = int(groups["m5"]) if groups["m5"] else month
    last = _dated(match.start(), match.end(), text, groups["d5"], last_month, int(groups["y5"] or year))
    if first.iso is None or last.iso is None:
        return [first._replace(iso=None, fault="day")]
    return [first._replace(last=last.iso, fault="order" if last.iso < first.iso else None)]
