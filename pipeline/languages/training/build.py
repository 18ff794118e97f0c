"""Builds profiles, tables and weights from a folder of texts: the same texts give the same bytes."""

import gzip
import json
from pathlib import Path

from pipeline.languages.inventory import OUTSIDE, SCRIPT_LANGUAGES
from pipeline.languages.ngrams import build_profile, load_profiles
from pipeline.languages.tables import profile_name, write_table
from pipeline.languages.training.calibrate import calibrate
from pipeline.languages.training.fit import Fitted, fit, fit_on
from pipeline.languages.training.samples import Sample, cut_samples
from pipeline.languages.training.texts import Inventory, ScriptTexts, read_every_text, read_texts

SIZES = {"Latn": 60_000, "Cyrl": 20_000, "Arab": 20_000}
"""Parts kept for each script: 70,000 Latin ones were no better, 30,000 lost 0.5 points on short pieces."""


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
    fitted = fit(_samples(read), load_profiles(out, names), SIZES[read.script])
    write_table(out, read.script, fitted.parts, fitted.weights, fitted.bias)
    return fitted


def _samples(read: ScriptTexts) -> list[Sample]:
    return [(words, profile_name(tag, read.script)) for words, tag in cut_samples(read)]
