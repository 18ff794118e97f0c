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
