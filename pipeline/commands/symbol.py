"""`undocs symbol`: the parse of UN document symbols."""

import argparse
import json
import sys

from pipeline.errors import ExitCode
from pipeline.grammar.symbol import SymbolError, parse_symbols


def run(arguments: argparse.Namespace) -> ExitCode:
    """One JSON object a line; a double symbol gives a line for each half. Exit 1 where one is invalid."""
    code = ExitCode.ok
    for text in arguments.symbols:
        try:
            lines = [symbol.model_dump_json() for symbol in parse_symbols(text)]
        except SymbolError as error:
            lines = [json.dumps({"symbol": text, "error": str(error)}, ensure_ascii=False)]
            code = ExitCode.documents_failed
        sys.stdout.write("".join(line + "\n" for line in lines))
    return code
