"""Fits `evidence.toml`, the weights of the signals, on the sentences that were kept back from the tables."""

import random
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from pipeline.languages.evidence import eld_signal, lid_signal
from pipeline.languages.inventory import OUTSIDE
from pipeline.languages.tables import WordTable
from pipeline.languages.training.samples import PIECE_LENGTHS
from pipeline.languages.training.texts import Inventory, Words, read_texts

_BIAS_RIDGE = 1e-4
"""Weight of the squared biases, which only keeps the fit finite: languages that eldc does not know need biases of two
and three against those that it does. With a hundredth eldc counted a third of what it may, and 0.3 points less of short
pieces of news were right."""

_LEAST_WEIGHT = 0.05
"""Signals of less weight are left out, and the others fitted again: asking lid.176 costs ten times what eldc does."""


def calibrate(texts: Path, tables: Path, out: Path, inventory: Inventory) -> None:
    """Writes to `out` the weights of the three signals and the bias of each language, for the tables in a folder."""
    sections = []
    for script, languages in inventory.items():
        tags = (*languages, OUTSIDE)
        table = WordTable(script, languages, tables)
        kept = read_texts(texts, script, inventory, held_out=True).sentences
        draw = random.Random(11)
        samples = [(words, tags.index(tag)) for tag in tags for words in _pieces(kept[tag], draw)]
        rows = np.array([_signals(script, table, words) for words, _ in samples])
        truth = np.array([tag for _, tag in samples])
        weights, bias = _fit(rows, truth, len(tags))
        counted = weights >= _LEAST_WEIGHT
        weights, bias = _fit(rows * counted, truth, len(tags))
        weights *= counted
        sections.append(_section(script, weights, dict(zip(tags, bias, strict=True))))
    out.write_text("# Written by pipeline.languages.training; see evidence.py\n\n" + "\n".join(sections), "utf-8")


def _pieces(sentences: list[Words], draw: random.Random) -> list[Words]:
    pieces = []
    for words in sentences:
        pieces.append(words)
        for _ in range(4):
            length = draw.choice(PIECE_LENGTHS)
            start = draw.randint(0, max(0, len(words) - length))
            pieces.append(words[start : start + length])
    return pieces


def _signals(script: str, table: WordTable, words: Words) -> np.ndarray:
    summed = table.bias + table.scores_of(words).sum(axis=0)
    text, inside = " ".join(words), table.languages[:-1]
    by_eld = eld_signal(script, inside, text)
    return np.column_stack([summed, lid_signal(script, inside, text), by_eld, by_eld * np.log(len(words))])


def _fit(rows: np.ndarray, truth: np.ndarray, tags: int) -> tuple[np.ndarray, np.ndarray]:
    """Conditional logit: weights (at least 0) common to all languages, and a bias for each; languages count alike."""
    count, signals = len(rows), rows.shape[2]
    weight = (count / tags / np.bincount(truth, minlength=tags))[truth]
    lines = np.arange(count)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        scores = rows @ flat[:signals] + flat[signals:]
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        cost = -(weight * np.log(shares[lines, truth] + 1e-12)).mean() + _BIAS_RIDGE / 2 * (flat[signals:] ** 2).sum()
        shares[lines, truth] -= 1
        shares *= weight[:, None] / count
        slope = np.concatenate([np.einsum("nk,nkf->f", shares, rows), shares.sum(0) + _BIAS_RIDGE * flat[signals:]])
        return float(cost), slope

    start = np.concatenate([[0.5], np.full(signals - 1, 0.1), np.zeros(tags)])
    bounds = [(0.0, None)] * signals + [(None, None)] * tags
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return found.x[:signals], found.x[signals:]


def _section(script: str, weights: np.ndarray, bias: dict[str, float]) -> str:
    names = ("tables", "lid", "eld", "eld_by_length")
    lines = [f"[{script}]", *(f"{name} = {value:.3f}" for name, value in zip(names, weights, strict=True))]
    return "\n".join([*lines, f"[{script}.bias]", *(f"{tag} = {value:.2f}" for tag, value in bias.items()), ""])
