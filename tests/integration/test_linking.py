"""What a batch's records say about each other is written once they are all there."""

import json
import os
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


def pair(out: Path) -> tuple[str, str]:
    """A letter without a symbol, and one by the same sender that cites it."""
    organs = (
        Organ(name="General Assembly", session=75, printed="General Assembly Seventy-fifth session"),
        Organ(name="Security Council", year=75, printed="Security Council Seventy-fifth year"),
    )
    bare = Metadata(has_masthead=True, dates=Dates(masthead="2020-12-22"), organs=organs, senders=SENDER, language="en")
    first = keep(out, "aa", metadata=MetadataFound(bare))
    cited = Citation(
        kind=CitationKind.document, symbol="A/75/660-S/2020/1267", printed="A/75/660-S/2020/1267", date="2020-12-22"
    )
    second = keep(out, "bb", metadata=MetadataFound(Metadata(senders=SENDER, language="en")), citations=(cited,))
    return first, second


def test_a_letter_without_symbol_gets_the_symbol_that_another_cites_as_a_candidate(tmp_path):
    first, _ = pair(tmp_path)
    assert link_records(tmp_path) == 1
    record = read_record(tmp_path / "records" / f"{first}.json")
    assert [c.symbol for c in record.metadata.symbol_candidates] == ["A/75/660-S/2020/1267"]
    assert record.metadata.symbols == ()
    kinds = {json.loads(line)["kind"] for line in (tmp_path / "links.jsonl").read_text().splitlines()}
    assert kinds == {"cites", "candidate"}
    assert link_records(tmp_path) == 0


def test_a_candidate_goes_with_the_record_that_gave_it(tmp_path):
    first, citing = pair(tmp_path)
    link_records(tmp_path)
    (tmp_path / "records" / f"{citing}.json").unlink()
    assert link_records(tmp_path) == 1
    assert read_record(tmp_path / "records" / f"{first}.json").metadata.symbol_candidates == ()


def test_a_record_that_has_not_changed_is_not_read_again(tmp_path):
    _, citing = pair(tmp_path)
    link_records(tmp_path)
    links = (tmp_path / "links.jsonl").read_bytes()
    path = tmp_path / "records" / f"{citing}.json"
    facts = path.stat()
    with path.open("r+b") as file:  # in place, which no run of ours does
        file.write(b"#")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert link_records(tmp_path) == 0
    assert (tmp_path / "links.jsonl").read_bytes() == links


def test_what_was_kept_gives_the_links_of_a_fresh_start(tmp_path):
    for damage in (None, "", "[]\nno digest", "gone", "replaced"):
        out = tmp_path / str(damage).replace("\n", " ")
        first, citing = pair(out)
        link_records(out)
        kept, path = out / "cache" / "digests.jsonl", out / "records" / f"{citing}.json"
        if damage == "gone":
            path.unlink()
        elif damage == "replaced":
            record = read_record(path)
            write_record(out, citing, record_bytes(record.model_copy(update={"citations": ()})))
        elif damage is not None:
            kept.write_text(kept.read_text().splitlines()[0] + "\n" + damage)
        link_records(out)
        known = (out / "links.jsonl").read_bytes(), (out / "records" / f"{first}.json").read_bytes()
        kept.unlink()
        assert link_records(out) == 0
        assert ((out / "links.jsonl").read_bytes(), (out / "records" / f"{first}.json").read_bytes()) == known
