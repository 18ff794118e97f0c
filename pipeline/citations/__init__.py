"""citations: the documents that a document cites, each once, with every place that names it."""

from pipeline.citations.find import find_citations

__all__ = ["find_citations"]
