"""Languages of a page, a part or a document as shares of letters."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from pipeline.grammar.tags import script_of
from schemas.language import BlockLanguage, LanguageShare
from schemas.layout import TextBlock

_STRAY_SHARE = 0.01
_REAL_LETTERS = 200
# A tag below both is a name or a code, not a language of the text: two lines of letterhead in another language
# are 2 % of a one-page letter, and two paragraphs (200 letters) count in a document of any length.

_SURE = 0.95
_LINE_LETTERS = 20
# A block this sure and this long is a line of text in that language: a letterhead, a heading, an address.
_HEADING_LETTERS = 10
# So is a shorter one where other text of the document is in its language: "I. Member States" above Spanish paragraphs.
# Names that stand alone (signatures in columns, cells) are shorter than a line, and make no language however many they
# are: beside paragraphs in a language of the same script, only lines count for a language that has none.


class Tally:
    """Letters of each block by language, counted once; shares of any set of blocks."""

    def __init__(self, blocks: Sequence[TextBlock], languages: Mapping[str, BlockLanguage]) -> None:
        self._letters = {block.id: _letters_by_tag(block, languages.get(block.id)) for block in blocks}
        spoken = _spoken(self._letters.values())
        self._own = {block.id: _own_tag(block, languages.get(block.id), spoken) for block in blocks}
        scripts = frozenset(script_of(tag) for tag in spoken)
        self._telling = {
            block_id: {tag: n for tag, n in letters.items() if _is_telling(tag, n, spoken, scripts)}
            for block_id, letters in self._letters.items()
        }

    def shares(self, block_ids: Iterable[str]) -> tuple[LanguageShare, ...]:
        """Shares of letters, largest first, summing to 1; strays are left out."""
        total: dict[str, int] = {}
        telling: dict[str, int] = {}
        own: set[str] = set()
        for block_id in block_ids:
            own.add(self._own[block_id])
            _add(total, self._letters[block_id])
            _add(telling, self._telling[block_id])
        fewest = min(_REAL_LETTERS, _STRAY_SHARE * sum(total.values()))
        largest = max(total, key=total.__getitem__, default="")
        return _ranked(
            {tag: n for tag, n in total.items() if tag in own or tag == largest or telling.get(tag, 0) >= fewest}
        )


def _add(total: dict[str, int], letters: Mapping[str, int]) -> None:
    for tag, count in letters.items():  # blocks have one tag or two: a Counter takes ten times as long to add them
        total[tag] = total.get(tag, 0) + count


def _letters_by_tag(block: TextBlock, language: BlockLanguage | None) -> dict[str, int]:
    counts: dict[str, int] = {}
    for span in language.spans if language else ():
        letters = sum(map(str.isalpha, block.text[span.start : span.end]))
        if letters and span.tag != "zxx":
            counts[span.tag] = counts.get(span.tag, 0) + letters
    return counts


def _spoken(letters_of_blocks: Iterable[Mapping[str, int]]) -> frozenset[str]:
    """The languages that the document has paragraphs in, or lines that make up as much."""
    total: Counter[str] = Counter()
    for letters in letters_of_blocks:
        total.update({tag: n for tag, n in letters.items() if n >= _LINE_LETTERS})
    return frozenset(tag for tag, letters in total.items() if letters >= _REAL_LETTERS)


def _is_telling(tag: str, letters: int, spoken: frozenset[str], scripts: frozenset[str | None]) -> bool:
    """False where so few letters of a block are names sooner than words of a language of the document."""
    return tag in spoken or letters >= _LINE_LETTERS or script_of(tag) not in scripts


def _own_tag(block: TextBlock, language: BlockLanguage | None, spoken: frozenset[str]) -> str:
    """The language of a block that is surely a line of text in it; empty where it is short or unsure."""
    if language is None or language.confidence < _SURE or len(block.text.split()) < 2:
        return ""
    fewest = _HEADING_LETTERS if language.tag in spoken else _LINE_LETTERS
    return language.tag if any(islice((c for c in block.text if c.isalpha()), fewest - 1, None)) else ""


def _ranked(counts: Mapping[str, int]) -> tuple[LanguageShare, ...]:
    whole = sum(counts.values())
    if not whole:
        return ()
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rounded = [round(n / whole, 4) for _, n in ranked]
    rounded[0] = round(rounded[0] + 1 - sum(rounded), 4)
    return tuple(
        LanguageShare(tag=tag, script=script_of(tag), share=share)
        for (tag, _), share in zip(ranked, rounded, strict=True)
    )
