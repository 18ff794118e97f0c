"""Fronts of scans: damaged mastheads, memoranda, pages of the Official Records."""

from dataclasses import replace

import pytest

from pipeline.metadata.dates import date_line
from pipeline.metadata.job import read_job_line
from pipeline.metadata.sessions import read_session
from pipeline.metadata.words import languages_named
from schemas.layout import TextBlock
from schemas.metadata import Distribution, DocumentType
from tests.unit.metadata.documents import page, read


def scanned(blocks: list[TextBlock]) -> list[TextBlock]:
    return [replace(block, confidence=0.9) for block in blocks]


@pytest.mark.parametrize(
    ("line", "number", "language", "mended"),
    [
        ("80-089^1", "80-08941", None, True),
        ("84-17984 1304q (E) /...", "84-17984", "en", False),
        ("84-17984 1304q (8) [ase", "84-17984", None, False),
        ("84-17984 1304q (EB) fase", "84-17984", None, False),
        ("84-17984 13044 (Е) [ase", "84-17984", "en", False),
        ("90-2674U", "90-26744", None, True),
        ("91-42570 3557а (Е) /.", "91-42570", "en", False),
    ],
)
def test_damaged_job_numbers(line: str, number: str, language: str | None, mended: bool) -> None:
    found = read_job_line(line)
    assert found is not None
    assert (found.job.number, found.job.language, found.mended) == (number, language, mended)


@pytest.mark.parametrize(
    ("line", "lost"), [("84-17984 (8) 250784", True), ("84-17984 (E)", False), ("84-17984", False)]
)
def test_a_language_letter_that_cannot_be_read(line: str, lost: bool) -> None:
    found = read_job_line(line)
    assert found is not None
    assert found.letter_lost is lost


@pytest.mark.parametrize("line", ["12-abcde", "60-12345 people", "10-1llI1", "pages 12-13"])
def test_no_job_number(line: str) -> None:
    assert read_job_line(line) is None


def test_a_masthead_that_lost_its_first_lines() -> None:
    found = read(
        scanned(
            page(
                (45, 83, 20, False, "ff x, General Assembly"),
                (90, 103, 12, False, "M GENERAL"),
                (456, 144, 11, False, "A/45/696/Adda.1"),
                (456, 156, 11, False, "8 November 1990"),
                (457, 181, 11, False, "ORIGINAL: ENGLISH"),
                (67, 230, 11, False, "Forty-fifth session"),
                (67, 242, 11, False, "Agenda item 81"),
                (168, 280, 11, False, "PROTECTION OF GLOBAL CLIMATE"),
            )
        )
    ).metadata
    assert (m := found).has_masthead
    assert [s.symbol for s in m.symbols] == ["A/45/696/Add.1"]
    assert (m.distribution, m.dates.masthead, m.original_languages) == (Distribution.general, "1990-11-08", ("en",))
    assert [(o.name, o.session) for o in m.organs] == [("General Assembly", 45)]


def test_an_old_letterhead_is_no_masthead() -> None:
    blocks = page((60, 40, 12, False, "UNITED NATIONS"), (60, 60, 12, False, "The Secretary-General"))
    assert not read(scanned(blocks)).metadata.has_masthead


def test_memorandum_whose_labels_are_damaged() -> None:
    m = read(
        scanned(
            page(
                (150, 70, 10, False, "INTEROFFICE MEMORANDUM MEMORANDUM INTERIEUR"),
                (89, 137, 10, False, "s/c On Mr. Per Hansen"),
                (183, 150, 9, False, "Chef de Cabinet"),
                (90, 165, 10, False, "bee Ola Nordmann Lar. al GLA"),
                (183, 183, 10, False, "Under-Secretary-General for Tests"),
                (90, 204, 6, False, "SUBJECT:"),
                (90, 212, 6, False, "OBJET:"),
                (183, 218, 10, False, "The membership of"),
                (183, 229, 10, False, "States"),
                (115, 265, 10, False, "INTRODUCTION"),
            )
        )
    ).metadata
    assert m.title == "The membership of States"
    assert [(s.name, s.titles) for s in m.signatories] == [("Ola Nordmann", ("Under-Secretary-General for Tests",))]


APART = (
    (150, 70, 10, False, "INTEROFFICE MEMORANDUM MEMORANDUM INTERIEUR"),
    (89, 137, 6, False, "THROUGH:"),
    (183, 138, 10, False, "Mr. Per Hansen"),
    (183, 149, 10, False, "Chef de Cabinet"),
    (183, 172, 10, False, "Ola Nordmann Lar. al GLA"),
    (183, 183, 10, False, "Under-Secretary-General for Tests"),
    (90, 204, 6, False, "SUBJECT:"),
    (183, 218, 10, False, "The membership of States"),
    (115, 265, 10, False, "INTRODUCTION"),
)


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("Ola Nordmann Lar. al GLA", "Ola Nordmann"),
        ("Ola A. Nordmann Lar. al GLA", "Ola A. Nordmann"),
        ("under the seal al GLA", None),
    ],
)
def test_memorandum_whose_labels_are_read_apart(row: str, name: str | None) -> None:
    lines = [(*line[:4], row) if line[4].startswith("Ola") else line for line in APART]
    m = read(scanned(page(*lines))).metadata
    expected = [(name, ("Under-Secretary-General for Tests",))] if name else []
    assert [(s.name, s.titles) for s in m.signatories] == expected


def test_a_subject_line_alone_makes_no_memorandum() -> None:
    m = read(scanned(page((150, 70, 10, False, "INSTRUCTION"), *APART[1:]))).metadata
    assert (m.title, m.signatories) == ("INSTRUCTION", ())


def test_what_stands_in_the_margin_is_no_subject() -> None:
    blocks = scanned(page(*APART[:7], (183, 780, 10, False, "91-42570 (E)")))
    blocks[-1] = replace(blocks[-1], furniture=True)
    assert "91-42570" not in (read(blocks).metadata.title or "")


def test_page_of_resolutions() -> None:
    m = read(
        scanned(
            page(
                (56, 37, 10, False, "2 Генеральная Ассамблея — Двадцать шестая сессия"),
                (57, 60, 10, False, "2751 (ХХУ!). Прием Бутана"),
                (57, 80, 10, False, "Генерильная Ассамблея,"),
                (57, 100, 10, False, "получив рекомендацию Совета Безопасности"),
            )
        )
    ).metadata
    assert (m.document_type, m.title) == (DocumentType.resolution, None)
    assert [(o.name, o.session) for o in m.organs] == [("Генеральная Ассамблея", 26)]


@pytest.mark.parametrize(
    ("printed", "iso"),
    [("8 Septernber 1990", "1990-09-08"), ("25 0ctober 1984", "1984-10-25"), ("12 Decembcr 1991", "1991-12-12")],
)
def test_misread_months(printed: str, iso: str) -> None:
    found = date_line(printed)
    assert found is not None
    assert (found.date.iso, found.mended) == (iso, True)


@pytest.mark.parametrize(("line", "session"), [("Forty-f1fth session", 45), ("Thirty~nineth session", 39)])
def test_misread_sessions(line: str, session: int) -> None:
    found = read_session(line)
    assert found is not None
    assert found.number == session


@pytest.mark.parametrize("line", ["Resumed session", "Closing session", "May 5 1990 or so"])
def test_words_that_are_no_numbers(line: str) -> None:
    assert read_session(line) is None
    assert date_line("5 membres 1990") is None


def test_misread_names_of_languages() -> None:
    assert languages_named("ENGLISE/FRENCH") == ["en", "fr"]
    assert languages_named("ENGINES") == []


def test_a_double_symbol_whose_second_organ_was_read_as_a_sign() -> None:
    found = read(
        scanned(
            page(
                (45, 40, 20, True, "General Assembly"),
                (456, 60, 11, False, "Distr."),
                (456, 72, 11, False, "GENERAL"),
                (456, 96, 11, False, "A/47/60"),
                (456, 108, 11, False, "$/23329"),
                (456, 120, 11, False, "30 December 1991"),
            )
        )
    )
    assert [symbol.symbol for symbol in found.metadata.symbols] == ["A/47/60", "S/23329"]
    assert [problem.code for problem in found.problems] == ["symbol_letters_mended"]


@pytest.mark.parametrize(
    ("line", "names"), [("(Siqned) Guennadi BURAVKIN", ["Guennadi BURAVKIN"]), ("(Sinqed) A. Berg", [])]
)
def test_a_signature_whose_mark_lost_a_letter(line: str, names: list[str]) -> None:
    lines = [
        (45, 40, 20, True, "General Assembly"),
        (456, 60, 11, False, "Distr."),
        (456, 72, 11, False, "GENERAL"),
        (456, 96, 11, False, "A/47/60"),
        (90, 300, 13, True, "Letter dated 27 December 1991 from the Permanent Representative of Belarus to the United"),
        (90, 315, 13, True, "Nations addressed to the Secretary-General"),
        (90, 400, 11, False, "I have the honour to transmit the documents of the meeting."),
        (300, 500, 11, False, line),
    ]
    found = read(scanned(page(*lines)))
    assert [person.name for person in found.metadata.signatories] == names
