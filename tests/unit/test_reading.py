"""Whatever happens to a page costs that page, and what was recognised before is not recognised again."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import DamagedFile, ToolCrashed
from pipeline.pages import GreyImage
from pipeline.reading import Job, Reading
from pipeline.settings import OcrMode, OcrSettings, Settings
from pipeline.writer.pagestore import PageStore
from schemas.page import PageText, TextOrigin
from schemas.problem import Problem, Severity
from schemas.source import Artifact
from tests.support.builders import page

ENGLISH = "The Security Council took note of the report of the Secretary-General on the situation in the region."
RUSSIAN = "Совет Безопасности принял к сведению доклад Генерального секретаря о положении в этом районе мира."


def plain(number: int, text: str = ENGLISH) -> PageText:
    return page(number, origin=TextOrigin.plain_text, plain=text)


def scan(number: int) -> PageText:
    return page(number, needs_ocr=True)


@dataclass
class Document:
    """Pages as they were given; an error in the place of a page is raised when it is read."""

    pages: list[PageText | BaseException]
    drawn: list[int] = field(default_factory=list)
    info: None = None
    problems: tuple[Problem, ...] = ()

    @property
    def page_count(self) -> int:
        return len(self.pages)

    def read(self, number: int) -> PageText:
        found = self.pages[number - 1]
        if isinstance(found, BaseException):
            raise found
        return found

    def render(self, number: int, dpi: int) -> GreyImage:
        self.drawn.append(number)
        if number == 9:
            raise ToolCrashed("ocr", "a.pdf", "The engine crashed", "Report it.")
        return np.full((80, 60), 255, np.uint8)

    def picture_bytes(self, number: int, index: int) -> tuple[str, bytes]:
        raise NotImplementedError

    def close(self) -> None:
        pass


def reading(
    document: Document, mode: OcrMode = OcrMode.auto, lost: dict[int, Problem] | None = None, store: Path | None = None
) -> Reading:
    artifact = Artifact("a.pdf", "a.pdf", Path("a.pdf"), "0" * 64, 1)
    settings = Settings(ocr=OcrSettings(mode=mode, engine="null"))
    return Reading(Job(artifact, settings, lost or {}, PageStore(store) if store else None), document, lambda *_: None)


@pytest.mark.parametrize(
    ("error", "rule"),
    [
        (DamagedFile("pages", "a.pdf", "Its content is cut off", "Get it again."), "damaged_file"),
        (MemoryError(), "out_of_memory"),
        (ZeroDivisionError("division by zero"), "page_failed"),
    ],
)
def test_an_error_on_a_page_costs_that_page(error: BaseException, rule: str) -> None:
    found = list(reading(Document([plain(1), error, plain(3)])).pages())
    assert [p.decision.rule for p in found] == ["good_layer", rule, "good_layer"]
    assert [p.code for p in found[1].problems] == [rule]
    assert found[1].problems[0].severity is Severity.error


def test_a_page_that_killed_the_worker_is_not_touched_again() -> None:
    problem = Problem(severity=Severity.error, stage="pages", code="worker_crashed", page=2, message="…")
    document = Document([plain(1), AssertionError("read again"), plain(3)])
    found = list(reading(document, lost={2: problem}).pages())
    assert [(p.decision.rule, p.problems) for p in found][1] == ("lost_page", (problem,))


@pytest.mark.parametrize(
    ("mode", "drawn", "codes"),
    [(OcrMode.auto, {2}, []), (OcrMode.always, {2, 3}, []), (OcrMode.never, set(), ["ocr_off"])],
)
def test_which_pages_are_recognised(mode: OcrMode, drawn: set[int], codes: list[str]) -> None:
    document = Document([plain(1), scan(2), page(3)])
    found = list(reading(document, mode).pages())
    assert set(document.drawn) == drawn
    assert [p.code for p in found[1].problems if p.severity is Severity.error] == codes


def test_a_page_whose_recognition_fails_keeps_what_it_had() -> None:
    document = Document([*map(plain, range(1, 9)), scan(9)])
    last = list(reading(document).pages())[-1]
    assert (last.decision.rule, [p.code for p in last.problems]) == ("good_layer", ["tool_crashed"])


def test_a_recognised_page_that_was_kept_is_not_recognised_again(tmp_path: Path) -> None:
    PageStore(tmp_path).keep(page(1, origin=TextOrigin.ocr))
    document = Document([scan(1)])
    assert [p.origin for p in reading(document, store=tmp_path).pages()] == [TextOrigin.ocr]
    assert document.drawn == []


@pytest.mark.parametrize("content", ["", "{", '{"number": "one"}'])
def test_a_kept_page_that_is_damaged_is_recognised_again(tmp_path: Path, content: str) -> None:
    (tmp_path / "1.json").write_text(content)
    document = Document([scan(1)])
    assert len(list(reading(document, store=tmp_path).pages())) == 1
    assert set(document.drawn) == {1}


def test_only_what_was_recognised_is_kept(tmp_path: Path) -> None:
    document = Document([*map(plain, range(1, 9)), scan(9)])
    list(reading(document, store=tmp_path).pages())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("pages", "languages"),
    [
        ([plain(1), plain(2, RUSSIAN), scan(3), scan(4)], ("ru",)),
        ([plain(1), scan(2), scan(3), scan(4), scan(5), scan(6)], ("en",)),
        ([plain(1, RUSSIAN), AssertionError("unreadable"), scan(3)], ("ru",)),
        ([scan(1)], ()),
    ],
)
def test_the_nearest_text_before_hints_at_the_language_else_the_first_page(
    pages: list[PageText | BaseException], languages: tuple[str, ...]
) -> None:
    assert reading(Document(pages)).hints(len(pages)).languages == languages
