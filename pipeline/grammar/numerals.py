"""Numbers in words: Roman numerals, ordinals of seven languages, Chinese numbers."""

import re
from functools import cache
from typing import Any

from pipeline.grammar.letters import folded, nearest
from pipeline.grammar.tables import table

MAX_ORDINAL = 130
"""Largest ordinal read in words: the Assembly is in its eightieth session; committees past the 130th print digits."""

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_ROMAN_LOW = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_CHINESE_TENS = {"十": 10, "百": 100}


def roman_from_int(number: int) -> str:
    """Roman numeral of 1..3999."""
    out = []
    for value, letters in (*_ROMAN, *_ROMAN_LOW):
        count, number = divmod(number, value)
        out.append(letters * count)
    return "".join(out)


def int_from_roman(text: str) -> int | None:
    """Value of a well-formed Roman numeral in capitals (`XXVI` → 26), or None."""
    if not text or any(letter not in _ROMAN_VALUES for letter in text):
        return None
    total = 0
    for letter, after in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN_VALUES[letter]
        total += -value if after and _ROMAN_VALUES[after] > value else value
    return total if 0 < total < 4000 and roman_from_int(total) == text else None


def chinese_number(text: str) -> int | None:
    """Value of a Chinese number below 1000 (三十五 → 35, 一百零五 → 105, 二〇〇二 → 2002), or None."""
    digits: str = table("numerals")["zh"]["digits"].replace("零", "〇")
    text = text.replace("零", "〇").replace("○", "〇")
    if text and all(c in digits for c in text):
        return int("".join(str(digits.index(c)) for c in text))
    total = current = 0
    for c in text:
        if c in _CHINESE_TENS:
            total += (current or 1) * _CHINESE_TENS[c]
            current = 0
        elif c in digits:
            current = digits.index(c)
        else:
            return None
    return total + current or None


@cache
def ordinals(language: str) -> dict[str, int]:
    """Folded ordinal words of a language (`en fr es ru ar az`) → number, 1 to 130."""
    row: dict[str, Any] = table("numerals")[language]
    units = {n: _forms(words) for n, words in enumerate(row["units"], 1)}
    out: dict[str, int] = {}
    for base, words, most in row["prefix"]:
        for prefix in _forms(words):
            for n in range(1, most + 1):
                for unit in _unit_forms(row, units, n):
                    out.update(dict.fromkeys(_joined(row, prefix, unit), base + n))
    for value, words in row["tens"]:
        out.update(dict.fromkeys(_forms(words), value))
    for n, forms in units.items():
        out.update(dict.fromkeys(forms, n))
    if "endings" in row:
        out = {stem + folded(ending): n for stem, n in out.items() for ending in row["endings"]}
    return {words: n for words, n in out.items() if n <= MAX_ORDINAL}


def _forms(words: str) -> list[str]:
    return [folded(word) for word in words.split("|")]


def _unit_forms(row: dict[str, Any], units: dict[int, list[str]], n: int) -> list[str]:
    if n == 1 and "ones_after_tens" in row:
        return [folded(row["ones_after_tens"])]
    return units[n]


def _joined(row: dict[str, Any], prefix: str, unit: str) -> list[str]:
    if row.get("unit_first"):
        return [f"{unit} {prefix}"]
    return [f"{prefix} {unit}", prefix + unit] if row.get("joined") else [f"{prefix} {unit}"]


@cache
def _digit_ordinal(language: str) -> re.Pattern[str]:
    suffixes = sorted((folded(s) for s in table("numerals")[language]["suffixes"]), key=len, reverse=True)
    ending = "|".join(re.escape(s) for s in suffixes) or "(?!)"
    return re.compile(rf"(\d{{1,3}})\s?(?:{ending})?")


def ordinal(text: str, language: str) -> int | None:
    """Value of an ordinal that is the whole text (`Seventy-fifth`, `第三十五`, `XXVI`), or None."""
    text = text.strip(" \u200e\u200f.,")
    if language == "zh":
        number = text.removeprefix("第").removesuffix("届").strip()
        return int(number) if number.isdecimal() else chinese_number(number)
    words = folded(text)
    found = ordinals(language).get(words)
    if found is None:
        digits = _digit_ordinal(language).fullmatch(words)
        found = int(digits.group(1)) if digits else int_from_roman(text)
    return found


def ordinal_inside(text: str, language: str) -> int | None:
    """The longest ordinal made of whole words inside a short text (`Resumed fifty-first` → 51), or None."""
    if language == "zh":
        match = re.search(r"第\s?([〇零一二三四五六七八九十百\d]{1,6})", text)
        return ordinal(match.group(1), "zh") if match else None
    words = folded(text).split()
    known = ordinals(language)
    for length in range(min(5, len(words)), 0, -1):
        for i in range(len(words) - length + 1):
            number = known.get(" ".join(words[i : i + length]))
            if number is not None:
                return number
    found = [m.group(1) for word in words if (m := _digit_ordinal(language).fullmatch(word.strip(".,")))]
    return int(found[0]) if found else None


def ordinal_near(text: str, language: str) -> int | None:
    """The ordinal of a short text that recognition damaged by a letter ("Forty-f1fth" → 45), or None.

    Only for a line that says by other words that an ordinal stands there.
    """
    if language in ("zh", "ar"):
        return None
    words, known = folded(text).split(), ordinals(language)
    for length in range(min(3, len(words)), 0, -1):
        for i in range(len(words) - length + 1):
            name = nearest(" ".join(words[i : i + length]), known)
            if name is not None:
                return known[name]
    return None
