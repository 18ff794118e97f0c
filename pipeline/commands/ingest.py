"""`undocs ingest` and `undocs retry`: a batch with a progress bar, a table and an exit code."""

import argparse
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile

from pipeline import errors
from pipeline.batch import Batch, ingest_batch, is_named, sources_of, sources_to_retry
from pipeline.commands.answering import own_command
from pipeline.commands.progress import ConsoleProgress
from pipeline.errors import ExitCode, PipelineError, SettingsError, SourceMissing, write_refused
from pipeline.fetch import is_remote
from pipeline.linking import link_records
from pipeline.settings import FetchSettings, OcrMode, OcrSettings, Settings
from pipeline.writer import manifest
from pipeline.writer.manifest import Entry
from schemas.report import DocumentOutcome, Outcome, RunReport

_ONLY_HINT = "Name a record id, a file name, or the first 8 or more digits of the SHA-256."


def run(arguments: argparse.Namespace) -> ExitCode:
    """Ingest what the arguments name; the code tells how it went."""
    begun = time.monotonic()
    batch = _batch(arguments)
    if not batch.sources:
        sys.stderr.write(f"Nothing to retry in {batch.out}: no document failed or is partial.\n")
        return ExitCode.ok
    _require_writable(batch.out)
    known = manifest.load(batch.out) if batch.only else {}
    with ConsoleProgress(sys.stderr) as progress:
        report = ingest_batch(batch, progress)
    unmet = _unmet(batch, report, known)
    if unmet and not report.documents:
        raise unmet
    if any(document.outcome is not Outcome.skipped for document in report.documents):
        link_records(batch.out)
    if arguments.json:
        sys.stdout.write(report.model_dump_json(indent=1) + "\n")
    sys.stderr.write(summary(report, time.monotonic() - begun, batch.out))
    if unmet:
        sys.stderr.write(f"undocs: {unmet}\n")
    return exit_code_of(report) or (ExitCode.documents_failed if unmet else ExitCode.ok)


def _unmet(batch: Batch, report: RunReport, known: Mapping[str, Entry]) -> SettingsError | None:
    """Names given with --only that no document bears; an id may be the one that a document had before this run."""
    before = {digest: entry.record_id for digest, entry in known.items()}
    names = [
        ((d.uri, d.uri.rsplit("/", 1)[-1], d.record_id, before.get(d.sha256 or "")), d.sha256 or "")
        for d in report.documents
    ]
    left = sorted(name for name in batch.only if not any(is_named(frozenset({name}), *named) for named in names))
    if not left:
        return None
    return SettingsError("fetch", f"--only {' '.join(left)}", "None of the sources is meant by it", _ONLY_HINT)


def _require_writable(out: Path) -> None:
    """Ask before the work, and name the folder rather than the first record that cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise write_refused(str(out), error) from error


def _batch(arguments: argparse.Namespace) -> Batch:
    if arguments.jobs < 0:
        raise SettingsError("fetch", "--jobs", f"{arguments.jobs} is no number of workers", "Give 1 or more.")
    out = Path(arguments.out)
    if arguments.command == "retry":
        if not manifest.load(out):
            raise SourceMissing(
                "writer", str(out), "There is no manifest of ingested documents", "Name a folder that `ingest` wrote."
            )
        sources, asked = sources_to_retry(out), ("retry",)
    else:
        _refuse_network(arguments)
        sources, asked = (
            sources_of(arguments.sources, FetchSettings(network=arguments.network)),
            tuple(arguments.sources),
        )
    return Batch(
        sources=sources,
        out=out,
        settings=Settings(
            ocr=OcrSettings(mode=OcrMode(arguments.ocr)),
            fetch=FetchSettings(network=arguments.network),
        ),
        jobs=arguments.jobs,
        force=arguments.command == "retry" or arguments.force,
        only=frozenset(getattr(arguments, "only", ())),
        arguments=asked,
    )


def _refuse_network(arguments: argparse.Namespace) -> None:
    remote = next((source for source in arguments.sources if is_remote(source)), None)
    if remote is not None and not arguments.network:
        raise SettingsError("fetch", remote, "Network sources are off", "Add --network to fetch it.")


def summary(report: RunReport, seconds: float, out: Path) -> str:
    """The closing table, the failures with what to do, and the next step."""
    count = {outcome: sum(1 for d in report.documents if d.outcome is outcome) for outcome in Outcome}
    pages = sum(d.pages for d in report.documents if d.outcome is not Outcome.skipped)
    recognised = sum(d.ocr_pages for d in report.documents if d.outcome is not Outcome.skipped)
    lines = [
        "",
        "  ok   partial   failed   skipped    pages   by OCR   pages/s",
        f"{count[Outcome.ok]:4d} {count[Outcome.partial]:9d} {count[Outcome.failed]:8d} {count[Outcome.skipped]:9d}"
        f" {pages:8d} {recognised:8d} {pages / max(seconds, 0.001):9.1f}",
    ]
    lines += [_line(d) for d in report.documents if d.outcome in (Outcome.failed, Outcome.partial)]
    lines.append(_next_step(count, out))
    return "\n".join(lines) + "\n"


def _line(document: DocumentOutcome) -> str:
    return f"  {document.outcome}: {document.uri}: [{document.code}] {document.message}"


def _next_step(count: dict[Outcome, int], out: Path) -> str:
    if count[Outcome.failed] or count[Outcome.partial]:
        return f"Records: {out}/records. Put the causes right, then: {own_command()} retry {out}"
    return f"Records: {out}/records. Next: {own_command()} status {out}"


def exit_code_of(report: RunReport) -> ExitCode:
    """0 when all went well; where nothing went well for one kind of reason, that kind's code; else 1."""
    bad = [d for d in report.documents if d.outcome in (Outcome.failed, Outcome.partial)]
    if not bad:
        return ExitCode.ok
    codes = {_exit_code(d.code) for d in bad}
    if len(bad) == len(report.documents) and all(d.outcome is Outcome.failed for d in bad) and len(codes) == 1:
        return codes.pop()
    return ExitCode.documents_failed


def _exit_code(code: str | None) -> ExitCode:
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, PipelineError) and kind.code == code:
            return kind.exit_code
    return ExitCode.documents_failed
