"""The log of a run: it survives the worker that listened, and a red run does not end in Prefect's own traceback."""

import logging
from typing import TextIO


class PatientHandler(logging.StreamHandler[TextIO]):
    """Writes log lines, and says nothing where nobody listens any more; Prefect's own handler ends the run there."""

    def __init__(self, stream: TextIO | None = None, styles: object = None) -> None:
        super().__init__(stream)  # the styles are those of Prefect's handler: colours

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        """Nothing: the server has the line too."""


class _NoEcho(logging.Filter):
    """Drops the forty lines by which Prefect passes on that a run has ended red: the run's own words are above them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Is it anything else?"""
        from prefect.exceptions import FailedRun  # Prefect loads this file while it is itself being loaded

        return not (record.exc_info and isinstance(record.exc_info[1], FailedRun))


_NO_ECHO = _NoEcho()


def drop_echoes() -> None:
    """From now on, in this process."""
    for name in ("prefect.flow_runs", "prefect.engine"):
        logging.getLogger(name).addFilter(_NO_ECHO)
