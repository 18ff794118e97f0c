"""UN symbols inside running text, abbreviated lists expanded."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.grammar.damaged import mended_symbols, reshaped_organs
from pipeline.grammar.letters import SYMBOL_LETTERS
from pipeline.grammar.symbol import SymbolError, format_symbols, parse_symbols
from pipeline.grammar.vocabulary import connector_pattern, modifier_pattern, organ_pattern
from schemas.metadata import Symbol

_MOST_IN_RANGE = 60  # "SR.3-7" is a list; a range of more is taken for something else


class FoundSymbol(NamedTuple):
    """A symbol in a text; `start` and `end` are code points. A member of an abbreviated list has only its digits."""

    start: int
    end: int
    printed: str
    symbols: tuple[Symbol, ...]

    @property
    def symbol(self) -> str:
        """Normal form; of a double symbol, both halves."""
        return format_symbols(self.symbols)


_PART = (
    r"(?:Part\s[A-Z]\b|(?:ES|SS|S)-(?:\d{1,2}|[IVX]+)"
    r"|[A-Z][A-Za-z]{0,11}(?:\.\s?(?:\d{1,6}|[IVXL]+|[A-Z]))?(?:\(\d{1,2}\))?"
    r"|\d{1,5}\s[A-Z](?=\s?\((?:ES-|S-)?[IVXL]+\))|\d{1,5}(?:-\d{1,2}(?!\d|/(?!(?:Add|Corr|Rev)\.)))?[A-Z]?(?:\[[A-Z]\])?)(?![A-Za-z0-9À-ɏ])"
)
_PAREN = (
    r"\s?\((?:\d{4}|(?:ES-|S-)?[IVXL]+|(?:Part|Vol|Sect|Resumption|Income|Suppl?|SUPP)[^()]{0,20}|Introduction"
    r"|[^()\d]{0,20}(?:[Pp]arties?|[Pp]artes?|[Чч]асть)[^()\d]{0,12}|الجزء[^()]{1,20})\)"
)


@cache
def _candidate() -> re.Pattern[str]:
    single = rf"(?:{organ_pattern()})(?:\s?/\s?{_PART}(?:{_PAREN})*)+"
    return re.compile(rf"(?<![A-Za-z0-9Ѐ-ӿ._])(?<!\S/)(?<![A-Za-z0-9]-){single}(?:\*{{0,3}}\s?-\s?{single})*")


@cache
def _slash() -> re.Pattern[str]:
    """The end of an organ token and a slash: a quick look before the full pattern is tried."""
    return re.compile(r"[A-Z0-9] ?/")


def _candidates(plain: str) -> Iterator[re.Match[str]]:
    """Matches of the full pattern, tried only where a slash follows a capital: most text has none."""
    done = 0
    for slash in _slash().finditer(plain):
        if slash.start() < done:
            continue
        start = slash.start()
        while start > done and (plain[start - 1].isupper() or plain[start - 1] == "." or plain[start - 1].isdigit()):
            start -= 1
        match = _candidate().match(plain, start)
        if match:
            done = match.end()
            yield match


@cache
def _tail() -> re.Pattern[str]:
    """One more member of an abbreviated list, with what joins it."""
    joint = rf"(?:\s?[,;،、]\s?(?:{connector_pattern()})?\s?|\s(?:{connector_pattern()})\s?|(?<=\d)(?P<to>-)(?=\d))"
    word = rf"(?P<word>{modifier_pattern()}|SR|PV|L|WP|CRP|INF)\.\s?"
    ending = rf"(?=\s?[,;.:،、)\]]|\s?$|\s(?:{connector_pattern()})\b|\s?[-/]\s?\D)"
    return re.compile(rf"{joint}(?:{word})?(?P<first>\d{{1,5}})(?:-(?P<last>\d{{1,5}}))?(?![\d/A-Za-z]){ending}")


def find_symbols(text: str, *, recognised: bool = False) -> list[FoundSymbol]:
    """Every UN symbol of a text in printed order; what only looks like one is left out, half a symbol is no symbol.

    In text `recognised` on a scan other signs may stand for an organ's letter (`$/23329`).

    What recognition damaged is read where it has one reading only (`damaged.py`); `printed` stays as it is.
    Lists such as "A/C.3/57/SR.39, 47 et 50", "A/66/62/Add.1 and 2" or "A/AC.109/2071, 2074-2078" give each member.
    """
    if "/" not in text and "\uff0f" not in text:
        return []
    plain = mended_symbols((reshaped_organs(text) if recognised else text).translate(SYMBOL_LETTERS))
    found: list[FoundSymbol] = []
    for match in _candidates(plain):
        hit = _longest(plain, match.start(), match.end())
        if hit is None:
            continue
        end, symbols = hit
        found.append(FoundSymbol(match.start(), end, text[match.start() : end], symbols))
        found.extend(_members(text, plain, found[-1]))
    return found


def expand_list(text: str) -> tuple[Symbol, ...]:
    """The symbols of an abbreviated list: "A/8447 et Add.1" gives A/8447 and A/8447/Add.1."""
    return tuple(symbol for found in find_symbols(text) for symbol in found.symbols)


def _longest(plain: str, start: int, end: int) -> tuple[int, tuple[Symbol, ...]] | None:
    """The longest beginning of a candidate that is a symbol, and where it ends; never one that a number follows."""
    while end > start:
        try:
            symbols = parse_symbols(plain[start:end])
            return None if re.match(r"\s?/\s?\d", plain[end : end + 4]) else (end, symbols)
        except SymbolError:
            cut = max(plain.rfind("/", start, end), plain.rfind("(", start, end), plain.rfind("-", start, end))
            end = len(plain[:cut].rstrip()) if cut > start else start
    return None


def _members(text: str, plain: str, head: FoundSymbol) -> list[FoundSymbol]:
    """The members that follow a fully printed symbol."""
    members: list[FoundSymbol] = []
    base, last = head.symbols[-1], _last_number(head.symbols[-1])
    root = base
    place = head.end
    while match := _tail().match(plain, place):
        first = int(match.group("first"))
        word = match.group("word")
        numbers = _numbers(match, first, last if word is None else None)
        if word is None and numbers is None:
            break
        if word is None and not _continues(base, last, first):
            if not _continues(root, _last_number(root), first):
                break
            base = root
        if numbers is None:
            break
        names = [_member(base, word, number) for number in numbers]
        parsed = [_parsed(name) for name in names]
        if None in parsed or not parsed:
            break
        start = match.start("word") if word else match.start("first")
        end = match.end("last") if match.group("last") else match.end("first")
        members += [FoundSymbol(start, end, text[start:end], symbols) for symbols in parsed if symbols]
        base, last = (parsed[-1] or (base,))[-1] if word in _REPLACING else base, numbers[-1]
        place = end
    return members


_REPLACING = frozenset({"SR", "PV", "L", "WP", "CRP", "INF", "Add", "Corr", "Rev", "Amend"})


def _numbers(match: re.Match[str], first: int, last: int | None) -> list[int] | None:
    """The numbers that a member stands for; None where a range falls or is too long."""
    if match.group("to"):
        if last is None or not last < first <= last + _MOST_IN_RANGE:
            return None
        return list(range(last + 1, first + 1))
    end = int(match.group("last") or first)
    return list(range(first, end + 1)) if first <= end <= first + _MOST_IN_RANGE else None


def _last_number(symbol: Symbol) -> int | None:
    digits = re.search(r"(\d+)$", symbol.symbol)
    return int(digits.group(1)) if digits else None


def _continues(symbol: Symbol, last: int | None, number: int) -> bool:
    """True where a bare number goes on from the last: it rises, and after a plain serial has as many digits."""
    if last is None or number <= last:
        return False
    dotted = re.search(r"\.\d+$", symbol.symbol) is not None
    return (dotted and number <= last + _MOST_IN_RANGE) or (
        not dotted and last >= 10 and len(str(number)) == len(str(last))
    )


def _member(base: Symbol, word: str | None, number: int) -> str:
    name = base.symbol
    if word is None:
        return re.sub(r"\d+$", str(number), name)
    if word in ("SR", "PV", "L", "WP", "CRP", "INF"):
        return re.sub(r"/[^/]+$", f"/{word}.{number}", name)
    if base.modifiers and base.modifiers[-1].startswith(word + "."):
        return re.sub(r"\d+$", str(number), name)
    if base.modifiers and base.modifiers[-1].startswith("Corr.") and word == "Add":
        return re.sub(r"/[^/]+$", f"/{word}.{number}", name)
    return f"{name}/{word}.{number}"


def _parsed(name: str) -> tuple[Symbol, ...] | None:
    try:
        return parse_symbols(name)
    except SymbolError:
        return None
