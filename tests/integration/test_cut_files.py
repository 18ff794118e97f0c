"""A PDF cut anywhere gives each page as in the whole file, or says that something of it is missing."""

from pathlib import Path

import pytest

from pipeline.errors import DamagedFile
from pipeline.pages.pdf import open_document
from pipeline.settings import Limits
from schemas.page import PageText
from schemas.problem import Problem, Severity
from schemas.source import MediaType

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.pdf"))
SHARES = (0.05, 0.3, 0.6, 0.9, 0.99)


def read(path: Path) -> tuple[list[PageText], tuple[Problem, ...]]:
    document = open_document(path, MediaType.pdf, Limits())
    try:
        return [document.read(number) for number in range(1, document.page_count + 1)], document.problems
    finally:
        document.close()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_nothing_is_lost_in_silence(path: Path, tmp_path: Path) -> None:
    whole, problems = read(path)
    assert not problems
    content = path.read_bytes()
    for share in SHARES:
        cut = tmp_path / path.name
        cut.write_bytes(content[: round(len(content) * share)])
        try:
            pages, problems = read(cut)
        except DamagedFile as error:
            assert error.hint
            continue
        missing = {problem.page for problem in problems if problem.severity is Severity.error}
        assert problems[0].code == "salvaged"
        assert len(pages) == len(whole) or None in missing, share
        for page, twin in zip(pages, whole, strict=False):
            if page.number not in missing:
                assert [run.text for run in page.runs] == [run.text for run in twin.runs], (share, page.number)
                assert page.pictures == twin.pictures


def test_most_of_a_file_that_is_nearly_whole_is_saved(tmp_path: Path) -> None:
    """The other test would pass if nothing were ever saved."""
    saved = 0
    for path in SAMPLES:
        cut = tmp_path / path.name
        cut.write_bytes(path.read_bytes()[: -path.stat().st_size // 50])
        try:
            saved += bool(read(cut)[0])
        except DamagedFile:
            continue
    assert saved >= len(SAMPLES) - 1
