"""What kind of document it is, from its symbol, its title block and the frame of its text."""

import re
from collections.abc import Sequence
from functools import cache

from pipeline.grammar.letters import folded
from pipeline.metadata.words import patterns, vocabulary
from schemas.metadata import DocumentType, Symbol

_BY_SYMBOL = {
    "resolution": DocumentType.resolution,
    "decision": DocumentType.decision,
    "presidential_statement": DocumentType.presidential_statement,
    "verbatim_record": DocumentType.verbatim_record,
    "summary_record": DocumentType.summary_record,
    "agenda": DocumentType.agenda,
    "ngo_statement": DocumentType.statement,
    "working_paper": DocumentType.working_paper,
    "conference_room_paper": DocumentType.working_paper,
    "issuance": DocumentType.administrative_issuance,
}
_BY_BODY = {"NOTE": DocumentType.note, "REP": DocumentType.report}
_COMMUNICATIONS = (DocumentType.identical_letters, DocumentType.note_verbale, DocumentType.letter)


@cache
def _rows() -> tuple[tuple[DocumentType, tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (DocumentType(row["type"]), tuple(re.compile(p) for p in row["patterns"])) for row in vocabulary()["type"]
    )


def type_of_line(text: str) -> DocumentType | None:
    """The type that a line of the title block names, or None."""
    plain = folded(text)
    return next((kind for kind, rows in _rows() if any(row.search(plain) for row in rows)), None)


def is_communication_title(text: str) -> bool:
    """True for a line that begins like the title of a letter, identical letters or a note verbale."""
    plain = folded(text[:200])
    return any(kind in _COMMUNICATIONS and any(r.search(plain) for r in rows) for kind, rows in _rows())


def type_of(symbols: Sequence[Symbol], title_lines: Sequence[str]) -> tuple[DocumentType, str]:
    """The type of a document with a masthead or a symbol, and the rule that told it.

    Lines are the title and what stands below it; the vocabulary's order decides between them, so that "Note by the
    Secretary-General" below the title of a report makes it a note.
    """
    for symbol in symbols:
        if any(m.startswith("Corr.") for m in symbol.modifiers[-1:]):
            return DocumentType.corrigendum, "symbol_modifier"
        if symbol.kind in _BY_SYMBOL:
            return _BY_SYMBOL[symbol.kind], "symbol_kind"
    for number, (kind, rows) in enumerate(_rows()):
        lines = title_lines[:2] if number < len(_COMMUNICATIONS) else title_lines[:8]
        if any(row.search(folded(line)) for line in lines for row in rows):
            return kind, "title_words"
    for symbol in symbols:
        for body in symbol.body:
            if body in _BY_BODY:
                return _BY_BODY[body], "symbol_body"
    return DocumentType.other, "no_rule"


def type_of_frame(paragraphs: Sequence[str]) -> DocumentType | None:
    """The type of a document without a masthead, from how its text opens and closes."""
    plain = [re.sub(r"^\W+", "", folded(text)) for text in paragraphs]
    if any(p.search(text[:600]) for text in plain for p in patterns("note_verbale_frame", "opening")):
        return DocumentType.note_verbale
    greeted = any(p.search(text) for text in plain for p in patterns("salutations", "words") if len(text) < 90)
    closed = any(p.search(text) for text in plain for p in patterns("salutations", "closings"))
    return DocumentType.letter if greeted or closed else None
