"""Parts of a word, every run of one to five letters with its edges: they carry the evidence of the tables."""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

LONGEST = 5
"""Longest part in characters; four lost 0.4 points of macro-F1 on short Turkic pieces, six gained nothing."""

SHORT = 3
"""Longest n-gram of a langdetect profile in letters."""

WHOLE_WORD_MOST = 12
"""Words up to this length with their edges also count as a whole; longer ones are rare as a repeated form."""


def parts_of(form: str) -> list[str]:
    """All parts of the word form, longest word edges shown as spaces; the whole word is marked by `=`."""
    edged = f" {form} "
    size = len(edged)
    parts = list(form)
    for length in range(2, min(LONGEST, size) + 1):
        parts += [edged[i : i + length] for i in range(size - length + 1)]
    if _is_kept_whole(form):
        parts.append("=" + form)
    return parts


class PartIndex:
    """Where the parts of words stand in a list of parts; the parts of many words are looked up at once.

    A part of up to five letters is a number of 60 bits, twelve a letter. For five words numpy finds the numbers in a
    sorted array in three quarters of the time that cutting strings and asking a dictionary takes, for fifty in a third.
    """

    def __init__(self, parts: Sequence[str]) -> None:
        joined = "".join(parts) + _BETWEEN * LONGEST
        letters = sorted(set(joined) - {_BETWEEN})
        if len(letters) >= _UNKNOWN:
            raise ValueError(f"{len(letters)} letters in a table of parts; it can tell {_UNKNOWN - 1} apart")
        self._codes = np.full(ord(letters[-1]) + 2, _UNKNOWN, dtype=np.uint64)
        self._codes[[ord(letter) for letter in letters]] = np.arange(1, len(letters) + 1)
        sizes = np.fromiter(map(len, parts), dtype=np.intp, count=len(parts))
        begins = np.cumsum(sizes) - sizes
        points = _points(joined)
        is_whole = points[begins] == ord("=")
        self.short_rows: list[int] = np.flatnonzero((sizes <= SHORT) & ~is_whole).tolist()
        """Rows of the parts of up to three letters, which n-gram profiles hold too."""
        self._whole = {parts[row][1:]: row for row in np.flatnonzero(is_whole).tolist()}
        codes = self._codes.take(points, mode="clip")
        keys = np.zeros(len(parts), dtype=np.uint64)
        for place in range(LONGEST):
            keys += codes[begins + place] * (sizes > place) * _POWERS[place]
        keys[is_whole] = 0  # which no run of letters has
        order = np.argsort(keys)
        self._keys = np.append(keys[order], np.uint64(2**64 - 1))
        self._rows = np.append(order, 0)

    def rows_of(self, forms: Sequence[str]) -> tuple[np.ndarray, list[int]]:
        """(rows of the known parts of all forms, one form after the other; where those of each begin)."""
        keys, begins = self._runs(forms)
        wanted = keys.ravel()
        found = self._keys.searchsorted(wanted)
        rows = self._rows.take(found)
        known = self._keys.take(found) == wanted
        whole = self._whole
        for form, begin in zip(forms, begins.tolist(), strict=True):
            if form in whole and _is_kept_whole(form):
                rows[begin * LONGEST], known[begin * LONGEST] = whole[form], True  # no part: a space alone
        at = known.nonzero()[0]
        return rows.take(at), at.searchsorted(begins * LONGEST).tolist()

    def _runs(self, forms: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """(array (letters, 5): the numbers of the runs of one to five letters at each; where each form begins)."""
        joined = _BETWEEN.join([f" {form} " for form in forms]) + _BETWEEN * LONGEST
        codes = self._codes.take(_points(joined), mode="clip")
        count = len(codes) - LONGEST + 1
        windows = _WINDOWS[:count] if count <= len(_WINDOWS) else np.arange(count)[:, None] + _WINDOW
        keys = codes.take(windows) @ _RUNS
        begins = np.array(list(accumulate([len(form) + 3 for form in forms[:-1]], initial=0)))
        return keys, begins


def _points(text: str) -> np.ndarray:
    """The code points of the text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


_BITS = 12
"""Bits of a letter: the largest table knows 300 letters."""

_UNKNOWN = 2**_BITS - 1
"""Stands for letters in no part, and for what is between words: no known part has it."""

_BETWEEN = "\0"
_WINDOW = np.arange(LONGEST)
_WINDOWS = np.arange(512)[:, None] + _WINDOW
"""Places of the letters of runs, ready for the new words of most sentences."""
_POWERS = np.array([1 << _BITS * place for place in range(LONGEST)], dtype=np.uint64)
_RUNS = np.triu(np.broadcast_to(_POWERS[:, None], (LONGEST, LONGEST)))
"""Five letters times this are the numbers of their first one, two, three, four and five."""


def _is_kept_whole(form: str) -> bool:
    return LONGEST < len(form) + 2 <= WHOLE_WORD_MOST
