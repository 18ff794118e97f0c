"""Text in which recognition damaged UN symbols → the same text, equally long, with the signs that can only be one.

Lengths are kept, so that places found in the mended text are places in the printed one, which stays the citation's
printed form.
"""

import re

from pipeline.grammar.letters import SYMBOL_LETTERS
from pipeline.grammar.lookalikes import mended_digits
from pipeline.grammar.vocabulary import organs, tokens

_TOKENS = re.compile(r"(?<![A-Za-z0-9À-ɏ._/])(?P<symbol>[A-Z][A-Za-z0-9]{0,5}(?:/[A-Za-z0-9.|^\-À-ɏ]{1,14}){1,6})")
_MIXED = re.compile(r"\d[A-Za-z|^]|[A-Za-z|^]\d")
_SMALL_L = re.compile(r"^l(?=[A-Z]{2})")
_DAMAGED = re.compile(rf"/l[A-Z]{{2}}|{_MIXED.pattern}")
_MODIFIER = re.compile(r"/(?<=\d/)(?P<word>[A-Z][a-z]{3,5})\.(?=\d)")
_WORD = str.maketrans("015", "OIS")
_BRACKET = re.compile(
    r"(?<=\d)(?P<space>\s?)[/\[(](?P<inside>[^()/\[\]\d]{0,20}(?:[Pp]arti?e|Part|PART)[^()/\[\]]{0,12})[)/\]]"
)
"""Typewriters had no square brackets: strokes with an underline stood for them and were read as slashes."""
_SHAPED = {"$": "S", "§": "S", "Л": "A", "Λ": "A", "^": "A", "Д": "A", "л": "A"}
_ORGAN_SHAPE = re.compile(r"(?<![^\s(«“\"'.,;])(?P<organ>[$§ЛΛ^Дл])(?=\s?/\s?(?:\d{4,5}|\d{2}/\d{1,4})(?!\d))")


def mended_symbols(text: str) -> str:
    """The text with damaged symbols put right where each sign has one reading; `text` itself where nothing is damaged.

    Digits within a number that were read as letters (`E/ICEF/67O`), letters within a word that were read as digits
    (`E/C0NF.65/20`), brackets read as strokes (`E/ICEF/672 /Première partie/`).
    """
    if "/" not in text:
        return text
    text = _MODIFIER.sub(_modifier, text)
    out = _TOKENS.sub(_mended, text) if _DAMAGED.search(text) else text
    return _BRACKET.sub(r"\g<space>(\g<inside>)", out)


def _modifier(match: re.Match[str]) -> str:
    """`Adda.1` → ` Add.1`: a modifier with one letter too many, the length kept by a space, which may stand there."""
    word = match.group("word")
    known = next((w for w in sorted(tokens("modifiers", "dotted")) if w != word and _has_one_more(word, w)), None)
    return f"/ {known}." if known else match.group()


def _has_one_more(word: str, known: str) -> bool:
    return len(word) == len(known) + 1 and any(word[:n] + word[n + 1 :] == known for n in range(1, len(word)))


def reshaped_organs(text: str) -> str:
    """The text with organ letters put right that recognition took for other signs (`$/10306`, `^/8449`).

    Only for recognised pages: in other text the signs mean what they are.
    """
    return _ORGAN_SHAPE.sub(lambda match: _SHAPED[match.group("organ")], text)


def _mended(match: re.Match[str]) -> str:
    parts = match.group("symbol").split("/")
    head = parts[0].translate(_WORD)
    if head.translate(SYMBOL_LETTERS) not in organs():
        return match.group()
    return "/".join([head, *map(_part, parts[1:])])


def _part(part: str) -> str:
    """One part of a symbol with its wrong signs replaced; unchanged where it is sound or could be several things."""
    part = _SMALL_L.sub("I", part)
    tail = part[len(part.rstrip(".-")) :]
    core = part.removesuffix(tail) if tail else part
    if not _MIXED.search(core):
        return part
    word, dot, rest = core.partition(".")
    if dot and rest and word.translate(_WORD).isalpha():
        digits = mended_digits(rest) if any(map(str.isdecimal, rest)) else rest
        return f"{word.translate(_WORD)}.{digits or rest}{tail}"
    if sum(map(str.isdecimal, core)) < len(core) / 2:
        return part
    if re.fullmatch(r"\d+[A-Z]", core) and core[-1] not in "OIl":
        return part
    return (mended_digits(core) or core) + tail
