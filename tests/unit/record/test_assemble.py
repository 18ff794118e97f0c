import pytest

from pipeline.grammar.tags import script_of
from pipeline.record import Findings, assemble, broken_by, record_id
from pipeline.record.shares import Tally
from pipeline.writer import record_bytes
from schemas.language import BlockLanguage, LanguageSpan
from schemas.metadata import Metadata, MetadataFound, Symbol
from schemas.problem import Problem, Severity
from schemas.structure import Outline, Part, PartKind
from tests.support.builders import PROVENANCE, block, page, source


def language(text: str, tag: str) -> BlockLanguage:
    return BlockLanguage(tag, 0.99, (LanguageSpan(start=0, end=len(text), tag=tag, confidence=0.99),))


def findings(**changes) -> Findings:
    blocks = (block("b1", "A letter to all"), block("b2", "رسالة إلى الجميع"), block("b3", "1/2", furniture=True))
    defaults = {
        "source": source(),
        "pages": (page(),),
        "labels": {1: "1"},
        "blocks": blocks,
        "languages": {"b1": language(blocks[0].text, "en"), "b2": language(blocks[1].text, "ar")},
        "outline": Outline(
            parts=(Part(id="main", kind=PartKind.main, first_page=1, last_page=1),),
            part_of={b.id: "main" for b in blocks},
        ),
        "metadata": MetadataFound(Metadata(language="en")),
        "citations": (),
        "problems": (),
        "images": {},
    }
    return Findings(**{**defaults, **changes})


def error(code: str = "page_timeout") -> Problem:
    return Problem(severity=Severity.error, stage="pages", code=code, page=1, message="…")


def test_a_joined_record_is_sound_and_complete():
    record = assemble(findings(), PROVENANCE)
    assert broken_by(record) == ()
    assert record.status == "ok"
    assert record.parts[0].blocks == ("b1", "b2", "b3")
    assert [(s.tag, s.share) for s in record.languages] == [("ar", 0.5385), ("en", 0.4615)]
    assert record.pages[0].label == "1"
    assert record.blocks[2].language == "zxx"


def test_errors_make_it_partial_and_without_text_failed():
    assert assemble(findings(problems=(error(),)), PROVENANCE).status == "partial"
    nothing = findings(problems=(error(),), blocks=(), outline=findings().outline, languages={})
    assert assemble(nothing, PROVENANCE).status == "failed"


def test_no_text_without_an_error_is_no_failure():
    assert assemble(findings(blocks=(), languages={}), PROVENANCE).status == "ok"


def test_equal_records_give_equal_bytes_that_read_back():
    record = assemble(findings(), PROVENANCE)
    content = record_bytes(record)
    assert content == record_bytes(assemble(findings(), PROVENANCE))
    assert type(record).model_validate_json(content) == record
    assert content.endswith(b"}\n")


@pytest.mark.parametrize(
    ("symbols", "tag", "name", "expected"),
    [
        (("A/75/660", "S/2020/1267"), "en", "x.pdf", "A_75_660-S_2020_1267.en.3f2a9c1b7d04"),
        (("S/RES/822 (1993)",), "fr", "x.pdf", "S_RES_822_(1993).fr.3f2a9c1b7d04"),
        ((), None, "note verbale.pdf", "note_verbale.und.3f2a9c1b7d04"),
        ((), "ar", "مذكرة.pdf", "document.ar.3f2a9c1b7d04"),
        ((), "en", "../../etc/passwd", "etc_passwd.en.3f2a9c1b7d04"),
    ],
)
def test_record_ids_are_stable_and_safe(symbols, tag, name, expected):
    metadata = Metadata(symbols=tuple(Symbol(symbol=s, organ=s[0], kind="document") for s in symbols), language=tag)
    assert record_id(metadata, source(file_name=name)) == expected


def test_strays_are_no_language_of_a_document():
    blocks = (block("b1", "word " * 1000 + "Əliyev"), block("b2", "رسالة " * 100), block("b3", "ÜNVAN"))
    spans = (
        LanguageSpan(start=0, end=5000, tag="en", confidence=0.99),
        LanguageSpan(start=5000, end=5006, tag="az-Latn", confidence=0.6),
    )
    languages = {
        "b1": BlockLanguage("en", 0.99, spans),
        "b2": language(blocks[1].text, "ar"),
        "b3": language("ÜNVAN", "tr"),
    }
    found = Tally(blocks, languages).shares(["b1", "b2", "b3"])
    assert [(s.tag, s.script) for s in found] == [("en", "Latn"), ("ar", "Arab")]
    assert sum(s.share for s in found) == pytest.approx(1)


def test_a_line_in_another_language_is_a_language_of_the_document():
    blocks = (block("b1", "word " * 2000), block("b2", "Azərbaycan Respublikasının Xarici İşlər Naziri"))
    languages = {"b1": language(blocks[0].text, "en"), "b2": language(blocks[1].text, "az-Latn")}
    assert [s.tag for s in Tally(blocks, languages).shares(["b1", "b2"])] == ["en", "az-Latn"]


def test_names_make_no_language_of_a_document_however_many_they_are():
    texts = ("word " * 200, *["Shushkevich"] * 30, "и др.", "Azərbaycan Respublikası")
    blocks = tuple(block(f"b{number}", text) for number, text in enumerate(texts, 1))
    tags = ("en", *["uz"] * 30, "ru", "az-Latn")
    languages = {b.id: language(b.text, tag) for b, tag in zip(blocks, tags, strict=True)}
    tally = Tally(blocks, languages)
    assert [s.tag for s in tally.shares([b.id for b in blocks])] == ["en", "az-Latn"]
    assert [s.tag for s in tally.shares(["b2", "b3"])] == ["uz"]
    assert [s.tag for s in tally.shares(["b2", "b32"])] == ["uz", "ru"]


def test_a_short_heading_counts_in_a_language_that_the_document_is_written_in():
    texts = ("palabra " * 300, "I. Member States", "I. Statele Membre", "word " * 60)
    blocks = tuple(block(f"b{number}", text) for number, text in enumerate(texts, 1))
    tags = ("es", "en", "ro", "en")
    languages = {b.id: language(b.text, tag) for b, tag in zip(blocks, tags, strict=True)}
    tally = Tally(blocks, languages)
    assert [s.tag for s in tally.shares(["b1", "b2"])] == ["es", "en"]
    assert [s.tag for s in tally.shares(["b1", "b3"])] == ["es"]


@pytest.mark.parametrize(
    ("tag", "script"),
    [("az-Latn", "Latn"), ("az-Cyrl", "Cyrl"), ("azb", "Arab"), ("fr", "Latn"), ("ru", "Cyrl"), ("und", None)],
)
def test_each_tag_has_its_script(tag, script):
    assert script_of(tag) == script
