"""What is passed over, and what is tried again."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.batch import up_to_date
from pipeline.writer import write_record
from pipeline.writer.manifest import Entry
from schemas.report import Outcome
from schemas.source import Artifact

ARTIFACT = Artifact("in/a.pdf", "a.pdf", Path("in/a.pdf"), "aa", 10)
DONE = Entry("aa", "a.pdf", "/in/a.pdf", "now", Outcome.ok, "a.en")


@pytest.mark.parametrize(
    ("known", "passed_over"),
    [
        (DONE, True),
        (replace(DONE, sha256="bb"), False),
        (replace(DONE, fingerprint="before"), False),
        (replace(DONE, record_id=None), False),
        (replace(DONE, record_id="gone.en"), False),
        (replace(DONE, outcome=Outcome.failed, code="damaged_file"), True),
        (replace(DONE, outcome=Outcome.partial, code="page_failed"), True),
        (replace(DONE, outcome=Outcome.failed, code="tool_missing"), False),
        (replace(DONE, outcome=Outcome.failed, code="out_of_memory"), False),
        (replace(DONE, outcome=Outcome.partial, code="page_timeout"), False),
        (replace(DONE, outcome=Outcome.failed, code="write_failed"), False),
        (replace(DONE, code="tool_crashed"), True),  # a page of a good record had trouble
    ],
)
def test_only_what_another_try_would_not_change_is_passed_over(tmp_path: Path, known: Entry, passed_over: bool) -> None:
    write_record(tmp_path, "a.en", b"{}")
    found = up_to_date(ARTIFACT, {known.sha256: known}, tmp_path, "now")
    assert (found is not None) == passed_over
    assert found is None or (found.outcome, found.uri) == (Outcome.skipped, "in/a.pdf")
