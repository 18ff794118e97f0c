from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.languages.path import best_path, is_single


@pytest.mark.parametrize(
    ("rows", "cost", "path"),
    [
        ([[1, 0], [1, 0], [0, 1]], 3.0, [0, 0, 0]),
        ([[2, 0], [2, 0], [0, 2], [0, 2]], 3.0, [0, 0, 1, 1]),
        ([[2, 0], [0, 1], [2, 0]], 1.5, [0, 0, 0]),
        ([[5, 0], [0, 5], [5, 0]], 2.0, [0, 1, 0]),
        ([[0, 1]], 3.0, [1]),
    ],
)
def test_a_change_must_pay(rows: list[list[float]], cost: float, path: list[int]) -> None:
    assert best_path(np.array(rows, dtype=float), [cost] * (len(rows) - 1)) == path


@pytest.mark.parametrize("spread", [1.0, 3.0, 6.0])
def test_short_cuts_never_change_the_path(spread: float) -> None:
    draw = np.random.default_rng(1)
    changed = 0
    for _ in range(400):
        rows, columns = int(draw.integers(1, 50)), int(draw.integers(2, 10))
        scores = draw.normal(0.0, spread, (rows, columns)).astype(np.float32)
        scores[:, 0] += draw.choice([0.0, 1.0, 3.0])
        if draw.random() < 0.5:  # ties
            scores = np.round(scores)
        costs = draw.choice([9.0, 9.0, 3.0], rows - 1).tolist()
        path = best_path(scores, costs)
        assert path == _word_by_word(scores, costs)
        summed = np.append(scores.sum(axis=0), scores.max(axis=1).sum())
        assert not is_single(scores, summed, 3.0) or len(set(path)) == 1
        changed += len(set(path)) > 1
    assert 0 < changed < 400


def _word_by_word(scores: np.ndarray, costs: Sequence[float]) -> list[int]:
    reached = scores[0]
    back = []
    for row, cost in zip(scores[1:], costs, strict=True):
        top = int(reached.argmax())
        back.append((reached[top] - cost > reached, top))
        reached = np.maximum(reached[top] - cost, reached) + row
    path = [int(reached.argmax())]
    for changed, top in reversed(back):
        path.append(top if changed[path[-1]] else path[-1])
    return path[::-1]
