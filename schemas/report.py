"""What belongs to a run and not to a record: times, counts, outcomes."""

from enum import StrEnum

from schemas.base import Model


class Outcome(StrEnum):
    """What became of one source in one run."""

    ok = "ok"
    partial = "partial"
    failed = "failed"
    skipped = "skipped"


class DocumentOutcome(Model):
    """One source in one run."""

    uri: str
    """The source as it was asked for."""
    sha256: str | None = None
    """Digest of its bytes; null where they could not be read."""
    record_id: str | None = None
    """Its record; null where nothing could be written."""
    outcome: Outcome
    """What became of it."""
    code: str | None = None
    """Code of the first error."""
    message: str | None = None
    """What happened and what to do."""
    pages: int = 0
    """Pages read."""
    ocr_pages: int = 0
    """Pages recognised."""
    languages: tuple[str, ...] = ()
    """Tags by share."""
    seconds: float = 0.0
    """Wall time spent on it."""


class RunReport(Model):
    """One run over a batch, as written to `runs/<run_id>.json`."""

    run_id: str
    """Name of the run: UTC start time and a short random suffix."""
    started: str
    """UTC, ISO 8601."""
    finished: str
    """UTC, ISO 8601."""
    host: str
    """Name of the machine."""
    pipeline_version: str
    """Version of this pipeline."""
    settings: str
    """Fingerprint of the settings."""
    arguments: tuple[str, ...] = ()
    """What the run was asked to do, credentials removed."""
    documents: tuple[DocumentOutcome, ...] = ()
    """Outcomes in the order of the sources."""
