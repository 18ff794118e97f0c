"""`undocs explain`: the picture of a page with what the code saw."""

import argparse
import sys
from pathlib import Path

from pipeline.commands.confined import run_confined
from pipeline.commands.progress import ConsoleProgress
from pipeline.errors import ExitCode, SettingsError
from pipeline.explain import DPI, draw_page
from pipeline.fetch import expand, fetch
from pipeline.identify import identify
from pipeline.ingest import build
from pipeline.ocr.glance import turned
from pipeline.pages import GreyImage, open_document
from pipeline.reading import Job
from pipeline.settings import Settings
from pipeline.writer.atomic import refuse_folder, write_atomically
from schemas.record import DocumentRecord
from schemas.source import Artifact, MediaType


def run(arguments: argparse.Namespace) -> ExitCode:
    """Draw the page, in a child process."""
    return run_confined(__name__, arguments)


def inside(arguments: argparse.Namespace) -> ExitCode:
    """The work itself: the whole document is built, since furniture and parts show over all its pages."""
    if Path(arguments.file).is_dir():
        raise SettingsError("pages", arguments.file, "This is a folder", "Name one PDF or image in it.")
    refuse_folder(Path(arguments.out))
    artifact = fetch(expand([arguments.file])[0], Settings())
    media_type = identify(artifact)
    if media_type in (MediaType.text, MediaType.markdown):
        raise SettingsError("pages", arguments.file, "Plain text has no picture to draw on", "Name a PDF or an image.")
    pages = _page_count(artifact, media_type)
    if not 1 <= arguments.page <= pages:
        raise SettingsError("pages", "--page", f"The file has pages 1 to {pages}", "Name one of them.")
    with ConsoleProgress(sys.stderr) as progress:
        progress.begin(1)
        built = build(
            Job(artifact, Settings(), lost_pages={}),
            lambda stage, page, pages: progress.page(artifact.uri, stage, page, pages),
        )
    drawn = draw_page(built.record, _picture(artifact, built.record, media_type, arguments.page), arguments.page)
    write_atomically(Path(arguments.out), drawn)
    sys.stderr.write(f"{arguments.out}: page {arguments.page} of {pages}\n")
    return ExitCode.ok


def _page_count(artifact: Artifact, media_type: MediaType) -> int:
    document = open_document(artifact.path, media_type, Settings().limits)
    try:
        return document.page_count
    finally:
        document.close()


def _picture(artifact: Artifact, record: DocumentRecord, media_type: MediaType, page: int) -> GreyImage:
    """The page as it was read: turned where OCR found it lying on its side."""
    document = open_document(artifact.path, media_type, Settings().limits)
    try:
        picture = document.render(page, DPI)
    finally:
        document.close()
    ocr = record.pages[page - 1].ocr
    return turned(picture, ocr.rotation) if ocr else picture
