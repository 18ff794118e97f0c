"""Writes the JSON Schemas (draft 2020-12) of the models into `schemas/json/`; `--check` fails on drift."""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue

from schemas.record import DocumentRecord
from schemas.report import RunReport

FOLDER = Path(__file__).parent / "json"
EXPORTED: dict[str, type[BaseModel]] = {
    "record.schema.json": DocumentRecord,
    "run.schema.json": RunReport,
}


class _Dialect(GenerateJsonSchema):
    """Names the draft in the schema."""

    def generate(self, schema: Any, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        return {"$schema": self.schema_dialect, **super().generate(schema, mode=mode)}


def schema_text(model: type[BaseModel]) -> str:
    """The model's JSON Schema as it is committed."""
    schema = model.model_json_schema(mode="serialization", schema_generator=_Dialect)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write the files, or with `--check` say which differ (exit 1)."""
    stale = [name for name, model in EXPORTED.items() if _on_disk(name) != schema_text(model)]
    if "--check" in arguments:
        for name in stale:
            sys.stderr.write(f"schemas/json/{name} is out of date: run `make schema`\n")
        return 1 if stale else 0
    FOLDER.mkdir(exist_ok=True)
    for name in stale:
        (FOLDER / name).write_text(schema_text(EXPORTED[name]), encoding="utf-8")
    return 0


def _on_disk(name: str) -> str | None:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
