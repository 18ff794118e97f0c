"""Turns UN documents into records. Read `ingest.py` first: it tells the story; each stage is a folder."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("undocs")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0.1.0"
