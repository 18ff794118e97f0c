"""Job numbers and bar codes at the foot of the first page."""

import re
from typing import NamedTuple

from pipeline.grammar.dates import day_from_digits
from pipeline.grammar.letters import SYMBOL_LETTERS
from pipeline.grammar.lookalikes import mended_digits
from pipeline.metadata.words import vocabulary
from schemas.metadata import JobNumber

_DAYS = r"(?:\d{6}\b[\s,/]*)"
_JOB = re.compile(
    rf"(?P<before>{_DAYS}{{0,3}})(?P<station>GE|V|K|NA|HE|B|BK)?\s?\.?\s?(?P<number>\d{{2}}\s?[-\u2010-\u2013]\s?\d{{5}})"
    rf"(?P<stars>\s?\*{{0,3}})\s?(?P<junk>\d{{3,5}}[^\W\d_]\s)?(?:\((?:(?P<letter>[ACEFRSGO])|\w)\))?\s*(?P<after>{_DAYS}{{0,3}})"
    r"(?:/[\s.…\-]*|\s?\.{3}|…)?(?:\s?\*\d{7}\*)?"
)
_NAIROBI = re.compile(rf"(?P<number>K\d{{7}})(?:\s?[(\[](?P<letter>[ACEFRS])[)\]])?\s*(?P<after>{_DAYS}{{0,3}})")
_PAGE_NUMBER = re.compile(r"(?<=\([ACEFRS]\))\s+\d{1,2}$")
"""A page number, or a bar of the bar code read as a figure, on the line of the job number."""
_DAMAGED = re.compile(
    r"(?P<number>\d{2}[-\u2010-\u2013][\d^|!A-Za-z]{5})(?!\w)"
    r"(?P<rest>\s+(?:\d{3,5}[^\W\d_]?\s?)?\(.{1,2}\)\W?\s?[^\d\s]{0,6}|[\s.…/]*)"
)
"""A job number on a scan, with a sign that recognition took for another and scraps of the stroke behind it."""
_MOST_MENDED = 2  # of five digits; with three, too little of the print is left to go by
_TWO_DIGITS = re.compile(r"\d\d")  # in every form of a job number, even a damaged one
_BAR_CODE = re.compile(r"\*?\s?(?P<digits>\d(?:\s?\d){6,8})\s?\*(?:\s\*)?")


class JobLine(NamedTuple):
    """A job number line."""

    job: JobNumber
    has_letter: bool
    mended: bool = False
    """True where signs were read as the digits that they look like."""
    letter_lost: bool = False
    """True where the bracket with the language letter is printed, and the letter in it cannot be read."""


def read_job_line(text: str) -> JobLine | None:
    """The job number that a whole line is (`25-01402 (E) 040225`, `GE.20-06433(A)`, `140720 20-09399 (A)`), or None."""
    if not _TWO_DIGITS.search(text):
        return None
    text = text.translate(SYMBOL_LETTERS)
    match = _JOB.fullmatch(text.strip()) or _JOB.fullmatch(_PAGE_NUMBER.sub("", text.strip()))
    if match is None:
        return _nairobi(text) or _damaged(text)
    number = re.sub(r"\s", "", re.sub("[\u2010-\u2013]", "-", match.group("number")))
    station, letter = match.group("station"), match.group("letter")
    days = re.findall(r"\d{6}", match.group("before") + " " + match.group("after"))
    job = JobNumber(
        number=f"{station}.{number}" if station else number,
        language=vocabulary()["job_letters"].get(letter) if letter else None,
        dates=tuple(day for day in map(day_from_digits, days) if day),
    )
    lost = letter is None and re.search(r"\(\w\)", match.group()) is not None
    return JobLine(job, letter is not None, letter_lost=lost)


def _damaged(text: str) -> JobLine | None:
    """The job number of a line that recognition damaged: `80-089^1`, `84-17984 1304q (EB) [ase`."""
    match = _DAMAGED.fullmatch(text.strip())
    if match is None:
        return None
    year, serial = match.group("number")[:2], match.group("number")[3:]
    digits = mended_digits(serial)
    if digits is None or len(digits) != 5 or sum(map(str.isdecimal, serial)) < len(digits) - _MOST_MENDED:
        return None
    bracket = re.search(r"\((.{1,2})\)", match.group("rest"))
    letter = vocabulary()["job_letters"].get(bracket.group(1)) if bracket else None
    job = JobNumber(number=f"{year}-{digits}", language=letter)
    return JobLine(job, letter is not None, digits != serial, bracket is not None and letter is None)


def _nairobi(text: str) -> JobLine | None:
    """Nairobi's form: `K1500123 230415`."""
    match = _NAIROBI.fullmatch(text.strip())
    if match is None:
        return None
    letter = match.group("letter")
    days = tuple(day for day in map(day_from_digits, re.findall(r"\d{6}", match.group("after"))) if day)
    language = vocabulary()["job_letters"].get(letter) if letter else None
    return JobLine(JobNumber(number=match.group("number"), language=language, dates=days), letter is not None)


def is_bar_code(text: str) -> bool:
    """True for the readable digits of a bar code: `*2501402*`, `* 2 0 0 6 4 3 3 *`."""
    return bar_code_digits(text) is not None


def bar_code_digits(text: str) -> str | None:
    """The digits of a bar code line, or None."""
    match = _BAR_CODE.fullmatch(text.strip())
    return re.sub(r"\s", "", match.group("digits")) if match else None
