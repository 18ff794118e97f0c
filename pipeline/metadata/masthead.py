"""The masthead: distribution, date, languages, organs with session or year, agenda items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.grammar.dates import find_dates
from pipeline.grammar.letters import folded, nearest
from pipeline.metadata.dates import date_line
from pipeline.metadata.evidence import Trail
from pipeline.metadata.front import FrontLine, joined, same_group, without_mark
from pipeline.metadata.marks import (
    COLUMN_STEP,
    Mark,
    Marked,
    agenda_list,
    distribution_lead,
    original_lead,
    read_session,
    read_year,
)
from pipeline.metadata.words import (
    language_names,
    languages_named,
    names_body,
    organ_key,
    organ_names,
    organ_spelling,
    words,
)
from schemas.metadata import AgendaItem, Distribution, Organ

_AGENDA_NUMBER = re.compile(
    r"(?P<n>\d{1,3})(?!\d)(?:\s?\(?(?P<a>[a-zа-я]{1,2}|[\u0627-\u064a]ـ?)\)(?:\s?\(?(?P<r>[ivx]{1,4})\))?)?|(?<=[\s,])\(?(?P<more>[a-z])\)"
)
_OPENING = re.compile(
    r"(?:The (?:General Assembly|Security Council|Human Rights Council|Economic and Social Council)"
    r"|(?:L[ae'’]\s?)(?:Assemblée générale|Conseil \w+)|(?:El|La) (?:Asamblea General|Consejo \w+)"
    r"|Генеральная Ассамблея|Совет Безопасности)[^.]{0,30},$"
)
_MASTHEAD_MARKS = frozenset(
    (Mark.original, Mark.symbol, Mark.nations, Mark.organ, Mark.session, Mark.agenda, Mark.year, Mark.convention)
)
_ENOUGH_MARKS = 3  # kinds of lines; a letterhead has the name and perhaps an organ
_WIDE_PT = 280.0  # lines of the text are 340 to 440 points wide, agenda titles at most 260
_RAGGED_PT = 30.0
_BROKEN_OFF = re.compile(r"\b(?:of|the|on|for|and|to|de|des|du|la|les|el|los|y|et|по|о|об|и|в)\s*$", re.IGNORECASE)
"""Small words at which the name of a body breaks off at a line's end."""
_JOINT_AT_END = re.compile(r"(?:,|\b(?:and|et|y|и|و)|-|–)\s*$")


@dataclass
class Masthead:
    """What the masthead's lines gave, and which they are."""

    distribution: Distribution | None = None
    date: str | None = None
    language: str | None = None
    originals: tuple[str, ...] = ()
    organs: list[Organ] = field(default_factory=list)
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
    front = _front(marked)
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
    _organs(front, head, trail)
    _agenda(front, head, trail)
    _days(front, head, trail)
    return head


def _is_damaged_masthead(front: Sequence[Marked]) -> bool:
    """True on a scan for three kinds of masthead lines, where recognition lost the two that prove one in print."""
    if not any(item.line.recognised for item in front):
        return False
    kinds = {item.mark for item in front if item.line.recognised}
    sure = kinds & {Mark.original, Mark.symbol, Mark.nations}
    return bool(sure) and len(kinds & _MASTHEAD_MARKS) >= _ENOUGH_MARKS


def _front(marked: Sequence[Marked]) -> list[Marked]:
    """The lines before the text proper begins: up to the first long unmarked paragraph or numbered line."""
    return list(marked[: front_end(marked)])


def front_end(marked: Sequence[Marked]) -> int:
    """Index of the line with which the text proper begins; the number of lines where none does."""
    styled = any(item.line.bold and item.mark is Mark.other for item in marked)
    for index, item in enumerate(marked):
        if item.mark is Mark.other and begins_text(item.line):
            return index
        opens = item.mark is Mark.other and _OPENING.match(item.text) is not None
        if opens or (styled and item.mark is Mark.other and _opens_paragraph(marked, index)):
            return index
    return len(marked)


def _opens_paragraph(marked: Sequence[Marked], index: int) -> bool:
    """True for the first of three wide lines of plain type, one below the other: a paragraph, not a title."""
    lines = [marked[index].line]
    for i in _below(marked, index)[:4]:
        if not same_group(lines[-1], marked[i].line):
            break
        lines.append(marked[i].line)
    wide = [x for x in lines[:3] if x.box is not None and x.box.width > _WIDE_PT]
    return (
        len(wide) >= 3
        and not any(x.bold or x.text.isupper() or x.recognised for x in lines[:3])
        and _is_indented(lines)
    )


def _is_indented(lines: Sequence[FrontLine]) -> bool:
    """True where lines reach the same margin: those of a title that is centred do not."""
    ends = [line.box.x1 for line in lines[:3] if line.box]
    return max(ends[:2]) - min(ends[:2]) < _RAGGED_PT


def begins_text(line: FrontLine) -> bool:
    """True for a line that opens the text: a numbered paragraph, or a long paragraph of a plain text file."""
    numbered = re.match(r"\s*[1lI١1]\s?[.\-]\s?\S.{25,}", line.text) is not None
    return (numbered and not line.bold) or (line.box is None and len(line.text) > 260)


def _distribution(front: Sequence[Marked], head: Masthead, trail: Trail) -> None:
    index = next((i for i, item in enumerate(front) if item.mark is Mark.distribution), None)
    if index is None:
        _word_alone(front, head, trail)
        _any_date(front, head, trail)
        return
    line = front[index].line
    lead = distribution_lead().match(line.text)
    rest = lead.group("rest") if lead else ""
    below = _below(front, index)
    used = [line]
    if not re.sub(r"\W", "", rest) and below:
        rest, used = front[below[0]].text, [line, front[below[0]].line]
        head.used.add(below[0])
    head.distribution = _distribution_of(rest)
    head.used.add(index)
    if head.distribution:
        trail.note("distribution", used, "distribution_line")
    dates = find_dates(rest)
    candidates = [front[i] for i in below if front[i].mark in (Mark.date, Mark.other)]
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


def _below(front: Sequence[Marked], index: int) -> list[int]:
    """Indexes of the lines below one in its column, nearest first."""
    start = front[index].line.start
    return [i for i in range(index + 1, len(front)) if abs(front[i].line.start - start) < COLUMN_STEP / 2]


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
            for i in _below(front, index)[:3]:
                if not (text.rstrip().endswith(("/", ",", "-")) or not text.strip() or _JOINT_AT_END.search(text)):
                    break
                text = f"{text} {front[i].text}"
                used.append(front[i].line)
                head.used.add(i)
            head.originals = tuple(languages_named(without_mark(text)))
            if head.originals:
                trail.note("original_languages", used, "original_line")


def _organs(front: Sequence[Marked], head: Masthead, trail: Trail) -> None:
    """Organs in printed order; the lines below one in its column give its session, year and days."""
    columns: dict[int, str] = {}
    found: dict[str, _OrganLines] = {}
    bodies = {index: lines for index, lines in _body_lines(front).items() if index not in head.used}
    for index, item in enumerate(front):
        column = int(item.line.start > 0.45)
        if item.mark is Mark.organ:
            plain = folded(item.text.strip(" *,."))
            known = organ_key(item.text) or plain
            key = organ_names().get(known, plain)
            spelled = item.text if known == plain else organ_spelling()[known]
            found.setdefault(key, _OrganLines(without_mark(spelled).strip(" ,."))).lines.append(item.line)
            columns[column] = key
        elif index in bodies:
            lines = bodies[index]
            head.used_bodies.update(i for i, other in enumerate(front) if any(other.line is line for line in lines))
            head.used.update(head.used_bodies)
            name = ", ".join(
                [joined([x for x in lines if not _is_board(x.text)]), *(x.text for x in lines if _is_board(x.text))]
            )
            found.setdefault(name, _OrganLines(name)).lines.extend(lines)
            columns[column] = name
        elif item.mark in (Mark.session, Mark.year):
            key_ = columns.get(column) or next(iter(found), None)
            if key_ is not None:
                found[key_].read(item)
    for row in found.values():
        trail.note(f"organs/{len(head.organs)}", row.lines, "organ_line")
        printed = " ".join(line.text for line in row.lines)
        head.organs.append(Organ(name=row.name, session=row.session, year=row.year, printed=printed))


@dataclass
class _OrganLines:
    name: str
    lines: list[FrontLine] = field(default_factory=list)
    session: int | None = None
    year: int | None = None

    def read(self, item: Marked) -> None:
        session = read_session(item.text) if item.mark is Mark.session else None
        if session and self.session is None:
            self.session = session.number
            self.year = self.year if session.number else session.year
            self.lines.append(item.line)
        elif item.mark is Mark.year and self.year is None:
            self.year = read_year(item.text)
            self.lines.append(item.line)


def _body_lines(front: Sequence[Marked]) -> dict[int, list[FrontLine]]:
    """Names of bodies below the principal organs: index of the first line → its lines.

    A body is named by the unmarked lines right above a session line, or by a line that begins like a body's name and
    has another group of unmarked lines, the title, below it.
    """
    bodies: dict[int, list[FrontLine]] = {}
    taken: set[int] = set()
    for index, item in enumerate(front):
        if item.mark is not Mark.other or index in taken:
            continue
        group = _group(front, index)
        taken.update(group)
        after = _below(front, group[-1])
        next_mark = front[after[0]].mark if after else None
        above_session = next_mark in (Mark.session, Mark.days) and len(group) <= 5
        named = names_body(item.text) and len(group) <= 4 and item.line.start < COLUMN_STEP
        if Mark.agenda in (other.mark for other in front[:index]):
            break
        if (above_session and _may_name_body(item.line)) or (
            named and next_mark is Mark.other and _has_masthead_above(front, index)
        ):
            _add_body(bodies, front, group)
    return bodies


def _add_body(bodies: dict[int, list[FrontLine]], front: Sequence[Marked], group: list[int]) -> None:
    """Adds a body's lines, cut where a second body begins ("Council" / "Working Group on …")."""
    cuts = [
        i
        for n, i in enumerate(group)
        if n == 0
        or (
            names_body(front[i].text)
            and not _is_board(front[i].text)
            and not _BROKEN_OFF.search(front[group[n - 1]].text)
        )
    ]
    for first, after in zip(cuts, [*cuts[1:], group[-1] + 1], strict=True):
        lines = [front[i].line for i in group if first <= i < after]
        bodies[first] = lines


def _is_board(text: str) -> bool:
    """True for a governing board printed below the name of its own fund or programme."""
    return folded(text) in ("conseil d'administration", "executive board", "governing council", "junta ejecutiva")


def _may_name_body(line: FrontLine) -> bool:
    return not re.match(r"\d{1,3}\b|[(*]", line.text) and len(line.text) < 120


def _has_masthead_above(front: Sequence[Marked], index: int) -> bool:
    kinds = {item.mark for item in front[:index]}
    return bool(kinds & {Mark.distribution, Mark.original, Mark.date}) and Mark.agenda not in kinds


def _group(front: Sequence[Marked], index: int) -> list[int]:
    group = [index]
    for i in _below(front, index):
        if front[i].mark is not Mark.other or not same_group(front[group[-1]].line, front[i].line):
            break
        group.append(i)
    return group


def _agenda(front: Sequence[Marked], head: Masthead, trail: Trail) -> None:
    for index, item in enumerate(front):
        if item.mark is not Mark.agenda:
            continue
        text, used = item.text, [item.line]
        for i in _below(front, index)[:3]:
            if not (_JOINT_AT_END.search(text) or re.match(r"\s*(?:and\s)?\d[\d\s,()a-z]*$", front[i].text)):
                break
            text = f"{text} {front[i].text}"
            used.append(front[i].line)
            head.used.add(i)
        numbers = agenda_numbers(agenda_list(text) or "")
        head.has_agenda_line = True
        head.used.add(index)
        if numbers and not head.items:
            head.items = tuple(AgendaItem(number=number) for number in numbers)
            trail.note("agenda_items", used, "agenda_line")
        return


def agenda_numbers(text: str) -> list[str]:
    """The items of a list: "20 (b), 34 and 86" → `20 (b)`, `34`, `86`; "71 (a) and (c)" → `71 (a)`, `71 (c)`."""
    found: list[str] = []
    last = ""
    for match in _AGENDA_NUMBER.finditer(text):
        if match.group("n"):
            last = str(int(match.group("n")))
            letter, roman = match.group("a"), match.group("r")
            found.append(last + (f" ({letter})" if letter else "") + (f" ({roman})" if roman else ""))
        elif last:
            found.append(f"{last} ({match.group('more')})")
    return list(dict.fromkeys(found))


def _is_place(text: str) -> bool:
    """True for a line that may be a place alone ("Geneva"), printed between a session and its days."""
    return len(text) <= 30 and text[:1].isupper() and not any(c.isdigit() for c in text)


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
