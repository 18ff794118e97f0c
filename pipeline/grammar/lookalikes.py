"""Letters and signs that recognition of print puts in the place of digits, each with the digits it may stand for.

The table is used only where the place itself says that a number stands there (a job number, a note's mark), so that a
word is never read as a number; who mends a reading reports it.
"""

_FOR_DIGIT: dict[str, str] = {
    "l": "1",
    "I": "1",
    "i": "1",
    "|": "1",
    "!": "1",
    "L": "1",
    "J": "3",
    "O": "0",
    "o": "0",
    "Q": "0",
    "D": "0",
    "Z": "2",
    "z": "2",
    "^": "4",
    "h": "4",
    "k": "4",
    "U": "4",
    "A": "4",
    "S": "5",
    "s": "5",
    "b": "46",
    "G": "6",
    "T": "7",
    "B": "8",
    "£": "89",
    "g": "9",
    "q": "9",
}
"""Seen in the text layers of typescript scans (4 is read as h, k, U or ^ in every second one) and in recognition."""
_CONFUSED = {"3": "58", "5": "36", "6": "85", "8": "36", "0": "68", "1": "7", "7": "1", "9": "0"}
"""Digits taken for one another; allowed only where one certain number is expected."""
_STRAY = str.maketrans("", "", "_.~'’`")


def mended_digits(printed: str) -> str | None:
    """The digits that a damaged number stands for, where each sign can be one digit only; None for anything else."""
    out = []
    for sign in printed:
        digits = sign if sign.isdecimal() else _FOR_DIGIT.get(sign, "")
        if len(digits) != 1:
            return None
        out.append(digits)
    return "".join(out) or None


def may_read(printed: str, number: int) -> bool:
    """True where a damaged number can be the expected one, sign by sign; underlines and specks are no signs."""
    signs, digits = printed.translate(_STRAY), str(number)
    if len(signs) != len(digits):
        return False
    return all(
        sign == digit or digit in _FOR_DIGIT.get(sign, "") or digit in _CONFUSED.get(sign, "")
        for sign, digit in zip(signs, digits, strict=True)
    )
