"""Wherever words stand on printed pages, between whatever rules, each lands in exactly one block."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.layout import lay_out
from schemas.geometry import Box
from schemas.page import Font, PageDecision, PageText, Rule, Run, TextOrigin

TIMES, BOLD = Font("Times"), Font("Times", bold=True)
WORD = re.compile(r"p\d+n\d+w\d+x")
WIDTH, HEIGHT = 612.0, 792.0

PLACES = st.tuples(
    st.sampled_from([56.0, 72.0, 200.0, 330.0, 470.0]),  # where it begins across the page
    st.integers(2, 62),  # on which line, 12 points each
    st.integers(1, 12),  # words
    st.sampled_from([7.0, 9.0, 10.0, 14.0]),
    st.booleans(),
)
RULES = st.tuples(st.sampled_from([56.0, 200.0, 330.0]), st.integers(2, 62), st.sampled_from([60.0, 140.0, 500.0]))
PAGES = st.lists(st.tuples(st.lists(PLACES, max_size=25), st.lists(RULES, max_size=6)), min_size=1, max_size=3)


def page(
    number: int, places: list[tuple[float, int, int, float, bool]], rules: list[tuple[float, int, float]]
) -> PageText:
    runs = []
    for count, (x0, line, words, size, bold) in enumerate(places):
        text = " ".join(f"p{number}n{count}w{word}x" for word in range(words))
        top = 12.0 * line
        box = Box(x0, top, min(WIDTH - 20, x0 + 0.5 * size * len(text)), top + size)
        runs.append(Run(text, box, top + 0.8 * size, size, BOLD if bold else TIMES))
    drawn = [Rule(Box(x0, 12.0 * n - 1, x0 + length, 12.0 * n - 0.5), True) for x0, n, length in rules]
    decision = PageDecision(rule="good_layer")
    return PageText(number, WIDTH, HEIGHT, 0, TextOrigin.text_layer, decision, runs=tuple(runs), rules=tuple(drawn))


@settings(deadline=None, max_examples=60)
@given(PAGES)
def test_no_word_is_lost_or_doubled(pages) -> None:
    read = [page(number, *found) for number, found in enumerate(pages, 1)]
    words = sorted(word for p in read for run in p.runs for word in run.text.split())
    found = [word for block in lay_out(read).blocks for word in WORD.findall(block.text)]
    assert sorted(found) == words
