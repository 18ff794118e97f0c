"""`python -m flows deploy`: makes or renews the deployments on a server that runs already."""

import argparse
import sys
from pathlib import Path

from flows.environment import prepare
from pipeline.errors import ExitCode


def run(arguments: argparse.Namespace) -> ExitCode:
    """Deploys with the folders and times of the arguments."""
    prepare(Path(arguments.home).absolute(), arguments.server)
    deploy_site(arguments)
    sys.stderr.write(f"Deployed ingest-batch, ingest-watch and retry-failed to {arguments.server}\n")
    return ExitCode.ok


def deploy_site(arguments: argparse.Namespace) -> None:
    """The deployments of the arguments' output folder and inbox, on the server of the environment."""
    from flows.deployments import Site, deploy

    inbox = Path(arguments.inbox).absolute()
    inbox.mkdir(parents=True, exist_ok=True)
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
