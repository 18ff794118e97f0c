"""Resolutions and decisions cited in words: "resolutions 822 (1993), 853 (1993)", «القرار 1325 (2000)», "48/114"."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.citations.words import (
    any_of,
    bare_list,
    bare_number,
    lead,
    lead_stem,
    listed_before,
    of_year,
    organ_names,
    plurals,
    table,
    to_organ,
)
from schemas.citation import CitationKind

_LOOK_BACK = 140  # code points in which the organ's name stands before the word "resolution"
_LOOK_AHEAD = 60  # or behind the numbers: "resolutions 822 (1993) … of the Security Council"
_LOOSE_REACH = 200  # code points behind a cited resolution in which the sentence may name one more
_LAST_COUNCIL_RUNNING = 4000  # Council resolutions run from 1 (1946); 2800 were reached in 2025
_OTHER_REACH = 30
_BEHIND_REACH = 25
_BEFORE_REACH = 8  # code points between the last number and the word: 号, a space, "saylı"
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_CODES = {"A_HRC": "A/HRC", "E_CN04": "E/CN.4"}


class Cited(NamedTuple):
    """A resolution or decision cited in words."""

    start: int
    end: int
    kind: CitationKind
    symbol: str | None
    """Normal form; None where the organ cannot be told."""


@cache
def _number() -> re.Pattern[str]:
    """One number behind the word, with what may join it to the last."""
    joint = rf"(?:\s*(?:[,;،、–—-]|\s(?:{any_of(table()['joints']['words'])})(?=[\s\d]))*\s*)"
    filler = r"(?:(?:[Nn]os?\.?|n[°º]s?|№|رقم|第|la|le|las|los|the|its)\s*)?(?:S/RES/)?"
    running = (
        r"(?P<running>\d{1,4})\s?(?P<letter>[A-Z]{1,2}(?=\s?\())?\s?\((?P<year>(?:19|20)\d\d|(?:E?S-)?[IVXLC]{1,8})\)"
    )
    slashed = r"(?P<session>(?:E?S-)?\d{1,4})/(?P<serial>\d{1,4})(?:\s?(?P<part>[A-Z])(?![A-Za-z]))?(?![\d/])"
    zh = r"(?:第\s?)?"
    return re.compile(rf"{joint}{filler}{zh}(?:{running}|{slashed})(?:\s?号)?")


def find_resolutions(text: str, organ_before: Callable[[], str | None] = lambda: None) -> list[Cited]:
    """The resolutions and decisions that a text cites in words, in printed order.

    The organ is the one named nearest before the word, or right behind the numbers; `organ_before` is the one that the
    text spoke of last, asked for only where it is needed. Without
    any, "(1993)" means the Security Council only for a running number that fits its year,
    a Roman session means the General Assembly, and "48/114" the Assembly where the session is older than the Human
    Rights Council's could be; the rest has no symbol.
    """
    found: list[Cited] = []
    if lead_stem().search(text) is None:
        return found
    text = text.translate(_ARABIC_DIGITS)
    for word in _leads(text):
        named = _organ_behind(text, word.end())
        numbers = list(_numbers(text, named.end() if named else word.end()))
        is_decision = word.group("decision") is not None
        if not numbers:
            numbers, named = _before_word(text, word), None
        if not numbers and not is_decision:
            found += _bare_numbers(text, word)
            continue
        if not numbers:
            continue
        organ = _code(named) if named else _organ_of(text, word, numbers[-1].end())
        if organ is None or organ == "council":
            organ = _council_or(organ, organ_before(), numbers[0])
        kind = CitationKind.decision if is_decision else CitationKind.resolution
        for match in numbers:
            start = match.start("running") if match.group("running") else match.start("session")
            found.append(Cited(start, match.end(), kind, _symbol(match, organ, is_decision)))
    found += _loose(text, found)
    return [hit for n, hit in enumerate(found) if not any(hit.start == other.start for other in found[:n])]


def _leads(text: str) -> Iterator[re.Match[str]]:
    """The words "resolution" and "decision" of a text; the full pattern is tried only where a stem stands."""
    done = 0
    for stem in lead_stem().finditer(text):
        start = stem.start()
        while start > done and text[start - 1].isalpha() and start > stem.start() - 4:
            start -= 1
        word = next((m for s in range(start, stem.start() + 1) if (m := lead().match(text, s))), None)
        if word and word.start() >= done:
            done = word.end()
            yield word


def _council_or(organ: str | None, before: str | None, number: re.Match[str]) -> str | None:
    """The organ where only "Council" or nothing is said: what the text spoke of last, where it fits the number."""
    if organ is None:
        return before
    if number.group("running"):
        return "S"
    return before if before in ("A/HRC", "E") else "A/HRC"


def _loose(text: str, found: list[Cited]) -> list[Cited]:
    """Numbers later in a sentence that cites resolutions: "resolutions 319 A (IV), by which …, and 428 (V)"."""
    loose: list[Cited] = []
    if not found:
        return loose
    for match in _running_form().finditer(text):
        start = match.start("running")
        near = [cited for cited in found if 0 < start - cited.end < _LOOSE_REACH and cited.symbol]
        if not near or any(cited.start <= start < cited.end for cited in found):
            continue
        if ". " in text[near[-1].end : start] or near[-1].kind is not CitationKind.resolution:
            continue
        symbol = _running(match, (near[-1].symbol or "A").split("/")[0], "RES")
        if symbol:
            loose.append(Cited(start, match.end(), CitationKind.resolution, symbol))
    return loose


@cache
def _running_form() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w/.(-])(?P<running>\d{1,4})\s?(?P<letter>[A-Z]{1,2}(?=\s?\())?\s?"
        r"\((?P<year>(?:19|20)\d\d|(?:E?S-)?[IVXLC]{1,8})\)"
    )


def _numbers(text: str, place: int) -> Iterator[re.Match[str]]:
    while match := _number().match(text, place):
        yield match
        place = match.end()


def _organ_behind(text: str, place: int) -> re.Match[str] | None:
    """The organ's name between the word and the number, as Arabic puts it: «قرار مجلس الأمن 822 (1993)»."""
    joint = to_organ().match(text, place)
    named = organ_names().match(text, joint.end() if joint else place)
    return named if named and _number().match(text, named.end()) else None


def _bare_numbers(text: str, word: re.Match[str]) -> list[Cited]:
    """Council resolutions without years of their own: "resolutions 822, 853 and 884 (of 1993)", "822 saylı qətnamə"."""
    bare = bare_number().match(text, word.end())
    if bare is None:
        listed = listed_before().search(text, max(0, word.start() - _LOOK_BACK), word.end())
        if listed is None or listed.end() < word.start() or _organ_near(text, listed.start("list"), word.end()) != "S":
            return []
        return _each_bare(listed, "list", None)
    if _organ_of(text, word, bare.end()) != "S":
        return []
    behind = bare_list().match(text, bare.end()) if word.group().casefold() in plurals() else None
    year = of_year().match(text, behind.end() if behind else bare.end())
    first = _cited_bare(bare.start("running"), bare.end(), int(bare.group("running")), year)
    return [first, *(_each_bare(behind, "list", year) if behind else [])]


def _each_bare(listed: re.Match[str], group: str, year: re.Match[str] | None) -> list[Cited]:
    start = listed.start(group)
    return [
        _cited_bare(start + m.start(), start + m.end(), int(m.group()), year)
        for m in re.finditer(r"\d{1,4}", listed.group(group))
    ]


def _cited_bare(start: int, end: int, number: int, year: re.Match[str] | None) -> Cited:
    fits = year is not None and _is_council(number, int(year.group("year")))
    symbol = f"S/RES/{number} ({year.group('year')})" if fits and year else f"S/RES/{number}"
    return Cited(start, end, CitationKind.resolution, symbol)


def _before_word(text: str, word: re.Match[str]) -> list[re.Match[str]]:
    """The numbers that stand before the word, as Chinese puts them: "第822(1993)、853(1993)和884(1993)号决议"."""
    chain: list[re.Match[str]] = []
    for match in _number().finditer(text, max(0, word.start() - _LOOK_BACK), word.start()):
        if chain and text[chain[-1].end() : match.start()].strip(" 第") not in ("", *table()["before"]["words"]):
            chain = []
        chain.append(match)
    if not chain or word.start() - chain[-1].end() > _BEFORE_REACH:
        return []
    first = chain[0].start("running") if chain[0].group("running") else chain[0].start("session")
    before = text[first - 1 : first]
    in_symbol = before in ("/", ".", "-") or (before.isalnum() and before < "\u3400")
    return [] if in_symbol and before else chain


def _organ_of(text: str, word: re.Match[str], end: int) -> str | None:
    """The organ that the word itself names ("UNSCR 2231"), else the one named near."""
    return "S" if word.group().upper().startswith("UNSC") else _organ_near(text, word.start(), end)


def _organ_near(text: str, start: int, end: int) -> str | None:
    """Code of the organ named nearest before `start` in the same sentence, else right behind `end`."""
    low = max(0, start - _LOOK_BACK)
    before = text[low:start]
    stop = max(before.rfind(". "), before.rfind("; "), before.rfind("。"))
    names = [m for m in organ_names().finditer(before, stop + 1) if _counts(m, len(before))]
    behind = organ_names().search(text, end, min(len(text), end + _LOOK_AHEAD))
    if behind and _belongs_behind(text[end : behind.start()]):
        return _code(behind)
    if names:
        return _code(names[-1])
    near = behind is not None and behind.lastgroup != "other" and behind.start() - end < _BEHIND_REACH
    return _code(behind) if behind and near else None


def _counts(match: re.Match[str], end: int) -> bool:
    """True for any organ of the UN; another body's name only where it stands right before the word."""
    return match.lastgroup != "other" or end - match.end() <= _OTHER_REACH


def _belongs_behind(between: str) -> bool:
    """True for "resolution 1325 (2000) of the Security Council" in several languages."""
    return (
        re.fullmatch(r"[,\s]*(?:of|du|de la|de l['’]|del|de|الصادر عن|ل)?\s*(?:the|la|le|l['’])?\s*", between)
        is not None
    )


def _code(match: re.Match[str]) -> str:
    name = match.lastgroup or "other"
    return _CODES.get(name, name)


def _symbol(match: re.Match[str], organ: str | None, is_decision: bool) -> str | None:
    word = "DEC" if is_decision else "RES"
    if organ == "other":
        return None
    if match.group("running"):
        return _running(match, organ, word)
    session, serial = match.group("session"), match.group("serial") + (match.group("part") or "")
    if organ == "council":
        organ = "A/HRC"
    if organ in ("A", "E", "A/HRC", "E/CN.4"):
        return f"{organ}/{word}/{session}/{serial}"
    if organ == "S":  # the Council numbers without a slash: the name belongs to something else
        return f"A/{word}/{session}/{serial}" if session.isdigit() and 31 <= int(session) <= 99 else None
    if re.match(r"(?:E?S-)", session):
        return f"A/{word}/{session}/{serial}"
    if len(session) == 4:
        return f"E/{word}/{session}/{serial}" if 1978 <= int(session) <= 2100 else None
    return None


def _running(match: re.Match[str], organ: str | None, word: str) -> str | None:
    number, year = match.group("running"), match.group("year")
    letter = match.group("letter") or ""
    if year.isdigit():
        if organ in (None, "S", "A", "A/HRC") and _is_council(int(number), int(year)):
            return f"S/{word}/{number} ({year})"
        return None
    if organ == "E":
        return f"E/{word}/{number}{letter} ({year})"
    return (
        f"A/{word}/{number}{letter} ({year})"  # Roman sessions are the Assembly's, and in its time the Council's above
    )


def _is_council(number: int, year: int) -> bool:
    """True where a Council resolution of that number can be of that year: about 15 a year to 1990, 60 a year since.

    The bounds are the running numbers at the turns of 1946, 1970, 1990, 2000, 2010 and 2025, with room to both sides.
    """
    marks = (
        (1946, 0),
        (1956, 110),
        (1970, 275),
        (1980, 465),
        (1990, 645),
        (2000, 1284),
        (2010, 1907),
        (2025, 2770),
        (2060, 4600),
    )
    for (year_a, low), (year_b, high) in pairwise(marks):
        if year_a <= year <= year_b:
            expected = low + (high - low) * (year - year_a) / (year_b - year_a)
            return abs(number - expected) <= 90 + 0.04 * expected and number <= _LAST_COUNCIL_RUNNING
    return False
