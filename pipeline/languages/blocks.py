"""Languages of the blocks of a document: each by its own words, the doubtful ones with their neighbours as a prior."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.languages.partition import partition
from pipeline.languages.spans import NO_LANGUAGE, UNKNOWN, Stretch, stretches_of
from pipeline.languages.tables import OUTSIDE
from schemas.language import BlockLanguage
from schemas.layout import TextBlock

SURE = 0.95
"""A stretch at least this probable, and long enough, is a neighbour that others lean on."""

SURE_LETTERS = 25
"""Letters from which a verdict needs no neighbours: with 25 to 40 letters 99 % of verdicts are right."""

REACH = 4
"""Sure blocks looked at on each side."""

PRIOR_WEIGHT = 2.5
"""Natural-log units that unanimous neighbours add to their language: a prior, which 12 of evidence override."""

NOVELTY_COST = 1.5
"""Natural-log units against a language that no long stretch of the document is in."""

NAME_NOVELTY_COST = 5.0
"""The same for a stretch of capitalised words: a name looks like its own language anywhere. Organs and offices in
another language have more than this for them (`Xarici İşlər Naziri` has 9)."""

NAME_SHARE = 0.98
"""Capitalised words in another script than their surroundings are a name unless this probable in a language."""

STRAY_LETTERS = 20
"""A language with fewer letters in a row, seen nowhere else, inside a block of another language, is a name."""

SCRAP_SHARE = 0.6
"""Short stretches less probable than this take the language around them."""

INSIDE_SHARE = 0.15
"""Running words in another script than their surroundings take a language of the set from this probability on."""

_PARTING = re.compile(r"[\n/|\u2014\u2013]|\s\s")

_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})

UNKNOWABLE_SHARE = 0.38
"""Short texts whose best language is less probable than this are `und`: below it more labels are wrong than right."""

UNKNOWABLE_LETTERS = 16
"""Texts as long as this always get their best language."""


def tag_languages(blocks: Sequence[TextBlock]) -> Mapping[str, BlockLanguage]:
    """Block id → main language, confidence and spans. A block that continues another has no text and is `zxx`."""
    found = [stretches_of(block.text) for block in blocks]
    leaning = _with_neighbours([block.text for block in blocks], found)
    established = _established(leaning)
    return {
        block.id: answer(block.text, _without_strays(block.text, stretches, established))
        for block, stretches in zip(blocks, leaning, strict=True)
    }


def tag_line(text: str) -> BlockLanguage:
    """The languages of a line that stands alone."""
    stretches = stretches_of(text)
    return answer(text, _without_strays(text, stretches, frozenset()))


def answer(text: str, stretches: Sequence[Stretch]) -> BlockLanguage:
    """What the stretches say of the whole text: the language of most letters, `und` where nobody could know."""
    if not stretches:
        return BlockLanguage(NO_LANGUAGE, 1.0, partition(text, []))
    stretches = _unknowable_as_such(stretches)
    letters: dict[str, int] = {}
    for stretch in stretches:
        letters[stretch.tag] = letters.get(stretch.tag, 0) + stretch.letters
    tag = max(letters, key=letters.__getitem__)
    of_tag = [stretch for stretch in stretches if stretch.tag == tag]
    confidence = sum(stretch.confidence * stretch.letters for stretch in of_tag) / letters[tag]
    candidate = next((stretch.candidate for stretch in of_tag if stretch.candidate), None)
    spans = partition(text, stretches)
    return BlockLanguage(tag, confidence, spans, candidate if tag == UNKNOWN else None)


def _unknowable_as_such(stretches: Sequence[Stretch]) -> list[Stretch]:
    if sum(stretch.letters for stretch in stretches) >= UNKNOWABLE_LETTERS:
        return list(stretches)
    return [
        replace(stretch, tag=UNKNOWN, candidate=stretch.tag)
        if stretch.confidence < UNKNOWABLE_SHARE and stretch.tag != UNKNOWN
        else stretch
        for stretch in stretches
    ]


def _with_neighbours(texts: Sequence[str], found: list[list[Stretch]]) -> list[list[Stretch]]:
    """The stretches, doubtful ones weighed anew with the languages of the nearest sure ones of their script."""
    sure = [
        (index, stretch.script, stretch.tag)
        for index, stretches in enumerate(found)
        for stretch in stretches
        if stretch.confidence >= SURE and stretch.letters >= SURE_LETTERS and stretch.tag != UNKNOWN
    ]
    return [
        [_lean(stretch, text, index, sure) if _is_doubtful(stretch) else stretch for stretch in stretches]
        for index, (text, stretches) in enumerate(zip(texts, found, strict=True))
    ]


def _is_doubtful(stretch: Stretch) -> bool:
    return len(stretch.shares) > 1 and (stretch.confidence < SURE or stretch.letters < SURE_LETTERS)


def _lean(stretch: Stretch, text: str, index: int, sure: list[tuple[int, str, str]]) -> Stretch:
    """The stretch with its probabilities times the prior that its surroundings make."""
    of_script = [(abs(at - index), at, tag) for at, script, tag in sure if script == stretch.script and at != index]
    if not of_script:
        return _named_unknown(stretch) if sure and _is_weak_name(text, stretch) else stretch
    before = [entry for entry in of_script if entry[1] < index][-REACH:]
    after = [entry for entry in of_script if entry[1] > index][:REACH]
    near: dict[str, float] = {}
    for distance, _, tag in [*before, *after]:
        near[tag] = near.get(tag, 0.0) + 1.0 / distance
    total = sum(near.values())
    known = {tag for _, _, tag in of_script}
    novelty = NAME_NOVELTY_COST if _is_title(text, stretch) else NOVELTY_COST
    products = {
        tag: share * math.exp(PRIOR_WEIGHT * near.get(tag, 0.0) / total - (0.0 if tag in known else novelty))
        for tag, share in stretch.shares.items()
    }
    return _reweighed(stretch, products)


def _reweighed(stretch: Stretch, products: dict[str, float]) -> Stretch:
    total = sum(products.values())
    shares = {tag: product / total for tag, product in products.items()}
    best = max(shares, key=shares.__getitem__)
    if best == OUTSIDE:
        return replace(stretch, tag=UNKNOWN, confidence=shares[best], shares=shares)
    return replace(stretch, tag=best, confidence=shares[best], shares=shares, candidate=None)


def _named_unknown(stretch: Stretch) -> Stretch:
    """The stretch as `und`, with its language as candidate: a name in a document of another script."""
    if stretch.tag == UNKNOWN:
        return stretch
    return replace(stretch, tag=UNKNOWN, candidate=stretch.tag)


def _is_weak_name(text: str, stretch: Stretch) -> bool:
    return stretch.script in _CASED and stretch.confidence < NAME_SHARE and _is_title(text, stretch)


def _is_title(text: str, stretch: Stretch) -> bool:
    """True where all words begin with capitals: a name, or a heading."""
    return all(text[word.start].isupper() for word in stretch.words)


def _established(found: list[list[Stretch]]) -> frozenset[str]:
    """Languages that a whole stretch of some length is surely in."""
    return frozenset(
        stretch.tag
        for stretches in found
        for stretch in stretches
        if stretch.confidence >= SURE and stretch.letters >= STRAY_LETTERS and stretch.tag != UNKNOWN
    )


def _without_strays(text: str, stretches: list[Stretch], established: frozenset[str]) -> list[Stretch]:
    """The stretches, names and doubtful scraps given to the language around them."""
    if len(stretches) < 2:
        return stretches
    main = _main(stretches)
    around = sum(stretch.letters for stretch in stretches if stretch.tag == main.tag)
    result = []
    for at, stretch in enumerate(stretches):
        if stretch.script != main.script and not _is_name(text, stretch):
            result.append(_named(stretch))
        elif stretch.script != main.script:
            is_absorbed = _is_foreign_name(text, stretch, around)
            result.append(_absorbed(stretch, main) if is_absorbed else stretch)
        elif _is_stray(stretch, main, around, established, _stands_apart(text, stretches, at)):
            result.append(_absorbed(stretch, main))
        else:
            result.append(stretch)
    return result


def _main(stretches: list[Stretch]) -> Stretch:
    letters: dict[str, int] = {}
    for stretch in stretches:
        if stretch.tag != UNKNOWN:
            letters[stretch.tag] = letters.get(stretch.tag, 0) + stretch.letters
    if not letters:
        return stretches[0]
    tag = max(letters, key=letters.__getitem__)
    return max((s for s in stretches if s.tag == tag), key=lambda s: s.letters)


def _is_stray(stretch: Stretch, main: Stretch, around: int, established: frozenset[str], stands_apart: bool) -> bool:
    """True for a name or a scrap; `around` are the letters of the text that are in its main language."""
    if stretch.tag == main.tag or stretch.letters >= 3 * STRAY_LETTERS:
        return False
    small = stretch.letters * 3 < around and stretch.confidence < SURE and stretch.tag not in established
    if stretch.letters >= STRAY_LETTERS:
        return small and not stands_apart
    if stretch.tag == UNKNOWN or stretch.confidence < SCRAP_SHARE:
        return True
    return small and not stands_apart


def _is_foreign_name(text: str, stretch: Stretch, around: int) -> bool:
    """True for a Latin word or weak name inside a text of another script."""
    if stretch.script != "Latn" or stretch.letters * 2 > around:
        return False
    return len(stretch.words) == 1 or stretch.tag == UNKNOWN or _is_weak_name(text, stretch)


def _stands_apart(text: str, stretches: list[Stretch], at: int) -> bool:
    """True where a slash, bar, dash, line end or wide gap parts the stretch from both neighbours."""
    begin, end = stretches[at].words[0].start, stretches[at].words[-1].end
    before = text[stretches[at - 1].words[-1].end : begin] if at else "\n"
    after = text[end : stretches[at + 1].words[0].start] if at + 1 < len(stretches) else "\n"
    return bool(_PARTING.search(before) and _PARTING.search(after))


def _is_name(text: str, stretch: Stretch) -> bool:
    """True for a scrap of another script that is one word, or mostly words with capitals: a name or an abbreviation."""
    if stretch.script not in _CASED or len(stretch.words) == 1:
        return True
    small = sum(1 for word in stretch.words if text[word.start : word.end].islower())
    return small * 2 < len(stretch.words)


def _named(stretch: Stretch) -> Stretch:
    """The stretch with the best language of the set where it was an outsider's by little: running words, no name."""
    inside = {tag: share for tag, share in stretch.shares.items() if tag not in (OUTSIDE, UNKNOWN)}
    best = max(inside, key=inside.__getitem__, default=UNKNOWN)
    if stretch.tag != UNKNOWN or inside.get(best, 0.0) < INSIDE_SHARE:
        return stretch
    return replace(stretch, tag=best, confidence=inside[best], candidate=None)


def _absorbed(stretch: Stretch, main: Stretch) -> Stretch:
    return replace(stretch, tag=main.tag, confidence=main.confidence, candidate=None)
