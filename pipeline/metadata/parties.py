"""Senders and addressees out of the words that name them."""

import re

from pipeline.grammar.countries import states_in
from pipeline.grammar.letters import folded
from pipeline.metadata.words import vocabulary, words
from schemas.metadata import Party

_ARTICLE = re.compile(
    r"^(?:(?:the|la|les|le|el|los|las|al|a\s+la|à\s+la|au|aux|à|a)\s+|(?:à\s+)?l['’]\s?)(?=\S)", re.IGNORECASE
)
_SPLIT = re.compile(
    r",\s+(?:and\s+)?(?=the\s)|\s+and\s+(?=the\s)|,?\s+et\s+(?=(?:à\s|au\s|aux\s))"
    r"|,\s+(?=(?:à\s|au\s|aux\s|al\s|a la\s))|\s+y\s+(?=(?:al\s|a la\s))|\s+и\s+(?=Председател)"
    r"|،?\s+و(?=(?:رئيس|إلى))|和"
)
_OF = re.compile(
    r"(?<!Chargé)(?<!Chargée)\s+(?:(?:of\s+the|of|du|de\s+la|de\s+los|des|del|de)\s+|(?:de\s+l['’]|d['’])\s?)(?=\S)"
)
_FORM = re.compile(r"(?:Republic|Kingdom|State|States|République|República|Federation|Commonwealth|Principality)$")
_ACTING = re.compile(r",?\s+(?:acting (?:in|as|on)|in (?:his|her|its|their) capacity)\b.*$", re.IGNORECASE)
_AGENCY = re.compile(r"\s+(?:to the|auprès de|auprès des|ante las?|ante|при|لدى)\s", re.IGNORECASE)


def party_of(text: str) -> Party:
    """Role, organization and state of "the Permanent Representative of X to the United Nations" and its like.

    The state is given only where the words speak for one (a representative, mission, minister …), so that a committee
    "concerning the Sudan" has none.
    """
    text = re.sub(r"\s+", " ", _ARTICLE.sub("", text.strip(" ,.;"))).strip()
    plain = folded(text)
    state = None
    if any(word in plain for word in words("state_offices")):
        states = states_in(text)
        state = states[0] if states else None
    mission = next((m for m in vocabulary()["role_words"]["missions"] if m.lower() in text.lower()), None)
    if mission is None:
        role, organization = _role(text, state)
        return Party(role=role, organization=organization, state=state)
    at = text.lower().index(mission.lower())
    role = re.sub(r"(?:^|\s+)(?:of the|of|de la|de|du|the)$", "", text[:at].strip(" ,"))
    return Party(role=role or None, organization=text[at:], state=state)


def _role(text: str, state: str | None) -> tuple[str | None, str | None]:
    """Role and organization: "President" and "Security Council"; of a state's office only the role."""
    head = _AGENCY.split(text)[0] if state else text
    joints = [match for match in _OF.finditer(head) if match.start() > 0]
    if state:
        stated = [m for m in joints if states_in(head[m.end() :]) and not _FORM.search(head[: m.start()])]
        return (head[: stated[-1].start()] if stated else head or None), None
    if not joints:
        return head or None, None
    return head[: joints[0].start()], _ACTING.sub("", _ARTICLE.sub("", head[joints[0].end() :])) or None


def senders_of(text: str) -> tuple[Party, ...]:
    """Each State that speaks: "the Permanent Representatives of Denmark and Norway" are two of one role."""
    found: list[Party] = []
    for piece in _SPLIT.split(text):
        if not piece or not piece.strip():
            continue
        party = party_of(piece)
        states = states_in(_AGENCY.split(piece)[0]) if party.state else []
        found += [party.model_copy(update={"state": state}) for state in states] or [party]
    return tuple(found)


def parties_of(text: str) -> tuple[Party, ...]:
    """Each of several: "the Secretary-General and the President of the Security Council"."""
    pieces = [piece for piece in _SPLIT.split(text) if piece and piece.strip()]
    return tuple(party_of(piece) for piece in pieces)
