"""Languages of a page, a part or a document as shares of letters."""

from collections.abc import Iterable, Mapping

from schemas.language import BlockLanguage, LanguageShare
from schemas.layout import TextBlock

_STRAY_SHARE = 0.01
_REAL_LETTERS = 200
# A tag below both is a name or a code, not a language of the text: two lines of letterhead in another language
# are 2 % of a one-page letter, and two paragraphs (200 letters) count in a document of any length.

_SCRIPTS = {
    "ar": "Arab", "fa": "Arab", "ur": "Arab", "azb": "Arab", "az-Arab": "Arab",
    "az-Cyrl": "Cyrl", "ru": "Cyrl", "kk": "Cyrl",
    "zh": "Hans", "hy": "Armn", "ka": "Geor",
    "und": None, "zxx": None,
}  # fmt: skip


def script_of(tag: str) -> str | None:
    """ISO 15924 script in which a tag's text is written; Latin unless the tag or the table says otherwise."""
    if tag in _SCRIPTS:
        return _SCRIPTS[tag]
    subtags = tag.split("-")
    for subtag in subtags[1:]:
        if len(subtag) == 4:
            return subtag
    return _SCRIPTS.get(subtags[0], "Latn")


def letters_by_tag(block: TextBlock, language: BlockLanguage | None) -> dict[str, int]:
    """Letters of a block by the tag of the span in which they stand."""
    counts: dict[str, int] = {}
    if language is None:
        return counts
    for span in language.spans:
        letters = sum(1 for c in block.text[span.start : span.end] if c.isalpha())
        if letters and span.tag != "zxx":
            counts[span.tag] = counts.get(span.tag, 0) + letters
    return counts


def shares(counts: Iterable[Mapping[str, int]]) -> tuple[LanguageShare, ...]:
    """Shares of letters, largest first, summing to 1; strays are left out."""
    total: dict[str, int] = {}
    for count in counts:
        for tag, letters in count.items():
            total[tag] = total.get(tag, 0) + letters
    everything = sum(total.values())
    if not everything:
        return ()
    kept = {tag: n for tag, n in total.items() if n >= _REAL_LETTERS or n / everything >= _STRAY_SHARE}
    kept = kept or total
    whole = sum(kept.values())
    ranked = sorted(kept.items(), key=lambda item: (-item[1], item[0]))
    rounded = [round(n / whole, 4) for _, n in ranked]
    rounded[0] = round(rounded[0] + 1 - sum(rounded), 4)
    return tuple(
        LanguageShare(tag=tag, script=script_of(tag), share=share)
        for (tag, _), share in zip(ranked, rounded, strict=True)
    )
