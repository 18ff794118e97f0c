"""`undocs schema`: the JSON Schema of a record."""

import argparse
import sys

from pipeline.errors import ExitCode
from schemas.export import schema_text
from schemas.record import DocumentRecord


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print it."""
    sys.stdout.write(schema_text(DocumentRecord))
    return ExitCode.ok
