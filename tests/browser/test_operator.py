"""An operator at the screen: starts a batch with a bad file, sees why it is red, mends it, retries, sees green."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.site import Site, served

pytestmark = pytest.mark.browser

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
LETTER = "Letter dated 18 December 2020 from the Permanent Representative of Azerbaijan\n\nI have the honour.\n"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A served site with a bad file in its inbox."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "good.txt").write_text(LETTER)
    (inbox / "other.txt").write_text(LETTER.replace("18", "19"))
    (inbox / "bad.pdf").write_bytes(b"%PDF-1.7\nno more of it")
    with served(tmp_path, inbox) as served_site:
        yield served_site


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

    def show(self, words: str) -> None:
        """Scrolls to where the words stand."""
        found = self._driver.find_elements("xpath", f"//*[contains(text(),{words!r})]")
        self._driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found[-1])
        time.sleep(0.5)

    def _clicked(self, xpath: str) -> bool:
        found = [element for element in self._driver.find_elements("xpath", xpath) if element.is_displayed()]
        if found:
            found[-1].click()
        return bool(found)


def test_a_failed_document_is_seen_mended_and_retried_alone(site: Site, screen: Screen, tmp_path: Path) -> None:
    deployment = site.ask("deployments/name/ingest-batch/ingest-batch")["id"]
    screen.open(f"{site.address}/v2/deployments/deployment/{deployment}/run")
    screen.wait_for("Child processes that read documents")
    screen.type_number("1")
    screen.keep("form")
    screen.click("//button[normalize-space()='Submit']")

    by_hand = {"flow_runs": {"deployment_id": {"any_": [deployment]}}}  # those of the clock are there too
    run = _eventually(lambda: site.ask("flow_runs/filter", by_hand), 60)[0]["id"]
    assert site.state(run).startswith("PartiallyFailed: 1 of 3 documents failed")
    assert site.ask(f"flow_runs/{run}")["parameters"]["jobs"] == 1
    before = site.entries()
    assert sorted(entry["uri"] for entry in before) == ["bad.pdf", "good.txt", "other.txt"]

    screen.open(f"{site.address}/v2/runs/flow-run/{run}?tab=Logs")
    screen.wait_for("PartiallyFailed")
    screen.wait_for("bad.pdf: failed [damaged_file]")
    screen.show("bad.pdf: failed [damaged_file]")
    screen.keep("failed-run")
    screen.open(f"{site.address}/v2/runs/flow-run/{run}?tab=Artifacts")
    screen.wait_for("failed-documents")
    screen.keep("artifacts")
    screen.open(f"{site.address}/v2/artifacts/artifact/{_artifact(site, 'failed-documents')}")
    screen.wait_for("damaged_file")
    screen.keep("failed-documents")
    screen.open(f"{site.address}/v2/artifacts/artifact/{_artifact(site, 'batch-summary')}")
    screen.wait_for("1 of 3 documents failed")
    screen.wait_for("damaged_file")
    screen.keep("batch-summary")

    (tmp_path / "inbox" / "bad.pdf").write_text(LETTER.replace("18", "20"))
    screen.open(f"{site.address}/v2/runs/flow-run/{run}")
    screen.wait_for("PartiallyFailed")
    screen.click("//button[@aria-haspopup='menu']")
    screen.click("//*[@role='menuitem'][contains(.,'Retry')]")
    screen.click("//*[@role='dialog' or @role='alertdialog']//button[normalize-space()='Retry']")
    _eventually(lambda: site.ask(f"flow_runs/{run}")["state"]["type"] != "FAILED", 60)
    assert site.state(run) == "Completed: Documents: 1 read, 2 passed over"
    screen.open(f"{site.address}/v2/runs/flow-run/{run}")
    screen.wait_for("Completed")
    screen.keep("mended-run")
    again = site.entries()[len(before) :]
    assert [(entry["uri"], entry["outcome"]) for entry in again] == [("bad.pdf", "ok")]


def _artifact(site: Site, key: str) -> str:
    found = site.ask("artifacts/filter", {"artifacts": {"key": {"any_": [key]}}})
    return str(found[0]["id"])


def _eventually(look: Callable[[], Any], seconds: float) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.5)
    raise AssertionError(f"not within {seconds} s")
