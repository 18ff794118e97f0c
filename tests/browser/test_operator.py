"""An operator at the screen: starts a batch with a bad file, sees why it is red, mends it, retries, sees green."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
START_S = 300
RUN_S = 300
LETTER = "Letter dated 18 December 2020 from the Permanent Representative of Azerbaijan\n\nI have the honour.\n"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path, Path]]:
    """A served site: its address, inbox and output folder."""
    inbox, out, log = tmp_path / "inbox", tmp_path / "out", tmp_path / "serve.log"
    inbox.mkdir()
    (inbox / "good.txt").write_text(LETTER)
    (inbox / "other.txt").write_text(LETTER.replace("18", "19"))
    (inbox / "bad.pdf").write_bytes(b"%PDF-1.7\nno more of it")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    command = [sys.executable, "-m", "flows", "serve", "--out", str(out), "--inbox", str(inbox), "--port", "0"]
    with log.open("wb") as stream:
        child = subprocess.Popen(command, stderr=stream, env=environment, cwd=Path(__file__).parents[2])
    try:
        address = _eventually(lambda: _address(log, child), START_S)
        yield address, inbox, out
    finally:
        child.send_signal(signal.SIGINT)
        assert child.wait(60) == 0
    assert "Stopped" in log.read_text()


@pytest.fixture
def screen() -> Iterator[Any]:
    if not (CHROMIUM and DRIVER):
        pytest.skip("needs the Debian packages chromium and chromium-driver")
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs the package selenium")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,860"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.set_page_load_timeout(120)
    yield Screen(driver)
    driver.quit()


class Screen:
    """What an operator does: opens, reads, types, clicks."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def open(self, url: str) -> None:
        self._driver.get(url)

    def text(self) -> str:
        return str(self._driver.find_element("tag name", "body").text)

    def wait_for(self, words: str, seconds: float = 60) -> None:
        _eventually(lambda: words in self.text(), seconds)

    def click(self, xpath: str) -> None:
        _eventually(lambda: self._clicked(xpath), 60)

    def type_number(self, value: str) -> None:
        field = _eventually(lambda: self._driver.find_elements("css selector", "input[type=number]"), 60)[0]
        field.clear()
        field.send_keys(value)

    def keep(self, name: str) -> None:
        folder = Path(os.environ.get("UNDOCS_SCREENSHOTS", "out/screenshots"))
        folder.mkdir(parents=True, exist_ok=True)
        self._driver.save_screenshot(str(folder / f"{name}.png"))

    def _clicked(self, xpath: str) -> bool:
        found = [element for element in self._driver.find_elements("xpath", xpath) if element.is_displayed()]
        if found:
            found[-1].click()
        return bool(found)


def test_a_failed_document_is_seen_mended_and_retried_alone(site: tuple[str, Path, Path], screen: Screen) -> None:
    address, inbox, out = site
    deployment = _ask(address, "deployments/name/ingest-batch/ingest-batch")["id"]
    screen.open(f"{address}/v2/deployments/deployment/{deployment}/run")
    screen.wait_for("Child processes that read documents")
    screen.type_number("1")
    screen.keep("form")
    screen.click("//button[normalize-space()='Submit']")

    run = _eventually(lambda: _ask(address, "flow_runs/filter", {"limit": 1}), 60)[0]["id"]
    assert _ended(address, run) == ("FAILED", "PartiallyFailed")
    assert _ask(address, f"flow_runs/{run}")["parameters"]["jobs"] == 1
    before = _manifest(out)
    assert sorted(entry["uri"] for entry in before) == ["bad.pdf", "good.txt", "other.txt"]

    screen.open(f"{address}/v2/runs/flow-run/{run}?tab=Logs")
    screen.wait_for("PartiallyFailed")
    screen.wait_for("bad.pdf: failed [damaged_file]")
    screen.keep("failed-run")
    screen.open(f"{address}/v2/artifacts/artifact/{_artifact(address, 'failed-documents')}")
    screen.wait_for("damaged_file")
    screen.keep("failed-documents")

    (inbox / "bad.pdf").write_text(LETTER.replace("18", "20"))
    screen.open(f"{address}/v2/runs/flow-run/{run}")
    screen.wait_for("PartiallyFailed")
    screen.click("//button[@aria-haspopup='menu']")
    screen.click("//*[@role='menuitem'][contains(.,'Retry')]")
    screen.click("//*[@role='dialog' or @role='alertdialog']//button[normalize-space()='Retry']")
    _eventually(lambda: _ask(address, f"flow_runs/{run}")["state"]["type"] != "FAILED", 60)
    assert _ended(address, run) == ("COMPLETED", "Completed")
    screen.open(f"{address}/v2/runs/flow-run/{run}")
    screen.wait_for("Completed")
    screen.keep("mended-run")
    again = _manifest(out)[len(before) :]
    assert [(entry["uri"], entry["outcome"]) for entry in again] == [("bad.pdf", "ok")]


def _address(log: Path, child: "subprocess.Popen[bytes]") -> str:
    assert child.poll() is None, log.read_text()
    lines = [line.split() for line in log.read_text().splitlines()]
    return next((words[1] for words in lines if words[:1] == ["Open"]), "")


def _ask(address: str, path: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{address}/api/{path}", data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def _artifact(address: str, key: str) -> str:
    found = _ask(address, "artifacts/filter", {"artifacts": {"key": {"any_": [key]}}})
    return str(found[0]["id"])


def _ended(address: str, run: str) -> tuple[str, str]:
    def state() -> tuple[str, str] | None:
        found = _ask(address, f"flow_runs/{run}")["state"]
        over = found["type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
        return (found["type"], found["name"]) if over else None

    return _eventually(state, RUN_S)


def _manifest(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "manifest.jsonl").read_text().splitlines()]


def _eventually(look: Callable[[], Any], seconds: float) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.5)
    raise AssertionError(f"not within {seconds} s")
