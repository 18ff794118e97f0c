"""Training samples cut from the texts: whole sentences, short pieces, loose words, and degraded copies of them."""

import random
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.languages.inventory import OUTSIDE
from pipeline.languages.training.texts import ScriptTexts, Words

PIECES = 8
"""Short pieces cut from each sentence; headings and letterheads are short, and 16 gained nothing."""

PIECE_LENGTHS = (1, 2, 2, 3, 3, 4, 5, 6, 8)
"""Words in a piece, drawn evenly from this list."""

MESSAGE_PIECES = 3
"""The same from each message of a program."""

LOOSE_WORDS = {"Latn": 24_000, "Cyrl": 8_000, "Arab": 24_000}
"""Samples of one to three loose words a language; a third of it for each outside language. In Arabic letters, where
Persian and South Azerbaijani share most words, three times as many tell 0.2 points more of short pieces."""

LOOSE_WEIGHT = {"Latn": 1 / 3, "Cyrl": 1.0, "Arab": 1.0}
"""What such a sample counts. In Latin letters three times as many of a third each show three times as many words, and
leave the running text its part: 0.2 points more of short pieces of news, three times the weight made them worse."""

LOOSE_ROUNDS = 2
"""Most samples a word of the list: a short list must not outweigh the running text."""

STRIPPED_SHARE, SHORT_STRIPPED_SHARE = 0.25, 0.1
"""Share of Latin samples of five words and more, and of shorter ones, copied without diacritics. With a quarter of the
short ones, too, Uzbek and Turkish words were read as Azerbaijani ones that have lost an `ə`; with a tenth of all, one
Azerbaijani sentence in twenty that has lost them was read as Turkish."""

SHORT = 4
"""Most words of a short sample."""

CAPITALS_SHARE = 0.25
"""Share of Latin samples copied with `ı` as `i`, as capitals have it."""

KEYS_SHARE = 0.25
"""Share of Arabic samples copied as other keyboards have them."""

TERM_COPIES = 6
"""Times each term of United Nations documents is added: they are few and matter."""

ARABIC_KEYS = str.maketrans({"\u06cc": "\u064a", "\u06a9": "\u0643"})
"""Persian yeh and kaf as an Arabic keyboard, and files from before Unicode, have them."""


class Sample(NamedTuple):
    """Words in a language."""

    words: Words
    tag: str
    weight: float = 1.0


def cut_samples(texts: ScriptTexts) -> list[Sample]:
    """Samples in a fixed order: the same texts give the same samples."""
    draw = random.Random(7)
    samples: list[Sample] = []
    for sample in _clean(texts, draw):
        samples.append(sample)
        if texts.script == "Latn":
            samples.extend(_degraded(sample, draw))
        elif texts.script == "Arab" and draw.random() < KEYS_SHARE:
            samples.extend(_on_other_keys(sample))
    return samples


def without_diacritics(text: str) -> str:
    """The text in bare Latin letters, as old typewriters and bad OCR leave it: `ə` becomes `e`, `ı` becomes `i`."""
    split = unicodedata.normalize("NFD", text.replace("ı", "i").replace("ə", "e"))
    return unicodedata.normalize("NFC", "".join(c for c in split if not unicodedata.combining(c)))


def _clean(texts: ScriptTexts, draw: random.Random) -> Iterator[Sample]:
    for count, by_language in ((PIECES, texts.sentences), (MESSAGE_PIECES, texts.messages)):
        for tag, lines in by_language.items():
            for words in lines:
                yield Sample(words, tag)
                for _ in range(count if len(words) > 4 else 1):
                    length = draw.choice(PIECE_LENGTHS)
                    start = draw.randint(0, max(0, len(words) - length))
                    yield Sample(words[start : start + length], tag)
    for tag, terms in texts.terms.items():
        for words in terms * TERM_COPIES:
            yield Sample(words, tag)
    yield from (Sample(words, tag) for words, tag in texts.names)
    loose = LOOSE_WORDS[texts.script]
    for name, words in texts.words.items():
        tag = name if name in texts.sentences else OUTSIDE
        for _ in range(min(loose // (3 if tag == OUTSIDE else 1), LOOSE_ROUNDS * len(words))):
            drawn = [draw.choice(words) for _ in range(draw.randint(1, 3))]
            yield Sample(drawn, tag, LOOSE_WEIGHT[texts.script])


def _degraded(sample: Sample, draw: random.Random) -> Iterator[Sample]:
    lot = draw.random()
    stripped = STRIPPED_SHARE if len(sample.words) > SHORT else SHORT_STRIPPED_SHARE
    if lot < stripped:
        copy = [without_diacritics(word) for word in sample.words]
    elif lot < stripped + CAPITALS_SHARE:
        copy = [word.replace("ı", "i") for word in sample.words]
    else:
        return
    if copy != sample.words:
        yield sample._replace(words=copy)


def _on_other_keys(sample: Sample) -> Iterator[Sample]:
    """The words as typed on an Arabic keyboard; Arabic words with the dotless last yeh of Egypt and the Sudan."""
    if sample.tag == "ar":
        copy = [word[:-1] + "\u0649" if word.endswith("\u064a") else word for word in sample.words]
    else:
        copy = [word.translate(ARABIC_KEYS) for word in sample.words]
    if copy != sample.words:
        yield sample._replace(words=copy)
