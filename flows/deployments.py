"""The deployments as the server shows them, the work pool they run in, and what happens to runs that die unheard."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from prefect import Flow
from prefect.automations import Automation
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.exceptions import ObjectAlreadyExists
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType

from flows.ingest import ingest_batch, ingest_watch
from flows.retry import retry_failed
from flows.worker import WORK_POOL

UNHEARD_S = 120
"""Seconds without a sign of life after which a run counts as dead: three may be lost on a busy machine."""

UNHEARD_NAME = "undocs: runs that died unheard"

Overlap = Literal["wait", "cancel"]

COLLISION = {"wait": ConcurrencyLimitStrategy.ENQUEUE, "cancel": ConcurrencyLimitStrategy.CANCEL_NEW}


@dataclass(frozen=True)
class Site:
    """What the deployments of one place have in common."""

    out: str
    """Output folder or address, the forms' default."""
    inbox: str
    """What is looked at every night."""
    cron: str = "0 2 * * *"
    """When: five fields of cron."""
    timezone: str = "UTC"
    """Of the cron line; an IANA name."""
    overlap: Overlap = "wait"
    """What happens to a second run of `ingest-batch` or `retry-failed` while one is at work."""
    network: bool = False
    """The forms' default for fetching over the network."""


def is_schedule(cron: str) -> bool:
    """Does Prefect take the cron line?"""
    try:
        Cron(cron)
    except ValueError:
        return False
    return True


def deploy(site: Site) -> None:
    """Makes or renews the work pool, the three deployments and the automation."""
    _make_pool()
    for_all = {"out": site.out, "network": site.network}
    _apply(ingest_batch, {**for_all, "sources": [site.inbox]}, site.overlap)
    nightly = Cron(site.cron, timezone=site.timezone)
    _apply(ingest_watch, {**for_all, "inbox": site.inbox}, "cancel", nightly)
    _apply(retry_failed, for_all, site.overlap)
    _watch_for_silence()


def _make_pool() -> None:
    with get_client(sync_client=True) as client:
        try:
            client.create_work_pool(WorkPoolCreate(name=WORK_POOL, type="process"))
        except ObjectAlreadyExists:
            return


def _apply(
    flow: "Flow[..., Any]", parameters: dict[str, Any], overlap: Overlap, schedule: Schedule | None = None
) -> None:
    """Named as its flow; at most one run at a time."""
    deployment = flow.to_deployment(
        name=flow.name,
        parameters=parameters,
        schedule=schedule,
        description=(flow.description or "").partition("\n")[0],
        tags=["undocs"],
        work_pool_name=WORK_POOL,
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=COLLISION[overlap]),
        job_variables={"working_dir": str(Path.cwd())},
        entrypoint_type=EntrypointType.MODULE_PATH,  # the project is installed where the worker is
    )
    assert isinstance(deployment, RunnerDeployment)  # a coroutine only inside an event loop
    deployment.apply()


def _watch_for_silence() -> None:
    """Runs whose process and worker were both killed say nothing more: they shall not stay Running for ever."""
    with get_client(sync_client=True) as client:
        if client.read_automations_by_name(UNHEARD_NAME):
            return
    heartbeat = "prefect.flow-run.heartbeat"
    ended = {f"prefect.flow-run.{name}" for name in ("Completed", "Failed", "Cancelled", "Crashed", "PartiallyFailed")}
    Automation(
        name=UNHEARD_NAME,
        description="Marks a run as crashed when it gives no sign of life; the next run finishes its work.",
        trigger=EventTrigger(
            after={heartbeat},
            expect={heartbeat, *ended},
            match={"prefect.resource.id": ["prefect.flow-run.*"]},
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=timedelta(seconds=UNHEARD_S),
        ),
        actions=[
            ChangeFlowRunState(
                state=StateType.CRASHED,
                name="Crashed",
                message="No sign of life: the process or its machine died. Run it again; nothing is done twice.",
            )
        ],
    ).create()
