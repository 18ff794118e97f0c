"""identify: what the bytes are, never what the name says (MediaType)."""

from pipeline.identify.signatures import identify, media_type_of

__all__ = ["identify", "media_type_of"]
