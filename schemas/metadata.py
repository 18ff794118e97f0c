"""What a UN document says about itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from schemas.base import Model
from schemas.problem import Problem


class DocumentType(StrEnum):
    """What kind of document it is."""

    letter = "letter"
    identical_letters = "identical_letters"
    note_verbale = "note_verbale"
    report = "report"
    note = "note"
    resolution = "resolution"
    decision = "decision"
    draft_resolution = "draft_resolution"
    presidential_statement = "presidential_statement"
    verbatim_record = "verbatim_record"
    summary_record = "summary_record"
    agenda = "agenda"
    statement = "statement"
    working_paper = "working_paper"
    corrigendum = "corrigendum"
    addendum = "addendum"
    administrative_issuance = "administrative_issuance"
    other = "other"


class Distribution(StrEnum):
    """Who may read it."""

    general = "general"
    limited = "limited"
    restricted = "restricted"


class Symbol(Model):
    """A UN document symbol and its parse."""

    symbol: str
    """Normal form, `A/C.3/78/L.60/Rev.1`; without reissue marks."""
    organ: str
    """First token: `A`, `S`, `E`, `ST`, `CCPR` …"""
    body: tuple[str, ...] = ()
    """Path of bodies below the organ: `("CN.4", "Sub.2")`."""
    session: str | None = None
    """Session number as decimal digits (Roman numerals are converted); null on a year axis or without one."""
    session_kind: str | None = None
    """`regular`, `special`, `emergency_special`; null without a session."""
    year: int | None = None
    """Calendar year in the symbol."""
    kind: str
    """`document`, `resolution`, `decision`, `presidential_statement`, `verbatim_record`, `summary_record`, `limited`, `information`, `working_paper`, `conference_room_paper`, `ngo_statement`, `petition`, `restricted`, `agenda`, `issuance`, `series`, `communication`, …"""
    serial: str | None = None
    """Serial number with its part letter: `352`, `217A`, `1207/2003`."""
    modifiers: tuple[str, ...] = ()
    """`Add.3`, `Rev.2`, `Corr.1`, `Part I` … in printed order."""
    country: str | None = None
    """ISO 3166-1 alpha-3 code inside the symbol, the state under review: `SVN` in `A/HRC/WG.6/7/SVN/1`."""
    marks: str | None = None
    """Stars printed after it: a document reissued for technical reasons, or a mark of a masthead footnote."""


class SymbolCandidate(Model):
    """A symbol that the document does not print but may well have."""

    symbol: str
    """Normal form."""
    reason: str
    """Why it is offered."""


class Dates(Model):
    """Dates kept apart by what they mean, ISO 8601."""

    masthead: str | None = None
    """Date in the masthead: submission for processing, not the date of the letter."""
    document: str | None = None
    """Date of the letter, note or report itself."""
    session_start: str | None = None
    """First day of the session printed in the masthead."""
    session_end: str | None = None
    """Last day of that session."""
    adopted: str | None = None
    """Day of adoption of a resolution or decision."""


class Organ(Model):
    """An organ line of the masthead."""

    name: str
    """Name as printed, without its session or year."""
    session: int | None = None
    """Session number."""
    year: int | None = None
    """Number of a Council year (75 for "Seventy-fifth year"), or the calendar year of a yearly session."""
    printed: str
    """The line or lines as printed."""


class AgendaItem(Model):
    """An agenda item of the masthead."""

    number: str
    """Number with its letter: `132`, `3 (b)`."""


class JobNumber(Model):
    """The job number at the foot of the first page."""

    number: str
    """`25-05275`, `GE.20-06433`, `V.03-80680`."""
    language: str | None = None
    """BCP 47 tag of its language letter."""
    dates: tuple[str, ...] = ()
    """Dates printed with it, ISO 8601."""


class Party(Model):
    """A sender or an addressee."""

    name: str | None = None
    """Person's name."""
    role: str | None = None
    """Office held: `Permanent Representative`, `Secretary-General`."""
    organization: str | None = None
    """Mission, ministry or office."""
    state: str | None = None
    """ISO 3166-1 alpha-2 code of the state."""


class Signatory(Model):
    """A person who signed."""

    name: str
    """Name as printed, without honorifics."""
    titles: tuple[str, ...] = ()
    """Titles under the name."""


class CirculationRequest(Model):
    """The paragraph that asks for circulation as a UN document."""

    organs: tuple[str, ...] = ()
    """Organs named."""
    agenda_items: tuple[str, ...] = ()
    """Items named."""


class EnclosureAnnounced(Model):
    """An enclosure that the document announces."""

    printed: str
    """As printed: `Encl.: 89 pages`."""
    pages: int | None = None
    """Number of pages announced."""
    present: bool = False
    """True where the file holds it."""


class Adoption(Model):
    """How a resolution or decision was adopted; the day stands in `dates.adopted`."""

    meeting: int | None = None
    """Number of the meeting."""
    vote: str | None = None
    """As printed: `Adopted without a vote.`, `Adopted by a recorded vote of 30 to 12, with 5 abstentions.`"""


class Meeting(Model):
    """The meeting that a verbatim or summary record is of."""

    number: int | None = None
    """Number of the meeting."""
    date: str | None = None
    """Day it was held, ISO 8601."""


class Metadata(Model):
    """What the document says about itself. A value that is not printed is null or empty."""

    has_masthead: bool = False
    """True where the first page carries a UN masthead."""
    symbols: tuple[Symbol, ...] = ()
    """Symbols in printed order; a double symbol gives two."""
    symbol_candidates: tuple[SymbolCandidate, ...] = ()
    """Symbols offered because other documents of the batch cite them."""
    document_type: DocumentType = DocumentType.other
    """What kind of document it is."""
    title: str | None = None
    """Main title, all its lines of one style joined, without a trailing mark."""
    subtitle: str | None = None
    """What stands under the title in another style."""
    distribution: Distribution | None = None
    """Distribution; the older UNRESTRICTED means general."""
    language: str | None = None
    """Language of this version (main part)."""
    original_languages: tuple[str, ...] = ()
    """Languages of the Original line."""
    dates: Dates = Dates()
    """Dates by meaning."""
    place: str | None = None
    """Place printed with the date or session."""
    organs: tuple[Organ, ...] = ()
    """Organ lines in printed order."""
    agenda_items: tuple[AgendaItem, ...] = ()
    """Agenda items in printed order."""
    agenda_titles: tuple[str, ...] = ()
    """Agenda titles in printed order, which need not be that of the numbers."""
    job_number: JobNumber | None = None
    """Job number."""
    bar_code: str | None = None
    """Digits of the bar code."""
    reference: str | None = None
    """The sender's own reference."""
    senders: tuple[Party, ...] = ()
    """Who sends it."""
    addressees: tuple[Party, ...] = ()
    """To whom."""
    signatories: tuple[Signatory, ...] = ()
    """Who signed the main part."""
    circulation_request: CirculationRequest | None = None
    """Request for circulation."""
    enclosures_announced: tuple[EnclosureAnnounced, ...] = ()
    """Enclosures announced in the text."""
    adoption: Adoption | None = None
    """Meeting and vote; null for anything but resolutions and decisions."""
    meeting: Meeting | None = None
    """The meeting of a verbatim or summary record; null for other documents."""
    sponsors: tuple[str, ...] = ()
    """States that sponsor a draft resolution, as printed."""
    amends: str | None = None
    """Symbol of the document that a corrigendum, addendum or revision belongs to: its own symbol without the last modifier."""


class Evidence(Model):
    """Where a metadata value comes from."""

    block: str | None
    """Id of the block that holds it; null where it was inferred from several."""
    page: int | None
    """Page of that block."""
    text: str
    """The printed text that gave it."""
    rule: str
    """snake_case name of the rule that read it."""


@dataclass(frozen=True, slots=True)
class MetadataFound:
    """What the metadata stage gives."""

    metadata: Metadata
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    """JSON pointer into the record, such as `/metadata/dates/masthead`, → where it comes from."""
    problems: tuple[Problem, ...] = ()
