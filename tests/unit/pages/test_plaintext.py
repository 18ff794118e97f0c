"""Bytes of text files → clean pages, never silent mojibake."""

from pathlib import Path

import pytest

from pipeline.errors import DamagedFile, SourceMissing
from pipeline.pages.encodings import decode
from pipeline.pages.plaintext import open_document
from pipeline.settings import Limits
from schemas.source import MediaType

RUSSIAN = "Совет Безопасности постановляет продолжать заниматься этим вопросом."
ARABIC = "تهدي البعثة الدائمة لجمهورية أذربيجان تحياتها إلى الأمين العام"
FRENCH = "L’Assemblée générale décide d’inscrire à l’ordre du jour provisoire la question intitulée « Paix »."
CHINESE = "联合国安全理事会决定继续处理此案。大会第七十五届会议"


@pytest.mark.parametrize(
    ("text", "encoding", "guessed"),
    [
        (RUSSIAN, "utf-8", False),
        (RUSSIAN, "utf-8-sig", False),
        (RUSSIAN, "utf-16", False),
        ("Security Council resolution", "utf-16-le", True),
        (RUSSIAN, "cp1251", True),
        (ARABIC, "cp1256", True),
        (FRENCH, "cp1252", True),
        ("Türkiye Cumhuriyeti Dışişleri Bakanlığı, gereği için saygılarımı sunarım", "cp1254", True),
        (CHINESE, "gb18030", True),
    ],
)
def test_text_comes_back_and_a_guess_is_reported(text: str, encoding: str, guessed: bool) -> None:
    decoded = decode(text.encode(encoding), "a.txt")
    assert decoded.text == text
    assert [p.code for p in decoded.problems] == (["encoding_guessed"] if guessed else [])


def test_one_bad_byte_in_utf8_is_marked_not_guessed() -> None:
    decoded = decode((RUSSIAN * 5).encode() + b"\xff", "a.txt")
    assert decoded.text == RUSSIAN * 5 + "\ufffd"
    assert [p.code for p in decoded.problems] == ["undecodable_bytes"]


def test_bytes_that_are_no_words_are_refused() -> None:
    with pytest.raises(DamagedFile):
        decode(bytes(range(128, 255)) * 20, "a.txt")


def read(tmp_path: Path, data: bytes, media_type: MediaType = MediaType.text):  # type: ignore[no-untyped-def]
    path = tmp_path / "letter.txt"
    path.write_bytes(data)
    return open_document(path, media_type, Limits())


def test_form_feeds_end_pages(tmp_path: Path) -> None:
    document = read(tmp_path, b"one\r\n\x0ctwo\x0c")
    assert [document.read(n).plain for n in range(1, document.page_count + 1)] == ["one\n", "two"]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\u202bb\u202c\u00adc\ufeff", "abc"),
        ("\ufefb\ufedf", "\u0644\u0627\u0644"),
        ("note\u00b9 e\u0301", "note\u00b9 \u00e9"),
        ("a\x00\x07b", "ab"),
        ("a\u2028b\rc", "a\nb\nc"),
    ],
)
def test_invisible_characters_go_and_forms_are_folded(tmp_path: Path, raw: str, clean: str) -> None:
    document = read(tmp_path, raw.encode())
    assert document.read(1).plain == clean


@pytest.mark.parametrize(("text", "markdown"), [("a **b** c", True), ("x<sup>1</sup>", True), ("2 * 3 * 4", False)])
def test_markdown_is_known_by_its_marks(tmp_path: Path, text: str, markdown: bool) -> None:
    assert read(tmp_path, text.encode()).read(1).markdown is markdown


def test_empty_and_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DamagedFile):
        read(tmp_path, b" \n\x0c\n")
    with pytest.raises(SourceMissing):
        open_document(tmp_path / "none.txt", MediaType.text, Limits())
