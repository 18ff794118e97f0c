"""Blocks and outline → metadata: the masthead or the letterhead, the title block, the frame of a letter."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.grammar.dates import find_dates
from pipeline.metadata.acts import amended_symbol, read_adoption, read_meeting, read_sponsors
from pipeline.metadata.communications import (
    Frame,
    read_addressees,
    read_circulation,
    read_enclosures,
    read_letterhead,
    read_opening_frame,
    read_place_and_date,
    read_reference,
    read_title_frame,
)
from pipeline.metadata.evidence import Trail
from pipeline.metadata.front import FrontLine, front_lines, joined
from pipeline.metadata.job import bar_code_digits, read_job_line
from pipeline.metadata.kinds import Mark
from pipeline.metadata.marks import Marked, marked_lines
from pipeline.metadata.masthead import Masthead, read_masthead
from pipeline.metadata.memorandum import is_memorandum, read_author, read_subject
from pipeline.metadata.plaintitle import read_plain_title
from pipeline.metadata.signatures import signatories
from pipeline.metadata.symbol import own_symbols
from pipeline.metadata.titles import Titles, read_titles
from pipeline.metadata.types import type_of, type_of_frame, type_of_line
from pipeline.metadata.volumes import read_volume_organ, type_of_volume
from pipeline.metadata.words import patterns, vocabulary
from schemas.language import BlockLanguage
from schemas.layout import TextBlock
from schemas.metadata import (
    Dates,
    DocumentType,
    JobNumber,
    Metadata,
    MetadataFound,
    Party,
    Signatory,
    Symbol,
)
from schemas.problem import Severity
from schemas.structure import Outline, PartKind

_LETTERS = (DocumentType.letter, DocumentType.identical_letters, DocumentType.note_verbale)


class _Seen(NamedTuple):
    """What all readers look at."""

    lines: Sequence[FrontLine]
    """Printed lines of the front."""
    marked: Sequence[Marked]
    """The same with what each is."""
    main: Sequence[TextBlock]
    """Blocks of the main part."""
    symbols: Sequence[Symbol]
    """Symbols that the document bears."""
    attached: bool
    """Does the file hold an annex, appendix or enclosure?"""


def read_metadata(
    blocks: Sequence[TextBlock], outline: Outline, languages: Mapping[str, BlockLanguage], file_name: str
) -> MetadataFound:
    """Everything that a document says about itself; what is not printed stays null or empty.

    `languages` is asked only where the masthead does not print the language of the version. The file's name is no
    source of values; `check` compares it.
    """
    trail = Trail()
    lines = front_lines(blocks, outline)
    marked = marked_lines(lines)
    main = [block for block in blocks if outline.part_of.get(block.id, "main") == "main"]
    head = read_masthead(marked, trail)
    symbols = own_symbols(marked, blocks, head is not None, trail)
    job, bar_code, letter_lost = _job(marked, trail)
    attached = any(part.kind is not PartKind.main and part.present for part in outline.parts)
    seen = _Seen(lines, marked, main, symbols, attached)
    metadata = _with_masthead(head, seen, trail) if head is not None else _without_masthead(seen, trail)
    language = metadata.language or _main_language(main, languages, job)
    if language and metadata.language is None:
        trail.put("language", None, None, "", "most_letters_of_main_part")
    metadata = metadata.model_copy(
        update={
            "symbols": symbols,
            "job_number": _with_letter(job, language, letter_lost, trail),
            "bar_code": bar_code,
            "language": language,
            "amends": amended_symbol(symbols),
        }
    )
    return MetadataFound(metadata, dict(sorted(trail.evidence.items())), tuple(trail.problems))


def _with_letter(job: JobNumber | None, language: str | None, letter_lost: bool, trail: Trail) -> JobNumber | None:
    """The job number with the language of the text, where the bracket that repeats it cannot be read."""
    if job is None or not letter_lost or language not in vocabulary()["job_letters"].values():
        return job
    what = f"The language letter behind job number {job.number} cannot be read; taken as the text's ({language})."
    trail.warn("job_letter_mended", what, 1, Severity.info)
    return job.model_copy(update={"language": language})


def _job(marked: Sequence[Marked], trail: Trail) -> tuple[JobNumber | None, str | None, bool]:
    """Job number, bar code, and whether the bracket with the language letter is there but unreadable."""
    job: JobNumber | None = None
    bar_code: str | None = None
    letter_lost = False
    for index, item in enumerate(marked):
        if item.mark is Mark.job and job is None:
            found = read_job_line(item.text)
            job = found.job if found else None
            after = marked[index + 1].text if index + 1 < len(marked) else ""
            if job and not job.dates and after.strip().isdigit():
                joined_line = read_job_line(f"{item.text} {after}")
                job = joined_line.job if joined_line else job
            trail.note("job_number", item.line, "job_line_mended" if found and found.mended else "job_line")
            letter_lost = found is not None and found.letter_lost
            if job and found and found.mended:
                what = f"The job number reads {item.text!r}, taken as {job.number}: signs look like digits. Check it."
                trail.warn("job_number_mended", what, item.line.page)
        elif item.mark is Mark.bar_code and bar_code is None:
            bar_code = bar_code_digits(item.text)
            trail.note("bar_code", item.line, "bar_code_line")
    return job, bar_code, letter_lost


def _main_language(
    main: Sequence[TextBlock], languages: Mapping[str, BlockLanguage], job: JobNumber | None
) -> str | None:
    """The tag with most letters in the main part; without any, the language letter of the job number."""
    texts: dict[str, list[str]] = {}
    for block in main:
        found = languages.get(block.id)
        if found is not None and not block.furniture and found.tag not in ("und", "zxx"):
            texts.setdefault(found.tag, []).append(block.text)
    if len(texts) > 1:
        return max(texts, key=lambda tag: (sum(map(str.isalpha, "".join(texts[tag]))), tag))
    return next(iter(texts), job.language if job else None)


def _with_masthead(head: Masthead, seen: _Seen, trail: Trail) -> Metadata:
    main = seen.main
    titles = read_titles(seen.marked, head)
    kind, rule = type_of(seen.symbols, titles.lines)
    _note_titles(titles, rule, trail)
    is_letter = kind in _LETTERS
    frame = read_title_frame(titles.text, titles.title, trail) if is_letter and titles.text else Frame()
    adopted, adoption = read_adoption(kind, main, "\n".join(titles.lines), trail)
    signed = signatories(main, trail) if is_letter else ()
    return Metadata(
        has_masthead=True,
        document_type=kind,
        title=titles.text,
        subtitle=_subtitle(titles),
        distribution=head.distribution,
        language=head.language,
        original_languages=head.originals,
        dates=Dates(
            masthead=head.date,
            document=frame.date,
            session_start=head.session_start,
            session_end=head.session_end,
            adopted=adopted,
        ),
        place=head.place,
        organs=tuple(head.organs),
        agenda_items=head.items,
        agenda_titles=tuple(joined(group) for group in titles.agenda),
        reference=read_reference(seen.lines, trail) if is_letter else None,
        senders=frame.senders,
        addressees=frame.addressees,
        signatories=signed,
        circulation_request=read_circulation(main, trail, head.organs) if is_letter else None,
        enclosures_announced=read_enclosures(main, seen.attached, trail) if is_letter else (),
        adoption=adoption,
        meeting=read_meeting(kind, seen.symbols, main, trail),
        sponsors=read_sponsors(kind, titles.lines),
    )


def _note_titles(titles: Titles, rule: str, trail: Trail) -> None:
    if titles.title:
        trail.note("title", titles.title, "title_block")
        trail.note("document_type", titles.title, rule)
    for number, group in enumerate(titles.agenda):
        trail.note(f"agenda_titles/{number}", group, "below_agenda_line")
    if _subtitle(titles):
        trail.note("subtitle", titles.below[0], "below_title")


def _subtitle(titles: Titles) -> str | None:
    """The group right below the title, unless it opens the text ("The General Assembly," or a heading "I. …")."""
    if not titles.below or not titles.title:
        return None
    group = titles.below[0]
    text = joined(group)
    after_title = group[0].box is None or titles.title[0].box is None or group[0].box.top > titles.title[0].box.top
    plain = titles.title[0].bold and not group[0].bold and not group[0].recognised
    if plain and type_of_line(text) is None and not text.startswith("("):
        return None  # a list of officers, or the text itself
    opens_text = text.endswith((",", ":", ".")) or text[:3].strip(" ").rstrip(".").isdigit() or text.startswith("I. ")
    return text if after_title and not opens_text else None


def _without_masthead(seen: _Seen, trail: Trail) -> Metadata:
    main = seen.main
    shown = [block.text for block in main if block.text and not block.furniture]
    kind = type_of_frame([*shown[:30], *shown[-10:]])
    if kind is None:
        return _plain(seen, trail)
    trail.put("document_type", None, None, shown[0] if shown else "", "frame_words")
    signed = signatories(main, trail) if kind is DocumentType.letter else ()
    frame = read_opening_frame(main, trail) if kind is DocumentType.note_verbale else Frame()
    place, date = read_place_and_date(main, trail)
    addressees = frame.addressees or read_addressees(main, trail)
    senders = frame.senders or _senders(seen.lines, signed, trail)
    return Metadata(
        document_type=kind,
        dates=Dates(document=date),
        place=place,
        reference=read_reference(seen.lines, trail),
        senders=senders,
        addressees=addressees,
        signatories=signed,
        circulation_request=read_circulation(main, trail),
        enclosures_announced=read_enclosures(main, seen.attached, trail),
    )


def _senders(lines: Sequence[FrontLine], signed: Sequence[Signatory], trail: Trail) -> tuple[Party, ...]:
    return read_letterhead(lines, signed[0].name if signed else None, trail)


def _plain(seen: _Seen, trail: Trail) -> Metadata:
    """A document neither under a masthead nor a letter: a memorandum, a brochure, a page of a volume, anything."""
    marked, symbols = seen.marked, seen.symbols
    found = read_subject(marked) or read_plain_title(marked)
    kind, _ = type_of(symbols, [found[1]] if found and symbols else [])
    kind = type_of_volume(kind, seen.main, trail)
    organs = read_volume_organ(marked, trail)
    if organs and kind is DocumentType.resolution and not symbols:
        found = None  # the first large line is the heading of one resolution among several
    if found:
        trail.note("title", found[0], "heading")
    date = _labelled_date(marked, trail)
    is_memo = is_memorandum(marked)
    date = date or (read_place_and_date(seen.main, trail)[1] if is_memo else None)
    return Metadata(
        document_type=kind,
        title=found[1] if found else None,
        dates=Dates(document=date, masthead=_issue_date(marked, trail) if symbols else None),
        organs=organs,
        signatories=read_author(marked, trail) if is_memo else (),
    )


def _issue_date(marked: Sequence[Marked], trail: Trail) -> str | None:
    """The date alone on its line on the front of a publication that bears a symbol ("March 2023")."""
    for item in marked:
        dates = find_dates(item.text) if item.mark is Mark.date else []
        if dates and dates[0].iso:
            trail.note("dates/masthead", item.line, "date_line_of_publication")
            return dates[0].iso
    return None


def _labelled_date(marked: Sequence[Marked], trail: Trail) -> str | None:
    """The date behind "DATE:" on a memorandum or form."""
    for item in marked[:40]:
        for pattern in patterns("memo", "label"):
            match = pattern.search(item.text)
            dates = find_dates(match.group("value")) if match else []
            if dates and dates[0].start == 0 and dates[0].iso and dates[0].last is None:
                trail.note("dates/document", item.line, "date_label")
                return dates[0].iso
    return None
