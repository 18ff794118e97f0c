"""UN document symbols: the parse and the normal form of one, of a double one, and its address."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from urllib.parse import quote

from pipeline.grammar.letters import SYMBOL_LETTERS
from pipeline.grammar.numerals import int_from_roman, ordinal_inside, roman_from_int
from pipeline.grammar.vocabulary import (
    OrganToken,
    canonical_case,
    kinds,
    organ_pattern,
    organs,
    part_words,
    tokens,
)
from schemas.metadata import Symbol

_YEARS = range(1946, 2100)
_MAX_SESSION = 200  # the highest session in print is below 150 (Human Rights Committee)
_PARENS = re.compile(r"\s?\(\s?([^()]*?)\s?\)")
_TOKEN = re.compile(
    r"(?P<word>[A-Z][A-Za-z]{0,11})\.(?P<id>\d+|[IVXL]+|[A-Z])"
    r"|(?P<special>ES|SS|S)-(?P<special_number>\d{1,2}|[IVX]+)"
    r"|(?P<number>\d{1,5})\s?(?P<letter>[A-Z](?:-[A-Z])?)?(?:\[(?P<library>[A-Z])\])?"
    r"|(?P<range>\d{1,2}-\d{1,2})"
    r"|Part (?P<part>[A-Z]|[IVX]+)"
    r"|Resumption ?(?P<resumption>\d*)"
    r"|(?P<plain>[A-Z][A-Za-z]{0,11})"
)
_ABBREVIATED = {"sect": "Sect.", "vol": "Vol.", "vols": "Vols.", "part": "Part", "parts": "Parts"}
_SPECIAL_KINDS = {"S": "special", "SS": "special", "ES": "emergency_special"}


class SymbolError(ValueError):
    """The text is no UN document symbol; the message says why."""


@dataclass
class _Walk:
    """What has been read of one symbol so far."""

    organ: str
    row: OrganToken
    out: list[str]
    body: list[str] = field(default_factory=list)
    session: str | None = None
    session_kind: str | None = None
    year: int | None = None
    kind: str | None = None
    serial: str | None = None
    country: str | None = None
    modifiers: list[str] = field(default_factory=list)

    @property
    def has_axis(self) -> bool:
        return self.session is not None or self.year is not None

    @property
    def is_whole(self) -> bool:
        """True with a serial number; older concluding observations have session and state instead (CCPR/CO/84/SVN)."""
        by_state = self.kind == "concluding_observations" and self.country is not None and self.session is not None
        return self.serial is not None or by_state


@lru_cache(maxsize=8192)  # a report cites the same few documents on every page
def parse_symbols(text: str) -> tuple[Symbol, ...]:
    """The symbols of a printed form: one, or two for a double symbol (`A/75/660-S/2020/1267`).

    Spaces, line breaks, kinds of dashes, library forms (`S/RES/1411(2002)`, `A/RES/37/100[A]`) and stars may vary.
    Raises SymbolError for anything else, sales numbers, missions' references and application numbers included.
    """
    clean, marks = _clean(text)
    singles = _double_joint().split(clean)
    parsed = tuple(_parse_single(single) for single in singles)
    return tuple(symbol.model_copy(update={"marks": marks}) for symbol in parsed) if marks else parsed


def format_symbols(symbols: Iterable[Symbol]) -> str:
    """The normal form of one or of a double symbol: `A/75/660-S/2020/1267`."""
    return "-".join(symbol.symbol for symbol in symbols)


def symbol_url(symbol: str, language: str = "en") -> str:
    """Address of a document in a UN language (`ar en es fr ru zh`); a double symbol by its first half.

    The pattern is the UN's own short link; it is built, never asked.
    """
    first = _double_joint().split(symbol)[0]
    return f"https://docs.un.org/{language}/{quote(first, safe='/()-.')}"


@cache
def _double_joint() -> re.Pattern[str]:
    return re.compile(rf"-(?=(?:{organ_pattern()})/)")


def _clean(text: str) -> tuple[str, str | None]:
    """The text with plain dashes and spaces, none around slashes, and the stars that stood at its end."""
    clean = re.sub(r"\s+", " ", text.translate(SYMBOL_LETTERS)).strip()
    stars = re.search(r"\s?(\*+)$", clean)
    if stars:
        clean = clean[: stars.start()]
    clean = re.sub(rf"\*{{0,3}}\s?-\s?(?=(?:{organ_pattern()})\s?/)", "-", clean)
    clean = re.sub(r"\s?/\s?", "/", clean)
    clean = re.sub(r"(?<=[A-Za-z])\.\s(?=[\dIVXL])(?![^(]*\))", ".", clean)
    return re.sub(r"\((Part|Vol|Sect)\.?\s?(?=[\dIVX])", r"(\1 ", clean, flags=re.IGNORECASE), stars and stars.group(1)


def _parse_single(text: str) -> Symbol:
    parts = text.split("/")
    row = organs().get(parts[0])
    if row is None or len(parts) < 2:
        raise SymbolError(f"{text!r} does not begin with a series of UN documents")
    walk = _Walk(parts[0], row, [parts[0]])
    for index, part in enumerate(parts[1:], 1):
        bare = _PARENS.sub("", part).strip()
        token = _TOKEN.fullmatch(_cased(bare))
        if token is None:
            raise SymbolError(f"{text!r}: {part!r} is no part of a symbol")
        walk.out.append(bare if token.group("part") is None else token.group())
        _step(walk, token, [_PARENS.sub("", p).strip() for p in parts[index + 1 :]], text)
        for inside in _PARENS.findall(part):
            _parenthesis(walk, inside, text)
    return _symbol(walk, text)


def _symbol(walk: _Walk, text: str) -> Symbol:
    if not walk.is_whole:
        raise SymbolError(f"{text!r} has no number of its own")
    kind = walk.kind or ("series" if any(b.startswith("SER.") for b in walk.body) else "document")
    return Symbol(
        symbol="/".join(walk.out),
        organ=walk.organ,
        body=tuple(walk.body),
        session=walk.session,
        session_kind=walk.session_kind,
        year=walk.year,
        kind=kind,
        serial=walk.serial,
        modifiers=tuple(walk.modifiers),
        country=walk.country,
    )


def _cased(token: str) -> str:
    """`ADD.1` → `Add.1`, `AGENDA` → `Agenda`: old documents print these in capitals."""
    word, dot, rest = token.partition(".")
    known = canonical_case().get(word.lower())
    return f"{known}{dot}{rest}" if known and (dot or known == "Agenda") else token


def _step(walk: _Walk, token: re.Match[str], rest: list[str], text: str) -> None:
    walk.out[-1] = _cased(walk.out[-1])
    if walk.is_whole:
        _after_serial(walk, token, text)
    elif token.group("special"):
        _set_session(walk, token.group("special_number"), _SPECIAL_KINDS[token.group("special")])
    elif token.group("number"):
        _number(walk, token, rest, text)
    elif token.group("range"):
        if not _is_treaty_body(walk):
            raise SymbolError(f"{text!r}: a range of serials names several documents")
        walk.serial = token.group("range")
    elif token.group("word"):
        _dotted(walk, token.group("word"), token.group("id"), rest, text)
    elif token.group("plain"):
        _word(walk, token.group("plain"), text)
    else:
        raise SymbolError(f"{text!r}: {token.group()!r} stands before any number")


def _after_serial(walk: _Walk, token: re.Match[str], text: str) -> None:
    word, serial = token.group("word"), walk.serial or ""
    if word in tokens("modifiers", "dotted"):
        walk.modifiers.append(f"{word}.{token.group('id')}")
    elif token.group("part") or token.group("resumption") is not None:
        walk.modifiers.append(token.group())
    elif token.group("plain") in tokens("modifiers", "words"):
        walk.modifiers.append(token.group("plain"))
    elif walk.kind == "communication" and token.group("number") and "/" not in serial:
        walk.serial = f"{serial}/{token.group('number')}"
    else:
        raise SymbolError(f"{text!r}: {token.group()!r} cannot follow a serial number")


def _number(walk: _Walk, token: re.Match[str], rest: list[str], text: str) -> None:
    number = token.group("number")
    letter = token.group("letter") or token.group("library") or ""
    if not letter and not walk.has_axis and _has_payload(rest) and walk.kind != "communication":
        if len(number) == 4 and int(number) in _YEARS:
            walk.year = int(number)
        elif 0 < int(number) <= _MAX_SESSION:
            _set_session(walk, number, "regular")
        else:
            raise SymbolError(f"{text!r}: {number} is neither a session nor a year")
        return
    if letter and walk.kind not in ("resolution", "decision"):
        raise SymbolError(f"{text!r}: only resolutions and decisions have lettered parts")
    walk.serial = number + letter
    walk.out[-1] = walk.serial


def _has_payload(rest: list[str]) -> bool:
    """True where a number, kind or body follows, so that this number is no serial yet."""
    token = _TOKEN.fullmatch(_cased(rest[0])) if rest else None
    if token is None or token.group("part") or token.group("resumption") is not None:
        return False
    is_dotted = token.group("word") in tokens("modifiers", "dotted")
    return not is_dotted and token.group("plain") not in tokens("modifiers", "words")


def _set_session(walk: _Walk, number: str, kind: str) -> None:
    roman = int_from_roman(number)
    walk.session = str(roman or number)
    walk.session_kind = kind


def _dotted(walk: _Walk, word: str, number: str, rest: list[str], text: str) -> None:
    row = kinds().get(word)
    is_body = word in tokens("bodies", "dotted")
    if row and row["number"] != "slash" and not (is_body and not walk.has_axis and _has_payload(rest)):
        walk.kind = row["kind"]
        walk.serial = number
    elif word in tokens("modifiers", "dotted"):
        raise SymbolError(f"{text!r}: {word}.{number} stands before any number")
    elif is_body or walk.row.open:
        walk.body.append(f"{word}.{number}")
    else:
        raise SymbolError(f"{text!r}: {word}.{number} is no known body")


def _word(walk: _Walk, word: str, text: str) -> None:
    row = kinds().get(word)
    if len(word) == 3 and word.isupper() and row is None and _names_country(walk, word):
        walk.country = word
    elif row and row["number"] != "dot" and not (len(word) == 1 and not walk.has_axis and not walk.body):
        if walk.kind is None:
            walk.kind = row["kind"]
        if row["kind"] == "issuance":
            walk.body.append(word)
    elif word in tokens("bodies", "words") or (walk.row.open and word[0].isupper()):
        walk.body.append(word)
    else:
        raise SymbolError(f"{text!r}: {word} is no known body")


def _is_treaty_body(walk: _Walk) -> bool:
    return walk.row.name == "Treaty body" or walk.body[:1] == ["C.12"]


def _names_country(walk: _Walk, word: str) -> bool:
    """True where a state's code may stand: in treaty bodies after the committee, elsewhere after the session."""
    after_body = bool(walk.body) and _is_treaty_body(walk)
    return word not in tokens("bodies", "words") and (after_body or walk.has_axis)


def _parenthesis(walk: _Walk, inside: str, text: str) -> None:
    """Reads `(1993)`, `(III)`, `(S-VI)`, `(Part II)`, `(Sect. 25)`, `(8)` behind the newest token."""
    special = re.fullmatch(r"(?:(ES|S)-)?([IVXL]+)", inside)
    if re.fullmatch(r"\d{4}", inside) and walk.serial is not None and int(inside) in _YEARS:
        walk.year = int(inside)
        walk.out[-1] += f" ({inside})"
    elif special and walk.serial is not None and int_from_roman(special.group(2)):
        _set_session(walk, special.group(2), _SPECIAL_KINDS[special.group(1)] if special.group(1) else "regular")
        walk.out[-1] += f" ({inside})"
    elif re.fullmatch(r"\d{1,2}", inside) and walk.serial is None and walk.body:
        walk.body[-1] += f"({inside})"
        walk.out[-1] += f"({inside})"
    elif walk.serial is not None and (modifier := _division(inside)):
        walk.modifiers.append(modifier)
        walk.out[-1] += f" ({modifier})"
    else:
        raise SymbolError(f"{text!r}: ({inside}) is no part of a symbol")


def _division(inside: str) -> str | None:
    """`Part II` of `Part II`, `Deuxième partie`, `Partes I y II`; `Sect. 25` of `Sect.25`; or None."""
    words = re.sub(r"\.(?=\S)", ". ", inside).split()
    lowered = [word.strip(".").lower() for word in words]
    if set(lowered) & {word for words_ in part_words() for word in words_.split()[-1:]} or lowered[:1] == ["الجزء"]:
        numbers = [word for word in words if int_from_roman(word)]
        by_word = next((n for lang in ("fr", "es", "ru", "ar") if (n := ordinal_inside(inside, lang))), None)
        romans = numbers or ([roman_from_int(by_word)] if by_word else [])
        return f"{'Parts' if len(romans) > 1 else 'Part'} {' and '.join(romans)}" if romans else None
    head = " ".join(lowered[:2]) if lowered[:1] == ["income"] else lowered[0] if lowered else ""
    if head not in {word.lower() for word in tokens("modifiers", "parenthesised")} or len(inside) > 30:
        return None
    return " ".join(_ABBREVIATED.get(word.lower().strip("."), word) if i == 0 else word for i, word in enumerate(words))
