import pytest

from pipeline.metadata.dates import date_line


@pytest.mark.parametrize(
    ("text", "iso", "mended"),
    [
        ("16 April 1980", "1980-04-16", False),
        ("l6 avril 1980", "1980-04-16", True),
        ("25 July 19 84", "1984-07-25", True),
        ("1 0ctober 2025", "2025-10-01", True),
        ("16 October 2020*", "2020-10-16", False),
    ],
)
def test_date_lines(text: str, iso: str, mended: bool) -> None:
    line = date_line(text)
    assert line is not None
    assert (line.date.iso, line.mended) == (iso, mended)


@pytest.mark.parametrize("text", ["on 16 April 1980 the Council met", "lo 12", "General", "A/75/1"])
def test_other_lines(text: str) -> None:
    assert date_line(text) is None
