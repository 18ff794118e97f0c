"""Languages: tags, shares, and spans of text."""

from dataclasses import dataclass

from schemas.base import Model


class LanguageShare(Model):
    """A language and how much of the text it has."""

    tag: str
    """BCP 47 tag: `en`, `ar`, `az-Latn`, `az-Cyrl`, `azb`, … or `und`."""
    script: str | None
    """ISO 15924 script of most of its letters, such as `Arab`; null for `und` without one."""
    share: float
    """Share of letters, 0..1; the shares of a list sum to 1."""


class LanguageSpan(Model):
    """A stretch of one language inside a block's text; a block's spans partition its text."""

    start: int
    """First code point."""
    end: int
    """One past the last code point."""
    tag: str
    """BCP 47 tag."""
    confidence: float
    """Calibrated probability that the tag is right, 0..1."""


@dataclass(frozen=True, slots=True)
class BlockLanguage:
    """What the languages stage says of one block."""

    tag: str
    """Main language; `zxx` for a block without language (numbers, symbols), `und` where nobody can know."""
    confidence: float
    spans: tuple[LanguageSpan, ...]
    candidate: str | None = None
    """Best guess where the tag is `und`."""
