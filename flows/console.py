"""The console of a run: a run whose worker was killed writes into a broken pipe, and must go on all the same."""

import logging
from typing import TextIO


class PatientHandler(logging.StreamHandler[TextIO]):
    """Writes log lines, and says nothing where nobody listens any more; Prefect's own handler ends the run there."""

    def __init__(self, stream: TextIO | None = None, styles: object = None) -> None:
        super().__init__(stream)  # the styles are those of Prefect's handler: colours

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        """Nothing: the server has the line too."""
