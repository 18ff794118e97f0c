"""Cross-checks: what the parts of a record say against each other. They report; they never mend."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.grammar.damaged import mended_symbols, reshaped_organs
from pipeline.grammar.dates import find_dates
from pipeline.grammar.filenames import symbol_from_file_name
from pipeline.grammar.found import find_symbols
from pipeline.grammar.letters import SYMBOL_LETTERS
from pipeline.grammar.symbol import format_symbols, parse_symbols
from schemas.citation import Citation
from schemas.layout import TextBlock
from schemas.metadata import Metadata, Symbol
from schemas.problem import Problem, Severity
from schemas.structure import Footnote, Outline

_ODD_DAY = re.compile(r"[0-9](?<![0-9.,/][0-9])(?:[0-9]{2}|(?<=2)9|(?<=[3-9])[0-9])\s(?=[^\W\d_])")
"""A number before a word that may be a day no month has; all other text is passed over, at once where no figure is."""

_DATE_LENGTH = 40  # code points: the longest printed date has 30
_FIRST_SESSION = 1945  # session and Council year N belong to 1945 + N


def check(
    metadata: Metadata, outline: Outline, citations: Sequence[Citation], blocks: Sequence[TextBlock], file_name: str
) -> tuple[Problem, ...]:
    """The contradictions between symbol, session, year, dates, job number, running heads, agenda, notes and file name.

    Each problem has a code to filter by and a sentence that says what is printed where, and what to look at.
    """
    found = (
        *_session_against_year(metadata),
        *_council_year(metadata),
        *_symbol_against_session(metadata),
        *_job_against_bar_code(metadata),
        *_job_against_language(metadata),
        *_resolution_against_year(metadata),
        *_running_heads(metadata, blocks),
        *_file_name(metadata, file_name),
        *_agenda(metadata),
        *_dates(metadata),
        *_impossible_dates(blocks),
        *_falling_serials(citations, blocks),
        *_mended_symbols(citations, blocks),
        *_footnotes(outline),
    )
    return tuple(dict.fromkeys(found))


def _problem(code: str, message: str, page: int | None = 1, severity: Severity = Severity.warning) -> Problem:
    return Problem(severity=severity, stage="metadata", code=code, page=page, message=message)


def _of(symbols: Sequence[Symbol], organ: str) -> Symbol | None:
    return next((s for s in symbols if s.organ == organ and not s.body), None)


def _session_against_year(m: Metadata) -> Iterator[Problem]:
    """A regular Assembly session N runs from September 1945 + N through the next year."""
    assembly, council = _of(m.symbols, "A"), _of(m.symbols, "S")
    if assembly is None or assembly.session is None or assembly.session_kind != "regular":
        return
    first = _FIRST_SESSION + int(assembly.session)
    if council is not None and council.year is not None and council.year not in (first, first + 1):
        yield _problem(
            "session_year_mismatch",
            f"{format_symbols(m.symbols)}: session {assembly.session} ran in {first} and {first + 1}, "
            f"but the Council's symbol says {council.year}. One of the two numbers is misread or misprinted.",
        )
    year = int(m.dates.masthead[:4]) if m.dates.masthead else None
    if year is not None and not first - 1 <= year <= first + 2:
        yield _problem(
            "session_date_mismatch",
            f"{assembly.symbol} is of session {assembly.session} ({first} and {first + 1}), "
            f"but the masthead is dated {m.dates.masthead}. Check symbol and date on the first page.",
        )


def _council_year(m: Metadata) -> Iterator[Problem]:
    council = _of(m.symbols, "S")
    for organ in m.organs:
        if organ.year is None or organ.year > 200 or council is None or council.year is None:
            continue
        if _FIRST_SESSION + organ.year != council.year:
            yield _problem(
                "council_year_mismatch",
                f"The masthead prints {organ.printed!r}, which is {_FIRST_SESSION + organ.year}, "
                f"but the symbol is {council.symbol}. Check which one is right.",
            )


def _symbol_against_session(m: Metadata) -> Iterator[Problem]:
    assembly = _of(m.symbols, "A")
    sessions = [organ.session for organ in m.organs if organ.session is not None]
    if assembly is None or assembly.session is None or not sessions or assembly.session_kind != "regular":
        return
    if int(assembly.session) not in sessions and len(m.organs) <= 2:
        yield _problem(
            "symbol_session_mismatch",
            f"The symbol {assembly.symbol} names session {assembly.session}, the masthead session {sessions[0]}.",
        )


def _job_against_bar_code(m: Metadata) -> Iterator[Problem]:
    if m.job_number is None or m.bar_code is None:
        return
    digits = re.sub(r"\D", "", m.job_number.number)
    if digits != m.bar_code:
        yield _problem(
            "job_bar_code_mismatch",
            f"The job number is {m.job_number.number}, but the bar code reads {m.bar_code}; "
            "their digits should be the same.",
        )


def _job_against_language(m: Metadata) -> Iterator[Problem]:
    """The letter behind the job number names the language of the version."""
    job = m.job_number
    if job and job.language and m.language and job.language != m.language.split("-")[0]:
        yield _problem(
            "job_language_mismatch",
            f"The job number {job.number} is that of the version in {job.language}, but the text is in {m.language}. "
            "The file may join pages of two versions, or the text was not read well.",
        )


def _resolution_against_year(m: Metadata) -> Iterator[Problem]:
    """A Council resolution carries the year in which it was adopted."""
    for symbol in m.symbols:
        dated = symbol.kind == "resolution" and symbol.organ == "S" and symbol.year and m.dates.adopted
        if dated and int((m.dates.adopted or "")[:4]) != symbol.year:
            yield _problem(
                "resolution_year_mismatch",
                f"{symbol.symbol} was adopted on {m.dates.adopted} according to the text. Check number and date.",
            )


def _running_heads(m: Metadata, blocks: Sequence[TextBlock]) -> Iterator[Problem]:
    """The symbol on later pages against that of the first."""
    own = {s.symbol for s in m.symbols}
    if not own:
        return
    others: dict[str, list[int]] = {}
    for block in blocks:
        if not block.furniture or block.page < 2:
            continue
        for found in find_symbols(block.text, recognised=block.confidence is not None):
            for symbol in found.symbols:
                if symbol.symbol not in own:
                    others.setdefault(symbol.symbol, []).append(block.page)
    for symbol_, pages in others.items():
        if len(set(pages)) >= 2:
            yield _problem(
                "running_head_mismatch",
                f"The first page bears {format_symbols(m.symbols)}, but the running heads of {len(set(pages))} pages "
                f"say {symbol_}. The file may hold more than one document.",
                pages[0],
            )


def _file_name(m: Metadata, file_name: str) -> Iterator[Problem]:
    named = symbol_from_file_name(file_name)
    if named is None or not m.symbols:
        return
    ours = {s.symbol for s in m.symbols}
    bases = {s.symbol.split(" (")[0] for s in m.symbols}
    if not any(s.symbol in ours or s.symbol.split(" (")[0] in bases for s in named.symbols):
        yield _problem(
            "file_name_mismatch",
            f"The file is named for {named.symbol}, but the document bears {format_symbols(m.symbols)}.",
            None,
        )


def _agenda(m: Metadata) -> Iterator[Problem]:
    items, titles = [item.number for item in m.agenda_items], m.agenda_titles
    if titles and items and len(titles) != len(items):
        yield _problem(
            "agenda_title_count",
            f"The masthead names {len(items)} agenda items but prints {len(titles)} titles. "
            "A title may be cut in two, or two may have run together.",
        )
    asked = m.circulation_request.agenda_items if m.circulation_request else ()
    if asked and items and set(asked) != set(items):
        yield _problem(
            "circulation_items_mismatch",
            f"The text asks for circulation under items {', '.join(asked)}, the masthead says {', '.join(items)}.",
        )


def _dates(m: Metadata) -> Iterator[Problem]:
    d = m.dates
    if d.masthead and d.document and d.document > d.masthead:
        yield _problem(
            "dates_out_of_order",
            f"The document is dated {d.document}, after its masthead ({d.masthead}). One of the dates is wrong.",
        )
    if d.session_start and d.session_end and d.session_end < d.session_start:
        yield _problem(
            "dates_out_of_order", f"The session ends on {d.session_end}, before it begins on {d.session_start}."
        )
    if d.adopted and d.masthead and d.adopted > d.masthead:
        yield _problem("dates_out_of_order", f"Adopted on {d.adopted}, but issued on {d.masthead}. Check both dates.")


def _impossible_dates(blocks: Sequence[TextBlock]) -> Iterator[Problem]:
    for block in blocks:
        if block.furniture:
            continue
        for odd in _ODD_DAY.finditer(block.text):
            dates = find_dates(block.text[odd.start() : odd.start() + _DATE_LENGTH])
            if dates and dates[0].start == 0 and dates[0].fault == "day":
                yield _problem(
                    "impossible_date",
                    f"{dates[0].printed!r} cannot be a date; it is kept as printed and left without a value.",
                    block.page,
                    Severity.info,
                )


def _falling_serials(citations: Sequence[Citation], blocks: Sequence[TextBlock]) -> Iterator[Problem]:
    """Serials of one session rise with the dates; one that falls is a misprint or a misreading somewhere."""
    pages = {block.id: block.page for block in blocks}
    dated: dict[tuple[str, str], list[tuple[str, int, Citation]]] = {}
    for citation in citations:
        if citation.symbol is None or citation.date is None or len(citation.date) != 10:
            continue
        first = parse_symbols(citation.symbol)[0]
        axis = first.session or (str(first.year) if first.year else None)
        plain = first.kind == "document" and not first.body and not first.modifiers
        if plain and axis and first.serial and first.serial.isdigit():
            dated.setdefault((first.organ, axis), []).append((citation.date, int(first.serial), citation))
    for rows in dated.values():
        rows.sort(key=lambda row: (row[0], row[1]))
        for (day, serial, _), (later, next_serial, citation) in pairwise(rows):
            if later > day and next_serial < serial and not _same_month(day, later):
                mention = citation.mentions[0].block if citation.mentions else ""
                yield _problem(
                    "falling_serial",
                    f"{citation.symbol} is dated {later}, yet its serial number is lower than {serial} of {day}. "
                    "One of the two is misprinted; both are kept as printed.",
                    pages.get(mention),
                    Severity.info,
                )


def _mended_symbols(citations: Sequence[Citation], blocks: Sequence[TextBlock]) -> Iterator[Problem]:
    """Cited symbols that were read although recognition damaged them."""
    pages = {block.id: block.page for block in blocks}
    for citation in citations:
        if citation.symbol is None or "/" not in citation.printed:
            continue
        plain = citation.printed.translate(SYMBOL_LETTERS)
        if reshaped_organs(mended_symbols(plain)) != plain:
            yield _problem(
                "symbol_letters_mended",
                f"The text reads {citation.printed!r}, taken as {citation.symbol}: letters and digits "
                "look alike there. Check it on the page.",
                pages.get(citation.mentions[0].block) if citation.mentions else None,
                Severity.info,
            )


def _same_month(day: str, later: str) -> bool:
    """Numbers are given before the dates are printed, so that within a month the order may turn."""
    return day[:7] == later[:7]


def _footnotes(outline: Outline) -> Iterator[Problem]:
    """Gaps in the numbers of a part's notes."""
    parts: dict[str, list[Footnote]] = {}
    for note in outline.footnotes:
        parts.setdefault(note.part, []).append(note)
    for notes in parts.values():
        numbers = [(int(note.mark), note.page) for note in notes if note.mark.isdigit()]
        for (number, _), (after, page) in pairwise(numbers):
            if after > number + 1:
                missing = f"note {number + 1}" if after == number + 2 else f"notes {number + 1} to {after - 1}"
                yield _problem(
                    "footnote_gap",
                    f"After note {number} comes note {after}: {missing} was not found.",
                    page,
                    Severity.info,
                )
