"""What stands above the second full rule of the first page is its masthead."""

import pytest

from pipeline.layout import lay_out
from schemas.geometry import Box
from schemas.page import Font, Grid, Rule, Run
from tests.support.builders import page

BODY = "The Council took note of the report on the situation in the region, and decided to remain seized of the matter."


def run(text: str, top: float) -> Run:
    return Run(text, Box(56, top, min(540, 56 + 5 * len(text)), top + 10), top + 8, 10.0, Font("Times"))


def rule(top: float, x1: float = 540) -> Rule:
    return Rule(Box(56, top, x1, top + 1), True)


def grid(top: float, bottom: float) -> Grid:
    return Grid(Box(56, top, 540, bottom), ((Box(56, top, 540, bottom),),))


@pytest.mark.parametrize(
    ("rules", "grids", "number", "kinds"),
    [
        ((rule(100), rule(200)), (), 1, ["masthead", "masthead", "paragraph"]),
        ((rule(100),), (), 1, ["paragraph", "paragraph", "paragraph"]),
        ((rule(100), rule(200, 250)), (), 1, ["paragraph", "paragraph", "paragraph"]),
        ((rule(100), rule(200)), (), 2, ["paragraph", "paragraph", "paragraph"]),
        ((rule(100), rule(200)), (grid(99, 201),), 1, ["paragraph", "paragraph", "paragraph"]),
        ((rule(400), rule(500)), (), 1, ["paragraph", "paragraph", "paragraph"]),
    ],
)
def test_the_masthead_ends_at_its_second_full_rule(
    rules: tuple[Rule, ...], grids: tuple[Grid, ...], number: int, kinds: list[str]
) -> None:
    runs = (run("United Nations met here today", 86), run("Economic and Social Council met", 150), run(BODY, 300))
    before = [page(1, runs=(run(BODY, 300),))] if number == 2 else []
    blocks = lay_out([*before, page(number, runs=runs, rules=rules, grids=grids)]).blocks
    assert [block.kind.value for block in blocks if block.page == number] == kinds
