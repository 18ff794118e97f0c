"""How `flows run` ends: the table and the exit code, or in a sentence why there is none."""

from pathlib import Path
from uuid import UUID

import pytest
from prefect.client.schemas.objects import State, StateDetails
from prefect.results import ResultRecord, ResultRecordMetadata
from prefect.serializers import PickleSerializer
from prefect.states import Completed, Failed

from flows.run import conclude
from pipeline.errors import ExitCode, WriteFailed
from pipeline.writer import write_run
from schemas.report import DocumentOutcome, Outcome, RunReport

RUN = UUID("12345678-0000-4000-8000-000000000000")


def ended(state: State) -> State:  # type: ignore[type-arg]
    return state.model_copy(update={"state_details": StateDetails(flow_run_id=RUN)})


def keep_report(out: Path, outcome: Outcome, code: str | None = None) -> None:
    moment = "2026-11-22T02:00:00+00:00"
    report = RunReport(
        run_id="20261122T020000Z-12345678-1",
        started=moment,
        finished=moment,
        host="h",
        pipeline_version="1",
        settings="s",
        documents=(DocumentOutcome(uri="a.pdf", outcome=outcome, code=code, message="It was so."),),
    )
    write_run(out, report)


@pytest.mark.parametrize(
    ("outcome", "code", "state", "exit_code"),
    [
        (Outcome.ok, None, Completed(), ExitCode.ok),
        (Outcome.failed, "damaged_file", Failed(), ExitCode.input),
        (Outcome.skipped, None, Completed(), ExitCode.ok),
        (Outcome.skipped, None, Failed(message="1 of 1 documents failed"), ExitCode.documents_failed),
    ],
)
def test_the_exit_code_is_that_of_the_documents(
    tmp_path: Path,
    outcome: Outcome,
    code: str | None,
    state: State,
    exit_code: ExitCode,  # type: ignore[type-arg]
) -> None:
    keep_report(tmp_path, outcome, code)
    assert conclude(ended(state), tmp_path, 1.0) is exit_code


@pytest.mark.parametrize(
    ("error", "exit_code", "told"),
    [
        (WriteFailed("writer", "a.json", "Cannot write it: No space left", "Make room."), ExitCode.output, "Make room"),
        (ZeroDivisionError("division by zero"), ExitCode.bug, "ZeroDivisionError: division by zero"),
    ],
)
def test_a_run_that_broke_off_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], error: Exception, exit_code: ExitCode, told: str
) -> None:
    about = ResultRecordMetadata(storage_key="k", serializer=PickleSerializer())
    state = ended(Failed(message="It broke", data=ResultRecord(metadata=about, result=error)))
    assert conclude(state, tmp_path, 1.0) is exit_code
    assert told in capsys.readouterr().err
