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
    """Where the parts of words stand in a table in the order of their numbers; those of many words are found at once.

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
        codes = self._codes.take(points, mode="clip")
        keys = np.zeros(len(parts), dtype=np.uint64)
        for place in range(LONGEST):
            keys += codes[begins + place] * (sizes > place) * _POWERS[place]
        keys[is_whole] = 0  # which no run of letters has
        self.order = np.argsort(keys, kind="stable")
        """The parts in the order of the rows: row `i` of the table is that of part `order[i]`."""
        self.unknown = len(parts)
        """Row, after the last, of runs that are no part."""
        self._keys = np.append(keys[self.order], np.uint64(2**64 - 1))
        self._whole = {parts[part][1:]: row for row, part in enumerate(self.order[: is_whole.sum()].tolist())}
        self.short_rows: list[int] = np.flatnonzero(((sizes <= SHORT) & ~is_whole)[self.order]).tolist()
        """Rows of the parts of up to three letters, which n-gram profiles hold too."""

    def rows_of(self, forms: Sequence[str]) -> tuple[np.ndarray, list[int]]:
        """(rows of the runs of all forms, one form after the other, or `unknown`; where those of each begin)."""
        wanted = self._runs(forms)
        rows = self._keys.searchsorted(wanted)
        rows[self._keys.take(rows) != wanted] = self.unknown
        begins = [*accumulate([LONGEST * (len(form) + 3) for form in forms[:-1]], initial=0)]
        whole = self._whole
        for form, begin in zip(forms, begins, strict=True):
            if form in whole and _is_kept_whole(form):
                rows[begin] = whole[form]  # in the room of what is no part: a space alone
        return rows, begins

    def _runs(self, forms: Sequence[str]) -> np.ndarray:
        """The numbers of the runs of one to five letters at each letter, spaces and what is between forms included."""
        joined = _BETWEEN.join([f" {form} " for form in forms]) + _BETWEEN * LONGEST
        codes = self._codes.take(_points(joined), mode="clip")
        count, step = len(codes) - LONGEST + 1, codes.itemsize
        windows = np.ndarray((count, LONGEST), codes.dtype, codes, strides=(step, step))
        runs: np.ndarray = (windows @ _RUNS).ravel()
        return runs


def _points(text: str) -> np.ndarray:
    """The code points of the text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


_BITS = 12
"""Bits of a letter: the largest table knows 300 letters."""

_UNKNOWN = 2**_BITS - 1
"""Stands for letters in no part, and for what is between words: no known part has it."""

_BETWEEN = "\0"
_POWERS = np.array([1 << _BITS * place for place in reversed(range(LONGEST))], dtype=np.uint64)
"""The first letter counts most: parts that begin alike stand together, and the runs at a letter are sought upwards."""
_RUNS = np.triu(np.broadcast_to(_POWERS[:, None], (LONGEST, LONGEST)))
"""Five letters times this are the numbers of their first one, two, three, four and five."""


def _is_kept_whole(form: str) -> bool:
    return LONGEST < len(form) + 2 <= WHOLE_WORD_MOST
