"""brackets: whether a page's source holds the brackets of its right-to-left lines by meaning or by shape."""

from collections.abc import Iterable, Sequence

from pipeline.layout.lines.letters import folded
from pipeline.layout.lines.placed import Unit

PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">", "\u00ab": "\u00bb", "\u2039": "\u203a", "\ufd3e": "\ufd3f"}
MIRRORED = {**PAIRS, **{close: opening for opening, close in PAIRS.items()}}
_FAMILY = {c: ("quotes" if c in "\u00ab\u00bb\u2039\u203a" else "brackets") for c in MIRRORED}


def turned_families(lines: Iterable[Sequence[Unit]]) -> frozenset[str]:
    """Families of brackets ("brackets", "quotes") that the page's source holds by shape, so that they must be turned.

    Decided for the page as a whole: a bracket may open on one line and close on the next.
    """
    as_is = {"brackets": 0, "quotes": 0}
    turned = {"brackets": 0, "quotes": 0}
    open_now: dict[str, str] = {}
    for units in lines:
        for unit in units:
            if not unit.mirrors:
                continue
            family = _FAMILY[unit.text[0]]
            held = open_now.pop(family, None)
            if held is None:
                open_now[family] = unit.text[0]
            elif MIRRORED[held] == unit.text[0]:
                (as_is if held in PAIRS else turned)[family] += 1
            else:
                open_now[family] = unit.text[0]
    out = set()
    for family, other in (("brackets", "quotes"), ("quotes", "brackets")):
        votes = turned[family] - as_is[family] or turned[other] - as_is[other]
        if votes > 0 or (votes == 0 and not as_is[family]):
            out.add(family)
    return frozenset(out)


def letters_of(unit: Unit, turned: frozenset[str]) -> str:
    """The unit's text: brackets turned where the page asks for it, presentation forms folded, justification dropped."""
    text = unit.text
    if unit.mirrors and _FAMILY[text[0]] in turned:
        text = MIRRORED[text[0]] + text[1:]
    return folded(text)
