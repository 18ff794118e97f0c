"""Doubtful stretches weighed anew with the languages around them: a prior, never a verdict."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.languages.inventory import OFFICIAL, OUTSIDE
from pipeline.languages.spans import UNKNOWN, Stretch
from pipeline.languages.strays import (
    PURE_NAMES_SHARE,
    is_enumeration,
    is_of_persons,
    is_title,
    is_weak_name,
    names_share,
)

SURE = 0.95
"""A stretch at least this probable, and long enough, is a neighbour that others lean on."""

SURE_LETTERS = 25
"""Letters from which a verdict needs no neighbours: with 25 to 40 letters 99 % of verdicts are right."""

REACH = 4
"""Sure blocks looked at on each side."""

PRIOR_WEIGHT = 2.5
"""Natural-log units that unanimous neighbours add to their language: a prior, which 12 of evidence override."""

NOVELTY_COST = 3.5
"""Natural-log units against a language that no long stretch of the document is in."""

NAME_NOVELTY_COST = 7.0
"""The same for a stretch of capitalised words: a name looks like its own language anywhere. Organs and offices in
another language have more than this for them (`Xarici İşlər Naziri` has 11)."""

PERSON_NOVELTY_COST = 10.0
"""The same for one or two such words, or persons with their initials. On 49 documents and letterheads apart: lists of
presidents have up to 9.5 for Uzbek, `İlham Əliyev` 12 for Azerbaijani, which its neighbours outweigh; `Xarici İşlər
Nazirliyi` has 19 and `Azərbaycan Respublikası` 16 for it."""

OFFICIAL_PRIOR = 1.0
"""Natural-log units for an official language of the United Nations in a script that no other stretch is in: a greeting
in Arabic letters is sooner Arabic than Urdu."""

LISTED = 0.9
"""How sure the language is that a list of names takes from the text around it."""

GUESS = 0.5
"""A language less probable than this, in a script that the rest of the document is not in, is not given."""

READABLE = 0.8
"""Mean confidence of a recognised block from which its letters count in full: well read pages have 0.85 and more."""

UNREADABLE = 0.6
"""The same from which down they count nothing: pages read upside down or light on dark have 0.27 to 0.57."""


def tempered(stretches: Sequence[Stretch], confidence: float | None) -> list[Stretch]:
    """The stretches of a recognised block, their evidence worth the less the less sure its reading is."""
    if confidence is None or confidence >= READABLE:
        return list(stretches)
    weight = max(0.0, (confidence - UNREADABLE) / (READABLE - UNREADABLE))
    return [_mixed_with_noise(stretch, weight) for stretch in stretches]


def _mixed_with_noise(stretch: Stretch, weight: float) -> Stretch:
    """The stretch as read with this probability, else noise that may be any language's.

    What only its script tells, as for Chinese, is told as long as anything is read at all.
    """
    if len(stretch.shares) > 1:
        noise = (1 - weight) / len(stretch.shares)
        return _reweighed(stretch, {tag: weight * share + noise for tag, share in stretch.shares.items()})
    if weight or stretch.tag == UNKNOWN:
        return stretch
    return replace(stretch, tag=UNKNOWN, candidate=stretch.tag)


def lean_on_neighbours(texts: Sequence[str], found: Sequence[list[Stretch]]) -> list[list[Stretch]]:
    """The stretches of each text, doubtful ones weighed with the nearest sure ones of their script."""
    sure: dict[str, _SureBlocks] = {}
    for index, (text, stretches) in enumerate(zip(texts, found, strict=True)):
        for stretch in stretches:
            if stretch.tag != UNKNOWN and _is_sure(stretch, text):
                sure.setdefault(stretch.script, _SureBlocks()).add(index, stretch.tag)
    return [
        [stretch if _stands(stretch, text) else _lean(stretch, text, index, sure) for stretch in stretches]
        for index, (text, stretches) in enumerate(zip(texts, found, strict=True))
    ]


class _SureBlocks:
    """Blocks with a sure stretch in one script, in order, and its language."""

    def __init__(self) -> None:
        self._blocks: list[int] = []
        self._tags: list[str] = []
        self._first_and_last: dict[str, tuple[int, int]] = {}

    def add(self, block: int, tag: str) -> None:
        """One more; blocks come in order."""
        self._blocks.append(block)
        self._tags.append(tag)
        first, _ = self._first_and_last.get(tag, (block, block))
        self._first_and_last[tag] = first, block

    def around(self, block: int) -> list[tuple[int, str]]:
        """The nearest on each side of a block, and their languages."""
        before, after = bisect_left(self._blocks, block), bisect_right(self._blocks, block)
        near = [*range(max(0, before - REACH), before), *range(after, min(after + REACH, len(self._blocks)))]
        return [(self._blocks[at], self._tags[at]) for at in near]

    def tags_beside(self, block: int) -> set[str]:
        """Languages that another block is in."""
        return {tag for tag, ends in self._first_and_last.items() if ends != (block, block)}


def _stands(stretch: Stretch, text: str) -> bool:
    """True for a stretch that neighbours cannot change."""
    return len(stretch.shares) == 1 or _is_sure(stretch, text)


def _is_sure(stretch: Stretch, text: str) -> bool:
    """True for a verdict on many letters that are not names alone."""
    if stretch.tag == UNKNOWN and is_enumeration(text, stretch):
        return False
    return stretch.confidence >= SURE and stretch.letters >= SURE_LETTERS and not is_of_persons(text, stretch)


def _lean(stretch: Stretch, text: str, index: int, sure: Mapping[str, _SureBlocks]) -> Stretch:
    """The stretch with its probabilities times the prior that its surroundings make."""
    of_script = sure.get(stretch.script, _SureBlocks())
    near: dict[str, float] = {}
    for at, tag in of_script.around(index):
        near[tag] = near.get(tag, 0.0) + 1.0 / abs(at - index)
    if not near:
        return _without_support(stretch, text, is_alone=not sure)
    if stretch.tag == UNKNOWN and is_enumeration(text, stretch):
        return replace(stretch, tag=max(near, key=near.__getitem__), confidence=LISTED, candidate=None)
    total = sum(near.values())
    known = of_script.tags_beside(index)
    novelty = _novelty_cost(text, stretch)
    products = {
        tag: share * math.exp(PRIOR_WEIGHT * near.get(tag, 0.0) / total - (0.0 if tag in known else novelty))
        for tag, share in stretch.shares.items()
    }
    return _reweighed(stretch, products)


def _novelty_cost(text: str, stretch: Stretch) -> float:
    if is_of_persons(text, stretch):
        return PERSON_NOVELTY_COST
    is_of_names = is_title(text, stretch) or names_share(text, stretch) >= PURE_NAMES_SHARE
    return NAME_NOVELTY_COST if is_of_names else NOVELTY_COST


def _without_support(stretch: Stretch, text: str, is_alone: bool) -> Stretch:
    """The stretch where nothing sure is in its script: names and noise are nobody's if other scripts have text."""
    prior = math.exp(OFFICIAL_PRIOR)
    found = _reweighed(
        stretch, {tag: share * (prior if tag in OFFICIAL else 1) for tag, share in stretch.shares.items()}
    )
    if is_alone or found.tag == UNKNOWN or not (is_weak_name(text, stretch) or stretch.confidence < GUESS):
        return found
    return replace(found, tag=UNKNOWN, candidate=found.tag)


def _reweighed(stretch: Stretch, products: dict[str, float]) -> Stretch:
    total = sum(products.values())
    shares = {tag: product / total for tag, product in products.items()}
    best = max(shares, key=shares.__getitem__)
    if best == OUTSIDE:
        return replace(stretch, tag=UNKNOWN, confidence=shares[best], shares=shares)
    return replace(stretch, tag=best, confidence=shares[best], shares=shares, candidate=None)
