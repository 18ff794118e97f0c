"""The training texts as lists of words, by script and language.

The folder given to the build holds `sentences/<tag>.txt` (one sentence a line), `words/<tag>.txt` (one word a line),
`outside/<name>.txt` (one paragraph a line, languages outside the set), `names/<tag>.txt` (a name of a country, a
language, a month or a day a line) and `messages/<tag>.txt` (a message of a program a line, `oth-<code>.txt` those of
languages outside the set). `gather.py` fills it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.languages.inventory import OUTSIDE
from pipeline.languages.scripts import words_of

Words = list[str]

Inventory = Mapping[str, tuple[str, ...]]
"""Script → the languages told apart in it."""

HELD_OUT_EVERY = 5
"""Every fifth sentence is kept back from the tables, for the weights and the meaning of confidence."""


FEWEST_WORDS = 3
"""Words of a message from which it is text: shorter ones are labels, often a name or the same in each language."""


@dataclass(frozen=True)
class ScriptTexts:
    """All texts of one script, as word forms."""

    script: str
    sentences: dict[str, list[Words]]
    """Running text by language, `oth` for languages outside the set."""
    words: dict[str, list[str]]
    """Words without context by language; those of outside languages in one list a file, named after it."""
    terms: dict[str, list[Words]]
    """Terms of United Nations documents by language."""
    messages: dict[str, list[Words]]
    """Messages of programs by language: the same in each, so that no subject speaks for a language."""
    names: list[tuple[Words, str]]
    """Names of countries, languages, months and days with their language, `oth` for languages outside the set."""


def read_texts(folder: Path, script: str, inventory: Inventory, held_out: bool = False) -> ScriptTexts:
    """The texts of the languages written in the script.

    Every fifth sentence is left out; with `held_out`, only those are read.
    """
    languages = inventory[script]
    sentences = {tag: _sentences(folder / "sentences" / f"{tag}.txt", script) for tag in languages}
    outside = sorted((folder / "outside").glob("*.txt"))
    sentences[OUTSIDE] = [line for path in outside for line in _sentences(path, script)]
    sentences = {
        tag: [line for i, line in enumerate(lines) if (i % HELD_OUT_EVERY == 0) == held_out]
        for tag, lines in sentences.items()
    }
    known = {tag for tags in inventory.values() for tag in tags}
    words = {}
    for path in sorted((folder / "words").glob("*.txt")):
        if path.stem in languages or path.stem not in known:
            words[path.stem] = _list_of_words(path, script)
    terms, names = _terms(script, languages), _names(folder, script, languages)
    return ScriptTexts(script, sentences, words, terms, _messages(folder, script, languages), names)


def read_every_text(folder: Path, script: str, inventory: Inventory) -> ScriptTexts:
    """The same with all sentences, the kept ones first."""
    kept, held = read_texts(folder, script, inventory), read_texts(folder, script, inventory, held_out=True)
    return replace(kept, sentences={tag: lines + held.sentences[tag] for tag, lines in kept.sentences.items()})


def _sentences(path: Path, script: str) -> list[Words]:
    if not path.exists():
        return []
    lines = (_forms(line, script) for line in path.read_text("utf-8").splitlines())
    return [words for words in lines if words]


def _list_of_words(path: Path, script: str) -> list[str]:
    """The words of the file, or none where most of them are of another script."""
    lines = path.read_text("utf-8").splitlines()
    found = [forms[0] for forms in (_forms(line, script) for line in lines) if len(forms) == 1]
    return found if len(found) > len(lines) / 2 else []


def _messages(folder: Path, script: str, languages: tuple[str, ...]) -> dict[str, list[Words]]:
    """The messages whose words are all of the script, by language."""
    found: dict[str, list[Words]] = {}
    for path in sorted((folder / "messages").glob("*.txt")):
        tag = OUTSIDE if path.stem.startswith(f"{OUTSIDE}-") else path.stem
        if tag not in (*languages, OUTSIDE):
            continue
        for line in path.read_text("utf-8").splitlines():
            words = words_of(line)
            if len(words) >= FEWEST_WORDS and all(word.script == script for word in words):
                found.setdefault(tag, []).append([word.form for word in words])
    return found


def _terms(script: str, languages: tuple[str, ...]) -> dict[str, list[Words]]:
    table = tomllib.loads((Path(__file__).parent / "un_terms.toml").read_text("utf-8"))
    return {tag: [_forms(line, script) for line in table.get(tag, "").splitlines()] for tag in languages}


def _names(folder: Path, script: str, languages: tuple[str, ...]) -> list[tuple[Words, str]]:
    """The names in the script; those that an outside language shares with one of the set are the latter's."""
    inside: list[tuple[Words, str]] = []
    outside: list[tuple[Words, str]] = []
    for path in sorted((folder / "names").glob("*.txt")):
        is_inside = path.stem in languages
        tag = path.stem if is_inside else OUTSIDE
        (inside if is_inside else outside).extend((words, tag) for words in _sentences(path, script))
    known = {tuple(words) for words, _ in inside}
    return inside + [(words, tag) for words, tag in outside if tuple(words) not in known]


def _forms(line: str, script: str) -> Words:
    return [word.form for word in words_of(line) if word.script == script]
