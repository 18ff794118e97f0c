"""Problems: everything that went wrong, or looks wrong, said so that a reader can act on it."""

from enum import StrEnum

from schemas.base import Model


class Severity(StrEnum):
    """How much a problem matters."""

    info = "info"
    warning = "warning"
    error = "error"


class Problem(Model):
    """One thing that failed, was cut short, or contradicts itself."""

    severity: Severity
    """`info` is worth knowing, `warning` asks for a look, `error` means something is missing from the record."""
    stage: str
    """The stage that met it: fetch, identify, pages, ocr, layout, languages, structure, metadata, citations, record, writer."""
    code: str
    """Stable snake_case name to filter by, such as `page_timeout` or `session_year_mismatch`."""
    page: int | None = None
    """Page position in the file from 1; null where the whole document is meant."""
    message: str
    """What happened, and what to do about it, in a sentence or two."""
