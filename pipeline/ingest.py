"""The story: what happens to one document, stage by stage. Read this first.

Everything here is pure apart from reading the file; it runs inside the worker process (`worker.py`) that
`sandbox.py` watches. A page that cannot be read costs that page, never the document (`reading.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.citations import find_citations
from pipeline.identify import identify, misnamed
from pipeline.languages import tag_languages
from pipeline.layout import lay_out
from pipeline.metadata import check, read_metadata
from pipeline.pages import OpenDocument, open_document
from pipeline.provenance import provenance
from pipeline.reading import Job, Progress, Reading
from pipeline.record import Findings, assemble
from pipeline.structure import outline as draw_outline
from pipeline.writer.images import image_name
from schemas.page import PageText
from schemas.record import DocumentRecord
from schemas.source import Artifact, MediaType, SourceFile
from schemas.structure import Outline


@dataclass(frozen=True, slots=True)
class Built:
    """A record and the pictures that belong beside it."""

    record: DocumentRecord
    images: Mapping[str, bytes]
    """File name under `images/` → bytes."""


def build(job: Job, progress: Progress) -> Built:
    """Bytes → record.

    Raises:
        InputError: the file as a whole cannot be read.
    """
    media_type = identify(job.artifact)
    document = open_document(job.artifact.path, media_type, job.settings.limits)
    try:
        reading = Reading(job, document, progress)
        layout = lay_out(reading.pages())
        progress("languages", 0, document.page_count)
        languages = tag_languages(layout.blocks)
        outline = draw_outline(layout.blocks, languages, reading.facts)
        metadata = read_metadata(layout.blocks, outline, languages, job.artifact.file_name)
        own = tuple(symbol.symbol for symbol in metadata.metadata.symbols)
        citations = find_citations(layout.blocks, outline, own)
        images = _extract_images(document, outline, reading.facts)
        found = Findings(
            source=_source(job.artifact, media_type, document),
            pages=reading.facts,
            labels=layout.labels,
            blocks=layout.blocks,
            languages=languages,
            outline=outline,
            metadata=metadata,
            citations=citations,
            problems=(
                *misnamed(job.artifact.file_name, media_type),
                *document.problems,
                *(problem for page in reading.facts for problem in page.problems),
                *layout.problems,
                *outline.problems,
                *metadata.problems,
                *check(metadata.metadata, outline, citations, layout.blocks, job.artifact.file_name),
            ),
            images={place: (digest, name) for place, (digest, name, _) in images.items()},
        )
    finally:
        document.close()
    record = assemble(found, provenance(job.settings, found.pages))
    return Built(record, {name: content for _, name, content in images.values()})


def _source(artifact: Artifact, media_type: MediaType, document: OpenDocument) -> SourceFile:
    return SourceFile(
        uri=artifact.uri,
        file_name=artifact.file_name,
        media_type=media_type,
        sha256=artifact.sha256,
        bytes=artifact.size_bytes,
        page_count=document.page_count,
        pdf=document.info,
    )


def _extract_images(
    document: OpenDocument, outline: Outline, pages: list[PageText]
) -> dict[tuple[int, int], tuple[str, str, bytes]]:
    """(page, picture index) → (sha256, file name, bytes) of the pictures that belong to figures."""
    wanted = {(image.page, tuple(image.box.rounded())) for figure in outline.figures for image in figure.images}
    extracted: dict[tuple[int, int], tuple[str, str, bytes]] = {}
    for page in pages:
        for index, picture in enumerate(page.pictures):
            if (page.number, tuple(picture.box.rounded())) in wanted:
                suffix, content = document.picture_bytes(page.number, index)
                digest, name = image_name(suffix, content)
                extracted[page.number, index] = (digest, name, content)
    return extracted
