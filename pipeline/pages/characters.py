"""characters: what pdfium knows of each character of a page → pieces of words, or single letters."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.pages.facts import Letter, PageFrame, Piece, Setting, new_letter, new_piece
from pipeline.pages.sweep import NO_OBJECT, Numbers
from pipeline.pages.typesetting import Typesetting
from schemas.geometry import Box, point_turned_back

Places = NDArray[np.intp]

TOUCHING_EM = (-0.5, 0.06)
"""Letters of a word that are set one by one touch or overlap; a wider gap may be a space."""


@dataclass(frozen=True, slots=True)
class Characters:
    """Characters of a page, the text objects that hold them, and how these are set."""

    facts: Numbers
    """Characters by `CHARACTER_FIELDS`."""
    owners: Places
    """Characters → the place of their objects."""
    objects: Numbers
    """Objects by `OBJECT_FIELDS`."""
    settings: Sequence[Setting]
    """Settings of the page; characters without a text object have one whose font has no name."""
    setting: Places
    """Objects → the place of their settings."""


def characters_of(facts: Numbers, objects: Numbers, typesetting: Typesetting) -> Characters:
    """What `Sweep.characters` found, with the settings of the objects."""
    settings, setting = typesetting.settings_of(objects[:, :7])
    return Characters(facts, facts[:, 0].astype(np.intp), objects, settings, setting)


@np.errstate(all="ignore")  # damaged files hold numbers beyond all bounds
def pieces_of(characters: Characters, frame: PageFrame, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """The given stretches of the page's text, cut where the text object changes.

    Letters that are set one by one, but touch on one baseline, are one piece.
    """
    if not spans:
        return []
    facts, settings = characters.facts, characters.settings
    starts, stops = _cut(characters.owners, np.array(spans, dtype=np.intp))
    setting = characters.setting[characters.owners[starts]]
    turned = np.array([s.turn != 0 or frame.rotation != 0 for s in settings])[setting]
    x0, x1, baseline = _places(facts[starts], facts[stops - 1], np.array([s.slant for s in settings])[setting], frame)
    size = np.array([s.size or 1.0 for s in settings])[setting]
    gap = (x0[1:] - x1[:-1]) / size[1:]
    opens = np.ones(len(starts), dtype=bool)
    opens[1:] = (
        (starts[1:] != stops[:-1])
        | (setting[1:] != setting[:-1])
        | (baseline[1:] != baseline[:-1])
        | (gap <= TOUCHING_EM[0])
        | (gap >= TOUCHING_EM[1])
        | turned[1:]
    )
    at = np.flatnonzero(opens)
    columns = (
        starts[at],
        stops[np.append(at[1:], len(starts)) - 1],
        np.minimum.reduceat(x0, at),
        np.maximum.reduceat(x1, at),
        baseline[at],
    )
    kinds = [settings[place] for place in setting[at].tolist()]
    pieces = list(map(new_piece, zip(*(column.tolist() for column in columns), kinds, strict=True)))
    for i in np.flatnonzero(turned[at]).tolist():
        pieces[i] = _turned_piece(pieces[i], facts, frame)
    return pieces


def _cut(owners: Places, spans: Places) -> tuple[Places, Places]:
    """First characters of the spans' parts by owner, and one past their last."""
    inside = np.zeros(len(owners) + 1, dtype=np.int8)
    inside[spans[:, 0]] = 1
    inside[spans[:, 1]] = -1
    begins = np.zeros(len(owners), dtype=bool)
    begins[1:] = (owners[1:] != owners[:-1]) & (np.cumsum(inside)[1:-1] > 0)
    begins[spans[:, 0]] = True
    starts = np.flatnonzero(begins)
    word = np.searchsorted(spans[:, 0], starts, side="right") - 1
    return starts, np.minimum(np.append(starts[1:], len(owners)), spans[word, 1])


def _places(first: Numbers, last: Numbers, slant: Numbers, frame: PageFrame) -> tuple[Numbers, Numbers, Numbers]:
    """x0, x1 and baseline of pieces of upright text by their first and last characters."""
    start = first[:, 1] - frame.left
    stop = last[:, 5] - frame.left - slant * (last[:, 4] - first[:, 2])
    return np.minimum(start, stop), np.maximum(start, stop), frame.top - first[:, 2]


def _turned_piece(piece: Piece, facts: Numbers, frame: PageFrame) -> Piece:
    size = (frame.read_width, frame.read_height)
    turn = piece.setting.turn
    _, x, y, *_ = facts[piece.start].tolist()
    *_, left, top, right, bottom = facts[piece.end - 1].tolist()
    x, baseline = point_turned_back(*frame.point(x, y), turn, *size)
    last = frame.box(left, bottom, right, top).turned_back(turn, *size)
    return Piece(piece.start, piece.end, min(x, last.x0), max(x, last.x1), baseline, piece.setting)


@np.errstate(all="ignore")
def letters_of(characters: Characters, frame: PageFrame, text: str) -> list[Letter]:
    """Every character of `text` (the page's) that belongs to a text object, one by one."""
    kept = np.flatnonzero((characters.objects[:, 1] != NO_OBJECT)[characters.owners])
    facts, owners = characters.facts[kept], characters.owners[kept]
    base = characters.facts[characters.objects[:, 7].astype(np.intp), 2][owners]
    setting = characters.setting[owners]
    slant = np.array([s.slant for s in characters.settings])[setting]
    x0 = facts[:, 3] - frame.left - slant * (facts[:, 6] - base)
    x1 = facts[:, 5] - frame.left - slant * (facts[:, 4] - base)
    settings = [characters.settings[place] for place in setting.tolist()]
    chars = [text[i] for i in kept.tolist()]
    columns = (chars, x0.tolist(), x1.tolist(), (frame.top - base).tolist(), settings)
    letters = list(map(new_letter, zip(*columns, strict=True)))
    turned = np.array([s.turn != 0 or frame.rotation != 0 for s in characters.settings])[setting]
    for i in np.flatnonzero(turned).tolist():
        first = characters.facts[int(characters.objects[owners[i], 7])]
        letters[i] = _turned_letter(letters[i], facts[i], (first[1], first[2]), frame)
    return letters


def _turned_letter(letter: Letter, fact: Numbers, origin: tuple[float, float], frame: PageFrame) -> Letter:
    size = (frame.read_width, frame.read_height)
    turn = letter.setting.turn
    *_, left, top, right, bottom = fact.tolist()
    box = frame.box(left, bottom, right, top)
    if not frame.rotation:  # its slant is known
        box = Box(letter.x0, box.top, letter.x1, box.bottom)
    _, baseline = point_turned_back(*frame.point(*origin), turn, *size)
    x0, _, x1, _ = box.turned_back(turn, *size)
    return Letter(letter.char, x0, x1, baseline, letter.setting)
