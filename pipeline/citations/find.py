"""All citations of a document: UN symbols, resolutions in words, addresses, numbers of other bodies."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from pipeline.citations.addresses import find_addresses
from pipeline.citations.resolutions import find_resolutions
from pipeline.citations.words import organ_names, other_numbers
from pipeline.grammar.damaged import mended_symbols
from pipeline.grammar.dates import find_dates
from pipeline.grammar.found import find_symbols
from pipeline.grammar.letters import SYMBOL_LETTERS, signs_apart
from pipeline.grammar.symbol import SymbolError, format_symbols, parse_symbols, symbol_url
from schemas.citation import Citation, CitationKind, Mention
from schemas.layout import BlockKind, TextBlock
from schemas.structure import Outline

_DATE_BEHIND = re.compile(
    r"\s?,?\s?(?:\((?P<inside>[^()]{6,40})\)|(?:of|dated|du|de fecha|от|المؤرخ\S*)\s+(?P<open>.{6,30}))"
)
_SKIPPED = (BlockKind.page_header, BlockKind.page_footer, BlockKind.page_number, BlockKind.bar_code, BlockKind.masthead)
_ORGAN_MEMORY = 6  # blocks; an organ named further back is no longer what a bare number means
_MISREAD_SIGNS = 2  # by which a damaged running head differs from the document's own symbol
_OTHER_HINTS = re.compile(r"[/.](?:(?<=\d/)\d|(?<=CM/)|(?<=\.)\d\d\.[IVX])")
"""`1/2`, `CM/`, `.05.II`: what numbers of other series hold, sought by the stroke or stop."""


@dataclass
class _Draft:
    kind: CitationKind
    symbol: str | None
    printed: str
    url: str | None
    date: str | None = None
    mentions: list[Mention] = field(default_factory=list)


def find_citations(blocks: Sequence[TextBlock], outline: Outline, own_symbols: tuple[str, ...]) -> tuple[Citation, ...]:
    """Each cited document once, in the order of first mention, with every place that names it.

    `own_symbols` are the symbols of the document itself, which it does not cite. Running heads are no citations. A
    double symbol is one citation.
    """
    drafts: dict[str, _Draft] = {}
    own = {*own_symbols, "-".join(own_symbols)}
    texts = [block.text for block in blocks if not block.furniture and block.text]
    place = 0
    for block in blocks:
        if block.furniture or not block.text:
            continue
        organ_before = partial(_organ_spoken_of, texts[max(0, place - _ORGAN_MEMORY) : place], own_symbols)
        place += 1
        if block.kind in _SKIPPED:
            continue
        for hit in _hits(block, organ_before):
            if hit.draft.symbol in own or f"S/RES/{hit.draft.printed}" in own or _is_own_misread(hit.draft, own):
                continue
            draft = drafts.setdefault(hit.key, hit.draft)
            draft.date = draft.date or hit.draft.date
            draft.mentions.append(Mention(block=block.id, start=hit.start, end=hit.end))
    _merge_yearless(drafts)
    return tuple(
        Citation(kind=d.kind, symbol=d.symbol, printed=d.printed, date=d.date, url=d.url, mentions=tuple(d.mentions))
        for d in drafts.values()
    )


def _is_own_misread(draft: _Draft, own: set[str]) -> bool:
    """True for a damaged symbol that differs from the document's own in a sign or two: its running head."""
    if draft.symbol is None:
        return False
    damaged = not draft.printed.translate(SYMBOL_LETTERS).startswith(draft.symbol.split(" (")[0])
    misread = damaged and mended_symbols(draft.printed) != draft.printed
    return misread and any(signs_apart(draft.symbol, name) <= _MISREAD_SIGNS for name in own)


def _merge_yearless(drafts: dict[str, _Draft]) -> None:
    """Council resolutions run through: "resolution 874" is the "874 (1993)" that the same document names."""
    for key in [key for key, draft in drafts.items() if draft.symbol is None and f"S/RES/{draft.printed}" in drafts]:
        full = drafts[f"S/RES/{drafts[key].printed}"]
        full.mentions = [*full.mentions, *drafts.pop(key).mentions]
    years = {name.split(" (")[0]: name for name in drafts if re.match(r"S/RES/\d+ \(\d{4}\)$", name)}
    for name in [name for name in drafts if name in years]:
        full = drafts[years[name]]
        full.mentions = [*full.mentions, *drafts.pop(name).mentions]


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    draft: _Draft

    @property
    def key(self) -> str:
        return self.draft.symbol or self.draft.url or f"{self.draft.kind.value} {self.draft.printed}"


def _hits(block: TextBlock, organ_before: Callable[[], str | None]) -> Iterable[_Hit]:
    """The citations of one block in printed order; nothing inside an address or a symbol is read twice."""
    text = block.text
    hits = [_address_hit(text, a.start, a.end, a.url, a.symbol) for a in find_addresses(block)]
    taken = [(hit.start, hit.end) for hit in hits]
    for found in find_symbols(text, recognised=block.confidence is not None):
        if _is_free(found.start, found.end, taken):
            hits.append(_symbol_hit(text, found.start, found.end, found.symbol))
    if _OTHER_HINTS.search(text):
        hits += _other_hits(text, [(hit.start, hit.end) for hit in hits])
    taken = [(hit.start, hit.end) for hit in hits]
    for cited in find_resolutions(text, organ_before):
        if _is_free(cited.start, cited.end, taken):
            printed = text[cited.start : cited.end].strip()
            url = symbol_url(cited.symbol) if cited.symbol else None
            date = _date_behind(text, cited.end)
            hits.append(_Hit(cited.start, cited.end, _Draft(cited.kind, cited.symbol, printed, url, date)))
    return sorted(hits, key=lambda hit: hit.start)


def _is_free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return not any(a < end and start < b for a, b in taken)


def _address_hit(text: str, start: int, end: int, url: str, named: str | None) -> _Hit:
    """A short link to a UN document cites that document; any other address cites itself."""
    printed = re.sub(r"\s+", " ", text[start:end])
    try:
        symbol = format_symbols(parse_symbols(named)) if named else None
    except SymbolError:
        symbol = None
    kind = _kind_of(symbol) if symbol else CitationKind.url
    return _Hit(start, end, _Draft(kind, symbol, printed, url))


def _symbol_hit(text: str, start: int, end: int, symbol: str) -> _Hit:
    date = _date_behind(text, end)
    return _Hit(start, end, _Draft(_kind_of(symbol), symbol, text[start:end], symbol_url(symbol), date))


def _kind_of(symbol: str) -> CitationKind:
    if "/RES/" in symbol:
        return CitationKind.resolution
    return CitationKind.decision if "/DEC/" in symbol else CitationKind.document


def _date_behind(text: str, end: int) -> str | None:
    """The date printed right behind a symbol: "(22 December 2020)", "of 20 December 2000"; None where it cannot be."""
    match = _DATE_BEHIND.match(text, end)
    if match is None:
        return None
    dates = find_dates(match.group("inside") or match.group("open"))
    first = dates[0] if dates else None
    return first.iso if first and first.start == 0 and first.last is None and not first.fault else None


def _other_hits(text: str, taken: Sequence[tuple[int, int]]) -> list[_Hit]:
    hits: list[_Hit] = []
    for kind, pattern in other_numbers():
        for match in pattern.finditer(text):
            group = "printed" if "printed" in match.groupdict() else 0
            start, end = match.span(group)
            if _is_free(start, end, [*taken, *((hit.start, hit.end) for hit in hits)]):
                hits.append(_Hit(start, end, _Draft(CitationKind(kind), None, text[start:end], None)))
    return hits


def _organ_spoken_of(texts: Sequence[str], own_symbols: Sequence[str]) -> str | None:
    """The organ that a bare number belongs to: of a resolution the organ that adopts it, else what the text named
    last, else the organ whose document it is (the Human Rights Council's excepted, which cites both kinds)."""
    own = next((parse_symbols(symbol)[0] for symbol in own_symbols), None)
    if own is None:
        return _last_organ(texts)
    code = "A/HRC" if own.body[:1] == ("HRC",) else own.organ
    if own.kind in ("resolution", "decision"):
        return code
    return _last_organ(texts) or (code if code in ("A", "S") else None)


def _last_organ(texts: Sequence[str]) -> str | None:
    """The organ of the nearest block before that names only one, for a "resolution 48/114" that names none."""
    for text in reversed(texts):
        codes = {match.lastgroup for match in organ_names().finditer(text)} - {"council"}
        if codes:
            code = codes.pop() if len(codes) == 1 else None
            return {"A_HRC": "A/HRC", "E_CN04": "E/CN.4"}.get(code or "", code)
    return None
