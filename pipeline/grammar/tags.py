"""What a language tag implies: script, direction, three-letter code."""

from pipeline.grammar.tables import table
from schemas.layout import Direction

UNDETERMINED = "und"
"""Three-letter code where the language is not told."""


def names_language(tag: str | None) -> bool:
    """False for no tag, and for `und` and `zxx`."""
    return tag is not None and tag not in table("tags")["none"]["tags"]


def script_of(tag: str) -> str | None:
    """ISO 15924 script in which a tag's text is written: Latin unless tag or table say otherwise; None for none."""
    if not names_language(tag):
        return None
    language, *subtags = tag.split("-")
    named = next((subtag for subtag in subtags if len(subtag) == 4), None)
    script: str = named or table("tags")["script"].get(language, "Latn")
    return script


def direction_of(tag: str) -> Direction:
    """Where a tag's text runs to."""
    return Direction.rtl if script_of(tag) in table("tags")["right_to_left"]["scripts"] else Direction.ltr


def three_letters_of(tag: str | None) -> str:
    """ISO 639-2/T code of the tag's language, `und` where there is none."""
    code: str = table("tags")["three_letters"].get((tag or "").split("-")[0], UNDETERMINED)
    return code
