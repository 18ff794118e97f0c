"""parquet: tables of documents, parts, blocks, footnotes, figures, citations and problems, joined by `record_id`."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from pipeline.errors import ToolMissing, write_refused
from schemas.record import DocumentRecord

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError as error:
    raise ToolMissing(
        "writer", "parquet", "The package pyarrow is not installed", "Run: .venv/bin/pip install 'undocs[parquet]'"
    ) from error

LISTS = ("parts", "blocks", "footnotes", "figures", "citations", "problems")
"""Lists of a record that become tables; what is nested in an item is kept as JSON text."""
DOCUMENTS = {
    "record_id": pa.string(),
    "status": pa.string(),
    "work": pa.string(),
    "file_name": pa.string(),
    "sha256": pa.string(),
    "page_count": pa.int32(),
    "symbols": pa.list_(pa.string()),
    "document_type": pa.string(),
    "title": pa.string(),
    "language": pa.string(),
    "languages": pa.list_(pa.string()),
    "date_document": pa.string(),
    "date_masthead": pa.string(),
    "distribution": pa.string(),
    "job_number": pa.string(),
    "organs": pa.list_(pa.string()),
    "sender_states": pa.list_(pa.string()),
    "signatories": pa.list_(pa.string()),
}
"""Columns of the table of documents."""
RECORDS_AT_ONCE = 200
"""Records held in memory before their rows are written."""


def write(records: Iterable[DocumentRecord], out: Path) -> int:
    """Write `documents.parquet` and a table for each of `LISTS`."""
    schemas = {"documents": pa.schema(list(DOCUMENTS.items())), **{name: _schema(name) for name in LISTS}}
    try:
        out.mkdir(parents=True, exist_ok=True)
        parts = {name: out / f".{name}.parquet.part" for name in schemas}
        writers = {name: pq.ParquetWriter(parts[name], schema) for name, schema in schemas.items()}
        for batch in _batches(records):
            for name, schema in schemas.items():
                rows = [row for record in batch for row in _rows(name, record)]
                writers[name].write_table(pa.Table.from_pylist(rows, schema=schema))
        for name, writer in writers.items():
            writer.close()
            parts[name].replace(out / f"{name}.parquet")
    except OSError as error:
        raise write_refused(out.name, error) from error
    return len(schemas)


def _batches(records: Iterable[DocumentRecord]) -> Iterator[list[DocumentRecord]]:
    batch: list[DocumentRecord] = []
    for record in records:
        batch.append(record)
        if len(batch) == RECORDS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _rows(name: str, record: DocumentRecord) -> Iterator[dict[str, Any]]:
    if name == "documents":
        yield _document(record)
        return
    for item in getattr(record, name):
        values = item.model_dump(mode="json")
        yield {
            "record_id": record.record_id,
            **{key: _flat(value) for key, value in values.items()},
        }


def _flat(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | tuple) else value


def _document(record: DocumentRecord) -> dict[str, Any]:
    facts = record.metadata
    return {
        "record_id": record.record_id,
        "status": record.status.value,
        "work": record.identity.work,
        "file_name": record.source.file_name,
        "sha256": record.source.sha256,
        "page_count": record.source.page_count,
        "symbols": [symbol.symbol for symbol in facts.symbols],
        "document_type": facts.document_type.value,
        "title": facts.title,
        "language": facts.language,
        "languages": [share.tag for share in record.languages],
        "date_document": facts.dates.document,
        "date_masthead": facts.dates.masthead,
        "distribution": facts.distribution.value if facts.distribution else None,
        "job_number": facts.job_number.number if facts.job_number else None,
        "organs": [organ.name for organ in facts.organs],
        "sender_states": [party.state for party in facts.senders if party.state],
        "signatories": [signatory.name for signatory in facts.signatories],
    }


def _schema(name: str) -> pa.Schema:
    """Columns from the model of the list's items: numbers and truth values as such, everything else as text."""
    model = get_args(DocumentRecord.model_fields[name].annotation)[0]
    columns = [("record_id", pa.string())]
    columns += [(key, _type(field.annotation)) for key, field in model.model_fields.items()]
    return pa.schema(columns)


def _type(annotation: object) -> pa.DataType:
    for kind, column in ((bool, pa.bool_()), (int, pa.int32()), (float, pa.float64())):
        if annotation in (kind, kind | None):
            return column
    return pa.string()
