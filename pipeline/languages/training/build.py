"""Builds profiles, tables and weights from a folder of texts: the same texts give the same bytes."""

import gzip
import json
from collections import Counter
from pathlib import Path

from pipeline.languages.inventory import OUTSIDE, SCRIPT_LANGUAGES
from pipeline.languages.ngrams import build_profile, load_profiles
from pipeline.languages.tables import profile_name, write_common, write_table
from pipeline.languages.training.calibrate import calibrate
from pipeline.languages.training.fit import Fitted, fit, fit_on
from pipeline.languages.training.samples import Sample, cut_samples
from pipeline.languages.training.texts import Inventory, ScriptTexts, read_every_text, read_texts

SIZES = {"Latn": 60_000, "Cyrl": 20_000, "Arab": 20_000}
"""Parts kept for each script: 70,000 Latin ones were no better, 30,000 lost 0.5 points on short pieces."""


COMMON = {"en": 3_000}
COMMON_ELSE = 200
"""Most usual words of a language that are scored when a table is loaded: most texts are English, and 3,000 words are
two in five of the different words of a thousand sentences. Scoring 4,000 words takes 0.03 s."""


def build(texts: Path, out: Path, inventory: Inventory = SCRIPT_LANGUAGES) -> None:
    """Writes profiles and tables of each script into `out`, and beside it the weights that go with them.

    The tables are fitted without every fifth sentence, the weights on those sentences; then the tables are fitted
    further on all sentences, as one does after a calibration.
    """
    out.mkdir(parents=True, exist_ok=True)
    first = {script: _first_fit(read_texts(texts, script, inventory), inventory[script], out) for script in inventory}
    calibrate(texts, out, out.parent / "evidence.toml", inventory)
    for script, fitted in first.items():
        samples = _samples(read_every_text(texts, script, inventory))
        last = fit_on(samples, load_profiles(out, list(fitted.languages)), fitted)
        write_table(out, script, last.parts, last.weights, last.bias)


def _first_fit(read: ScriptTexts, languages: tuple[str, ...], out: Path) -> Fitted:
    tags = (*languages, OUTSIDE)
    names = [profile_name(tag, read.script) for tag in tags]
    for tag, name in zip(tags, names, strict=True):
        lines = [" ".join(words) for words in (*read.sentences[tag], *read.terms.get(tag, ()))]
        data = json.dumps(build_profile(name, lines), ensure_ascii=False, separators=(",", ":"))
        (out / f"{name}.json.gz").write_bytes(gzip.compress(data.encode(), mtime=0))
    write_common(out, read.script, sorted({word for tag in languages for word in _common_words(read, tag)}))
    fitted = fit(_samples(read), load_profiles(out, names), SIZES[read.script])
    write_table(out, read.script, fitted.parts, fitted.weights, fitted.bias)
    return fitted


def _common_words(read: ScriptTexts, tag: str) -> list[str]:
    """Words of the language by how often its texts and its list, where that was drawn by frequency, have them."""
    counts = Counter(read.words.get(tag, ()))
    counts.update(word for words in read.sentences[tag] for word in words)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return ranked[: COMMON.get(tag, COMMON_ELSE)]


def _samples(read: ScriptTexts) -> list[Sample]:
    return [sample._replace(tag=profile_name(sample.tag, read.script)) for sample in cut_samples(read)]
