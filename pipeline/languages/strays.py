"""Names, scraps and foreign words inside a text of another language: which of them have a language of their own."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.languages.inventory import OUTSIDE
from pipeline.languages.spans import UNKNOWN, Stretch

SURE = 0.95
"""A stretch less probable than this, small beside its text, may be a scrap."""

NAME_SHARE = 0.98
"""Capitalised words in another script than their surroundings are a name unless this probable in a language."""

STRAY_LETTERS = 20
"""A language with fewer letters in a row, seen nowhere else, inside a block of another language, is a name."""

SCRAP_SHARE = 0.6
"""Short stretches less probable than this take the language around them."""

INSIDE_SHARE = 0.15
"""Running words in another script than their surroundings take a language of the set from this probability on."""

NAMES_SURE = 0.99
"""Capitalised words this probable in a language are an organ or an office in it, no list of names."""

NAMES_SHARE = 0.6
"""Share of capitalised words from which a stretch in no known language is a list of names (`de`, `von`, `and` stand
between them); German, which capitalises its nouns, has 0.4."""

PURE_NAMES_SHARE = 0.8
"""The same for a stretch that has a language: it is taken from it only where hardly a small word stands."""

NAME_WORDS = 2
"""Most words of a name: organs and offices have three and more, or are known in the language that they are in."""

INITIAL_EVERY = 4
"""Words of which one is an initial in a list of persons: each has a family name, some a double one or no initial."""

ENUMERATED, WORDS_A_NAME = 6, 3
"""Words of a list of names, and of one of its names, on average; states have 1.7 with the `and` before the last."""

NAME_PART = 1 / 3
"""What the letters of a Latin name count beside words of another script: a sentence in Arabic or Russian names English
publications and firms far more often than an English name stands beside a word in their letters. Of 168 short pieces of
news in two scripts 41 took the language of the name where it counted in full, 20 with a half, 13 with a third."""

SMALL_WORD_LETTERS = 3
"""Longest word in small letters inside a name: `of`, `the`, `de`, `und`."""

_COMMA = re.compile("[,;،、]")

_PARTING = re.compile(r"[\n/|\u2014]|\s\s")

_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})


def established_languages(found: Sequence[Sequence[Stretch]]) -> frozenset[str]:
    """Languages that a stretch of some length is surely in, and that is the most of its text."""
    return frozenset(
        stretch.tag
        for stretches in found
        for stretch in stretches
        if stretch.confidence >= SURE and stretch.letters >= STRAY_LETTERS and stretch.tag != UNKNOWN
        if stretch.letters * 2 > sum([other.letters for other in stretches])
    )


def without_strays(text: str, stretches: list[Stretch], established: frozenset[str]) -> list[Stretch]:
    """The stretches, names and doubtful scraps given to the language around them."""
    if len(stretches) < 2:
        return stretches
    stretches = _terms_with_their_sentence(stretches)
    main = _main(text, stretches)
    around = sum(stretch.letters for stretch in stretches if stretch.tag == main.tag)
    result = []
    for at, stretch in enumerate(stretches):
        if stretch.script != main.script and not _is_name(text, stretch):
            result.append(_named(stretch))
        elif stretch.script != main.script:
            is_absorbed = _is_foreign_name(text, stretch, around)
            result.append(_absorbed(stretch, main) if is_absorbed else stretch)
        elif _is_stray(text, stretch, main, around, established, _stands_apart(text, stretches, at)):
            result.append(_absorbed(stretch, main))
        else:
            result.append(stretch)
    return result


def _terms_with_their_sentence(stretches: list[Stretch]) -> list[Stretch]:
    """The stretches, a single word of another script given to the language that stands on both its sides."""
    result = list(stretches)
    for at in range(1, len(stretches) - 1):
        before, here, after = stretches[at - 1 : at + 2]
        is_between = before.tag == after.tag != UNKNOWN and here.script not in (before.script, after.script)
        if is_between and here.tag != before.tag and here.script in _CASED and len(here.words) == 1:
            result[at] = _absorbed(here, before)
    return result


def is_weak_name(text: str, stretch: Stretch) -> bool:
    """True for capitalised words that no language claims with certainty."""
    return stretch.script in _CASED and stretch.confidence < NAME_SHARE and is_title(text, stretch)


def is_title(text: str, stretch: Stretch) -> bool:
    """True where all words begin with capitals: a name, or a heading."""
    return all(text[word.start].isupper() for word in stretch.words)


def is_of_persons(text: str, stretch: Stretch) -> bool:
    """True where nothing stands but names as those of persons are printed: one or two words, or words with initials."""
    if stretch.script not in _CASED or not is_title(text, stretch):
        return False
    initials = sum([len(word.form) == 1 for word in stretch.words])
    return len(stretch.words) - initials <= NAME_WORDS or initials * INITIAL_EVERY >= len(stretch.words)


def is_enumeration(text: str, stretch: Stretch) -> bool:
    """True for names between commas, as States that voted are listed: they show no language."""
    if names_share(text, stretch) < PURE_NAMES_SHARE or len(stretch.words) < ENUMERATED:
        return False
    inside = text[stretch.words[0].start : stretch.words[-1].end]
    return len(_COMMA.findall(inside)) * WORDS_A_NAME >= len(stretch.words)


def _main(text: str, stretches: list[Stretch]) -> Stretch:
    """The longest stretch in the language of most letters."""
    letters = letters_by_tag(text, [stretch for stretch in stretches if stretch.tag != UNKNOWN])
    if not letters:
        return stretches[0]
    tag = max(letters, key=letters.__getitem__)
    return max((s for s in stretches if s.tag == tag), key=lambda s: s.letters)


def letters_by_tag(text: str, stretches: Sequence[Stretch]) -> dict[str, float]:
    """The letters of each language; those of Latin names beside words of another script count a third."""
    has_scripts = len({stretch.script for stretch in stretches}) > 1
    letters: dict[str, float] = {}
    for stretch in stretches:
        part = NAME_PART if has_scripts and _is_latin_name(text, stretch) else 1.0
        letters[stretch.tag] = letters.get(stretch.tag, 0.0) + part * stretch.letters
    return letters


def _is_latin_name(text: str, stretch: Stretch) -> bool:
    """True for capitalised Latin words, small words only between them, and for a Latin word alone (`online`)."""
    if stretch.script != "Latn" or len(stretch.words) == 1:
        return stretch.script == "Latn"
    ends = (stretch.words[0], stretch.words[-1])
    return all(text[word.start].isupper() for word in ends) and all(
        text[word.start].isupper() or len(word.form) <= SMALL_WORD_LETTERS for word in stretch.words
    )


def _is_stray(
    text: str, stretch: Stretch, main: Stretch, around: int, established: frozenset[str], stands_apart: bool
) -> bool:
    """True for a name or a scrap; `around` are the letters of the text that are in its main language."""
    if stretch.tag == main.tag:
        return False
    if stretch.confidence < SCRAP_SHARE and (stretch.letters < STRAY_LETTERS or stretch.letters < around):
        return True
    if stretch.tag == UNKNOWN and (stretch.letters < STRAY_LETTERS or _is_list_of_names(text, stretch, around)):
        return True
    if stands_apart or stretch.tag in established or stretch.letters * 3 >= around:
        return False
    if stretch.letters < 3 * STRAY_LETTERS and stretch.confidence < SURE:
        return True
    return stretch.confidence < NAMES_SURE and names_share(text, stretch) >= PURE_NAMES_SHARE


def _is_list_of_names(text: str, stretch: Stretch, around: int) -> bool:
    return stretch.letters < around and names_share(text, stretch) >= NAMES_SHARE


def names_share(text: str, stretch: Stretch) -> float:
    """Share of capitalised words; 0 in scripts without capitals."""
    if stretch.script not in _CASED:
        return 0.0
    return sum([text[word.start].isupper() for word in stretch.words]) / len(stretch.words)


def _is_foreign_name(text: str, stretch: Stretch, around: int) -> bool:
    """True for a Latin word or weak name inside a text of another script."""
    if stretch.script != "Latn" or stretch.letters > around:
        return False
    if is_weak_name(text, stretch):
        return True
    return stretch.letters * 2 <= around and (len(stretch.words) == 1 or stretch.tag == UNKNOWN)


def _stands_apart(text: str, stretches: list[Stretch], at: int) -> bool:
    """True where a slash, bar, long dash, line end or wide gap parts the stretch from both neighbours."""
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
    is_outsider = stretch.tag == UNKNOWN and max(stretch.shares, key=stretch.shares.__getitem__) == OUTSIDE
    if not is_outsider or inside.get(best, 0.0) < INSIDE_SHARE:
        return stretch
    return replace(stretch, tag=best, confidence=inside[best], candidate=None)


def _absorbed(stretch: Stretch, main: Stretch) -> Stretch:
    return replace(stretch, tag=main.tag, confidence=main.confidence, candidate=None)
