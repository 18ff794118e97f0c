"""The files for production say commands that exist, and the handbook shows pictures and files that exist."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from flows.__main__ import _parser
from flows.server import await_server, free_port
from pipeline.errors import ToolTimeout

FLOWS = Path(__file__).parents[2] / "flows"


def commands() -> list[list[str]]:
    services = yaml.safe_load((FLOWS / "operations" / "compose.yaml").read_text())["services"]
    found = [service["command"] for service in services.values() if "command" in service]
    for unit in (FLOWS / "operations").glob("*.service"):
        found += [line.split() for line in re.findall(r"^ExecStart=(.*)$", unit.read_text(), re.M)]
    return found


@pytest.mark.parametrize("command", [c for c in commands() if "flows" in c], ids=" ".join)
def test_commands_of_the_project_are_understood(command: list[str]) -> None:
    arguments = _parser().parse_args(command[command.index("flows") + 1 :])
    assert arguments.server.endswith(":4200/api")


def test_services_depend_on_services_that_exist() -> None:
    services = yaml.safe_load((FLOWS / "operations" / "compose.yaml").read_text())["services"]
    assert {name for service in services.values() for name in service.get("depends_on", ())} <= set(services)


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="needs the Debian package docker-compose")
def test_a_compose_client_accepts_the_file() -> None:
    command = ["docker-compose", "-f", str(FLOWS / "operations" / "compose.yaml"), "config", "--quiet"]
    told = subprocess.run(command, env={**os.environ, "POSTGRES_PASSWORD": "x"}, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    bare = {name: value for name, value in os.environ.items() if name != "POSTGRES_PASSWORD"}
    assert "set a password" in subprocess.run(command, env=bare, capture_output=True, text=True).stderr


def test_the_handbook_points_at_files_that_exist() -> None:
    handbook = (FLOWS / "README.md").read_text()
    for path in re.findall(r"\((pictures/[^)]+)\)", handbook) + re.findall(r"`(operations/[^`]+)`", handbook):
        assert (FLOWS / path).exists(), path


@pytest.mark.parametrize(
    "command", ["run in --out o --jobs 2", "serve --out o", "worker --server http://u", "deploy --server http://u"]
)
def test_the_command_line_takes(command: str) -> None:
    assert _parser().parse_args(command.split()).command == command.split()[0]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("worker --server nobody", "nobody is no address of a server"),
        ("run in --jobs -2", "-2 is no number of workers"),
        ("serve --timezone Nowhere", "Nowhere is no time zone"),
        ("serve --runs 0", "0 is not a number of runs"),
    ],
)
def test_the_command_line_refuses(command: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        _parser().parse_args(command.split())
    assert refused.value.code == 2
    assert told in capsys.readouterr().err


def test_a_server_that_nobody_has_started_is_told_after_a_while() -> None:
    with pytest.raises(ToolTimeout, match="no Prefect server answers there"):
        await_server(f"http://127.0.0.1:{free_port()}/api", patience_s=0.3)
