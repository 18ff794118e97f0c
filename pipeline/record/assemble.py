"""Joins what the stages found into one record. The only place that knows all of them."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.record.shares import Tally
from schemas.citation import Citation
from schemas.language import BlockLanguage, LanguageShare
from schemas.layout import Block, TextBlock
from schemas.metadata import Metadata, MetadataFound
from schemas.page import PageRecord, PageText
from schemas.problem import Problem, Severity
from schemas.provenance import Provenance
from schemas.record import DocumentRecord, Identity, Status
from schemas.source import SourceFile
from schemas.structure import Figure, FigureImage, Outline, Part

_SUFFIX = re.compile(r"\.[A-Za-z]\w{0,4}$")
_UNSAFE = re.compile(r"[^A-Za-z0-9.()\-]+")
_MAX_STEM = 80  # keeps file names under every file system's 255 bytes with room for temporary suffixes


@dataclass(frozen=True, slots=True)
class Findings:
    """All stage results of one document."""

    source: SourceFile
    pages: Sequence[PageText]
    """Without runs."""
    labels: Mapping[int, str]
    """Printed page numbers by page."""
    blocks: Sequence[TextBlock]
    languages: Mapping[str, BlockLanguage]
    outline: Outline
    metadata: MetadataFound
    citations: Sequence[Citation]
    problems: Sequence[Problem]
    """Problems of all stages, in stage order."""
    images: Mapping[tuple[int, int], tuple[str, str]]
    """(page, index of the picture on the page) → (sha256, file name) of extracted pictures."""


def assemble(found: Findings, provenance: Provenance) -> DocumentRecord:
    """The record of one document. Ids inside it refer to each other; `invariants.broken_by` proves it."""
    tally = Tally(found.blocks, found.languages)
    text_ids = [block.id for block in found.blocks if not block.furniture]
    on_page = _text_by_page(found.blocks)
    metadata = found.metadata.metadata
    blocks = tuple(_block(block, found) for block in found.blocks)
    return DocumentRecord(
        record_id=record_id(metadata, found.source),
        status=status_of(blocks, found.problems),
        identity=_identity(metadata, found.source),
        source=found.source,
        metadata=metadata,
        evidence=dict(found.metadata.evidence),
        languages=tally.shares(text_ids),
        pages=tuple(_page(page, found, tally.shares(on_page[page.number])) for page in found.pages),
        parts=_parts(found, tally, frozenset(text_ids)),
        blocks=blocks,
        footnotes=found.outline.footnotes,
        figures=tuple(_figure(figure, found) for figure in found.outline.figures),
        citations=tuple(found.citations),
        problems=tuple(found.problems),
        provenance=provenance,
    )


def record_id(metadata: Metadata, source: SourceFile) -> str:
    """Stable, safe as a file name: symbols (or file stem), language, first 12 hex digits of the digest."""
    name = _work(metadata) or _SUFFIX.sub("", source.file_name)
    stem = _UNSAFE.sub("_", name).strip("_.")[:_MAX_STEM] or "document"
    return f"{stem}.{metadata.language or 'und'}.{source.sha256[:12]}"


def status_of(blocks: Sequence[Block], problems: Sequence[Problem]) -> Status:
    """`failed` where an error left no usable text, `partial` where an error left some, else `ok`."""
    if not any(problem.severity is Severity.error for problem in problems):
        return Status.ok
    has_text = any(c.isalnum() for block in blocks for c in block.text)
    has_pictures = any(block.kind == "figure" for block in blocks)
    return Status.partial if has_text or has_pictures else Status.failed


def _work(metadata: Metadata) -> str | None:
    return "-".join(symbol.symbol for symbol in metadata.symbols) or None


def _identity(metadata: Metadata, source: SourceFile) -> Identity:
    work = _work(metadata)
    expression = f"{work}@{metadata.language or 'und'}" if work else None
    return Identity(work=work, expression=expression, manifestation=f"sha256:{source.sha256}")


def _block(block: TextBlock, found: Findings) -> Block:
    language = found.languages.get(block.id)
    role = found.outline.roles.get(block.id)
    return Block(
        id=block.id,
        part=found.outline.part_of[block.id],
        page=block.page,
        box=block.box.rounded() if block.box else None,
        kind=role.kind if role else block.kind,
        furniture=block.furniture,
        level=role.level if role else block.level,
        number=block.number,
        text=block.text,
        direction=block.direction,
        language=language.tag if language else "zxx",
        language_candidate=language.candidate if language else None,
        spans=language.spans if language else (),
        confidence=None if block.confidence is None else round(block.confidence, 4),
        footnote_refs=found.outline.footnote_refs.get(block.id, ()),
        table=block.table,
        continues=block.continues,
    )


def _page(page: PageText, found: Findings, languages: tuple[LanguageShare, ...]) -> PageRecord:
    return PageRecord(
        number=page.number,
        label=found.labels.get(page.number) or page.label,
        width_pt=page.width_pt,
        height_pt=page.height_pt,
        rotation=page.rotation,
        text_origin=page.origin,
        decision=page.decision,
        ocr=page.ocr,
        order=page.order,
        languages=languages,
    )


def _text_by_page(blocks: Sequence[TextBlock]) -> Mapping[int, list[str]]:
    """Blocks of the text proper by page; text carried on from the page before counts on both."""
    on_page: dict[int, list[str]] = defaultdict(list)
    for block in blocks:
        if not block.furniture:
            on_page[block.page].append(block.continues or block.id)
    return on_page


def _parts(found: Findings, tally: Tally, text_ids: frozenset[str]) -> tuple[Part, ...]:
    members: dict[str, list[str]] = defaultdict(list)
    for block in found.blocks:
        members[found.outline.part_of[block.id]].append(block.id)
    return tuple(_part(part, members[part.id], tally, text_ids) for part in found.outline.parts)


def _part(part: Part, members: list[str], tally: Tally, text_ids: frozenset[str]) -> Part:
    languages = tally.shares(block_id for block_id in members if block_id in text_ids)
    tag = languages[0].tag if languages else "und"
    return part.model_copy(update={"blocks": tuple(members), "languages": languages, "language": tag})


def _figure(figure: Figure, found: Findings) -> Figure:
    if not figure.images:
        return figure
    places = _picture_places(found.pages)
    images = tuple(_image(image, places, found.images) for image in figure.images)
    return figure.model_copy(update={"images": images})


def _image(
    image: FigureImage,
    places: Mapping[int, Mapping[tuple[float, ...], int]],
    files: Mapping[tuple[int, int], tuple[str, str]],
) -> FigureImage:
    box = image.box.rounded()
    index = places[image.page].get(tuple(box))
    sha256, file = files.get((image.page, index), (None, None)) if index is not None else (None, None)
    return image.model_copy(update={"box": box, "sha256": sha256, "file": file})


def _picture_places(pages: Sequence[PageText]) -> Mapping[int, Mapping[tuple[float, ...], int]]:
    places: dict[int, dict[tuple[float, ...], int]] = defaultdict(dict)
    for page in pages:
        for index, picture in enumerate(page.pictures):
            places[page.number].setdefault(tuple(picture.box.rounded()), index)
    return places
