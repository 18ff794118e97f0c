"""The committed JSON Schemas are those of the models, and say what each field means."""

import json

import jsonschema
import pytest

from pipeline.record import assemble
from pipeline.writer import record_bytes
from schemas.export import EXPORTED, FOLDER, schema_text
from tests.support.builders import PROVENANCE
from tests.unit.record.test_assemble import findings


@pytest.mark.parametrize("name", EXPORTED)
def test_the_committed_schema_is_current(name):
    assert (FOLDER / name).read_text() == schema_text(EXPORTED[name]), "run `make schema`"


@pytest.mark.parametrize("name", EXPORTED)
def test_every_field_is_described(name):
    schema = json.loads(schema_text(EXPORTED[name]))
    jsonschema.Draft202012Validator.check_schema(schema)
    for model, definition in {**schema.get("$defs", {}), "root": schema}.items():
        assert definition.get("description") or definition["type"] == "array", model
        for field, value in definition.get("properties", {}).items():
            if "$ref" in value and "description" not in value:  # a field described in the very words of its type
                value = schema["$defs"][value["$ref"].split("/")[-1]]
            assert value.get("description"), f"{model}.{field} has no docstring"


def test_a_record_as_written_fits_the_schema():
    schema = json.loads((FOLDER / "record.schema.json").read_text())
    jsonschema.validate(json.loads(record_bytes(assemble(findings(), PROVENANCE))), schema)
