"""The sandbox against a worker that hangs and crashes on demand, and against real limits."""

from dataclasses import replace

import pytest

from pipeline.children import WORKER, child_of, start_ahead
from pipeline.errors import LimitExceeded, ToolCrashed
from pipeline.sandbox import Worker
from pipeline.settings import Limits, Settings
from tests.support.documents import written
from tests.support.rogue import PAGES

QUICK = Settings(limits=Limits(page_s=0.7, document_s=20))


def build(tmp_path, text: str, settings: Settings = QUICK):
    seen = []
    with Worker("tests.support.rogue") as worker:
        product = worker.build(
            written(tmp_path, "a.txt", text), settings, None, lambda stage, page, pages: seen.append(page)
        )
    return product, seen


@pytest.mark.parametrize(
    ("text", "lost"),
    [("ok", ""), ("crash 2", "2"), ("hang 3", "3"), ("crash 1 hang 4", "1 4"), ("crash 1 crash 2 crash 3", "1 2 3")],
)
def test_a_bad_page_costs_that_page(tmp_path, text, lost):
    product, seen = build(tmp_path, text)
    assert product.record.decode() == f"lost {lost}"
    assert product.status == ("partial" if lost else "ok")
    assert seen[-1] == max(set(range(1, PAGES + 1)) - set(map(int, lost.split())))


def test_a_crash_outside_pages_ends_the_document(tmp_path):
    with pytest.raises(ToolCrashed, match="SIGSEGV"):
        build(tmp_path, "crash 0")


def test_a_document_that_kills_the_worker_page_after_page_is_given_up(tmp_path):
    assert build(tmp_path, " ".join(f"crash {page}" for page in range(1, 6)))[0].status == "partial"
    with pytest.raises(ToolCrashed, match="given up on page 6"):
        build(tmp_path, " ".join(f"crash {page}" for page in range(1, 7)))


def test_a_helper_that_crashes_leaves_it_to_the_worker_that_builds(tmp_path):
    with Worker("tests.support.rogue") as worker:
        worker.recognise_ahead(written(tmp_path, "a.txt", "crash 2"), QUICK, tmp_path, (1, 2), lambda *_: None)
        product = worker.build(written(tmp_path, "b.txt", "ok"), QUICK, None, lambda *_: None)
    assert product.status == "ok"


def test_the_document_clock_runs_through_all_pages(tmp_path):
    with pytest.raises(LimitExceeded, match="granted to a document"):
        build(tmp_path, "hang 1", replace(QUICK, limits=Limits(page_s=60, document_s=1)))


def test_a_worker_serves_again_after_a_crash(tmp_path):
    with Worker("tests.support.rogue") as worker:
        for text in ("crash 2", "ok"):
            product = worker.build(written(tmp_path, "a.txt", text), QUICK, None, lambda *_: None)
    assert product.status == "ok"


def test_a_worker_started_ahead_is_given_to_the_first_who_asks():
    ahead = start_ahead()
    other = None
    try:
        assert child_of(WORKER) is ahead
        other = child_of(WORKER)
        assert other is not ahead
    finally:
        for child in filter(None, (ahead, other)):
            child.kill()
            child.communicate()


def test_a_worker_that_died_before_its_first_document_is_replaced():
    ahead = start_ahead()
    ahead.kill()
    ahead.communicate()
    other = child_of(WORKER)
    try:
        assert other is not ahead
        assert other.poll() is None
    finally:
        other.kill()
        other.communicate()
