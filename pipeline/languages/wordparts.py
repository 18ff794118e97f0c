"""Parts of a word, every run of one to five letters with its edges: they carry the evidence of the tables."""

LONGEST = 5
"""Longest part in characters; four lost 0.4 points of macro-F1 on short Turkic pieces, six gained nothing."""

WHOLE_WORD_MOST = 12
"""Words up to this length with their edges also count as a whole; longer ones are rare as a repeated form."""


def parts_of(form: str) -> list[str]:
    """All parts of the word form, longest word edges shown as spaces; the whole word is marked by `=`."""
    edged = f" {form} "
    size = len(edged)
    parts = list(form)
    for length in range(2, min(LONGEST, size) + 1):
        parts += [edged[i : i + length] for i in range(size - length + 1)]
    if LONGEST < size <= WHOLE_WORD_MOST:
        parts.append("=" + form)
    return parts
