"""What made a record, so that a later run can tell whether it would make another."""

from schemas.base import Model


class Provenance(Model):
    """Versions and settings that decide what a record holds."""

    pipeline_version: str
    """Version of this pipeline."""
    tools: dict[str, str] = {}
    """Versions of the libraries and engines that took part, by name."""
    data: dict[str, str] = {}
    """Versions or digests of language data and tables, by name."""
    settings: str
    """Fingerprint (first 16 hex digits of a SHA-256) of all settings that can change a record."""
