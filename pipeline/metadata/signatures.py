"""Who signed the main part: names and the titles under them."""

import re
from collections.abc import Sequence
from functools import cache

from pipeline.grammar.letters import folded, nearest
from pipeline.metadata.evidence import Trail
from pipeline.metadata.front import without_mark
from pipeline.metadata.words import patterns, vocabulary
from schemas.layout import BlockKind, TextBlock
from schemas.metadata import Signatory

_MOST_TITLES = 6
_LONGEST_NAME = 60
_ARTICLE = re.compile(r"^(?:(?:Le|La|El)\s+|L['’])", re.IGNORECASE)
_OPEN_END = re.compile(
    r"(?:,|\b(?:of|the|to|a|an|and|for|at|in|on|de|la|le|les|du|des|del|las|los|el|y|et|e|à|auprès|ante|и|при|по|в|на|von|der)"
    r"|لدى|في|من)$"
)
"""Small words at which a line of a title breaks off."""
_NAME_WORD = re.compile(r"^(?:[^\W\d_][\w.'’\-]*|al-|el-|de|da|di|van|von|bin|ibn|du|la|le)$")


@cache
def _signed() -> re.Pattern[str]:
    marks = "|".join(sorted(map(re.escape, vocabulary()["signed"]["marks"]), key=len, reverse=True))
    return re.compile(rf"[*_\s]*[(（\[]\s?(?:{marks})\s?[)）\]][*_:]*\s*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)


_BRACKETED = re.compile(r"[*_\s]*[(\[]\s?(?P<mark>[^\W\d_]+)\s?[)\]][*_:]*\s*(?P<rest>.*)$", re.DOTALL)


def _signed_mark(line: str, *, recognised: bool) -> re.Match[str] | None:
    """The line as mark and rest; on a scan one letter of the mark may be misread: "(Siqned) Guennadi BURAVKIN"."""
    match = _signed().match(line)
    if match is not None or not recognised:
        return match
    damaged = _BRACKETED.match(line)
    known = map(folded, vocabulary()["signed"]["marks"])
    return damaged if damaged and nearest(folded(damaged.group("mark")), known) else None


@cache
def _signed_behind() -> re.Pattern[str]:
    """A Chinese name, which stands before the mark: 张军(签名)."""
    marks = "|".join(m for m in vocabulary()["signed"]["marks"] if m[0] >= "\u3400")
    return re.compile(rf"(?P<name>[\u3400-\u9fff·•.\s]{{2,24}}?)\s*[(（](?:{marks})[)）]\s*[*]*")


def signatories(blocks: Sequence[TextBlock], trail: Trail) -> tuple[Signatory, ...]:
    """Every "(Signed) Name" of the main part with the lines under it; without one, the name after the close."""
    lines = [(line, block) for block in blocks if not block.furniture for line in block.printed_lines() if line]
    found: list[Signatory] = []
    for index, (line, block) in enumerate(lines):
        bracketed = "(" in line or "（" in line or "[" in line
        chinese = _signed_behind().fullmatch(line.strip()) if bracketed else None
        if chinese:
            trail.put(f"signatories/{len(found)}/name", block.id, block.page, line, "signed_mark")
            found.append(Signatory(name=chinese.group("name"), titles=tuple(_titles_above(lines, index))))
            continue
        match = _signed_mark(line, recognised=block.confidence is not None) if bracketed else None
        if match is None:
            continue
        rest = match.group("rest")
        below = index + 1
        if not rest and below < len(lines):
            rest, below = lines[below][0], below + 1
        name, title = _parted(rest)
        titles = _whole((_each(title) if title else []) + _titles(lines, below, block))
        if name:
            titles = titles or _titles_above(lines, index)
            trail.put(f"signatories/{len(found)}/name", block.id, block.page, line, "signed_mark")
            found.append(Signatory(name=name, titles=tuple(titles)))
    return tuple(found) if found else _after_close(lines, trail)


def _titles_above(lines: Sequence[tuple[str, TextBlock]], index: int) -> list[str]:
    """The titles right above a signature, as French and Chinese letters put them ("Le Représentant permanent,")."""
    titles: list[str] = []
    block = lines[index][1]
    for line, owner in reversed(lines[max(0, index - _MOST_TITLES) : index]):
        text = without_mark(line).strip("*_ ,，、")
        first = _ARTICLE.sub("", text).split(" ")[0].strip(",")
        office = any(text.endswith(word) for word in vocabulary()["title_words"]["endings"])
        if _signed().match(line):
            return []  # they belong to the signature above them
        if owner.page != block.page or len(text) > 110 or not (first in _title_words() or office):
            break
        titles.insert(0, text)
    return _whole(titles)


def _titles(lines: Sequence[tuple[str, TextBlock]], start: int, block: TextBlock) -> list[str]:
    """The lines under a name, while they stand in the same block or in short blocks right below."""
    titles: list[str] = []
    for line, owner in lines[start : start + _MOST_TITLES]:
        apart = owner is not block and (owner.page != block.page or _is_far(block, owner))
        if apart or len(line) > 110 or _signed().match(line) or owner.kind in (BlockKind.footnote, BlockKind.heading):
            break
        if owner is not block and (_is_sentence(line) or owner.bold or re.match(r"[*\d]", line)):
            break
        titles.append(without_mark(line).strip("*_ "))
    return titles


def _whole(titles: Sequence[str]) -> list[str]:
    """The titles, those that run over lines in one piece ("Permanent Representative of Norway" "to the …")."""
    out: list[str] = []
    for title in titles:
        if out and (title[:1].islower() or out[-1].endswith("-") or _OPEN_END.search(out[-1])):
            out[-1] = f"{out[-1]} {title}"
        elif title:
            out.append(title)
    return out


def _is_sentence(line: str) -> bool:
    """True for text; a title may end in an abbreviation ("Chargé d’affaires a.i.")."""
    return line.endswith((":", ";")) or (line.endswith(".") and len(line) > 40)


def _is_far(above: TextBlock, below: TextBlock) -> bool:
    """True where a block stands too far below a signature, or begins too far left, to be its title."""
    if above.box is None or below.box is None:
        return below.blank_before > 1
    return below.box.top - above.box.bottom > 1.5 * (above.size or 10.0) or below.box.x0 < above.box.x0 - 80


def _parted(text: str) -> tuple[str | None, str | None]:
    """Name and title of "Yashar Aliyev Ambassador Permanent Representative"; honorifics are left out."""
    text = re.sub(r"[*_]+", "", without_mark(text)).strip(" ,")
    for honorific in vocabulary()["signed"]["honorifics"]:
        text = text.removeprefix(honorific + " ")
    words = text.split()
    cut = next((i for i, w in enumerate(words) if i >= 2 and w.strip(",") in _title_words()), len(words))
    name = " ".join(words[:cut]).strip(" ,")
    return (name or None) if len(name) <= _LONGEST_NAME else None, " ".join(words[cut:]) or None


def _each(title: str) -> list[str]:
    """The titles of "Ambassador Permanent Representative", which conversion put on one line."""
    first, _, rest = title.partition(" ")
    apart = first in _title_words() and rest.split(" ")[0] in (
        "Permanent",
        "Chargé",
        "Acting",
        "Deputy",
        "Représentant",
    )
    return [first, rest] if apart and first.startswith("Ambas") else [title]


@cache
def _title_words() -> frozenset[str]:
    return frozenset(vocabulary()["title_words"]["words"])


def _after_close(lines: Sequence[tuple[str, TextBlock]], trail: Trail) -> tuple[Signatory, ...]:
    """The printed name below "Sincerely," or "Please accept …"."""
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index][0]
        if not any(p.search(line.strip("*_ ")) for p in patterns("salutations", "closings")):
            continue
        for name_line, owner in lines[index + 1 : index + 5]:
            name, title = _parted(name_line)
            if name and looks_like_name(name):
                trail.put("signatories/0/name", owner.id, owner.page, name_line, "name_after_close")
                below = lines.index((name_line, owner)) + 1
                titles = _whole((_each(title) if title else []) + _titles(lines, below, owner))
                return (Signatory(name=name, titles=tuple(titles)),)
        return ()
    return ()


def looks_like_name(text: str) -> bool:
    """True for two to six words that may be a person's name."""
    words = text.split()
    capitals = [w for w in words if w[:1].isupper()]
    return 2 <= len(words) <= 6 and all(_NAME_WORD.match(w) for w in words) and len(capitals) >= max(2, len(words) - 2)
