"""Languages of the blocks of a document: each by its own words, the doubtful ones with their neighbours as a prior."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.languages.neighbours import lean_on_neighbours, tempered
from pipeline.languages.partition import partition
from pipeline.languages.spans import NO_LANGUAGE, UNKNOWN, Stretch, with_stretches
from pipeline.languages.strays import established_languages, letters_by_tag, without_strays
from schemas.language import BlockLanguage
from schemas.layout import TextBlock

UNKNOWABLE_SHARE = 0.38
"""Texts whose best language is less probable than this are `und`: below it more labels are wrong than right."""


def tag_languages(blocks: Sequence[TextBlock]) -> Mapping[str, BlockLanguage]:
    """Block id → main language, confidence and spans. A block that continues another has no text and is `zxx`."""
    texts = [block.text for block in blocks]
    told = with_stretches(texts)
    found = [tempered(stretches, block.confidence) for (_, stretches), block in zip(told, blocks, strict=True)]
    leaning = lean_on_neighbours(texts, found)
    established = established_languages(leaning)
    return {
        block.id: answer(block.text, without_strays(block.text, unknowable_as_such(stretches), established))
        for block, stretches in zip(blocks, leaning, strict=True)
    }


def tag_line(text: str) -> BlockLanguage:
    """The languages of a line that stands alone."""
    return next(tag_lines([text]))


def tag_lines(texts: Iterable[str]) -> Iterator[BlockLanguage]:
    """The languages of lines that know nothing of each other: the same as one by one, in half the time."""
    for text, stretches in with_stretches(texts):
        yield answer(text, without_strays(text, unknowable_as_such(stretches), frozenset()))


def answer(text: str, stretches: Sequence[Stretch]) -> BlockLanguage:
    """What the stretches say of the whole text: the language of most letters, `und` where nobody could know."""
    if not stretches:
        return BlockLanguage(NO_LANGUAGE, 1.0, partition(text, []))
    if len(stretches) == 1:
        only = stretches[0]
        candidate = only.candidate if only.tag == UNKNOWN else None
        return BlockLanguage(only.tag, only.confidence, partition(text, stretches), candidate)
    letters = letters_by_tag(text, stretches)
    tag = max(letters, key=letters.__getitem__)
    of_tag = [stretch for stretch in stretches if stretch.tag == tag]
    confidence = sum(stretch.confidence * stretch.letters for stretch in of_tag) / sum(s.letters for s in of_tag)
    candidate = next((stretch.candidate for stretch in of_tag if stretch.candidate), None)
    spans = partition(text, stretches)
    return BlockLanguage(tag, confidence, spans, candidate if tag == UNKNOWN else None)


def unknowable_as_such(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches, guesses that are more often wrong than right as `und` with the guess as candidate."""
    return [
        replace(stretch, tag=UNKNOWN, candidate=stretch.tag)
        if stretch.confidence < UNKNOWABLE_SHARE and stretch.tag != UNKNOWN
        else stretch
        for stretch in stretches
    ]
