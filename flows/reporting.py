"""What an operator sees at the end: the joined run report, the state of the run, a summary and a table of failures."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.handover import Chunk
from flows.plan import Plan
from pipeline.batch import outcome_of
from pipeline.writer import manifest
from pipeline.writer.manifest import Entry
from schemas.report import DocumentOutcome, Outcome, RunReport

PARTIALLY_FAILED = "PartiallyFailed"

MOST_ROWS = 500
"""Rows in the table of failures; the manifest and `undocs status` have all."""

MOST_LISTED = 20
"""Documents that the summary names one by one: what fits on a screen or two."""

_SHOWN_AS = {
    Outcome.ok: "… read, complete",
    Outcome.partial: "… read, partial",
    Outcome.failed: "… failed in this run",
    Outcome.skipped: "… passed over: up to date, or known to fail",
}


@dataclass(frozen=True)
class TaskEnd:
    """How a chunk's task ended."""

    chunk: Chunk
    message: str
    """What its state says."""
    log_url: str
    """Where its log is shown; empty without a UI."""


@dataclass(frozen=True)
class Failure:
    """A document that is not well."""

    document: DocumentOutcome
    log_url: str = ""


def collect(plan: Plan, ends: Sequence[TaskEnd], out: Path) -> tuple[DocumentOutcome, ...]:
    """Every document's outcome, read from the chunks' own reports.

    Where a task broke off before its report, the manifest tells what it had finished; the rest has failed.
    """
    outcomes = list(plan.settled)
    known: dict[str, Entry] | None = None
    for end in ends:
        last = {d.uri: d for report in chunk_reports(out, end.chunk) for d in _worked_on_last(report)}
        for source in end.chunk.sources:
            if source.uri not in last and known is None:
                known = {entry.uri: entry for entry in manifest.load(out).values()}
            outcomes.append(last.get(source.uri) or _without_report(source.uri, end, known or {}))
    return tuple(outcomes)


def _without_report(uri: str, end: TaskEnd, known: Mapping[str, Entry]) -> DocumentOutcome:
    entry = known.get(uri)
    if entry is not None and entry.run_id.startswith(end.chunk.report_id(0)[:-1]):
        return outcome_of(entry, 0.0)
    return _lost(uri, end.message)


def _worked_on_last(report: RunReport) -> Iterable[DocumentOutcome]:
    """On a second try, what the first one finished is skipped: that is no news."""
    return report.documents if report.run_id.endswith(".1") else [d for d in report.documents if d.outcome != "skipped"]


def chunk_reports(out: Path, chunk: Chunk) -> list[RunReport]:
    """The reports of all tries of a chunk, first to last."""
    files = sorted((out / "runs").glob(chunk.report_id(0)[:-1] + "*.json"))
    return [RunReport.model_validate_json(file.read_bytes()) for file in files]


def forget_chunk_reports(out: Path, ends: Iterable[TaskEnd]) -> None:
    """Removes them once they are joined into the report of the run."""
    for end in ends:
        for file in (out / "runs").glob(end.chunk.report_id(0)[:-1] + "*.json"):
            file.unlink(missing_ok=True)


def failures(outcomes: Iterable[DocumentOutcome], ends: Iterable[TaskEnd], out: Path) -> tuple[Failure, ...]:
    """What has failed, with that which failed before and was passed over because nothing has changed."""
    log_of = {source.uri: end.log_url for end in ends for source in end.chunk.sources}
    known = manifest.load(out)
    found = []
    for document in outcomes:
        entry = known.get(document.sha256 or "")
        still = document.outcome is Outcome.skipped and entry is not None and entry.outcome is Outcome.failed
        if document.outcome is Outcome.failed or (still and document.code != "duplicate"):
            found.append(Failure(document, log_of.get(document.uri, "")))
    return tuple(found)


def final_state(outcomes: Sequence[DocumentOutcome], failed: Sequence[Failure]) -> State[Any]:
    """Red, by name, where a document failed; the message has the numbers."""
    partial = sum(d.outcome is Outcome.partial for d in outcomes)
    told = f", {partial} partial" if partial else ""
    if failed:
        return Failed(
            name=PARTIALLY_FAILED,
            message=f"{len(failed)} of {len(outcomes)} documents failed{told}: tab Artifacts, `batch-summary` says why",
        )
    passed_over = sum(d.outcome is Outcome.skipped for d in outcomes)
    return Completed(message=f"Documents: {len(outcomes) - passed_over} read, {passed_over} passed over{told}")


def publish(report: RunReport, failed: Sequence[Failure], seconds: float) -> None:
    """The two artifacts of a run."""
    create_markdown_artifact(summary(report, failed, seconds), key="batch-summary", description="What the batch did")
    if failed:
        create_table_artifact(
            [_row(failure) for failure in failed[:MOST_ROWS]],
            key="failed-documents",
            description=f"Failed: {len(failed)}. Put the causes right, then use Retry: only these run again.",
        )


def _row(failure: Failure) -> dict[str, str]:
    document = failure.document
    return {
        "document": document.uri,
        "code": document.code or "",
        "what happened and what to do": document.message or "",
        "log": f"[log]({failure.log_url})" if failure.log_url else "",
    }


def summary(report: RunReport, failed: Sequence[Failure], seconds: float) -> str:
    """Markdown: first what failed and what to do about it, then what is partial, then the numbers of the batch."""
    partial = [document for document in report.documents if document.outcome is Outcome.partial]
    total = len(report.documents)
    parts = [f"# {len(failed)} of {total} documents failed" if failed else f"# None of {total} documents failed"]
    if failed:
        parts.append(
            "Each line says why and what to do. Put the causes right, then this run's menu › **Retry**: only these are "
            "read again. The other records are written."
        )
        parts += _listed([failure.document for failure in failed], "failed-documents")
    if partial:
        parts.append(
            f"## {len(partial)} partial: a page or a field is missing\n\nTheir records are written and say what is "
            "missing. The deployment `retry-failed` reads them again."
        )
        parts += _listed(partial, "undocs status")
    return "\n\n".join([*parts, "## The batch", _numbers(report, seconds)]) + "\n"


def _listed(documents: Sequence[DocumentOutcome], rest: str) -> list[str]:
    """How many for which cause, and the first of them one by one; `rest` says where all are."""
    causes = Counter(document.code or "unknown" for document in documents).most_common()
    lines = [f"- **{d.uri}** `{d.code}` {d.message or ''}" for d in documents[:MOST_LISTED]]
    if len(documents) > MOST_LISTED:
        lines.append(f"- … and {len(documents) - MOST_LISTED} more: see `{rest}`")
    return ["Causes: " + ", ".join(f"`{code}` {count}" for code, count in causes), "\n".join(lines)]


def _numbers(report: RunReport, seconds: float) -> str:
    worked = [d for d in report.documents if d.outcome is not Outcome.skipped]
    pages, recognised = sum(d.pages for d in worked), sum(d.ocr_pages for d in worked)
    outcomes = Counter(d.outcome for d in report.documents)
    languages = Counter(tag for d in worked for tag in d.languages[:1])
    rows = [
        ("documents", len(report.documents)),
        *((_SHOWN_AS[outcome], outcomes[outcome]) for outcome in Outcome if outcomes[outcome]),
        ("pages read", pages),
        ("… by OCR", f"{recognised} ({recognised / pages:.0%})" if pages else 0),
        ("pages per second", f"{pages / seconds:.1f}" if seconds else "–"),
        (
            "documents by language (of most of the text)",
            ", ".join(f"{tag} {n}" for tag, n in languages.most_common()) or "–",
        ),
        ("seconds", f"{seconds:.0f}"),
    ]
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    made_by = f"Pipeline {report.pipeline_version} on {report.host}. All of it: `runs/{report.run_id}.json`."
    return f"| | |\n|---|---|\n{table}\n\n{made_by}"


def _lost(uri: str, message: str) -> DocumentOutcome:
    return DocumentOutcome(
        uri=uri,
        outcome=Outcome.failed,
        code="chunk_failed",
        message=f"The task of this document broke off ({message}). Retry the run; what is finished is not done again.",
    )
