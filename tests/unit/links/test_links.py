from pipeline.grammar.symbol import parse_symbols
from pipeline.links import link
from schemas.citation import Citation, CitationKind
from schemas.metadata import Dates, Metadata, Organ, Party
from schemas.record import DocumentRecord, Identity, Status
from tests.support.builders import PROVENANCE, source

ORGANS = (
    Organ(name="General Assembly", session=75, printed="…"),
    Organ(name="Security Council", year=75, printed="…"),
)


def record(
    name: str, work: str | None = None, cites: tuple[tuple[str, str], ...] = (), **fields: object
) -> DocumentRecord:
    symbols = parse_symbols(work) if work else ()
    return DocumentRecord(
        record_id=name,
        status=Status.ok,
        identity=Identity(work=work, expression=None, manifestation="sha256:0"),
        source=source(),
        metadata=Metadata(has_masthead=True, symbols=symbols, senders=(Party(state="NO"),), **fields),  # type: ignore[arg-type]
        citations=tuple(
            Citation(kind=CitationKind.document, symbol=symbol, printed=symbol, date=date) for symbol, date in cites
        ),
        provenance=PROVENANCE,
    )


NAMELESS = record("a", dates=Dates(masthead="2020-12-22"), organs=ORGANS)
CITING = record("b", "A/76/1", cites=(("A/75/660-S/2020/1267", "2020-12-22"), ("A/74/9-S/2020/1", "2020-12-22")))


def test_a_nameless_record_is_offered_what_its_sender_cites() -> None:
    found = link([CITING, NAMELESS])
    (candidate,) = found.candidates["a"]
    assert candidate.symbol == "A/75/660-S/2020/1267"
    assert "cited by b" in candidate.reason


def test_no_candidate_for_another_sender_date_or_session() -> None:
    foreign = NAMELESS.model_copy(
        update={"metadata": NAMELESS.metadata.model_copy(update={"senders": (Party(state="SE"),)})}
    )
    later = record("a", dates=Dates(masthead="2020-12-23"), organs=ORGANS)
    other_year = record("a", dates=Dates(masthead="2020-12-22"), organs=ORGANS[:1])
    no_masthead = NAMELESS.model_copy(update={"metadata": NAMELESS.metadata.model_copy(update={"has_masthead": False})})
    later_year = record(
        "a",
        dates=Dates(masthead="2020-12-22"),
        organs=(ORGANS[0], Organ(name="Security Council", year=76, printed="…")),
    )
    with_symbol = record("a", "A/75/7", dates=Dates(masthead="2020-12-22"), organs=ORGANS)
    for row in (foreign, later, other_year, no_masthead, later_year, with_symbol):
        assert link([CITING, row]).candidates == {}


def test_no_candidate_that_another_record_bears() -> None:
    assert link([NAMELESS, CITING, record("c", "A/75/660-S/2020/1267")]).candidates == {}


def test_a_body_s_own_document_is_no_candidate_for_a_letter_to_the_organ() -> None:
    letter = record("a", dates=Dates(masthead="2020-12-22"), organs=ORGANS[:1])
    for symbol, offered in (("A/75/660", 1), ("A/C.3/75/2", 0)):
        assert len(link([letter, record("b", cites=((symbol, "2020-12-22"),))]).candidates) == offered


def test_the_same_text_twice_is_no_language_version_and_nothing_cites_itself() -> None:
    first, again = record("e", "A/75/1", language="en"), record("f", "A/75/1", language="en")
    assert link([first, again]).links == ()
    double = record("d", "A/75/1-S/2020/2", cites=(("S/2020/2", "2020-01-01"),))
    assert [item.target for item in link([double]).links] == [None]


def test_versions_citations_and_amendments() -> None:
    english = record("e", "A/75/1", language="en")
    arabic = record("f", "A/75/1", language="ar")
    corrigendum = record("g", "A/75/1/Corr.1", amends="A/75/1", cites=(("A/75/1", "2020-01-01"),))
    edges = {(item.source, item.kind.value, item.target) for item in link([english, arabic, corrigendum]).links}
    assert edges == {
        ("e", "version", "f"),
        ("f", "version", "e"),
        ("g", "amends", "e"),
        ("g", "amends", "f"),
        ("g", "cites", "e"),
        ("g", "cites", "f"),
    }


def test_order_does_not_matter_and_a_larger_batch_only_adds() -> None:
    small = link([NAMELESS, CITING])
    assert small == link([CITING, NAMELESS])
    large = link([NAMELESS, CITING, record("z", "A/70/1")])
    assert set(small.links) <= set(large.links)
    assert large.candidates == small.candidates
