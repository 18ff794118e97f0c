"""Whatever the blocks, parts partition them and anchors point at marks."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout.plain import plain_blocks
from pipeline.structure import outline
from pipeline.structure.marks import SUPERSCRIPTS
from schemas.page import PageDecision, PageText, TextOrigin

CHUNKS = st.sampled_from(
    [
        "Annex I to the letter dated 3 June 2025",
        "**Annex**",
        "**Appendix II**",
        "Enclosure",
        "المرفق الأول",
        "**Contents**",
        "Annex .......... 3",
        "The Council decided so.<sup>1</sup>",
        "It was noted,² and noted again.³",
        "<sup>1</sup> See A/1.",
        "² See A/2,",
        "³ Ibid.",
        "\\* Reissued.",
        "Item 4 of the list\\*",
        "Images 1–14: houses",
        "Image 3",
        "![x](y.png)",
        "**Aghdam**",
        "*(Signed)* Somebody",
        "Encl.: 3 pages",
        "see annex IV)",
        "Notes",
        "12. The Committee notes the report, and",
        "goes on.",
    ]
)
PAGES = st.lists(st.lists(CHUNKS, max_size=12).map("\n\n".join), min_size=1, max_size=4)


@given(PAGES)
def test_the_outline_is_sound(texts: list[str]) -> None:
    decision = PageDecision(rule="plain_text")
    pages = [
        PageText(n, None, None, 0, TextOrigin.plain_text, decision, plain=text, markdown=True)
        for n, text in enumerate(texts, 1)
    ]
    blocks = plain_blocks(pages)
    found = outline(blocks, {}, pages)
    members = [block for part in found.parts for block in part.blocks]
    assert sorted(members) == sorted(block.id for block in blocks)
    assert {block: part.id for part in found.parts for block in part.blocks} == dict(found.part_of)
    ids = [part.id for part in found.parts]
    assert len(set(ids)) == len(ids)
    assert all(part.parent is None or part.parent in ids for part in found.parts)
    by_id = {block.id: block for block in blocks}
    for note in found.footnotes:
        for anchor in note.anchors:
            at = by_id[anchor.block].text[anchor.offset :].translate(SUPERSCRIPTS)
            assert at.startswith(note.mark)
    assert all(figure.part in ids for figure in found.figures)
    assert set(found.roles) <= set(by_id)
