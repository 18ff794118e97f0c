"""The masthead: distribution, date, languages, organs with session or year, agenda items, days."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.grammar.dates import find_dates
from pipeline.grammar.letters import folded, nearest
from pipeline.metadata.agenda import read_agenda
from pipeline.metadata.dates import date_line
from pipeline.metadata.evidence import Trail
from pipeline.metadata.front import without_mark
from pipeline.metadata.kinds import Mark, distribution_lead, original_lead
from pipeline.metadata.marks import COLUMN_STEP, Marked, below
from pipeline.metadata.opening import front_end
from pipeline.metadata.organs import read_organs
from pipeline.metadata.words import ends_in_joint, language_names, languages_named, words
from schemas.metadata import AgendaItem, Distribution, Organ

_MASTHEAD_MARKS = frozenset(
    (Mark.original, Mark.symbol, Mark.nations, Mark.organ, Mark.session, Mark.agenda, Mark.year, Mark.convention)
)
_ENOUGH_MARKS = 3  # kinds of lines; a letterhead has the name and perhaps an organ


@dataclass
class Masthead:
    """What the masthead's lines gave, and which they are."""

    distribution: Distribution | None = None
    date: str | None = None
    language: str | None = None
    originals: tuple[str, ...] = ()
    organs: tuple[Organ, ...] = ()
    session_start: str | None = None
    session_end: str | None = None
    place: str | None = None
    items: tuple[AgendaItem, ...] = ()
    has_agenda_line: bool = False
    used: set[int] = field(default_factory=set)
    """Indexes of the marked lines that belong to it."""
    used_bodies: set[int] = field(default_factory=set)
    """Those of them that name a body below the principal organs."""


def read_masthead(marked: Sequence[Marked], trail: Trail) -> Masthead | None:
    """The masthead of a UN document, or None where the page has none.

    Two of these make one: a Distr. line, an Original line, a symbol line, the UN's name, an organ's name; a document
    with a symbol and an emblem alone (a brochure) has none.
    """
    front = marked[: front_end(marked)]
    kinds = {item.mark for item in front}
    has_distribution = Mark.distribution in kinds
    if (
        not has_distribution
        and not {Mark.nations, Mark.symbol, Mark.organ} <= kinds
        and not ({Mark.original, Mark.symbol} <= kinds)
        and not _is_damaged_masthead(front)
    ):
        return None
    head = Masthead()
    shown = (Mark.distribution, Mark.original, Mark.symbol)
    first = next((item for item in front if item.mark in shown), front[0])
    trail.note("has_masthead", first.line, "masthead_lines")
    _distribution(front, head, trail)
    _languages(front, head, trail)
    organs = read_organs(front, head.used, trail)
    head.organs = organs.found
    head.used_bodies |= organs.bodies
    head.used |= organs.bodies
    agenda = read_agenda(front, trail)
    if agenda is not None:
        head.has_agenda_line = True
        head.items = agenda.items
        head.used.update(agenda.used)
    _days(front, head, trail)
    return head


def _is_damaged_masthead(front: Sequence[Marked]) -> bool:
    """True on a scan for three kinds of masthead lines, where recognition lost the two that prove one in print."""
    if not any(item.line.recognised for item in front):
        return False
    kinds = {item.mark for item in front if item.line.recognised}
    sure = kinds & {Mark.original, Mark.symbol, Mark.nations}
    return bool(sure) and len(kinds & _MASTHEAD_MARKS) >= _ENOUGH_MARKS


def _distribution(front: Sequence[Marked], head: Masthead, trail: Trail) -> None:
    index = next((i for i, item in enumerate(front) if item.mark is Mark.distribution), None)
    if index is None:
        _word_alone(front, head, trail)
        _any_date(front, head, trail)
        return
    line = front[index].line
    lead = distribution_lead().match(line.text)
    rest = lead.group("rest") if lead else ""
    under = below(front, index)
    used = [line]
    if not re.sub(r"\W", "", rest) and under:
        rest, used = front[under[0]].text, [line, front[under[0]].line]
        head.used.add(under[0])
    head.distribution = _distribution_of(rest)
    head.used.add(index)
    if head.distribution:
        trail.note("distribution", used, "distribution_line")
    dates = find_dates(rest)
    candidates = [front[i] for i in under if front[i].mark in (Mark.date, Mark.other)]
    if dates and dates[0].iso:
        head.date = dates[0].iso
        trail.note("dates/masthead", line, "date_in_distribution_line")
        return
    for item in candidates[:6] or [item for item in front if item.mark is Mark.date][:1]:
        found = date_line(item.text)
        if found is None:
            continue
        head.date = found.date.iso
        if head.date:
            trail.note("dates/masthead", item.line, "date_below_distribution")
        else:
            what = f"The masthead prints the date {item.text!r}, which cannot be; check it."
            trail.warn("impossible_date", what, item.line.page)
        if found.mended:
            trail.mended_date(item.text, head.date, item.line.page)
        return
    _any_date(front, head, trail)


def _word_alone(front: Sequence[Marked], head: Masthead, trail: Trail) -> None:
    """Distribution from "GENERAL" alone on its line, where a scan lost the "Distr." above it."""
    for index, item in enumerate(front):
        kind = _distribution_of(item.text) if item.line.recognised and item.mark is Mark.other else None
        if kind and item.text.isupper() and folded(item.text) in words("distribution", kind.value):
            head.distribution = kind
            head.used.add(index)
            trail.note("distribution", item.line, "distribution_word")
            return


def _any_date(front: Sequence[Marked], head: Masthead, trail: Trail) -> None:
    item = next((item for item in front if item.mark is Mark.date), None)
    found = find_dates(item.text) if item else []
    if item and found and found[0].iso:
        head.date = found[0].iso
        trail.note("dates/masthead", item.line, "date_line")


def _distribution_of(text: str) -> Distribution | None:
    plain = folded(text)
    for kind in (Distribution.limited, Distribution.restricted, Distribution.general):
        if any(plain.startswith(word) for word in words("distribution", kind.value)):
            return kind
    kinds = {word: kind for kind in Distribution for word in words("distribution", kind.value)}
    misread = nearest(plain, kinds)
    return kinds[misread] if misread else None


def _languages(front: Sequence[Marked], head: Masthead, trail: Trail) -> None:
    for index, item in enumerate(front):
        if item.mark is Mark.language and head.language is None and not head.originals:
            head.language = language_names()[folded(item.text.strip(" *.:;"))]
            trail.note("language", item.line, "language_line")
        elif item.mark is Mark.original and not head.originals:
            lead = original_lead().match(item.text)
            text, used = (lead.group("rest") if lead else ""), [item.line]
            for i in below(front, index)[:3]:
                if not (text.rstrip().endswith(("/", ",", "-")) or not text.strip() or ends_in_joint(text)):
                    break
                text = f"{text} {front[i].text}"
                used.append(front[i].line)
                head.used.add(i)
            head.originals = tuple(languages_named(without_mark(text)))
            if head.originals:
                trail.note("original_languages", used, "original_line")


def _days(front: Sequence[Marked], head: Masthead, trail: Trail) -> None:
    """The days of the session, and the place printed before them."""
    session_seen = False
    for index, item in enumerate(front):
        session_seen = session_seen or item.mark is Mark.session or index in head.used_bodies
        is_body = index in head.used_bodies
        if (
            session_seen
            and not is_body
            and item.mark is Mark.other
            and item.line.start < COLUMN_STEP
            and not _is_place(item.text)
        ):
            return
        if item.mark is Mark.days and session_seen:
            found = find_dates(item.text)[0]
            head.session_start, head.session_end = found.iso, found.last
            trail.note("dates/session_start", item.line, "session_days")
            trail.note("dates/session_end", item.line, "session_days")
            place = item.text[: found.start].strip(" ,.\u060c")
            if place and not any(c.isdigit() for c in place):
                head.place = place
                trail.note("place", item.line, "session_place")
            return


def _is_place(text: str) -> bool:
    """True for a line that may be a place alone ("Geneva"), printed between a session and its days."""
    return len(text) <= 30 and text[:1].isupper() and not any(c.isdigit() for c in text)
