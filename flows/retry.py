"""The flow that ingests again everything in an output folder that failed or is partial."""

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows import parameters as form
from flows.ingest import run, run_id
from flows.plan import Order
from flows.runners import task_runner


@flow(
    name="retry-failed",
    flow_run_name="retry what failed in {out}",
    task_runner=task_runner(),
    persist_result=False,
    log_prints=False,
)
def retry_failed(
    out: form.Out = "out",
    ocr: form.Ocr = "auto",
    only: form.Only = [],  # noqa: B006 - shown in the form, never changed
    jobs: form.Jobs = 0,
    network: form.Network = False,
) -> State[Any]:
    """Ingests again what failed or is partial, by whatever run, also where nothing has changed since."""
    settings = form.settings_from(ocr, network)
    order = Order(run_id(), (), Path(out), settings, only=frozenset(only), force=True, jobs=jobs)
    return run(order, out)
