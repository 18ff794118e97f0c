"""languages: blocks → language spans with calibrated confidence."""

from pipeline.languages.blocks import tag_languages, tag_line, tag_lines

__all__ = ["tag_languages", "tag_line", "tag_lines"]
