"""What stands in a record for a page that could not be read, and why."""

import traceback

from schemas.page import PageDecision, PageText, TextOrigin
from schemas.problem import Problem, Severity


def empty_page(number: int, problem: Problem, rule: str) -> PageText:
    """A page of which nothing is known but why: `rule` stands as its decision."""
    return PageText(
        number=number,
        width_pt=None,
        height_pt=None,
        rotation=0,
        origin=TextOrigin.none,
        decision=PageDecision(rule=rule),
        problems=(problem,),
    )


def bug_problem(number: int) -> Problem:
    """What went wrong in our own code while the page was read; to be called where the exception is handled."""
    trace = traceback.format_exc(limit=-3).strip().splitlines()
    where = " | ".join(line.strip() for line in trace if not line.lstrip().startswith("File"))
    return Problem(
        severity=Severity.error,
        stage="pages",
        code="page_failed",
        page=number,
        message=f"The page could not be read: {where[-300:]}. Report this with the file; other pages are complete.",
    )


def memory_problem(number: int) -> Problem:
    """The page asked for more memory than the worker has."""
    return Problem(
        severity=Severity.error,
        stage="pages",
        code="out_of_memory",
        page=number,
        message="The page needs more memory than a worker is granted. Raise limits.memory_bytes if it is honest.",
    )


def unread_problem(number: int) -> Problem:
    """The page needs recognition, which was switched off."""
    return Problem(
        severity=Severity.error,
        stage="ocr",
        code="ocr_off",
        page=number,
        message="The page has no believable text layer and recognition is off. Ingest again with --ocr auto.",
    )
