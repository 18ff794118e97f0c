"""Each way to break a record is noticed."""

import pytest

from pipeline.record import assemble, broken_by
from schemas.layout import FootnoteRef
from schemas.structure import Anchor, Footnote
from tests.support.builders import PROVENANCE
from tests.unit.record.test_assemble import findings

SOUND = assemble(findings(), PROVENANCE)


def block(index: int, **changes):
    blocks = list(SOUND.blocks)
    blocks[index] = blocks[index].model_copy(update=changes)
    return SOUND.model_copy(update={"blocks": tuple(blocks)})


def part(**changes):
    return SOUND.model_copy(update={"parts": (SOUND.parts[0].model_copy(update=changes),)})


NOTE = Footnote(id="fn1", mark="1", text="See", part="main", page=1, anchors=(Anchor(block="b1", offset=99),))

BROKEN = [
    (block(1, id="b1"), "an id stands twice"),
    (part(blocks=("b1", "b2")), "not the record's blocks"),
    (block(0, part="annex-1"), "says part annex-1"),
    (part(parent="annex-1"), "only the main part has no parent"),
    (part(present=False), "not present and yet has blocks"),
    (block(0, text="longer than its spans"), "spans end at"),
    (block(0, footnote_refs=(FootnoteRef(offset=0, footnote="fn9"),)), "points to fn9"),
    (block(0, continues="b9"), "continues b9 wrongly"),
    (SOUND.model_copy(update={"footnotes": (NOTE,)}), "anchor outside its block"),
    (SOUND.model_copy(update={"status": "failed"}), "without an error"),
    (SOUND.model_copy(update={"pages": ()}), None),
]


@pytest.mark.parametrize(("record", "sentence"), BROKEN)
def test_a_broken_record_is_called_broken(record, sentence):
    found = broken_by(record)
    assert (found == ()) if sentence is None else any(sentence in line for line in found)
