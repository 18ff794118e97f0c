"""The text above, between and below the tables of a page stays, in its order."""

from pipeline.layout import lay_out
from schemas.geometry import Box
from schemas.page import Font, Grid, Run
from tests.support.builders import page

PLACES = (("first", 120.0), ("second", 320.0), ("third", 600.0))


def run(text: str, x0: float, top: float) -> Run:
    return Run(text, Box(x0, top, x0 + 5 * len(text), top + 10), top + 8, 10.0, Font("Times"))


def table(top: float) -> tuple[Grid, list[Run]]:
    """A closed grid of three rows and two columns, with its words."""
    heights = [top, top + 20, top + 40]
    rows = tuple((Box(56, y, 300, y + 20), Box(300, y, 540, y + 20)) for y in heights)
    words = [run(f"{word}{n}", x0, y + 5) for n, y in enumerate(heights) for word, x0 in (("row", 60), ("value", 310))]
    return Grid(Box(56, top, 540, top + 60), rows), words


def test_text_stands_around_the_tables() -> None:
    (first, words), (second, more) = table(200), table(400)
    prose = [run(f"The {name} sentence of the report ends here.", 56, y) for name, y in PLACES]
    blocks = lay_out([page(1, runs=(*prose, *words, *more), grids=(first, second))]).blocks
    assert [block.kind.value for block in blocks] == ["paragraph", "table", "paragraph", "table", "paragraph"]
    assert [block.text.split()[1] for block in blocks if block.table is None] == ["first", "second", "third"]
