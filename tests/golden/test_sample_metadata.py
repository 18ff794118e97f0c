"""The metadata of the five sample letters, from text and from PDF: values read by a person in the texts."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pipeline.citations import find_citations
from pipeline.languages import tag_languages
from pipeline.layout import lay_out
from pipeline.metadata import check, read_metadata
from pipeline.pages import open_document
from pipeline.settings import Limits
from pipeline.structure import outline
from schemas.citation import Citation
from schemas.metadata import Metadata
from schemas.page import PageText
from schemas.problem import Problem
from schemas.source import MediaType

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = {
    "000": ["000_f2b05f08a456e9bf.txt"],
    "001": ["001_fcfde71c67116c43.txt", "001_letter_with_images.pdf"],
    "002": ["002_fd3bc3e67349016b.txt", "002_letterhead.pdf"],
    "003": ["003_7b45a96a4a663e52.txt", "003_letter.pdf"],
    "004": ["004_dc598133e6e0d6df.txt", "004_note_verbale_shaped.pdf", "004_note_verbale_visual.pdf"],
}


@cache
def read(name: str) -> tuple[Metadata, tuple[Citation, ...], tuple[Problem, ...]]:
    media_type = MediaType.pdf if name.endswith(".pdf") else MediaType.text
    document = open_document(SAMPLES / name, media_type, Limits())
    facts: list[PageText] = []

    def pages():
        for number in range(1, document.page_count + 1):
            page = document.read(number)
            facts.append(replace(page, runs=(), plain=None, rules=(), grids=()))
            yield page

    blocks = lay_out(pages()).blocks
    languages = tag_languages(blocks)
    parts = outline(blocks, languages, facts)
    metadata = read_metadata(blocks, parts, languages, name).metadata
    citations = find_citations(blocks, parts, ())
    return metadata, citations, check(metadata, parts, citations, blocks, name)


def of(number: str) -> list[pytest.ParameterSet]:
    return [pytest.param(name, id=name) for name in FILES[number]]


@pytest.mark.parametrize("name", of("000"))
def test_000(name: str) -> None:
    m, citations, _ = read(name)
    assert (m.document_type, m.has_masthead, m.symbols) == ("note_verbale", False, ())
    assert (m.reference, m.place, m.dates.document, m.language) == ("0461/27/20/22", "Geneva", "2020-11-04", "en")
    assert m.signatories == ()
    assert m.senders[0].state == "AZ"
    assert m.senders[0].organization is not None
    assert m.senders[0].organization.startswith("Permanent Mission")
    assert m.addressees[0].organization == "Office of the United Nations High Commissioner for Human Rights"
    assert [c.symbol for c in citations] == [f"S/RES/{n} (1993)" for n in (822, 853, 874, 884)]


@pytest.mark.parametrize("name", of("001"))
def test_001(name: str) -> None:
    m, citations, problems = read(name)
    assert (m.document_type, m.has_masthead, m.symbols, m.distribution) == ("letter", True, (), "general")
    assert (m.dates.masthead, m.dates.document, m.original_languages) == ("2020-12-22", "2020-12-18", ("en",))
    assert [(o.name, o.session, o.year) for o in m.organs] == [
        ("General Assembly", 75, None),
        ("Security Council", None, 75),
    ]
    assert [i.number for i in m.agenda_items] == ["34", "35", "40", "68", "70", "71", "72", "86"]
    assert len(m.agenda_titles) == 8
    assert [(s.name, s.titles) for s in m.signatories] == [
        ("Yashar Aliyev", ("Ambassador", "Permanent Representative"))
    ]
    assert (m.senders[0].role, m.senders[0].state) == ("Permanent Representative", "AZ")
    assert m.addressees[0].role == "Secretary-General"
    assert m.circulation_request is not None
    assert len(m.circulation_request.agenda_items) == 8
    documents = [c for c in citations if c.kind == "document"]
    assert len(documents) == 44
    assert {c.symbol: c.date for c in documents}["A/75/486-S/2020/969"] == "2020-10-02"
    assert [p.code for p in problems] == ["impossible_date"]


@pytest.mark.parametrize("name", of("002"))
def test_002(name: str) -> None:
    m, citations, _ = read(name)
    assert (m.document_type, m.has_masthead, m.place, m.dates.document) == ("letter", False, "Baku", "2020-11-12")
    assert [p.name for p in m.addressees] == ["Chris Kwaja", "Irene Khan", "Nils Melzer"]
    assert all(p.role for p in m.addressees)
    assert [s.name for s in m.signatories] == ["Jeyhun Bayramov"]
    assert (m.senders[0].role, m.senders[0].state) == ("Minister of Foreign Affairs", "AZ")
    assert [(e.pages, e.present) for e in m.enclosures_announced] == [(89, False)]
    assert [c.symbol for c in citations] == ["A/HRC/RES/5/2"]


@pytest.mark.parametrize("name", of("003"))
def test_003(name: str) -> None:
    m, citations, problems = read(name)
    assert (m.document_type, m.distribution, m.symbols) == ("letter", "general", ())
    assert (m.dates.masthead, m.dates.document) == ("2022-02-11", "2022-02-10")
    assert [(o.name, o.session, o.year) for o in m.organs] == [
        ("General Assembly", 76, None),
        ("Security Council", None, 77),
    ]
    assert [i.number for i in m.agenda_items] == ["16", "35", "66", "72", "74", "85", "134"]
    assert len(m.agenda_titles) == 7
    assert [(s.name, s.titles) for s in m.signatories] == [
        ("Yashar Aliyev", ("Ambassador", "Permanent Representative"))
    ]
    assert {c.symbol: c.date for c in citations}["A/75/660-S/2020/1267"] == "2020-12-22"
    assert len([c for c in citations if c.kind == "document"]) == 15
    assert [p.code for p in problems] == ["falling_serial"]


@pytest.mark.parametrize("name", of("004"))
def test_004(name: str) -> None:
    m, _, _ = read(name)
    assert (m.document_type, m.language, m.original_languages) == ("note_verbale", "ar", ("en",))
    assert (m.distribution, m.dates.masthead, m.dates.document) == ("general", "2020-05-06", "2020-04-08")
    assert [(o.name, o.session) for o in m.organs] == [("الجمعية العامة", None), ("مجلس حقوق الإنسان", 43)]
    assert (m.dates.session_start, m.dates.session_end) == ("2020-02-24", "2020-03-20")
    assert [i.number for i in m.agenda_items] == ["4"]
    assert m.job_number is not None
    assert (m.job_number.number, m.job_number.language, m.bar_code) == ("GE.20-06433", "ar", "2006433")
    assert (m.senders[0].state, m.symbols) == ("AZ", ())
