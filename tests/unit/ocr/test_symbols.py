import pytest

from pipeline.ocr.engine import Word
from pipeline.ocr.symbols import repaired


@pytest.mark.parametrize(
    ("read", "want"),
    [
        ("A/74/676-8/2020/90", "A/74/676-S/2020/90"),
        ("(4/75/660-5/2020/1267)", "(A/75/660-S/2020/1267)"),
        ("A/74/676-S/2020/90", "A/74/676-S/2020/90"),
        ("0461/27/20/22", "0461/27/20/22"),
        ("5/2020/90", "5/2020/90"),
        ("12-5/2020", "12-5/2020"),
    ],
)
def test_only_what_can_be_one_symbol_is_mended(read: str, want: str) -> None:
    words, changes = repaired([Word(read, 0, 0, 9, 9, 0.5, 0)])
    assert words[0].text == want
    assert changes == (((read, want),) if read != want else ())
