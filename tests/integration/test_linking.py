"""What a batch's records say about each other is written once they are all there."""

import json
from pathlib import Path

from pipeline.linking import link_records
from pipeline.record import assemble
from pipeline.writer import write_record
from pipeline.writer.records import read_record, record_bytes
from schemas.citation import Citation, CitationKind
from schemas.metadata import Dates, Metadata, MetadataFound, Organ, Party
from tests.support.builders import PROVENANCE, source
from tests.unit.record.test_assemble import findings

SENDER = (Party(state="AZ", role="Permanent Representative"),)


def keep(out: Path, name: str, **changes) -> str:
    found = findings(source=source(file_name=name, sha256=name.ljust(64, "0")), **changes)
    record = assemble(found, PROVENANCE)
    write_record(out, record.record_id, record_bytes(record))
    return record.record_id


def test_a_letter_without_symbol_gets_the_symbol_that_another_cites_as_a_candidate(tmp_path):
    organs = (
        Organ(name="General Assembly", session=75, printed="General Assembly Seventy-fifth session"),
        Organ(name="Security Council", year=75, printed="Security Council Seventy-fifth year"),
    )
    bare = Metadata(has_masthead=True, dates=Dates(masthead="2020-12-22"), organs=organs, senders=SENDER, language="en")
    first = keep(tmp_path, "aa", metadata=MetadataFound(bare))
    cited = Citation(
        kind=CitationKind.document, symbol="A/75/660-S/2020/1267", printed="A/75/660-S/2020/1267", date="2020-12-22"
    )
    keep(tmp_path, "bb", metadata=MetadataFound(Metadata(senders=SENDER, language="en")), citations=(cited,))
    assert link_records(tmp_path) == 1
    record = read_record(tmp_path / "records" / f"{first}.json")
    assert [c.symbol for c in record.metadata.symbol_candidates] == ["A/75/660-S/2020/1267"]
    assert record.metadata.symbols == ()
    kinds = {json.loads(line)["kind"] for line in (tmp_path / "links.jsonl").read_text().splitlines()}
    assert kinds == {"cites", "candidate"}
    assert link_records(tmp_path) == 0
