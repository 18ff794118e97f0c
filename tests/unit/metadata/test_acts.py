from schemas.metadata import DocumentType
from tests.unit.metadata.documents import page, read

TOP = (
    (123, 47, 14, False, "United Nations"),
    (123, 70, 20, True, "General Assembly"),
    (397, 79, 10, False, "Distr.: Limited"),
    (397, 91, 10, False, "31 October 2023"),
    (397, 114, 10, False, "Original: English"),
    (60, 226, 10, True, "Seventy-eighth session"),
    (60, 238, 10, False, "Agenda item 66 (a)"),
    (60, 256, 10, True, "Promotion and protection of the rights of children"),
)


def test_a_draft_resolution_has_sponsors_and_a_subject() -> None:
    m = read(
        page(
            (451, 46, 10, False, "A/C.3/78/L.60/Rev.1"),
            *TOP,
            (123, 300, 12, True, "Armenia, Bosnia and Herzegovina and Chile: draft resolution"),
            (123, 330, 12, True, "Rights of the child"),
            (147, 360, 10, False, "The General Assembly,"),
        )
    ).metadata
    assert (m.document_type, m.title) == (DocumentType.draft_resolution, "Rights of the child")
    assert m.sponsors == ("Armenia", "Bosnia and Herzegovina", "Chile")
    assert m.amends == "A/C.3/78/L.60"


def test_a_resolution_has_its_subject_its_day_and_its_meeting() -> None:
    m = read(
        page(
            (451, 46, 10, False, "A/RES/78/323"),
            *TOP,
            (123, 300, 14, True, "Resolution adopted by the General Assembly on 13 August 2024"),
            (123, 330, 12, True, "78/323. International Day of Women"),
            (147, 360, 10, False, "The General Assembly,"),
            (147, 380, 10, False, "Recalling resolution 66/165, adopted on 19 December 2011,"),
            (300, 600, 10, False, "103rd plenary meeting"),
            (300, 614, 10, False, "13 August 2024"),
        )
    ).metadata
    assert (m.document_type, m.title) == (DocumentType.resolution, "International Day of Women")
    assert m.dates.adopted == "2024-08-13"
    assert m.adoption is not None
    assert m.adoption.meeting == 103


def test_a_corrigendum_amends_its_document() -> None:
    m = read(page((451, 46, 10, False, "E/2025/68/Corr.2"), *TOP, (123, 300, 14, True, "Corrigendum"))).metadata
    assert (m.document_type, m.amends) == (DocumentType.corrigendum, "E/2025/68")


def test_a_record_has_its_meeting() -> None:
    m = read(
        page(
            (451, 46, 10, False, "S/PV.9400"),
            (123, 47, 14, False, "United Nations"),
            (123, 70, 20, True, "Security Council"),
            (60, 226, 10, True, "Seventy-eighth year"),
            (60, 250, 14, True, "9400th meeting"),
            (60, 270, 10, False, "Tuesday, 8 August 2023, 10 a.m."),
        )
    ).metadata
    assert m.document_type is DocumentType.verbatim_record
    assert m.meeting is not None
    assert (m.meeting.number, m.meeting.date) == (9400, "2023-08-08")
    assert m.dates.masthead is None


def test_presidential_statement_names_its_meeting() -> None:
    m = read(
        page(
            (123, 47, 14, False, "United Nations"),
            (480, 46, 14, False, "S/PRST/2025/1"),
            (123, 70, 20, True, "Security Council"),
            (397, 79, 10, False, "Distr.: General"),
            (397, 91, 10, False, "16 January 2025"),
            (123, 214, 14, True, "Statement by the President of the Security Council"),
            (
                123,
                250,
                10,
                False,
                "At the 9836th meeting of the Security Council, held on 15 January 2025, in connection",
            ),
        )
    ).metadata
    assert m.document_type is DocumentType.presidential_statement
    assert (m.dates.masthead, m.dates.adopted) == ("2025-01-16", "2025-01-15")
    assert m.adoption is not None
    assert m.adoption.meeting == 9836


def test_convention_is_no_organ_and_a_bulletin_is_named_by_its_subject() -> None:
    m = read(
        page(
            (440, 46, 14, False, "ST/SGB/2025/1"),
            (123, 47, 14, False, "United Nations"),
            (123, 70, 20, True, "Secretariat"),
            (397, 91, 10, False, "2 January 2025"),
            (123, 214, 14, True, "Secretary-General’s bulletin"),
            (123, 250, 14, True, "Staff Rules of the United Nations"),
        )
    ).metadata
    assert (m.document_type, m.title) == (DocumentType.administrative_issuance, "Staff Rules of the United Nations")
    m = read(
        page(
            (440, 46, 14, False, "CERD/C/ETH/CO/7-16"),
            (123, 70, 20, True, "International Convention on"),
            (123, 90, 20, True, "the Elimination of All Forms"),
            (123, 110, 20, True, "of Racial Discrimination"),
            (397, 79, 10, False, "Distr.: General"),
            (60, 190, 10, True, "Committee on the Elimination of Racial Discrimination"),
            (60, 202, 10, True, "Seventy-fifth session"),
        )
    ).metadata
    assert [(o.name, o.session) for o in m.organs] == [("Committee on the Elimination of Racial Discrimination", 75)]


def test_a_body_whose_name_runs_over_a_small_word() -> None:
    m = read(
        page(
            (440, 46, 14, False, "UNEP/EA.6/INF/3"),
            (440, 80, 10, False, "Distr.: General"),
            (60, 214, 10, True, "United Nations Environment Assembly of the"),
            (60, 226, 10, True, "United Nations Environment Programme"),
            (60, 238, 10, True, "Sixth session"),
            (65, 740, 10, False, "K2400091[E] 160124"),
        )
    ).metadata
    name = "United Nations Environment Assembly of the United Nations Environment Programme"
    assert [(o.name, o.session) for o in m.organs] == [(name, 6)]
    assert m.job_number is not None
    assert (m.job_number.number, m.job_number.language) == ("K2400091", "en")
