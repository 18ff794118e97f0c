"""Any blocks give metadata, citations and checks; evidence points at values, mentions at text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.citations import find_citations
from pipeline.metadata import check, read_metadata
from schemas.layout import TextBlock
from schemas.structure import Outline
from tests.unit.metadata.documents import NEW_YORK, page, plain

OUTLINE = Outline(parts=(), part_of={})
words = st.sampled_from(
    [
        "Distr.: General",
        "Original: English",
        "A/75/1",
        "S/2020/1-A/75/2",
        "Agenda items 3 and",
        "4 (b)",
        "22 December 2020",
        "016 May 2020",
        "Seventy-fifth session",
        "Security Council",
        "General Assembly",
        "Letter dated 1 May 2020 from the Chair addressed to the Chair",
        "(Signed)",
        "(Signed) A B",
        "Sincerely,",
        "Ref: 12/3",
        "Encl.: 3 pages",
        "resolution 822 (1993) and",
        "48/114",
        "https://un.org/a-",
        "b/c",
        "الدورة الثالثة والأربعون",
        "البند 4 من جدول الأعمال",
        "第七十五届会议",
        "Письмо",
        "*",
        "1. Text of a paragraph that goes on and on",
        "",
    ]
)
lines = st.lists(st.one_of(words, st.text(max_size=30)), max_size=6).map(" ".join)
texts = st.lists(lines, max_size=12)
rows = st.lists(
    st.tuples(st.floats(0, 500), st.floats(0, 800), st.sampled_from([8.0, 10.0, 12.0, 20.0]), st.booleans(), lines),
    max_size=14,
)
documents = st.one_of(texts.map(lambda t: plain(*t)), rows.map(lambda r: page(*r)), st.permutations(NEW_YORK))


@settings(max_examples=60, deadline=None)
@given(documents)
def test_any_blocks(blocks: list[TextBlock]) -> None:
    found = read_metadata(blocks, OUTLINE, {}, "x.pdf")
    record = {"metadata": found.metadata.model_dump(mode="json")}
    for pointer, evidence in found.evidence.items():
        value: object = record
        for step in pointer.strip("/").split("/"):
            value = value[int(step)] if isinstance(value, list) else value[step]  # type: ignore[index]
        assert value not in (None, [], {})
        assert evidence.block is None or evidence.block in {block.id for block in blocks}
    citations = find_citations(blocks, OUTLINE, tuple(s.symbol for s in found.metadata.symbols))
    lengths = {block.id: len(block.text) for block in blocks}
    assert all(0 <= m.start < m.end <= lengths[m.block] for c in citations for m in c.mentions)
    assert len({(c.symbol, c.url, c.printed, c.kind) for c in citations}) == len(citations)
    check(found.metadata, OUTLINE, citations, blocks, "x.pdf")
    assert read_metadata(blocks, OUTLINE, {}, "x.pdf") == found
