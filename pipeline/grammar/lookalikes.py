"""Numbers in which recognition put letters and signs in the place of digits (`lookalikes.toml`).

The whole table is used only where the place itself says that a number stands there (a job number, a note's mark), so
that a word is never read as a number; who mends a reading reports it.
"""

from functools import cache

from pipeline.grammar.tables import table

_STRAY = str.maketrans("", "", "_.~'’`")


@cache
def _for_digit() -> dict[str, str]:
    """Sign → the digits it may stand for where a number is known to stand."""
    return {**table("lookalikes")["everywhere"], **table("lookalikes")["in_numbers"]}


@cache
def _everywhere() -> dict[int, str]:
    return str.maketrans(table("lookalikes")["everywhere"])


def with_digits(text: str) -> str:
    """The text with the letters that look like digits in every typeface read as these."""
    return text.translate(_everywhere())


def mended_digits(printed: str) -> str | None:
    """The digits that a damaged number stands for, where each sign can be one digit only; None for anything else."""
    out = []
    for sign in printed:
        digits = sign if sign.isdecimal() else _for_digit().get(sign, "")
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
        sign == digit or digit in _for_digit().get(sign, "") or digit in table("lookalikes")["digits"].get(sign, "")
        for sign, digit in zip(signs, digits, strict=True)
    )
