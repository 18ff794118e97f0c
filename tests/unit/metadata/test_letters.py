"""Frames of letters: circulation requests, signatures whose titles run over lines, who acts for whom."""

import pytest

from pipeline.metadata.communications import read_circulation
from pipeline.metadata.evidence import Trail
from pipeline.metadata.parties import party_of
from pipeline.metadata.signatures import signatories
from schemas.metadata import Organ
from tests.unit.metadata.documents import plain

COUNCIL = (Organ(name="Security Council", printed="Security Council"),)


@pytest.mark.parametrize(
    ("text", "organs", "items"),
    [
        (
            "I should be grateful if you would circulate the present letter and its annex as a document of the General "
            "Assembly, under agenda items 24 and 62, and of the Security Council.",
            ("General Assembly", "Security Council"),
            ("24", "62"),
        ),
        ("I should be grateful if the letter could be issued as a document of the Council.", ("Security Council",), ()),
        ("It is requested that it be circulated as a document of the Assembly, under item 4.", (), ("4",)),
    ],
)
def test_circulation(text: str, organs: tuple[str, ...], items: tuple[str, ...]) -> None:
    found = read_circulation(plain(text), Trail(), COUNCIL)
    assert found is not None
    assert (found.organs, found.agenda_items) == (organs, items)


def test_titles_that_run_over_lines() -> None:
    found = signatories(
        plain(
            "(Signed) Ola Nordmann|Ambassador|Permanent Representative of the Republic of Norway|to the United Nations"
        ),
        Trail(),
    )
    assert found[0].titles == ("Ambassador", "Permanent Representative of the Republic of Norway to the United Nations")


def test_president_who_acts_for_a_committee() -> None:
    party = party_of("the President of the Security Council acting in the absence of a Chair of the Committee")
    assert (party.role, party.organization) == ("President", "Security Council")
