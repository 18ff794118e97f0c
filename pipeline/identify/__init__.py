"""identify: what the bytes are, whatever the name says (MediaType)."""

from pipeline.identify.names import misnamed
from pipeline.identify.signatures import identify, media_type_of

__all__ = ["identify", "media_type_of", "misnamed"]
