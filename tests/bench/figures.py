"""What a section of the benchmarks gives: named figures; a word stands where one could not be taken."""

Figures = dict[str, float | str]

NOT_INSTALLED = "not installed"
"""Stands for the figures of a peer that is not there: `pip install` it beside the project to see them."""


def ratio(upper: float | str, lower: float | str) -> float | str:
    """Upper by lower; the word where one of them is a word."""
    if isinstance(upper, str):
        return upper
    return lower if isinstance(lower, str) else upper / lower
