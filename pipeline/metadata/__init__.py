"""metadata: what a UN document says about itself, with evidence for each value."""

from pipeline.metadata.checks import check
from pipeline.metadata.read import read_metadata

__all__ = ["check", "read_metadata"]
