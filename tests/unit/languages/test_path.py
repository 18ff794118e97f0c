import numpy as np
import pytest

from pipeline.languages.spans import best_path


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
