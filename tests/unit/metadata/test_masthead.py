import pytest

from pipeline.metadata.agenda import agenda_numbers
from pipeline.metadata.job import bar_code_digits, read_job_line
from pipeline.metadata.kinds import agenda_list
from pipeline.metadata.sessions import read_session, read_year
from schemas.metadata import Distribution, DocumentType
from tests.unit.metadata.documents import NEW_YORK, page, plain, read


def test_new_york_layout() -> None:
    found = read(NEW_YORK)
    m = found.metadata
    assert [s.symbol for s in m.symbols] == ["A/79/758", "S/2025/62"]
    assert (m.has_masthead, m.distribution, m.original_languages) == (True, Distribution.general, ("en",))
    assert [(o.name, o.session, o.year) for o in m.organs] == [
        ("General Assembly", 79, None),
        ("Security Council", None, 80),
    ]
    assert [item.number for item in m.agenda_items] == ["32 (a)", "61", "132"]
    assert m.agenda_titles == (
        "Prevention of armed conflict",
        "Report of the High Commissioner, questions relating to refugees",
        "Peacebuilding",
    )
    assert m.title is not None
    assert m.title.startswith("Letter dated 28 January 2025")
    assert m.title.endswith("the President of the Security Council")
    assert (m.dates.masthead, m.dates.document) == ("2025-01-29", "2025-01-28")
    assert m.document_type is DocumentType.letter
    assert (m.senders[0].role, m.senders[0].state) == ("Chargé d’affaires a.i.", "NO")
    assert [p.role for p in m.addressees] == ["Secretary-General", "President"]
    assert [(s.name, s.titles) for s in m.signatories] == [("Ola Nordmann", ("Chargé d’affaires a.i.",))]
    assert m.job_number is not None
    assert (m.job_number.number, m.job_number.language, m.job_number.dates) == ("25-01402", "en", ("2025-02-04",))
    assert m.bar_code == "2501402"


def test_every_value_of_the_masthead_has_evidence() -> None:
    found = read(NEW_YORK)
    pointers = ("distribution", "dates/masthead", "dates/document", "agenda_items", "title", "job_number", "bar_code")
    assert {f"/metadata/{p}" for p in pointers} <= set(found.evidence)
    assert found.evidence["/metadata/dates/masthead"].text == "29 January 2025"


def test_old_layout_on_separate_lines() -> None:
    m = read(
        page(
            (60, 46, 13, True, "UNITED"),
            (500, 46, 36, True, "A"),
            (60, 62, 13, True, "NATIONS"),
            (150, 90, 16, True, "General Assembly"),
            (420, 90, 10, False, "Distr."),
            (420, 102, 10, False, "UNRESTRICTED"),
            (420, 126, 10, False, "A/52/613"),
            (420, 138, 10, False, "19 November 1997"),
            (420, 162, 10, False, "ORIGINAL: ENGLISH/FRENCH"),
            (60, 214, 10, False, "Fifty-second session"),
            (60, 226, 10, False, "Agenda item 18"),
            (160, 260, 10, False, "IMPLEMENTATION OF THE DECLARATION"),
            (160, 300, 10, False, "Report of the Committee"),
            (60, 340, 10, False, "1. At its 4th meeting, on 19 September 1997, the Assembly"),
        )
    ).metadata
    assert [s.symbol for s in m.symbols] == ["A/52/613"]
    assert (m.distribution, m.dates.masthead, m.original_languages) == (
        Distribution.general,
        "1997-11-19",
        ("en", "fr"),
    )
    assert [(o.name, o.session) for o in m.organs] == [("General Assembly", 52)]
    assert (m.title, m.agenda_titles) == ("IMPLEMENTATION OF THE DECLARATION", ())
    assert m.document_type is DocumentType.report


def test_flattened_lines() -> None:
    m = read(
        plain(
            "Distr.: General 11 February 2022",
            "Original: English",
            "General Assembly Seventy-sixth session Agenda items 16 and 35 Security Council Seventy-seventh year",
            "Prevention of armed conflict",
            "Culture of peace",
            "Letter dated 10 February 2022 from the Permanent Representative of Norway to the United Nations "
            "addressed to the Secretary-General",
            "This month marks an anniversary.",
            "(Signed) Ola Nordmann Ambassador Permanent Representative",
        )
    ).metadata
    assert (m.dates.masthead, m.dates.document) == ("2022-02-11", "2022-02-10")
    assert [(o.name, o.session, o.year) for o in m.organs] == [
        ("General Assembly", 76, None),
        ("Security Council", None, 77),
    ]
    assert len(m.agenda_titles) == len(m.agenda_items) == 2
    assert m.signatories[0].name == "Ola Nordmann"


def test_arabic_version_with_english_lines() -> None:
    m = read(
        plain(
            "Distr.: General|6 May 2020|Arabic|Original: English",
            "# الجمعية العامة",
            "# مجلس حقوق الإنسان",
            "الدورة الثالثة والأربعون",
            "24 شباط/فبراير - 20 آذار/مارس 2020",
            "البند 4 من جدول الأعمال",
            "حالات حقوق الإنسان",
            "مذكرة شفوية مؤرخة 8 نيسان/أبريل 2020 موجهة من البعثة الدائمة للنرويج إلى المفوضية السامية",
            "GE.20-06433(A)",
        )
    ).metadata
    assert (m.language, m.original_languages, m.document_type) == ("ar", ("en",), DocumentType.note_verbale)
    assert [(o.name, o.session) for o in m.organs] == [("الجمعية العامة", None), ("مجلس حقوق الإنسان", 43)]
    assert (m.dates.session_start, m.dates.session_end) == ("2020-02-24", "2020-03-20")
    assert (m.dates.document, m.senders[0].state) == ("2020-04-08", "NO")
    assert m.symbols == ()


def test_no_masthead_gives_nulls() -> None:
    m = read(
        plain(
            "Ministry of Foreign Affairs|of the Kingdom of Norway",
            "Oslo, 12 November 2020",
            "Dear colleagues,",
            "I refer to A/75/1 and to the agenda.",
            "Encl.: 12 pages",
            "Sincerely,",
            "Ola Nordmann",
        )
    ).metadata
    assert (m.has_masthead, m.symbols, m.title, m.distribution, m.organs) == (False, (), None, None, ())
    assert (m.document_type, m.place, m.dates.document) == (DocumentType.letter, "Oslo", "2020-11-12")
    assert m.signatories[0].name == "Ola Nordmann"
    assert (m.enclosures_announced[0].pages, m.enclosures_announced[0].present) == (12, False)


def test_note_verbale_without_masthead() -> None:
    m = read(
        plain(
            "Ref: 0461/27/20/22",
            "The Permanent Mission of Norway to the United Nations Office at Geneva presents its compliments to the "
            "Office of the High Commissioner, and has the honour to state the following.",
            "The Mission avails itself of this opportunity.",
            "Geneva, 4 November 2020",
        )
    ).metadata
    assert (m.document_type, m.reference, m.place) == (DocumentType.note_verbale, "0461/27/20/22", "Geneva")
    assert m.signatories == ()
    assert (m.senders[0].state, m.addressees[0].organization) == ("NO", "Office of the High Commissioner")


@pytest.mark.parametrize(
    ("text", "number", "language", "days"),
    [
        ("25-01402 (E) 040225", "25-01402", "en", 1),
        ("GE.20-06433(A)", "GE.20-06433", "ar", 0),
        ("GE.20-06433(A) 1", "GE.20-06433", "ar", 0),
        ("140720 20-09399 (A)", "20-09399", "ar", 1),
        ("V.03-80680 (E) 270203 280203", "V.03-80680", "en", 2),
        ("17-13704* (E) 180817", "17-13704", "en", 1),
        ("GE.09-16919", "GE.09-16919", None, 0),
        ("K1500123 230415", "K1500123", None, 1),
    ],
)
def test_job_numbers(text: str, number: str, language: str | None, days: int) -> None:
    line = read_job_line(text)
    assert line is not None
    assert (line.job.number, line.job.language, len(line.job.dates)) == (number, language, days)


def test_no_job_numbers() -> None:
    assert read_job_line("2020-12-22") is None
    assert read_job_line("see 25-01402 (E)") is None


def test_bar_codes() -> None:
    assert bar_code_digits("* 2 0 0 6 4 3 3 *") == "2006433"
    assert bar_code_digits("2501402") is None


@pytest.mark.parametrize(
    ("text", "number", "year"),
    [
        ("Seventy-fifth session", 75, None),
        ("Resumed fifty-first session", 51, None),
        ("Eleventh substantive session", 11, None),
        ("Session de 1980", None, 1980),
        ("Quincuagésimo noveno período de sesiones", 59, None),
        ("Шестьдесят первая сессия", 61, None),
        ("第三十五届会议", 35, None),
        ("الدورة الثالثة والأربعون", 43, None),
    ],
)
def test_sessions(text: str, number: int | None, year: int | None) -> None:
    assert read_session(text) == (number, year)


def test_council_years() -> None:
    assert read_year("Seventy-fifth year") == 75
    assert read_year("السنة الخامسة والسبعون") == 75
    assert read_year("a year") is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Agenda items 34, 35 and 86", ["34", "35", "86"]),
        ("Item 116 (c) of the preliminary list*", ["116 (c)"]),
        ("Items 138 and 139 of the preliminary list**", ["138", "139"]),
        ("Agenda item 71 (a) and (c)", ["71 (a)", "71 (c)"]),
        ("Point 5 de l’ordre du jour provisoire", ["5"]),
        ("Temas 45 y 55 del programa", ["45", "55"]),
        ("Пункт 114 повестки дня", ["114"]),
        ("البندان 7 و 133 من جدول الأعمال", ["7", "133"]),
    ],
)
def test_agenda_lines(text: str, numbers: list[str]) -> None:
    assert agenda_numbers(agenda_list(text) or "") == numbers


def test_a_memorandum_has_its_subject_author_and_date() -> None:
    m = read(
        plain(
            "INTEROFFICE MEMORANDUM",
            "TO: The Secretary-General",
            "DATE: 19 December 1991",
            "FROM: Ola Nordmann",
            "SUBJECT: The future of the archive",
            "1. The archive has a future.",
        )
    ).metadata
    assert (m.has_masthead, m.title, m.dates.document) == (False, "The future of the archive", "1991-12-19")
    assert [s.name for s in m.signatories] == ["Ola Nordmann"]


def test_a_heading_that_begins_like_the_distribution_line() -> None:
    assert not read(plain("DISTRIBUTION OF CHARGES", "Cost centre 1301 is charged.")).metadata.has_masthead
