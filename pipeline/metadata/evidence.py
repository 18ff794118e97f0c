"""Collects values with the place and the rule that gave each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.metadata.front import FrontLine
from schemas.metadata import Evidence
from schemas.problem import Problem, Severity

STAGE = "metadata"


@dataclass
class Trail:
    """Evidence and problems of one document while it is read; frozen into `MetadataFound` at the end."""

    evidence: dict[str, Evidence] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def note(self, pointer: str, lines: FrontLine | Sequence[FrontLine], rule: str) -> None:
        """Says which lines gave the value at `/metadata/<pointer>`, by which rule."""
        many = [lines] if isinstance(lines, FrontLine) else list(lines)
        if many:
            text = " ".join(line.text for line in many)
            self.put(pointer, many[0].block, many[0].page, text, rule)

    def put(self, pointer: str, block: str | None, page: int | None, text: str, rule: str) -> None:
        """The same for a place that is no line of the front."""
        self.evidence[f"/metadata/{pointer}"] = Evidence(block=block, page=page, text=text, rule=rule)

    def mended_date(self, printed: str, iso: str | None, page: int) -> None:
        """Says that a date was read with a letter taken for a digit."""
        what = f"The text reads {printed!r}, taken as {iso}: a letter looks like a digit. Check it on the page."
        self.warn("date_letters_mended", what, page)

    def warn(self, code: str, message: str, page: int | None = None, severity: Severity = Severity.warning) -> None:
        """Adds a problem."""
        self.problems.append(Problem(severity=severity, stage=STAGE, code=code, page=page, message=message))
