"""Sample 004 in words: a Geneva document with an Arabic cover and an English annex. Both producers draw these."""

from dataclasses import dataclass

from drawing.source import load

UNITED_NATIONS = "الأمم المتحدة"
"""Every Arabic masthead prints it; the text sample lost it with the emblem."""


@dataclass(frozen=True)
class Geneva:
    """The document piece by piece, in reading order."""

    distribution: tuple[str, ...]
    organs: tuple[str, ...]
    session: tuple[str, ...]
    title: str
    cover: tuple[str, ...]
    note: str
    recycle: str
    job: str
    bar_code: str
    annex: str
    annex_title: str
    annex_body: tuple[str, ...]


def words() -> Geneva:
    """The words of sample 004."""
    rows = [row.replace("\\*", "*") for row in load("004")]
    return Geneva(
        distribution=tuple(rows[0].split("\n")),
        organs=tuple(row.strip("# ") for row in rows[1:3]),
        session=tuple(rows[3:7]),
        title=" ".join(rows[7].split("\n")),
        cover=tuple(rows[8:10]),
        note=rows[10],
        recycle=rows[11],
        job=rows[12],
        bar_code=rows[13],
        annex=rows[14].strip("*"),
        annex_title=rows[15].strip("*"),
        annex_body=tuple(rows[16:]),
    )
