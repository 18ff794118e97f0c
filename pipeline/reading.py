"""Reads the pages of one document, by their text layer or by recognition: whatever happens, a page costs a page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from pipeline.errors import InputError, PipelineError, ToolError
from pipeline.identify import identify
from pipeline.languages import tag_line
from pipeline.lostpages import bug_problem, empty_page, memory_problem, unread_problem
from pipeline.ocr import OcrHints, recognise
from pipeline.pages import OpenDocument, open_document
from pipeline.pages.plumber import grids_of
from pipeline.record import problem_from
from pipeline.settings import OcrMode, Settings
from pipeline.writer.pagestore import PageStore
from schemas.page import PageText, TextOrigin
from schemas.problem import Problem
from schemas.source import Artifact

Progress = Callable[[str, int, int], None]
"""Called as (stage, page, page count) before the work on a page begins; page 0 before work on the whole document."""

_LOOK_BACK = 3  # pages; an annex in another language seldom starts and ends within so few
_HINT_CHARACTERS = 600  # of the page before: enough to tell its language, cheap to tag


@dataclass(frozen=True, slots=True)
class Job:
    """One document to build, and what is known from earlier tries."""

    artifact: Artifact
    settings: Settings
    lost_pages: Mapping[int, Problem]
    """Pages that killed the worker before: they are passed over with this problem."""
    store: PageStore | None = None
    """Keeps recognised pages, so that a broken run need not recognise them again."""


class Reading:
    """Reads a document's pages, recognises those that need it, and keeps their facts without their text."""

    def __init__(self, job: Job, document: OpenDocument, progress: Progress) -> None:
        self._job = job
        self._document = document
        self._progress = progress
        self._tags: dict[int, str | None] = {}
        self._samples: dict[int, str] = {}
        self.facts: list[PageText] = []

    def pages(self) -> Iterator[PageText]:
        """Pages in file order; the caller may forget each before it asks for the next."""
        for number in range(1, self._document.page_count + 1):
            page = self.page(number)
            self.facts.append(replace(page, runs=(), plain=None, rules=(), grids=()))
            yield page

    def page(self, number: int) -> PageText:
        """One page, whatever happens: what fails becomes a problem of the page."""
        lost = self._job.lost_pages.get(number)
        if lost is not None:
            return empty_page(number, lost, "lost_page")
        self._progress("pages", number, self._document.page_count)
        try:
            return self._recognised(self._read(number))
        except PipelineError as error:
            return empty_page(number, problem_from(error, number), error.code)
        except MemoryError:
            return empty_page(number, memory_problem(number), "out_of_memory")
        except Exception:  # noqa: BLE001 - the page boundary: recorded with its traceback
            return empty_page(number, bug_problem(number), "page_failed")

    def _read(self, number: int) -> PageText:
        page = self._document.read(number)
        self._samples[number] = "" if page.needs_ocr else _sample(page)
        return page

    def _recognised(self, page: PageText) -> PageText:
        mode = self._job.settings.ocr.mode
        wanted = page.needs_ocr or (mode is OcrMode.always and page.origin is not TextOrigin.plain_text)
        if not wanted:
            return page
        if mode is OcrMode.never:
            return replace(page, problems=(*page.problems, unread_problem(page.number)))
        store = self._job.store
        kept = store.load(page.number) if store else None
        if kept is None:
            hints = self.hints(page.number)
            self._progress("ocr", page.number, self._document.page_count)
            kept = self._recognise(page, hints)
            if store and kept.origin is TextOrigin.ocr:
                store.keep(kept)
        if page.number == 1:
            self._tags[0] = _main_tag(_sample(kept))
        return kept

    def _recognise(self, page: PageText, hints: OcrHints) -> PageText:
        try:
            read = recognise(page, lambda dpi: self._document.render(page.number, dpi), self._job.settings.ocr, hints)
            return replace(read, grids=grids_of(read.rules))
        except (InputError, ToolError) as error:
            return replace(page, problems=(*page.problems, problem_from(error, page.number)))

    def hints(self, number: int) -> OcrHints:
        """Language of the nearest text layer up to three pages before, else of page 1.

        It rests on the document alone, never on the order in which pages are recognised, so that workers who share a
        document make the same record as one worker.
        """
        for before in range(number - 1, max(0, number - 1 - _LOOK_BACK), -1):
            tag = self._tag(before)
            if tag:
                return OcrHints(languages=(tag,))
        if number > 1 and 0 not in self._tags:
            self.page(1)
        first = (self._tag(1) if 1 in self._samples else None) or self._tags.get(0)
        return OcrHints(languages=(first,)) if first and number > 1 else OcrHints()

    def _tag(self, number: int) -> str | None:
        """Language of a page's text layer, told when a page to be recognised asks for it: few documents ever do."""
        if number in self._tags:
            return self._tags[number]
        if number not in self._samples and number not in self._job.lost_pages:
            try:
                self._read(number)
            except Exception:  # noqa: BLE001 - a hint less; the page's own reading reports what is wrong with it
                self._samples[number] = ""
        self._tags[number] = _main_tag(self._samples.get(number, ""))
        return self._tags[number]


def recognise_ahead(job: Job, first: int, last: int, progress: Progress) -> None:
    """Recognise pages `last` down to `first` into the job's store, for the worker that builds the record.

    Pages kept already are passed over; what fails here fails again, and is reported, where the record is built.
    """
    document = open_document(job.artifact.path, identify(job.artifact), job.settings.limits)
    try:
        reading = Reading(job, document, progress)
        for number in range(min(last, document.page_count), first - 1, -1):
            reading.page(number)
    finally:
        document.close()


def _main_tag(sample: str) -> str | None:
    """Language of a sample of a page's text; None without letters."""
    if not any(c.isalpha() for c in sample):
        return None
    tag = tag_line(sample).tag
    return None if tag in ("und", "zxx") else tag


def _sample(page: PageText) -> str:
    if page.plain:
        return page.plain[:_HINT_CHARACTERS]
    words: list[str] = []
    length = 0
    # The first quarter is often a running head in another language.
    for run in islice(page.runs, len(page.runs) // 4, None):
        words.append(run.text)
        length += len(run.text)
        if length > _HINT_CHARACTERS:
            break
    return " ".join(words)
