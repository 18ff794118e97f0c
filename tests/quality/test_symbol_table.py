"""Every row of the symbol table beside the project parses, and round-trips."""

import json
from pathlib import Path

import pytest

from pipeline.grammar.symbol import format_symbols, parse_symbols

TABLE = Path(__file__).parents[3] / "shared" / "design" / "symbols.json"
ROWS = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else []
KINDS = {
    "individual communication (D)": "communication",
    "information document": "information",
    "series issue": "series",
}


@pytest.mark.skipif(not ROWS, reason="the shared data beside the project is absent")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["symbol"])
def test_row(row: dict[str, str]) -> None:
    symbols = parse_symbols(row["symbol"])
    assert parse_symbols(format_symbols(symbols)) == symbols
    assert [s.organ for s in symbols] == row["organ"].split(" + ")
    kind = KINDS.get(row["kind"], row["kind"].split(" (")[0].replace(" ", "_").lower().replace("ngo", "ngo"))
    assert {s.kind for s in symbols} == {kind}
    modifiers = [] if row["suffix"] == "-" else row["suffix"].split(" > ")
    assert list(symbols[-1].modifiers) == modifiers
