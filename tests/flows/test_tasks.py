"""What becomes of a chunk: green, red, or red with another try."""

import pytest

from flows.tasks import MAY_PASS, may_pass, state_of
from schemas.report import DocumentOutcome, Outcome, RunReport


def report(*codes: str | None, outcome: Outcome = Outcome.failed) -> RunReport:
    documents = tuple(
        DocumentOutcome(uri=f"{n}.pdf", outcome=outcome if code else Outcome.ok, code=code)
        for n, code in enumerate(codes)
    )
    moment = "2026-11-22T02:00:00+00:00"
    return RunReport(
        run_id="r", started=moment, finished=moment, host="h", pipeline_version="1", settings="s", documents=documents
    )


@pytest.mark.parametrize(
    ("codes", "name", "again"),
    [
        ((None, None), "Completed", False),
        ((None, "damaged_file"), "DocumentsFailed", False),
        (("damaged_file", "fetch_failed"), MAY_PASS, True),
        (("tool_timeout",), MAY_PASS, True),
        (("write_failed",), MAY_PASS, True),
    ],
)
def test_a_chunk_is_tried_again_where_a_cause_may_pass(codes: tuple[str | None, ...], name: str, again: bool) -> None:
    state = state_of(report(*codes))
    assert (state.name, may_pass(None, None, state)) == (name, again)  # type: ignore[arg-type]


def test_partial_documents_leave_a_chunk_green() -> None:
    assert state_of(report(None, "page_failed", outcome=Outcome.partial)).is_completed()
