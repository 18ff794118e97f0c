"""The line of agenda items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.metadata.evidence import Trail
from pipeline.metadata.kinds import Mark, agenda_list
from pipeline.metadata.marks import Marked, below
from pipeline.metadata.words import ends_in_joint
from schemas.metadata import AgendaItem

_AGENDA_NUMBER = re.compile(
    r"(?P<n>\d{1,3})(?!\d)(?:\s?\(?(?P<a>[a-zа-я]{1,2}|[\u0627-\u064a]ـ?)\)(?:\s?\(?(?P<r>[ivx]{1,4})\))?)?|(?<=[\s,])\(?(?P<more>[a-z])\)"
)
_MORE = re.compile(r"\s*(?:and\s)?\d[\d\s,()a-z]*$")


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the line says, and which of the front's lines it took."""

    items: tuple[AgendaItem, ...]
    used: tuple[int, ...]


def read_agenda(front: Sequence[Marked], trail: Trail) -> Agenda | None:
    """The first agenda line; None where there is none."""
    index = next((i for i, item in enumerate(front) if item.mark is Mark.agenda), None)
    if index is None:
        return None
    text, used = front[index].text, [index]
    for i in below(front, index)[:3]:
        if not (ends_in_joint(text) or _MORE.match(front[i].text)):
            break
        text = f"{text} {front[i].text}"
        used.append(i)
    numbers = agenda_numbers(agenda_list(text) or "")
    if numbers:
        trail.note("agenda_items", [front[i].line for i in used], "agenda_line")
    return Agenda(tuple(AgendaItem(number=number) for number in numbers), tuple(used))


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
