"""Tables of words: parts are found in numbers as they would be in strings, and what is remembered is what is summed."""

import numpy as np
import pytest

from pipeline.languages.tables import BEYOND_LIMIT, table_of
from pipeline.languages.votes import LIMITS
from pipeline.languages.wordparts import PartIndex, parts_of

PARTS = [" a", " ab", "a", "ab", "abcde", "b", "bc ", "cde f", "=abcd", "=b", "ə", "şə "]


@pytest.mark.parametrize(
    "forms",
    [
        ["abcd"],
        ["b"],
        ["ab", "abcdefgh", "bc"],
        ["zzz", "a"],
        ["qqq"],
        ["şə", "x\U0001f600b", "a\0b"],
        ["cde", "f"],
        ["ab'", "\ud800"],
    ],
)
def test_the_rows_of_words_are_those_of_their_parts(forms: list[str]) -> None:
    row_of = {part: row for row, part in enumerate(PARTS)}
    index = PartIndex(PARTS)
    rows, begins = index.rows_of(forms)
    of_forms = [rows[begin:end] for begin, end in zip(begins, [*begins[1:], len(rows)], strict=True)]
    found = [sorted(index.order[of_form[of_form != index.unknown]].tolist()) for of_form in of_forms]
    assert found == [sorted(row_of[part] for part in parts_of(form) if part in row_of) for form in forms]


def test_a_table_of_more_letters_than_it_can_number_is_refused() -> None:
    with pytest.raises(ValueError, match="letters"):
        PartIndex([chr(0x4E00 + i) for i in range(5_000)])


def test_words_say_the_same_alone_together_and_again() -> None:
    table = table_of("Latn")
    forms = ["committee", "xqzwj", "təhlükəsizlik", "the", "の", "a" * 40]
    together = table.scores_of(forms)
    assert np.array_equal(together, np.concatenate([table.scores_of([form]) for form in forms]))
    assert not table.scores_of(["の"]).any()
    first, again = table.bounded_scores(forms, [0] * 6), table.bounded_scores(forms, [0] * 6)
    assert np.array_equal(first, again)
    assert np.array_equal(first[:, -1], first[:, :-1].max(axis=1))


@pytest.mark.parametrize(("at", "limit"), list(enumerate(LIMITS)))
def test_what_a_word_says_beyond_its_limit_counts_in_part(at: int, limit: float) -> None:
    table = table_of("Latn")
    plain = table.scores_of(["committee"])[0]
    *bounded, peak = table.bounded_scores(["committee"], [at])[0]
    against = plain.max() - plain
    within = np.where(against <= limit, against, limit + BEYOND_LIMIT * (against - limit))
    assert against.max() > limit
    assert peak == plain.max()
    assert peak - bounded == pytest.approx(within, rel=1e-4, abs=1e-4)


def test_more_words_than_are_remembered() -> None:
    table = table_of("Cyrl")
    forms = [f"слово{chr(0x430 + i % 32)}{chr(0x430 + i // 32 % 32)}{chr(0x430 + i // 1024)}" for i in range(20_500)]
    scores = table.bounded_scores(forms, [0] * len(forms))
    assert len(scores) == len(forms)
    assert np.array_equal(scores[:3], table.bounded_scores(forms[:3], [0] * 3))
    table.learn(forms)
    assert np.array_equal(scores[-3:], table.bounded_scores(forms[-3:], [0] * 3))
