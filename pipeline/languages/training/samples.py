"""Training samples cut from the texts: whole sentences, short pieces, loose words, and degraded copies of them."""

import random
import unicodedata
from collections.abc import Iterator

from pipeline.languages.inventory import OUTSIDE
from pipeline.languages.training.texts import ScriptTexts, Words

PIECES = 8
"""Short pieces cut from each sentence; headings and letterheads are short, and 16 gained nothing."""

PIECE_LENGTHS = (1, 2, 2, 3, 3, 4, 5, 6, 8)
"""Words in a piece, drawn evenly from this list."""

MESSAGE_PIECES = 3
"""The same from each message of a program."""

LOOSE_WORDS = {"Latn": 8_000, "Cyrl": 8_000, "Arab": 24_000}
"""Samples of one to three loose words a language; a third of it for each outside language. In Arabic letters, where
Persian and South Azerbaijani share most words, three times as many tell 0.2 points more of short pieces; in Latin
letters they bring nothing."""

DEGRADED_SHARE = 0.25
"""Share of Latin samples copied without diacritics, and as large a share copied with `ı` as `i` (capitals)."""

TERM_COPIES = 6
"""Times each term of United Nations documents is added: they are few and matter."""

ARABIC_KEYS = str.maketrans({"\u06cc": "\u064a", "\u06a9": "\u0643"})
"""Persian yeh and kaf as an Arabic keyboard, and files from before Unicode, have them."""

Sample = tuple[Words, str]


def cut_samples(texts: ScriptTexts) -> list[Sample]:
    """(words, language) in a fixed order: the same texts give the same samples."""
    draw = random.Random(7)
    samples: list[Sample] = []
    for words, tag in _clean(texts, draw):
        samples.append((words, tag))
        if texts.script == "Latn":
            samples.extend(_degraded(words, tag, draw))
        elif texts.script == "Arab" and draw.random() < DEGRADED_SHARE:
            samples.extend(_on_other_keys(words, tag))
    return samples


def without_diacritics(text: str) -> str:
    """The text in bare Latin letters, as old typewriters and bad OCR leave it: `ə` becomes `e`, `ı` becomes `i`."""
    split = unicodedata.normalize("NFD", text.replace("ı", "i").replace("ə", "e"))
    return unicodedata.normalize("NFC", "".join(c for c in split if not unicodedata.combining(c)))


def _clean(texts: ScriptTexts, draw: random.Random) -> Iterator[Sample]:
    for count, by_language in ((PIECES, texts.sentences), (MESSAGE_PIECES, texts.messages)):
        for tag, lines in by_language.items():
            for words in lines:
                yield words, tag
                for _ in range(count if len(words) > 4 else 1):
                    length = draw.choice(PIECE_LENGTHS)
                    start = draw.randint(0, max(0, len(words) - length))
                    yield words[start : start + length], tag
    for tag, terms in texts.terms.items():
        for words in terms * TERM_COPIES:
            yield words, tag
    yield from texts.names
    loose = LOOSE_WORDS.get(texts.script, LOOSE_WORDS["Latn"])
    for name, words in texts.words.items():
        tag = name if name in texts.sentences else OUTSIDE
        for _ in range(loose // (3 if tag == OUTSIDE else 1) if words else 0):
            yield [draw.choice(words) for _ in range(draw.randint(1, 3))], tag


def _degraded(words: Words, tag: str, draw: random.Random) -> Iterator[Sample]:
    lot = draw.random()
    if lot < DEGRADED_SHARE:
        copy = [without_diacritics(word) for word in words]
    elif lot < 2 * DEGRADED_SHARE:
        copy = [word.replace("ı", "i") for word in words]
    else:
        return
    if copy != words:
        yield copy, tag


def _on_other_keys(words: Words, tag: str) -> Iterator[Sample]:
    """The words as typed on an Arabic keyboard; Arabic words with the dotless last yeh of Egypt and the Sudan."""
    if tag == "ar":
        copy = [word[:-1] + "\u0649" if word.endswith("\u064a") else word for word in words]
    else:
        copy = [word.translate(ARABIC_KEYS) for word in words]
    if copy != words:
        yield copy, tag
