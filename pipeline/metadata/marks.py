"""marks: the lines of a front with what each of them is, as its neighbours show."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.grammar.letters import folded
from pipeline.metadata.front import FrontLine, joined, same_group
from pipeline.metadata.kinds import Mark, mark_of
from pipeline.metadata.words import is_organ, vocabulary, words

COLUMN_STEP = 0.25
"""Share of the page's width by which lines of two masthead columns differ at least; centred lines differ by less."""
_BIG_SIZE = 16.5  # points; organs stand in 17 to 20, titles in at most 14 (measured on 80 mastheads)
_BAND = 12  # lines; the band with the UN's name, organ and Distr. block never has more
_MOST_SCRAPS = 2  # words that recognition makes of an emblem beside a line
_SCRAP_LENGTH = 2  # letters of the longest; longer ones are words
_BEHIND_SCRAPS = (Mark.organ, Mark.nations, Mark.session, Mark.agenda, Mark.original, Mark.distribution, Mark.symbol)


class Marked(NamedTuple):
    """A line and what it is."""

    line: FrontLine
    mark: Mark

    @property
    def text(self) -> str:
        """The line's text."""
        return self.line.text


def marked_lines(lines: Iterable[FrontLine]) -> list[Marked]:
    """Every line with its mark; flattened lines are cut into their elements first."""
    marked = [_without_scraps(Marked(piece, mark_of(piece))) for line in lines for piece in _unflattened(line)]
    return _with_broken_names(_with_whole_titles(marked))


def _without_scraps(item: Marked) -> Marked:
    """The same; a recognised line that is a masthead element behind scraps of the emblem ("ff x, General Assembly")
    without them.
    """
    words_ = item.text.split()
    if item.mark is not Mark.other or not item.line.recognised or len(words_) < 2:
        return item
    for scraps in range(1, min(_MOST_SCRAPS, len(words_) - 1) + 1):
        if len(words_[scraps - 1].strip(".,")) > _SCRAP_LENGTH:
            return item
        bare = replace(item.line, text=" ".join(words_[scraps:]))
        mark = mark_of(bare)
        if mark in _BEHIND_SCRAPS or folded(bare.text) in words("distribution", "general"):
            return Marked(bare, mark)
    return item


def _with_whole_titles(marked: list[Marked]) -> list[Marked]:
    """The same, a title's last line that happens to be an organ's name ("of the / General Assembly") left unmarked."""
    out: list[Marked] = []
    for item in marked:
        above = next((o for o in reversed(out) if abs(o.line.start - item.line.start) < COLUMN_STEP / 5), None)
        goes_on = above is not None and above.mark is Mark.other and same_group(above.line, item.line)
        in_title = goes_on and item.mark in (Mark.organ, Mark.agenda, Mark.session, Mark.language, Mark.convention)
        out.append(Marked(item.line, Mark.other) if in_title and _wraps(above, item) else item)
    return out


def _wraps(above: Marked | None, item: Marked) -> bool:
    """True where the line above ends like one that goes on: with a small word, or lower-case text below."""
    if above is None:
        return False
    ends_open = re.search(r"(?:\b[a-zà-ÿ]{1,4}|,|\bUnited|\bHuman|[\u0600-\u06ff])$", above.text.strip()) is not None
    return ends_open or item.text[:1].islower()


def _with_broken_names(marked: list[Marked]) -> list[Marked]:
    """The same, an organ's name that runs over lines made one line, and the rest of a convention's name marked."""
    out: list[Marked] = []
    done: set[int] = set()
    for index, item in enumerate(marked):
        if index in done:
            continue
        run = _run(marked, index) if item.mark in (Mark.other, Mark.convention) else [index]
        if item.mark is Mark.convention:
            done.update(run)
            out += [Marked(marked[i].line, Mark.convention) for i in run]
            continue
        if len(run) > 1 and all(_is_big(marked[i].line) for i in run) and index < _BAND:
            done.update(run)
            out.append(Marked(replace(item.line, text=joined([marked[i].line for i in run])), Mark.organ))
            continue
        size = next(
            (n for n in range(min(4, len(run)), 1, -1) if is_organ(joined([marked[i].line for i in run[:n]]))), 0
        )
        if size:
            done.update(run[:size])
            lines = [marked[i].line for i in run[:size]]
            out.append(Marked(replace(item.line, text=joined(lines)), Mark.organ))
        else:
            out.append(item)
    return out


def _is_big(line: FrontLine) -> bool:
    return line.bold and line.size is not None and line.size >= _BIG_SIZE


def _run(marked: list[Marked], first: int) -> list[int]:
    """Indexes of the unmarked lines that go on in the style and column of the first; other columns are passed over."""
    run = [first]
    for index in range(first + 1, min(first + 12, len(marked))):
        line, last = marked[index].line, marked[run[-1]].line
        if abs(line.start - last.start) > COLUMN_STEP:
            continue
        if marked[index].mark is not Mark.other or not same_group(last, line):
            break
        run.append(index)
    return run


@cache
def _anchors() -> re.Pattern[str]:
    names = [name for row in vocabulary()["organ"] for name in row["names"] if not re.search("[\u3400-\u9fff]", name)]
    leads = [*(re.escape(x) + r"\s?\.?\s?:" for x in vocabulary()["distribution"]["lead"]), r"Original\s?:"]
    agenda = [r"Agenda items?\s(?=\d)", r"Items? \d+", r"Points? \d+", r"Temas? \d+", r"Пункты? \d+", r"البن\S+ \d+"]
    known = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:(?:{known})(?!\w)|{'|'.join(leads + agenda)})")


def _unflattened(line: FrontLine) -> list[FrontLine]:
    """The elements of a line that conversion flattened ("General Assembly Seventy-sixth session Agenda items 16 …").

    A line is cut only where every piece is a masthead element, so that titles which name an organ stay whole.
    """
    text = line.text
    starts = [m.start() for m in _anchors().finditer(text)]
    if not starts or starts[0] != 0 or len(text) > 300:
        return [line]
    ends = [m.end() for m in _anchors().finditer(text) if is_organ(m.group())]
    cuts = sorted({*starts, *ends, len(text)})
    pieces = [replace(line, text=text[a:b].strip(), offset=line.offset + a) for a, b in pairwise(cuts)]
    pieces = [piece for piece in pieces if piece.text]
    if len(pieces) < 2 or any(mark_of(piece) is Mark.other for piece in pieces):
        return [line]
    return pieces


def below(front: Sequence[Marked], index: int) -> list[int]:
    """Indexes of the lines below one in its column, nearest first."""
    start = front[index].line.start
    return [i for i in range(index + 1, len(front)) if abs(front[i].line.start - start) < COLUMN_STEP / 2]
