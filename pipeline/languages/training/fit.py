"""Fits the language tables: for every part of a word, what it adds to the score of each language.

The first guess of a part of up to three letters is what langdetect's profile engine says; the fit (softmax regression
with a ridge, L-BFGS) corrects it and adds the longer parts.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from pipeline.languages.ngrams import LONGEST, ProfileTable
from pipeline.languages.tables import PROFILE_WEIGHT
from pipeline.languages.training.samples import Sample
from pipeline.languages.wordparts import parts_of

RIDGE = 0.3
"""Weight of the squared size of the corrections."""

FURTHER_ROUNDS = 14
"""Steps of the last fit, on all sentences: with them short Azerbaijani pieces found rise from 96 to 98 %."""

FEWEST = 4
"""A part must occur in this many samples to be kept."""


@dataclass(frozen=True)
class Fitted:
    """Corrections by part and language, and the bias of each language."""

    languages: tuple[str, ...]
    parts: list[str]
    weights: np.ndarray
    bias: np.ndarray


def fit(samples: list[Sample], table: ProfileTable, size: int, rounds: int = 60) -> Fitted:
    """The corrections for the `size` parts that matter most, fitted again after the others are left out."""
    seen = _sample_counts(samples)
    parts = sorted(part for part, count in seen.items() if count >= FEWEST)
    first = _descend(samples, parts, table, None, rounds)
    reach = np.ptp(first.weights, axis=1) * np.sqrt([seen[part] for part in parts])
    reach[[len(part) <= 2 for part in parts]] = np.inf
    kept = np.sort(np.argsort(-reach, kind="stable")[:size])
    start = np.vstack([first.weights[kept], first.bias[None]])
    return _descend(samples, [parts[i] for i in kept], table, start, rounds // 2)


def fit_on(samples: list[Sample], table: ProfileTable, first: Fitted) -> Fitted:
    """The same parts fitted further on more samples: a few steps from where the first fit ended."""
    return _descend(samples, first.parts, table, np.vstack([first.weights, first.bias[None]]), FURTHER_ROUNDS)


def _sample_counts(samples: list[Sample]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for sample in samples:
        counts.update({part for word in sample.words for part in parts_of(word)})
    return counts


def _descend(
    samples: list[Sample], parts: list[str], table: ProfileTable, start: np.ndarray | None, rounds: int
) -> Fitted:
    rows = _matrix(samples, parts)
    columns = {tag: i for i, tag in enumerate(table.languages)}
    truth = np.array([columns[sample.tag] for sample in samples])
    counted = np.array([sample.weight for sample in samples])
    by_language = np.bincount(truth, weights=counted, minlength=len(columns))
    weight = counted * (counted.sum() / len(columns) / by_language)[truth] ** 0.5
    guess = rows @ (PROFILE_WEIGHT * _profile_rows(parts, table))
    size = (len(parts) + 1, len(columns))
    turned, lines = rows.T.tocsr(), np.arange(len(samples))

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        values = flat.reshape(size)
        scores = guess + rows @ values[:-1].astype(np.float32) + values[-1]
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        total = shares.sum(axis=1, keepdims=True)
        cost = -(weight * (scores[lines, truth] - np.log(total[:, 0]))).sum()
        shares /= total
        shares[lines, truth] -= 1
        shares *= weight[:, None]
        slope = np.vstack([turned @ shares.astype(np.float32) + RIDGE * values[:-1], shares.sum(axis=0)[None]])
        return float(cost + RIDGE / 2 * (values[:-1] ** 2).sum()), slope.ravel().astype(np.float64)

    flat = np.zeros(size[0] * size[1]) if start is None else start.ravel().astype(np.float64)
    found = minimize(loss, flat, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 6})
    values = found.x.reshape(size).astype(np.float32)
    return Fitted(table.languages, parts, values[:-1], values[-1])


def _profile_rows(parts: list[str], table: ProfileTable) -> np.ndarray:
    rows = np.zeros((len(parts), len(table.languages)), dtype=np.float32)
    short = [i for i, part in enumerate(parts) if len(part) <= LONGEST and not part.startswith("=")]
    rows[short] = table.log_odds([parts[i] for i in short])
    return rows


def _matrix(samples: list[Sample], parts: list[str]) -> csr_matrix:
    column = {part: i for i, part in enumerate(parts)}
    known: dict[str, list[int]] = {}
    indices: list[int] = []
    ends = [0]
    for sample in samples:
        for word in sample.words:
            if word not in known:
                known[word] = [column[part] for part in parts_of(word) if part in column]
            indices += known[word]
        ends.append(len(indices))
    ones = np.ones(len(indices), dtype=np.float32)
    shape = (len(samples), len(parts))
    return csr_matrix((ones, np.array(indices, dtype=np.int32), np.array(ends)), shape=shape)
