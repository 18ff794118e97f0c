"""`python -m flows deploy`: makes or renews the deployments on a server that runs already."""

import argparse
import sys
from pathlib import Path

from flows.environment import prepare
from flows.server import await_server
from pipeline.errors import ExitCode, SettingsError, write_refused


def run(arguments: argparse.Namespace) -> ExitCode:
    """Deploys with the folders and times of the arguments."""
    prepare(Path(arguments.home).absolute(), arguments.server)
    await_server(arguments.server)
    deploy_site(arguments)
    sys.stderr.write(f"Deployed ingest-batch, ingest-watch and retry-failed to {arguments.server}\n")
    return ExitCode.ok


def deploy_site(arguments: argparse.Namespace) -> None:
    """The deployments of the arguments' output folder and inbox, on the server of the environment.

    Raises SettingsError for a wrong cron line, and WriteFailed where the inbox cannot be made.
    """
    from flows.deployments import Site, deploy, is_schedule

    if not is_schedule(arguments.cron):
        raise SettingsError(
            "serve", "--cron", f"{arguments.cron!r} is no cron line", "Give five fields, as '0 2 * * *'."
        )
    inbox = Path(arguments.inbox).absolute()
    try:
        inbox.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_refused(str(inbox), error) from error
    deploy(
        Site(
            out=str(Path(arguments.out).absolute()),
            inbox=str(inbox),
            cron=arguments.cron,
            timezone=arguments.timezone,
            overlap=arguments.overlap,
            network=arguments.network,
        )
    )
