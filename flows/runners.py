"""Where tasks run: in threads of the flow's process, or on a Dask or Ray cluster.

`UNDOCS_TASK_RUNNER` names it: `threads` (as set), `dask`, `dask:ADDRESS`, `ray`, `ray:ADDRESS`. Without an address a
cluster is started on this machine. `UNDOCS_CHUNKS_AT_ONCE` is the number of chunks handed out together: as many as the
cluster has machines, for one chunk uses all cores of its machine.
"""

import os
from typing import Any

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from pipeline.errors import SettingsError, ToolMissing

CHOICE = os.environ.get("UNDOCS_TASK_RUNNER", "threads")

AT_ONCE = int(os.environ.get("UNDOCS_CHUNKS_AT_ONCE", "1"))


def task_runner() -> TaskRunner[Any]:
    """The runner that the environment names.

    Raises SettingsError for an unknown name and ToolMissing where its package is not installed.
    """
    kind, _, address = CHOICE.partition(":")
    if kind == "threads":
        return ThreadPoolTaskRunner(max_workers=AT_ONCE)
    if kind not in ("dask", "ray"):
        raise SettingsError("flows", "UNDOCS_TASK_RUNNER", f"{CHOICE!r} is no task runner", "Use threads, dask or ray.")
    try:
        return _dask(address) if kind == "dask" else _ray(address)
    except ImportError as error:
        raise ToolMissing(
            "flows",
            "UNDOCS_TASK_RUNNER",
            f"the package prefect-{kind} is not installed",
            f"Install it on every machine: `.venv/bin/pip install prefect-{kind}`.",
        ) from error


def _dask(address: str) -> TaskRunner[Any]:
    from prefect_dask import DaskTaskRunner

    workers = {"n_workers": AT_ONCE, "threads_per_worker": 1}
    runner: TaskRunner[Any] = DaskTaskRunner(address=address) if address else DaskTaskRunner(cluster_kwargs=workers)
    return runner


def _ray(address: str) -> TaskRunner[Any]:
    from prefect_ray import RayTaskRunner

    runner: TaskRunner[Any] = RayTaskRunner(address=address or None)
    return runner
