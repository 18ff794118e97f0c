"""The title of a document without a masthead."""

from dataclasses import replace

import pytest

from tests.unit.metadata.documents import page, read

TEXT = [(60, 300 + 30 * n, 10, False, "A water body may be used where no other use is harmed by it.") for n in range(6)]


def _title(*rows, confidence=None):
    """Title of a page with these headings, as (size, bold, text), above some text."""
    heads = [(200 - 2 * len(text), 40 + 40 * n, size, bold, text) for n, (size, bold, text) in enumerate(rows)]
    blocks = [replace(block, confidence=confidence) for block in page(*heads, *TEXT)]
    return read(blocks).metadata.title


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        pytest.param(
            [(10, True, "WATER CODE OF THE REPUBLIC"), (10, True, "Article 1. What the words of this Code mean")],
            "WATER CODE OF THE REPUBLIC",
            id="the first of one style",
        ),
        pytest.param([(20, True, "Compiler"), (16, True, "Data read at the start")], "Compiler", id="the largest"),
        pytest.param(
            [(20, True, "BRIEF"), (20, True, "Data for the education of displaced persons")],
            "Data for the education of displaced persons",
            id="no label above it",
        ),
        pytest.param(
            [(14, True, "اتفاقية خدمات استشارية"), (14, True, "تمهيد:")], "اتفاقية خدمات استشارية", id="an agreement"
        ),
        pytest.param([(14, True, "FAMILY CODE OF THE REPUBLIC[1]")], "FAMILY CODE OF THE REPUBLIC", id="without mark"),
    ],
)
def test_the_heading_that_stands_out(rows, title):
    assert _title(*rows) == title


@pytest.mark.parametrize(
    ("text", "confidence", "titled"),
    [
        ("THE TOBACCO INSTITUTE", 0.9, True),
        ("THE TOBACCO INSTITUTE", 0.5, False),
        ("REGARDING THE SEAT OF THE FEDERATION,", 0.9, False),
        ("76 0 المملكة العربية السعودية SZ", 0.9, False),
    ],
)
def test_what_recognition_made_of_ornaments_is_no_title(text, confidence, titled):
    assert (_title((10, False, text), confidence=confidence) is not None) is titled
