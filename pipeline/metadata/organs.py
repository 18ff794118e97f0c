"""The organs of the masthead, with their sessions and years."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from pipeline.grammar.letters import folded
from pipeline.metadata.evidence import Trail
from pipeline.metadata.front import FrontLine, joined, same_group, without_mark
from pipeline.metadata.kinds import Mark
from pipeline.metadata.marks import COLUMN_STEP, Marked, below
from pipeline.metadata.sessions import read_session, read_year
from pipeline.metadata.words import breaks_off, names_board, names_body, organ_key, organ_names, organ_spelling
from schemas.metadata import Organ

_SECOND_COLUMN = 0.45  # of the width: where organs print their own column beside the first one


@dataclass(frozen=True, slots=True)
class Organs:
    """The organs in printed order, and which of the front's lines name a body below the principal ones."""

    found: tuple[Organ, ...]
    bodies: frozenset[int]


def read_organs(front: Sequence[Marked], used: Collection[int], trail: Trail) -> Organs:
    """Organs and bodies; the lines below one in its column give its session and year. `used` lines name none."""
    columns: dict[int, str] = {}
    found: dict[str, _OrganLines] = {}
    bodies = {index: lines for index, lines in _body_lines(front).items() if index not in used}
    for index, item in enumerate(front):
        column = int(item.line.start > _SECOND_COLUMN)
        if item.mark is Mark.organ:
            key, name = _principal(item.text)
            found.setdefault(key, _OrganLines(name)).lines.append(item.line)
            columns[column] = key
        elif index in bodies:
            name = _name_of(bodies[index])
            found.setdefault(name, _OrganLines(name)).lines.extend(bodies[index])
            columns[column] = name
        elif item.mark in (Mark.session, Mark.year):
            above = columns.get(column) or next(iter(found), None)
            if above is not None:
                found[above].read(item)
    for number, row in enumerate(found.values()):
        trail.note(f"organs/{number}", row.lines, "organ_line")
    named = [line for lines in bodies.values() for line in lines]
    indexes = frozenset(i for i, other in enumerate(front) if any(other.line is line for line in named))
    return Organs(tuple(row.organ() for row in found.values()), indexes)


def _principal(text: str) -> tuple[str, str]:
    """Key and name of a principal organ: as printed, or in the vocabulary's spelling where a letter was misread."""
    plain = folded(text.strip(" *,."))
    known = organ_key(text) or plain
    spelled = text if known == plain else organ_spelling()[known]
    return organ_names().get(known, plain), without_mark(spelled).strip(" ,.")


def _name_of(lines: Sequence[FrontLine]) -> str:
    """The name of a body; a governing board stands behind the fund whose board it is."""
    boards = [line.text for line in lines if names_board(line.text)]
    return ", ".join([joined([line for line in lines if not names_board(line.text)]), *boards])


@dataclass
class _OrganLines:
    name: str
    lines: list[FrontLine] = field(default_factory=list)
    session: int | None = None
    year: int | None = None

    def organ(self) -> Organ:
        """What the lines say."""
        printed = " ".join(line.text for line in self.lines)
        return Organ(name=self.name, session=self.session, year=self.year, printed=printed)

    def read(self, item: Marked) -> None:
        """Takes a session or year line."""
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
        after = below(front, group[-1])
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
        or (names_body(front[i].text) and not names_board(front[i].text) and not breaks_off(front[group[n - 1]].text))
    ]
    for first, after in zip(cuts, [*cuts[1:], group[-1] + 1], strict=True):
        lines = [front[i].line for i in group if first <= i < after]
        bodies[first] = lines


def _may_name_body(line: FrontLine) -> bool:
    return not re.match(r"\d{1,3}\b|[(*]", line.text) and len(line.text) < 120


def _has_masthead_above(front: Sequence[Marked], index: int) -> bool:
    kinds = {item.mark for item in front[:index]}
    return bool(kinds & {Mark.distribution, Mark.original, Mark.date}) and Mark.agenda not in kinds


def _group(front: Sequence[Marked], index: int) -> list[int]:
    group = [index]
    for i in below(front, index):
        if front[i].mark is not Mark.other or not same_group(front[group[-1]].line, front[i].line):
            break
        group.append(i)
    return group
