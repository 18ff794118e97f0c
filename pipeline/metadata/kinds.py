"""kinds: what one printed line of a front is by its words: symbol, organ, session, agenda line, date …"""

import re
from enum import StrEnum
from functools import cache

from pipeline.grammar.dates import find_dates
from pipeline.grammar.found import find_symbols
from pipeline.grammar.letters import folded
from pipeline.metadata.front import FrontLine
from pipeline.metadata.job import is_bar_code, read_job_line
from pipeline.metadata.sessions import read_session, read_year
from pipeline.metadata.words import is_organ, language_names, patterns, vocabulary, words

_SYMBOL_SHARE = 0.7  # of a symbol line's characters; the rest is the UN's name, a star, or stray marks
_DATE_SHARE = 0.85


class Mark(StrEnum):
    """Kinds of masthead lines."""

    symbol = "symbol"
    nations = "nations"
    distribution = "distribution"
    original = "original"
    language = "language"
    date = "date"
    organ = "organ"
    session = "session"
    year = "year"
    days = "days"
    agenda = "agenda"
    job = "job"
    bar_code = "bar_code"
    notice = "notice"
    convention = "convention"
    other = "other"


def mark_of(line: FrontLine) -> Mark:
    """What the line is by its words alone; `other` where they are no element's."""
    text = line.text.strip()
    plain = folded(text.strip(" *.:;"))
    if plain in words("united_nations") or text.strip() in _fragments():
        return Mark.nations
    if read_job_line(text):
        return Mark.job
    if is_bar_code(text):
        return Mark.bar_code
    if plain in words("notices"):
        return Mark.notice
    if _is_symbol_line(text, line.recognised):
        return Mark.symbol
    if _is_distribution(text):
        return Mark.distribution
    if original_lead().match(text):
        return Mark.original
    if plain in language_names():
        return Mark.language
    if is_organ(text):
        return Mark.organ
    for mark, test in _TESTS:
        if test(text):
            return mark
    return Mark.other


@cache
def _fragments() -> frozenset[str]:
    return frozenset(vocabulary()["united_nations"]["fragments"])


@cache
def distribution_lead() -> re.Pattern[str]:
    """`Distr.:` and its relatives at the start of a line."""
    lead = "|".join(map(re.escape, vocabulary()["distribution"]["lead"]))
    return re.compile(rf"\s*(?:{lead})\s?[.:]*\s*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)


def _is_distribution(text: str) -> bool:
    """True for a Distr. line: the lead with its stop or colon, or before a word that says who may read it."""
    match = distribution_lead().match(text)
    if match is None:
        return False
    rest = folded(match.group("rest"))
    known = any(
        rest.startswith(w) for kind in ("general", "limited", "restricted") for w in words("distribution", kind)
    )
    return known or not rest or re.match(r"\s*\w+\s?[.:]", text) is not None


@cache
def original_lead() -> re.Pattern[str]:
    """`Original: English` and its relatives: a line with a colon, or with names of languages."""
    lead = "|".join(map(re.escape, vocabulary()["original"]["lead"]))
    return re.compile(rf"\s*(?:{lead})\s?:\s*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)


def _is_symbol_line(text: str, recognised: bool) -> bool:
    found = find_symbols(text, recognised=recognised)
    if not found or len(text) > 90:
        return False
    rest = text
    for name in vocabulary()["united_nations"]["words"]:
        rest = rest.replace(name, "")
    covered = sum(f.end - f.start for f in found)
    return covered >= _SYMBOL_SHARE * len(re.sub(r"[\s*]", "", rest))


def is_date_line(text: str) -> bool:
    """True for a line that is a date and nothing else."""
    dates = find_dates(text)
    return len(dates) == 1 and dates[0].last is None and len(dates[0].printed) >= _DATE_SHARE * len(text.strip(" *.,"))


def is_days_line(text: str) -> bool:
    """True for the days of a session: a range of dates, perhaps behind a place."""
    dates = find_dates(text)
    if len(dates) != 1 or dates[0].last is None:
        return False
    before, after = text[: dates[0].start].strip(), text[dates[0].end :].strip(" .*)")
    return not after and len(before) <= 45 and (not before or before.endswith((",", "،", "(", "du", "del")))


def agenda_list(text: str) -> str | None:
    """The numbers of an agenda line (`Agenda items 34, 35 and 86` → `34, 35 and 86`), or None."""
    plain = folded(text)
    if len(plain) > 400:
        return None
    for pattern in patterns("agenda"):
        match = pattern.match(plain)
        if match and re.match(r"\d", match.group("list")):
            return match.group("list")
    return None


def _is_convention(text: str) -> bool:
    plain = folded(text)
    return len(text) < 60 and any(plain.startswith(start) for start in words("body", "conventions"))


_TESTS = (
    (Mark.date, is_date_line),
    (Mark.days, is_days_line),
    (Mark.agenda, lambda text: agenda_list(text) is not None),
    (Mark.session, lambda text: read_session(text) is not None),
    (Mark.year, lambda text: read_year(text) is not None),
    (Mark.convention, _is_convention),
)
