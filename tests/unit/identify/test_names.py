import pytest

from pipeline.identify import misnamed
from schemas.source import MediaType


@pytest.mark.parametrize(
    ("name", "media_type", "told"),
    [
        ("letter.pdf", MediaType.pdf, False),
        ("letter.PDF", MediaType.text, True),
        ("letter.txt", MediaType.markdown, False),
        ("letter.txt", MediaType.pdf, True),
        ("scan.jpeg", MediaType.png, True),
        ("A_75_660", MediaType.pdf, False),
        ("A_75_660.en", MediaType.pdf, False),
    ],
)
def test_a_name_that_promises_another_kind_of_file_is_told(name, media_type, told):
    assert [problem.code for problem in misnamed(name, media_type)] == ["misnamed_file"] * told
