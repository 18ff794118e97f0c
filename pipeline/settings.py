"""All settings, frozen, in one small group a stage. What can change a record enters the fingerprint."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum


class OcrMode(StrEnum):
    """When pages are recognised."""

    auto = "auto"
    always = "always"
    never = "never"


@dataclass(frozen=True)
class Limits:
    """What one document may ask for. A breach ends as a typed problem, never as a hang."""

    max_bytes: int = 1 << 30
    """Largest file read: 1 GiB; the largest UN scan seen is 0.2 GiB."""
    max_pages: int = 5_000
    """Most pages read of one document."""
    max_page_px: int = 40_000_000
    """Most pixels rendered for one page (A4 at 300 dpi has 8.7 million)."""
    page_s: float = 60.0
    """Wall seconds for one page without OCR; an ordinary page takes 0.05."""
    ocr_page_s: float = 180.0
    """Wall seconds for recognising one page; an ordinary one takes 3 to 6."""
    document_s: float = 7_200.0
    """Wall seconds for one document."""
    memory_bytes: int = 3 << 30
    """Address space of a worker: pdfium needs 0.3 GiB at most on honest files, Tesseract 0.4."""


@dataclass(frozen=True)
class OcrSettings:
    """How pages are recognised."""

    mode: OcrMode = OcrMode.auto
    engine: str = "tesserocr"
    """`tesserocr`, `pytesseract`, `null`."""


@dataclass(frozen=True)
class FetchSettings:
    """What may be fetched from elsewhere, and how patiently. Nothing here can change a record."""

    network: bool = False
    """May sources be fetched over the network at all?"""
    allow_private: bool = False
    """May hosts with loopback, private or otherwise not public addresses be asked?"""
    attempts: int = 4
    """Times that one address is asked before it counts as failed."""
    backoff_s: float = 1.0
    """Longest wait after the first failure, doubled by each further one; drawn at random below it."""
    patience_s: float = 120.0
    """Longest wait that a server may ask for with Retry-After; a longer one ends as a failure."""
    host_interval_s: float = 1.0
    """Least time between two requests to one host from this machine."""
    timeout_s: float = 30.0
    """Wall seconds to connect, and between two pieces of an answer."""
    download_s: float = 900.0
    """Wall seconds for one download: 0.2 GiB, the largest UN scan seen, at 250 kB/s."""


@dataclass(frozen=True)
class Settings:
    """Everything that can be set."""

    ocr: OcrSettings = field(default_factory=OcrSettings)
    limits: Limits = field(default_factory=Limits)
    fetch: FetchSettings = field(default_factory=FetchSettings)

    def fingerprint(self) -> str:
        """First 16 hex digits of the SHA-256 of all settings that can change a record."""
        groups = {name: group for name, group in asdict(self).items() if name != "fetch"}
        text = json.dumps(groups, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]
