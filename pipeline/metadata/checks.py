"""Cross-checks."""

from collections.abc import Sequence

from schemas.citation import Citation
from schemas.layout import TextBlock
from schemas.metadata import Metadata
from schemas.problem import Problem
from schemas.structure import Outline


def check(
    metadata: Metadata, outline: Outline, citations: Sequence[Citation], blocks: Sequence[TextBlock], file_name: str
) -> tuple[Problem, ...]:
    """What the results say against each other."""
    return ()
