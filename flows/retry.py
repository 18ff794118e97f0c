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
    out: str = "out",
    ocr: form.Ocr = "auto",
    only: list[str] = [],  # noqa: B006 - shown in the form, never changed
    jobs: form.Jobs = 0,
    network: bool = False,
) -> State[Any]:
    """Ingests again what failed or is partial, by whatever run, also where nothing has changed since.

    Args:
        out: Folder that keeps records, images and the manifest; or an s3:// address that a local copy is sent to.
        ocr: auto recognises pages without a believable text layer, always all pages, never none.
        only: Leave empty for all. File names, record ids, or the first 8 or more digits of a SHA-256.
        jobs: Child processes that read documents; 0 for one a core.
        network: Allow sources that are fetched over the network.
    """
    settings = form.settings_from(ocr, network)
    order = Order(run_id(), (), Path(out), settings, only=frozenset(only), force=True, jobs=jobs)
    return run(order, out)
