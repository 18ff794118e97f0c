"""The output folder of a run; where it is an address, a local folder that is filled from it and sent to it."""

import hashlib
from pathlib import Path
from types import TracebackType
from typing import Self

from prefect.settings import get_current_settings

from pipeline.fetch import is_remote
from pipeline.fetch.addresses import without_credentials
from pipeline.settings import FetchSettings


class Outbox:
    """Use it as a context manager; `folder` is the local folder to work in.

    Without an address it does nothing. With one, what the store has and the folder lacks is fetched first, so that
    any machine goes on where another stopped; `send` and leaving copy what is new.
    """

    def __init__(self, out: str, settings: FetchSettings) -> None:
        self._address = out if is_remote(out) else ""
        self._settings = settings
        self.folder = self._local_folder() if self._address else Path(out).absolute()

    def __enter__(self) -> Self:
        if self._address:
            from pipeline.fetch import store

            self.folder.mkdir(parents=True, exist_ok=True)
            store.restore(self._address, self.folder, self._settings)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None or issubclass(kind, Exception):
            self.send()

    def send(self) -> None:
        """Copies what is new or changed to the address."""
        if self._address:
            from pipeline.fetch import store

            store.mirror(self.folder, self._address, self._settings)

    def _local_folder(self) -> Path:
        name = hashlib.sha256(without_credentials(self._address).encode()).hexdigest()[:16]
        return Path(get_current_settings().home) / "outboxes" / name
