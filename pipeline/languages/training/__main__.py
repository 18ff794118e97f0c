"""`python -m pipeline.languages.training TEXTS`: writes the profiles, the tables and `evidence.toml` anew.

TEXTS is the folder that `gather` filled. Takes about five minutes; the same texts give the same files.
"""

import argparse
import gzip
import json
from pathlib import Path

from pipeline.languages.ngrams import build_profile, load_profiles
from pipeline.languages.tables import FOLDER, OUTSIDE, SCRIPT_LANGUAGES, profile_name, write_table
from pipeline.languages.training.calibrate import calibrate
from pipeline.languages.training.fit import Fitted, fit, fit_on
from pipeline.languages.training.samples import Sample, cut_samples
from pipeline.languages.training.texts import ScriptTexts, read_every_text, read_texts

SIZES = {"Latn": 60_000, "Cyrl": 20_000, "Arab": 20_000}
"""Parts kept for each script: 70,000 Latin ones were no better, 30,000 lost 0.5 points on short pieces."""


def build(texts: Path, out: Path) -> None:
    """Writes profiles and tables of each script into `out`, and beside it the weights that go with them.

    The tables are fitted without every fifth sentence, the weights on those sentences; then the tables are fitted
    further on all sentences, as one does after a calibration.
    """
    out.mkdir(parents=True, exist_ok=True)
    first = {script: _first_fit(texts, out, script) for script in SCRIPT_LANGUAGES}
    calibrate(texts, out, out.parent / "evidence.toml")
    for script, fitted in first.items():
        samples = _samples(read_every_text(texts, script))
        last = fit_on(samples, load_profiles(out, list(fitted.languages)), fitted)
        write_table(out, script, last.parts, last.weights, last.bias)


def _first_fit(texts: Path, out: Path, script: str) -> Fitted:
    read = read_texts(texts, script)
    tags = (*SCRIPT_LANGUAGES[script], OUTSIDE)
    names = [profile_name(tag, script) for tag in tags]
    for tag, name in zip(tags, names, strict=True):
        lines = [" ".join(words) for words in (*read.sentences[tag], *read.terms.get(tag, ()))]
        data = json.dumps(build_profile(name, lines), ensure_ascii=False, separators=(",", ":"))
        (out / f"{name}.json.gz").write_bytes(gzip.compress(data.encode(), mtime=0))
    fitted = fit(_samples(read), load_profiles(out, names), SIZES[script])
    write_table(out, script, fitted.parts, fitted.weights, fitted.bias)
    return fitted


def _samples(read: ScriptTexts) -> list[Sample]:
    return [(words, profile_name(tag, read.script)) for words, tag in cut_samples(read)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--out", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    build(arguments.texts, arguments.out)
