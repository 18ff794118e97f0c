"""The record of a document that could not be read: its reason, and everything known of it."""

from pipeline.errors import PipelineError
from pipeline.record.assemble import record_id
from schemas.metadata import Metadata
from schemas.problem import Problem, Severity
from schemas.provenance import Provenance
from schemas.record import DocumentRecord, Identity, Status
from schemas.source import Artifact, MediaType, SourceFile


def failed_record(
    artifact: Artifact, media_type: MediaType | None, error: PipelineError, provenance: Provenance
) -> DocumentRecord:
    """A record with status `failed` and one error problem."""
    source = SourceFile(
        uri=artifact.uri,
        file_name=artifact.file_name,
        media_type=media_type,
        sha256=artifact.sha256,
        bytes=artifact.size_bytes,
        page_count=None,
    )
    return DocumentRecord(
        record_id=record_id(Metadata(), source),
        status=Status.failed,
        identity=Identity(work=None, expression=None, manifestation=f"sha256:{artifact.sha256}"),
        source=source,
        metadata=Metadata(),
        problems=(problem_from(error),),
        provenance=provenance,
    )


def problem_from(error: PipelineError, page: int | None = None) -> Problem:
    """The problem that an error becomes inside a record."""
    return Problem(severity=Severity.error, stage=error.stage, code=error.code, page=page, message=error.message)
