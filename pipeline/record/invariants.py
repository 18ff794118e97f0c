"""What holds for every record beyond its schema. `undocs validate` and the tests ask this."""

from collections.abc import Iterator

from schemas.record import DocumentRecord, Status
from schemas.structure import PartKind


def broken_by(record: DocumentRecord) -> tuple[str, ...]:
    """One sentence for each invariant that the record breaks; empty for a sound record."""
    return tuple(sentence for check in _CHECKS for sentence in check(record))


def _ids_are_unique(record: DocumentRecord) -> Iterator[str]:
    for name in ("parts", "blocks", "footnotes", "figures"):
        ids = [item.id for item in getattr(record, name)]
        if len(ids) != len(set(ids)):
            yield f"{name}: an id stands twice"


def _pages_are_numbered(record: DocumentRecord) -> Iterator[str]:
    numbers = [page.number for page in record.pages]
    if numbers != list(range(1, len(numbers) + 1)):
        yield "pages: numbers do not run from 1 without a gap"
    for page in record.pages:
        if page.languages and abs(sum(share.share for share in page.languages) - 1) > 0.001:
            yield f"pages/{page.number}: language shares do not sum to 1"


def _parts_partition_blocks(record: DocumentRecord) -> Iterator[str]:
    members = [block for part in record.parts for block in part.blocks]
    if sorted(members) != sorted(block.id for block in record.blocks):
        yield "parts: their blocks are not the record's blocks, each once"
    owner = {block: part.id for part in record.parts for block in part.blocks}
    for block in record.blocks:
        if owner.get(block.id) != block.part:
            yield f"blocks/{block.id}: says part {block.part}, listed in {owner.get(block.id)}"


def _parts_form_a_tree(record: DocumentRecord) -> Iterator[str]:
    seen: set[str] = set()
    for part in record.parts:
        if (part.parent is None) != (part.kind is PartKind.main):
            yield f"parts/{part.id}: only the main part has no parent"
        if part.parent is not None and part.parent not in seen:
            yield f"parts/{part.id}: parent {part.parent} does not stand before it"
        if not part.present and part.blocks:
            yield f"parts/{part.id}: not present and yet has blocks"
        seen.add(part.id)


def _spans_partition_texts(record: DocumentRecord) -> Iterator[str]:
    for block in record.blocks:
        at = 0
        for span in block.spans:
            if span.start != at or span.end <= span.start:
                yield f"blocks/{block.id}: language spans leave a gap or overlap at {at}"
                break
            at = span.end
        else:
            if block.spans and at != len(block.text):
                yield f"blocks/{block.id}: language spans end at {at}, the text at {len(block.text)}"


def _references_hold(record: DocumentRecord) -> Iterator[str]:
    lengths = {block.id: len(block.text) for block in record.blocks}
    notes = {note.id for note in record.footnotes}
    parts = {part.id for part in record.parts}
    for block in record.blocks:
        for ref in block.footnote_refs:
            if ref.footnote not in notes or not 0 <= ref.offset < max(1, len(block.text)):
                yield f"blocks/{block.id}: footnote mark at {ref.offset} points to {ref.footnote}"
        if block.continues is not None and (block.continues not in lengths or block.text):
            yield f"blocks/{block.id}: continues {block.continues} wrongly"
    for note in record.footnotes:
        if note.part not in parts:
            yield f"footnotes/{note.id}: unknown part {note.part}"
        for anchor in note.anchors:
            if not 0 <= anchor.offset < lengths.get(anchor.block, 0):
                yield f"footnotes/{note.id}: anchor outside its block"
    for figure in record.figures:
        if figure.caption_block is not None and figure.caption_block not in lengths:
            yield f"figures/{figure.id}: unknown caption block"
        if figure.part not in parts:
            yield f"figures/{figure.id}: unknown part {figure.part}"


def _mentions_hold(record: DocumentRecord) -> Iterator[str]:
    texts = {block.id: block.text for block in record.blocks}
    for citation in record.citations:
        for mention in citation.mentions:
            if not 0 <= mention.start < mention.end <= len(texts.get(mention.block, "")):
                yield f"citations: mention of {citation.symbol or citation.printed} outside its block"


def _evidence_holds(record: DocumentRecord) -> Iterator[str]:
    blocks = {block.id for block in record.blocks}
    for pointer, evidence in record.evidence.items():
        if evidence.block is not None and evidence.block not in blocks:
            yield f"evidence {pointer}: unknown block {evidence.block}"


def _failed_has_a_reason(record: DocumentRecord) -> Iterator[str]:
    if record.status is not Status.ok and not any(p.severity == "error" for p in record.problems):
        yield f"status {record.status} without an error among the problems"


_CHECKS = (
    _ids_are_unique,
    _pages_are_numbered,
    _parts_partition_blocks,
    _parts_form_a_tree,
    _spans_partition_texts,
    _references_hold,
    _mentions_hold,
    _evidence_holds,
    _failed_has_a_reason,
)
