"""What a document says of its attachments: announced enclosures and mentions of annexes."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.grammar.numerals import int_from_roman, ordinal
from pipeline.structure.vocabulary import alternatives, part_words, table, words_of
from schemas.layout import BlockKind, TextBlock
from schemas.structure import PartKind

_LONGEST_ANNOUNCEMENT = 120
"""Characters of the longest line such as "Encl.: 89 pages"."""


class Announcement(NamedTuple):
    """A line that announces an attachment."""

    block: TextBlock
    label: str
    kind: PartKind


class Mention(NamedTuple):
    """A place that sends the reader to an annex of this document."""

    block: TextBlock
    printed: str
    kind: PartKind
    number: int | None
    own: bool
    """True where the words say that it belongs to this very letter: "the present letter and its annex"."""


def announcements(blocks: Sequence[TextBlock]) -> tuple[Announcement, ...]:
    """Lines that announce an attachment, such as "Encl.: 89 pages" or "P.J. : 3"."""
    found = []
    for block in blocks:
        if block.furniture or block.kind is BlockKind.footnote or len(block.text) > _LONGEST_ANNOUNCEMENT:
            continue
        match = _announcement().match(block.text)
        if match:
            found.append(Announcement(block, match.group("label").strip(), PartKind.enclosure))
    return tuple(found)


def announces_attachment(block: TextBlock) -> bool:
    """True for a block whose words say that something comes with the letter."""
    text = block.text.casefold()
    return any(_has_words(text, phrase) for phrase in _phrases()) or bool(_announcement().match(block.text))


def is_closing(block: TextBlock) -> bool:
    """True for the closing of a letter: a signature, "Yours sincerely", or the assurances of highest consideration."""
    text = block.text.casefold()
    if text.strip(" *_,.") in words_of("closing"):
        return True
    return any(map(text.__contains__, _closing_words()))


def mentions(blocks: Sequence[TextBlock]) -> tuple[Mention, ...]:
    """Mentions such as "(see annex I)" and «انظر المرفق» in running text."""
    found = []
    for block in blocks:
        if block.furniture or not _names_part(block.text):
            continue
        for match in _mention().finditer(block.text):
            word = part_words().get(match.group("word").casefold())
            if word is not None:
                number = _number(match.group("number"), word.language)
                own = match.group("lead").casefold() in _own_leads()
                found.append(Mention(block, match.group("whole"), word.kind, number, own))
    return tuple(found)


@cache
def _closing_words() -> tuple[str, ...]:
    return (*words_of("signed"), *table()["closing"]["phrases"])


def _names_part(text: str) -> bool:
    """False for the many blocks without "annex" in any language: the pattern of mentions takes ten times as long."""
    plain = _without_dots(text.casefold())
    return any(map(plain.__contains__, _stems()))


@cache
def _stems() -> tuple[str, ...]:
    words = {_without_dots(word) for word in part_words()}
    return tuple(sorted(word for word in words if not any(other in word for other in words if other != word)))


def _without_dots(text: str) -> str:
    """Case-folded text without regard to the dots of i, as patterns compare it."""
    return text.replace("i\u0307", "i").replace("ı", "i")


@cache
def _announcement() -> re.Pattern[str]:
    words = alternatives(words_of("announced"))
    return re.compile(rf"^(?P<label>(?:{words})\.?)\s?[:：–-]\s*(?P<rest>\S.*)$", re.IGNORECASE)


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(phrase.casefold() for phrase in table()["announced"]["phrases"])


def _has_words(text: str, phrase: str) -> bool:
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        wide = phrase[0] >= "\u4e00"
        if wide or not (text[start - 1 : start].isalpha() or text[end : end + 1].isalpha()):
            return True
        start = text.find(phrase, start + 1)
    return False


@cache
def _own_leads() -> frozenset[str]:
    return frozenset(lead.casefold() for lead in table()["mentions"]["own"])


@cache
def _mention() -> re.Pattern[str]:
    rows = ((key, row) for key, row in table()["mentions"].items() if key not in ("source", "own"))
    leads = alternatives((*(word for _, row in rows for word in row), *table()["mentions"]["own"]))
    words = alternatives(word for word, said in part_words().items() if len(word) > 2 or not said.plural)
    behind = alternatives(word for row in table()["behind_mention"].values() for word in row)
    number = r"[IVXLC]+|\d{1,2}|[A-Z]|[一二三四五六七八九十]+|ال\w+"
    return re.compile(
        rf"(?<!\w)(?P<lead>{leads})\s*(?P<whole>(?P<word>{words})(?:\s+(?P<number>{number}))?)"
        rf"(?=\s*[\[\]()،,.;:（）*]|\s+(?:{behind})\b|$)",
        re.IGNORECASE,
    )


def _number(printed: str | None, language: str) -> int | None:
    if not printed:
        return None
    if printed.isdecimal():
        return int(printed)
    return int_from_roman(printed.upper()) or ordinal(printed, language)
