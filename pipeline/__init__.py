"""Turns UN documents into records. Read `ingest.py` first: it tells the story; each stage is a folder."""

__version__ = "0.1.0"
