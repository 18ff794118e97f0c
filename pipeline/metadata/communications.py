"""Letters and notes verbales: sender, addressees, reference, place, circulation request, announced enclosures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.grammar.dates import find_dates
from pipeline.grammar.letters import folded
from pipeline.metadata.agenda import agenda_numbers
from pipeline.metadata.dates import date_line
from pipeline.metadata.evidence import Trail
from pipeline.metadata.front import FrontLine, joined
from pipeline.metadata.parties import parties_of, party_of, senders_of
from pipeline.metadata.signatures import looks_like_name
from pipeline.metadata.words import organ_names, patterns, vocabulary
from schemas.layout import TextBlock
from schemas.metadata import CirculationRequest, EnclosureAnnounced, Organ, Party

_HEAD_BLOCKS = 30  # a letter's date and reference stand above its text, within the first blocks
_TAIL_BLOCKS = 8  # or below it
_LONGEST_PLACE = 40
_LONGEST_ROLE = 260


@dataclass(frozen=True, slots=True)
class Frame:
    """What a letter's title or opening says."""

    senders: tuple[Party, ...] = ()
    addressees: tuple[Party, ...] = ()
    date: str | None = None


def read_title_frame(title: str, lines: Sequence[FrontLine], trail: Trail) -> Frame:
    """Sender, addressees and date of "Letter dated D from X addressed to Y" and its like in seven languages."""
    for pattern in patterns("letter_titles"):
        match = pattern.search(title)
        if match is None:
            continue
        dates = find_dates(match.group("date"))
        date = dates[0].iso if dates else None
        if date:
            trail.note("dates/document", lines, "title_date")
        elif dates:
            trail.warn(
                "impossible_date", f"The title prints the date {dates[0].printed!r}, which cannot be; check it.", 1
            )
        trail.note("senders/0", lines, "title_sender")
        trail.note("addressees/0", lines, "title_addressee")
        return Frame(senders_of(match.group("sender")), parties_of(match.group("addressee")), date)
    dates = find_dates(title)
    if dates and dates[0].iso and dates[0].last is None:
        trail.note("dates/document", lines, "title_date")
        return Frame(date=dates[0].iso)
    return Frame()


def read_opening_frame(blocks: Sequence[TextBlock], trail: Trail) -> Frame:
    """Sender and addressee of a note verbale without a title, from "X presents its compliments to Y"."""
    for block in blocks[:_HEAD_BLOCKS]:
        for pattern in patterns("note_verbale_frame", "parties"):
            match = pattern.search(block.text)
            if match:
                trail.put("senders/0", block.id, block.page, match.group(), "compliments")
                trail.put("addressees/0", block.id, block.page, match.group(), "compliments")
                return Frame((party_of(match.group("sender")),), parties_of(match.group("addressee")))
    return Frame()


def read_letterhead(lines: Sequence[FrontLine], signatory: str | None, trail: Trail) -> tuple[Party, ...]:
    """The sender whose office stands above the date or the greeting of a letter without a title."""
    groups: dict[int, list[FrontLine]] = {}
    for line in lines[:14]:
        if find_dates(line.text) or any(p.search(folded(line.text)) for p in patterns("salutations", "words")):
            break
        groups.setdefault(line.group, []).append(line)
    parties = [(party_of(joined(group)), group) for group in groups.values()]
    stated = [(party, group) for party, group in parties if party.state]
    english = [row for row in stated if row[1][0].text.isascii()] or stated
    if not english:
        return ()
    party, group = english[0]
    trail.note("senders/0", group, "letterhead")
    return (party.model_copy(update={"name": signatory}),)


def read_addressees(blocks: Sequence[TextBlock], trail: Trail) -> tuple[Party, ...]:
    """People named with an honorific at the start of a short block, with the office below: the address blocks."""
    honorifics = sorted(vocabulary()["signed"]["honorifics"], key=len, reverse=True)
    found: list[Party] = []
    for index, block in enumerate(blocks[:_HEAD_BLOCKS]):
        lines = [line for line in block.printed_lines() if line]
        if not lines or block.furniture or not lines[0].startswith(tuple(honorifics)):
            continue
        name, rest = _addressed(lines, honorifics)
        if not looks_like_name(name):
            continue
        role = " ".join(rest) or _role_below(blocks, index)
        trail.put(f"addressees/{len(found)}", block.id, block.page, block.text, "address_block")
        found.append(party_of(role).model_copy(update={"name": name, "role": role or None, "organization": None}))
    return tuple(found)


def _addressed(lines: Sequence[str], honorifics: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The name behind its honorifics, which may fill a line of their own ("His Excellency"), and the lines below it."""
    for number, line in enumerate(lines[:2]):
        name = line
        while honorific := next((h for h in honorifics if name.startswith(h)), None):
            name = name.removeprefix(honorific).strip(" ,*")
        if name:
            return name, lines[number + 1 :]
    return "", ()


def _role_below(blocks: Sequence[TextBlock], index: int) -> str:
    after = next((b for b in blocks[index + 1 :] if b.text.strip()), None)
    if after is None or after.furniture or len(after.text) > _LONGEST_ROLE or after.text.rstrip().endswith((".", ":")):
        return ""
    return after.text.strip()


def read_place_and_date(blocks: Sequence[TextBlock], trail: Trail) -> tuple[str | None, str | None]:
    """Place and ISO date of a line such as "Baku, 12 November 2020" above or below the text of a letter."""
    shown = [block for block in blocks if block.text.strip() and not block.furniture]
    for block in [*shown[:_HEAD_BLOCKS], *shown[-_TAIL_BLOCKS:]]:
        for line in block.printed_lines():
            read = _place_and_date(line)
            if read is None and len(line) < _LONGEST_PLACE and (mended := date_line(line)) and mended.mended:
                read = (None, mended.date.iso or "")
                trail.mended_date(line, mended.date.iso, block.page)
            if read is not None:
                place, date = read
                trail.put("dates/document", block.id, block.page, line, "date_line")
                if place:
                    trail.put("place", block.id, block.page, line, "date_line")
                return place, date
    return None, None


def _place_and_date(line: str) -> tuple[str | None, str] | None:
    for pattern in patterns("memo", "date"):
        match = pattern.match(line)
        line = match.group("value") if match else line
    dates = find_dates(line)
    if len(dates) != 1 or dates[0].iso is None or dates[0].last or len(dates[0].iso) < 10:
        return None
    before, after = line[: dates[0].start].strip(" ,.*"), line[dates[0].end :].strip(" ,.*")
    if after and not re.fullmatch(r"-?c[iıuü] il|года|г\.?", after):
        return None
    before = re.sub(
        r"\s?(?:,?\s(?:le|the|on)|,?\s?(?:date|fecha|дата)\s?:?)$|^(?:date|fecha)\s?:?$", "", before, flags=re.I
    )
    if len(before) > _LONGEST_PLACE or any(c.isdigit() for c in before) or len(before.split()) > 4:
        return None
    return (before or None), dates[0].iso


def read_reference(lines: Sequence[FrontLine], trail: Trail) -> str | None:
    """The sender's own reference (`0461/27/20/22`), or None."""
    for line in lines[:40]:
        for pattern in patterns("reference", "pattern"):
            match = pattern.match(line.text.strip("*_ "))
            if match and any(c.isdigit() for c in match.group("value")):
                trail.note("reference", line, "reference_line")
                return match.group("value").strip(" .*")
    return None


def read_circulation(
    blocks: Sequence[TextBlock], trail: Trail, organs: Sequence[Organ] = ()
) -> CirculationRequest | None:
    """The organs and agenda items of the request to circulate the text as a UN document, or None.

    `organs` are those of the masthead, one of which "the Council" means where the sentence names none in full.
    """
    for block in reversed(blocks):
        if len(block.text) < 40 or block.furniture:
            continue
        for pattern in patterns("circulation"):
            match = pattern.search(block.text)
            if match:
                trail.put("circulation_request", block.id, block.page, match.group(), "circulation_words")
                named = _organs_in(match.group()) or _shortened(match.group(), organs)
                return CirculationRequest(organs=named, agenda_items=_items_in(match.group()))
    return None


def _organs_in(text: str) -> tuple[str, ...]:
    names = {name for row in vocabulary()["organ"] for name in row["names"] if folded(name) in organ_names()}
    plain = folded(text)
    return tuple(sorted((n for n in names if folded(n) in plain), key=lambda n: (plain.index(folded(n)), n)))


def _shortened(text: str, organs: Sequence[Organ]) -> tuple[str, ...]:
    short = [word for word in vocabulary()["circulation"]["short_names"] if re.search(rf"\b{word}\b", text)]
    return tuple(organ.name for organ in organs if any(folded(word)[:6] in folded(organ.name) for word in short))


def _items_in(text: str) -> tuple[str, ...]:
    for pattern in patterns("circulation", "items"):
        match = pattern.search(text)
        if match:
            return tuple(agenda_numbers(match.group("list")))
    return ()


def read_enclosures(blocks: Sequence[TextBlock], has_attached: bool, trail: Trail) -> tuple[EnclosureAnnounced, ...]:
    """The lines that announce enclosures ("Encl.: 89 pages"); present where the file holds an attached part."""
    found: list[EnclosureAnnounced] = []
    counts = patterns("enclosures", "pages")
    for block in blocks:
        if block.furniture or len(block.text) > 600:
            continue
        for line in block.printed_lines():
            match = next((m for p in patterns("enclosures", "pattern") if (m := p.match(line))), None)
            if match is None:
                continue
            count = next((c for p in counts if (c := p.search(line))), None)
            trail.put(f"enclosures_announced/{len(found)}", block.id, block.page, line, "enclosure_line")
            pages = int(count.group("n")) if count else None
            printed = line.strip("*_ ")
            found.append(EnclosureAnnounced(printed=printed, pages=pages, present=has_attached))
    return tuple(found)
