"""eldc, the Efficient Language Detector in C: 60 languages, strong on two or three words, 3 microseconds a text."""

from functools import cache

import eldc

_SCORES = 20
"""Most scores eldc gives."""


def scores(text: str) -> dict[str, float]:
    """ISO 639-1 code → score 0..1 (no probability), best first; empty where eldc knows none of the text."""
    found: dict[str, float] = _detector().detect_details(text).scores
    return found


@cache
def _detector() -> "eldc.instance":
    eldc.init()
    detector = eldc.instance()
    detector.set_scores(_SCORES)
    return detector
