"""Resolutions, drafts, records: adoption, sponsors, meeting, and what a corrigendum or addendum belongs to."""

import re
from collections.abc import Sequence

from pipeline.grammar.dates import find_dates
from pipeline.grammar.symbol import SymbolError, parse_symbols
from pipeline.metadata.evidence import Trail
from pipeline.metadata.words import patterns
from schemas.layout import TextBlock
from schemas.metadata import Adoption, DocumentType, Meeting, Symbol

_ACTS = (DocumentType.resolution, DocumentType.decision, DocumentType.presidential_statement)
_RECORDS = (DocumentType.verbatim_record, DocumentType.summary_record)
_VOTE = re.compile(
    r"\[?\s?(Adopted (?:without a vote|by (?:a recorded|consensus)[^\]]{0,160}|unanimously)[^\]]{0,10}?\.?)\s?\]"
)
_AMENDING = ("Corr.", "Add.", "Rev.", "Amend.")


def read_adoption(
    kind: DocumentType, blocks: Sequence[TextBlock], head: str, trail: Trail
) -> tuple[str | None, Adoption | None]:
    """Day of adoption, and meeting and vote, of a resolution, decision or presidential statement.

    `head` is the title block as one text. A sentence of the text that says when another resolution was adopted is never
    read: only the title block, the first blocks, and the lines "41st meeting / 19 March 2015" below the text count.
    """
    if kind not in _ACTS:
        return None, None
    opening = _opening_of_statement(blocks) if kind is DocumentType.presidential_statement else ""
    date = _in_head(f"{head}\n{opening}", blocks, trail)
    meeting, below = _meeting_below(blocks, trail if date is None else Trail())
    if meeting is None:
        found = next((m for p in patterns("adoption", "meeting") if (m := p.search(f"{head}\n{opening}"))), None)
        meeting = int(found.group("meeting")) if found else None
    vote = next(
        (m.group(1).strip() for b in reversed(blocks) if "dopted" in b.text and (m := _VOTE.search(b.text))), None
    )
    return date or below, Adoption(meeting=meeting, vote=vote) if meeting or vote else None


def _opening_of_statement(blocks: Sequence[TextBlock]) -> str:
    """The paragraph that opens a presidential statement: "At the 9836th meeting of the Security Council, held on …"."""
    openings = patterns("adoption", "openings")
    return next((b.text for b in blocks[:20] if any(opening.match(b.text) for opening in openings)), "")


def _in_head(head: str, blocks: Sequence[TextBlock], trail: Trail) -> str | None:
    for text in (
        head,
        *(b.text for b in blocks[:20] if re.match(r"\W*(?:Adopted|Adoptée?|Aprobad|Принят|اتخذ)", b.text)),
    ):
        for pattern in patterns("adoption"):
            match = pattern.search(text)
            dates = find_dates(match.group("date")) if match else []
            if match and dates and dates[0].iso:
                trail.put("dates/adopted", blocks[0].id, blocks[0].page, match.group(), "adoption_line")
                return dates[0].iso
    return None


def _meeting_below(blocks: Sequence[TextBlock], trail: Trail) -> tuple[int | None, str | None]:
    """Meeting and date that stand as two lines of their own, as Geneva and New York print them below a text."""
    lines = [(line, block) for block in blocks if not block.furniture for line in block.printed_lines() if line]
    for index in range(len(lines) - 1, 0, -1):
        line, block = lines[index]
        if len(line) > 60:
            continue
        above = lines[index - 1][0]
        dates = find_dates(line)
        for pattern in patterns("adoption", "meeting"):
            match = pattern.match(above) or pattern.match(line)
            if match and len(above) < 60 and dates and dates[0].iso and dates[0].last is None:
                trail.put("dates/adopted", block.id, block.page, f"{above} {line}", "meeting_line")
                return int(match.group("meeting")), dates[0].iso
    return None, None


def read_meeting(
    kind: DocumentType, symbols: Sequence[Symbol], blocks: Sequence[TextBlock], trail: Trail
) -> Meeting | None:
    """Number and day of the meeting of a verbatim or summary record."""
    if kind not in _RECORDS:
        return None
    serial = next((s.serial for s in symbols if s.serial and s.serial.isdigit()), None)
    for block in blocks[:30]:
        dates = find_dates(block.text) if len(block.text) < 200 else []
        if (
            dates
            and dates[0].iso
            and len(dates[0].iso) == 10
            and not block.furniture
            and ("." in block.text or "," in block.text)
        ):
            trail.put("meeting/date", block.id, block.page, block.text, "meeting_day")
            return Meeting(number=int(serial) if serial else None, date=dates[0].iso)
    return Meeting(number=int(serial)) if serial else None


def read_sponsors(kind: DocumentType, title_lines: Sequence[str]) -> tuple[str, ...]:
    """The States before "draft resolution" in the title block ("Armenia, Belgium and Chile: draft resolution")."""
    if kind is not DocumentType.draft_resolution:
        return ()
    for line in title_lines:
        match = re.match(r"(?P<states>.+?)\s?:\s+(?:revised )?draft (?:resolution|decision)", line, re.IGNORECASE)
        if match:
            pieces = re.split(
                r",\s+(?:and\s+)?|\s+and\s+(?!Herzegovina|Barbuda|Nevis|Tobago|Principe|the Grenadines)",
                match.group("states"),
            )
            return tuple(piece.strip(" *") for piece in pieces if piece.strip(" *"))
    return ()


def amended_symbol(symbols: Sequence[Symbol]) -> str | None:
    """The symbol that a corrigendum, addendum or revision belongs to, or None."""
    bases = []
    for symbol in symbols:
        if not symbol.modifiers or not symbol.modifiers[-1].startswith(_AMENDING):
            return None
        try:
            bases.append(parse_symbols(symbol.symbol[: symbol.symbol.rindex("/")])[0].symbol)
        except SymbolError:
            return None
    return "-".join(bases) or None
