"""How a document ends, and whether another try could end otherwise."""

import os
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.identify import identify
from pipeline.provenance import provenance
from pipeline.record import failed_record
from pipeline.sandbox import Product
from pipeline.settings import Settings
from pipeline.writer import record_bytes
from pipeline.writer.manifest import Entry
from schemas.report import DocumentOutcome, Outcome
from schemas.source import Artifact, MediaType

_PASSING: frozenset[str | None] = frozenset(
    {
        "fetch_failed",
        "tool_timeout",
        "tool_missing",
        "tool_crashed",
        "write_failed",
        "page_timeout",
        "out_of_memory",
    }
)

_DIGITS = 8
"""Digits of a SHA-256 that name a document: two of a thousand share eight in one batch of 8,600."""


def outcome_of(entry: Entry, seconds: float) -> DocumentOutcome:
    """What the manifest's entry says, as a report has it."""
    return DocumentOutcome(
        uri=entry.uri,
        sha256=entry.sha256 or None,
        record_id=entry.record_id,
        outcome=entry.outcome,
        code=entry.code,
        message=entry.message,
        pages=entry.pages,
        ocr_pages=entry.ocr_pages,
        languages=entry.languages,
        seconds=round(seconds, 3),
    )


def duplicate(artifact: Artifact, first: str) -> DocumentOutcome:
    """The outcome of a document with the bytes of another one of the batch."""
    return DocumentOutcome(
        uri=artifact.uri,
        sha256=artifact.sha256,
        outcome=Outcome.skipped,
        code="duplicate",
        message=f"The same bytes as {first}.",
    )


def up_to_date(artifact: Artifact, done: Mapping[str, Entry], out: Path, current: str) -> DocumentOutcome | None:
    """The outcome of a document that another try would not change; None where there is work.

    `done` is the manifest, `current` the fingerprint of settings and versions.
    """
    known = done.get(artifact.sha256)
    if known is None or known.fingerprint != current or known.record_id is None:
        return None
    record = out / "records" / f"{known.record_id}.json"
    if not os.path.exists(record):  # noqa: PTH110 - Path.exists raises where the folder must not be entered
        return None
    if known.outcome is not Outcome.ok and _may_differ_next_time(known):
        return None
    return outcome_of(replace(known, outcome=Outcome.skipped, uri=artifact.uri), 0.0)


def _may_differ_next_time(entry: Entry) -> bool:
    """Does trying again with the same bytes, settings and versions make sense? Not for the document's own fault."""
    return entry.code in _PASSING


def is_named(only: frozenset[str], names: Collection[str | None], sha256: str) -> bool:
    """Is a document meant by `only`: by one of its names, or by the first 8 or more digits of its SHA-256?"""
    return any(name in only for name in names) or any(len(n) >= _DIGITS and sha256.startswith(n) for n in only)


def failed_product(artifact: Artifact, error: PipelineError, settings: Settings) -> Product:
    """What stands for a document that gave no record: one that says why."""
    record = failed_record(artifact, _media_type(artifact), error, provenance(settings, ()))
    return Product(
        record_id=record.record_id,
        status=record.status,
        pages=0,
        ocr_pages=0,
        languages=(),
        code=error.code,
        message=error.message,
        record=record_bytes(record),
        images={},
    )


def _media_type(artifact: Artifact) -> MediaType | None:
    try:
        return identify(artifact)
    except (PipelineError, OSError):
        return None
