import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DamagedFile, InputError, UnsupportedFormat
from pipeline.identify import media_type_of
from schemas.source import MediaType

KNOWN = [
    (b"%PDF-1.7\n", MediaType.pdf),
    (b"junk before\n%PDF-1.4\n", MediaType.pdf),
    (b"\x89PNG\r\n\x1a\nIHDR", MediaType.png),
    (b"\xff\xd8\xff\xe0JFIF", MediaType.jpeg),
    (b"II*\x00\x08\x00", MediaType.tiff),
    (b"MM\x00*\x00\x08", MediaType.tiff),
    (b"Distr.: General\n", MediaType.text),
    ("Azərbaycan Respublikası".encode(), MediaType.text),
    ("\ufeffرسالة".encode(), MediaType.text),
    ("رسالة".encode("utf-16"), MediaType.text),
    (b"**General Assembly**\n", MediaType.markdown),
    (b"Note.<sup>1</sup>\n", MediaType.markdown),
    (b"# Annex\n", MediaType.markdown),
    (b"\xd1\xe5\xea\xf0\xe5\xf2\xe0\xf0\xe8\xe0\xf2", MediaType.text),  # windows-1251
]
REFUSED = [
    (b"", DamagedFile),
    (b" \r\n\t", DamagedFile),
    (b"PK\x03\x04word/document.xml", UnsupportedFormat),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", UnsupportedFormat),
    (b"<!DOCTYPE html><html>", UnsupportedFormat),
    (b"\x00\x01\x02\x03\x04\x05\x06\x07" * 20, UnsupportedFormat),
]


@pytest.mark.parametrize(("head", "media_type"), KNOWN)
def test_bytes_say_what_they_are(head, media_type):
    assert media_type_of(head, "x") is media_type


@pytest.mark.parametrize(("head", "error"), REFUSED)
def test_other_bytes_are_refused_by_name(head, error):
    with pytest.raises(error, match="x: "):
        media_type_of(head, "x")


@given(st.binary(max_size=400))
def test_any_bytes_give_a_kind_or_an_input_error(head):
    try:
        assert media_type_of(head, "x") in MediaType
    except InputError as error:
        assert error.hint
