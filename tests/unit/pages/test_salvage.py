"""What is left of a cut or damaged PDF is read; what is lost is said, and never read as something else."""

import zlib
from pathlib import Path

import pytest

from pipeline.errors import DamagedFile
from pipeline.pages.pdf import open_document
from pipeline.pages.salvage import is_cut, salvage
from pipeline.settings import Limits
from schemas.page import PageText, TextOrigin
from tests.support.bombs import pdf, stream

TEXT = b"BT /F 12 Tf 72 700 Td (The Council decides) Tj /G 12 Tf 0 -40 Td <%s> Tj ET"
CODES = {"S": b"0036", "i": b"004C", "g": b"004A", "n": b"0051", "e": b"0048", "d": b"0047"}
SIGNED = TEXT % b"".join(CODES[letter] for letter in "Signed")
COMPOSITE = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Arial /Encoding /Identity-H /DescendantFonts [7 0 R]"
    b" /ToUnicode 9 0 R >>"
)
DESCENDANT = (
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Arial /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
    b" /Supplement 0 >> /DW 1000 /W 8 0 R >>"
)
MAP = b"begincmap\n%d beginbfchar\n%s\nendbfchar\nendcmap" % (
    len(CODES),
    b"\n".join(b"<%s> <%04X>" % (code, ord(letter)) for letter, code in CODES.items()),
)


def page(contents: int) -> bytes:
    return b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources 5 0 R >>" % contents


LETTER = pdf(
    {
        2: b"<< /Type /Pages /Kids [3 0 R 12 0 R] /Count 2 >>",
        3: page(4),
        4: stream(SIGNED),
        5: b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> /G 6 0 R >> >>",
        6: COMPOSITE,
        7: DESCENDANT,
        8: b"[54 [667] 71 [556 556] 74 [556] 76 [222] 81 [556]]",
        9: stream(MAP),
        12: page(13),
        13: stream(SIGNED),
    }
)
"""Two pages; page 2 comes last, after the fonts."""


def start(number: int) -> int:
    return LETTER.index(b"\n%d 0 obj" % number) + 1


@pytest.fixture
def saved(tmp_path: Path):
    def write(content: bytes) -> Path:
        path = tmp_path / "letter.pdf"
        path.write_bytes(content)
        return path

    return write


def pages_of(path: Path) -> list[PageText]:
    document = open_document(path, "application/pdf", Limits())
    try:
        return [document.read(number) for number in range(1, document.page_count + 1)]
    finally:
        document.close()


def text_of(page: PageText) -> str:
    return " ".join(run.text for run in page.runs)


def test_a_whole_file_is_not_salvaged(saved) -> None:
    path = saved(LETTER)
    assert not is_cut(path)
    document = open_document(path, "application/pdf", Limits())
    assert not document.problems
    assert not document.info.salvaged
    document.close()
    assert [text_of(page) for page in pages_of(path)] == ["The Council decides Signed"] * 2


def test_only_the_end_is_missing(saved) -> None:
    path = saved(LETTER[: LETTER.index(b"xref")])
    document = open_document(path, "application/pdf", Limits())
    assert [problem.code for problem in document.problems] == ["salvaged"]
    assert document.info.salvaged
    document.close()
    assert [text_of(page) for page in pages_of(path)] == ["The Council decides Signed"] * 2


def test_pages_that_are_gone_are_counted(saved) -> None:
    found = salvage(saved(LETTER[: start(12)]))
    assert (found.page_count, found.pages_named, found.losses) == (1, 2, ())
    assert [problem.code for problem in found.problems] == ["salvaged", "pages_lost"]
    assert "1 page left in it, of 2 " in found.problems[1].message


def test_the_list_of_pages_is_gone(saved) -> None:
    """The order of the file is the order of its pages; how many there were cannot be known."""
    path = saved(b"%PDF-1.7\n" + LETTER[start(3) : LETTER.index(b"xref")])
    found = salvage(path)
    assert (found.page_count, found.pages_named) == (2, None)
    assert [problem.code for problem in found.problems] == ["salvaged", "pages_lost"]
    assert [text_of(page) for page in pages_of(path)] == ["The Council decides Signed"] * 2


@pytest.mark.parametrize("number", [6, 7, 9])
def test_letters_without_a_meaning_are_unknown(saved, number: int) -> None:
    """Their codes are those of "6LJQHG" for a reader that knows no better."""
    path = saved(LETTER.replace(b"\n%d 0 obj" % number, b"\n99 0 obj")[: start(12)])
    (loss,) = salvage(path).losses
    assert (loss.page, loss.text, loss.fonts) == (1, False, ("/G",))
    (found,) = pages_of(path)
    assert text_of(found).rstrip("\ufffd") == "The Council decides "
    assert found.origin is TextOrigin.text_layer
    assert (found.decision.rule, found.needs_ocr) == ("fonts_lost", False)


def test_letters_without_widths_keep_their_meaning(saved) -> None:
    path = saved(LETTER.replace(b"\n8 0 obj", b"\n99 0 obj")[: start(12)])
    (loss,) = salvage(path).losses
    assert (loss.text, loss.fonts, loss.fonts_in_part) == (False, (), 1)
    (found,) = pages_of(path)
    assert text_of(found) == "The Council decides Signed"
    signed = next(run for run in found.runs if run.text == "Signed")
    assert signed.box.width < 6 * 12 * 0.6  # 1000 thousandths each, the default, would be 72 points


def test_a_page_of_nothing_but_unknown_letters_has_no_text(saved) -> None:
    path = saved(LETTER.replace(b"\n5 0 obj", b"\n99 0 obj")[: start(12)])
    (loss,) = salvage(path).losses
    assert loss.fonts == ("/F", "/G")
    (found,) = pages_of(path)
    assert (found.runs, found.origin, found.needs_ocr) == ((), TextOrigin.none, False)


def test_a_page_whose_text_is_cut_says_so(saved) -> None:
    half = start(13) + LETTER[start(13) :].index(b"decides")
    losses = salvage(saved(LETTER[:half])).losses
    assert [(loss.page, loss.text) for loss in losses] == [(2, True)]


def test_a_cut_text_of_unknown_length_says_so(saved) -> None:
    unknown = LETTER.replace(b"/Length %d " % len(SIGNED), b"/Length 98 0 R ")
    half = unknown.index(b"decides", unknown.index(b"\n13 0 obj"))
    losses = salvage(saved(unknown[:half])).losses
    assert [(loss.page, loss.text) for loss in losses] == [(2, True)]


def test_a_font_without_its_drawings_is_flagged(saved) -> None:
    described = DESCENDANT[:-2] + b"/FontDescriptor << /Type /FontDescriptor /FontName /Arial /FontFile2 98 0 R >> >>"
    (loss,) = salvage(saved(LETTER.replace(DESCENDANT, described)[: -len(LETTER) + start(12)])).losses
    assert (loss.fonts, loss.fonts_in_part) == ((), 1)


def test_a_lost_picture_is_counted(saved) -> None:
    drawn = LETTER.replace(SIGNED, SIGNED[:-12] + b" ET /Im1 Do ")
    (loss,) = salvage(saved(drawn[: start(12)])).losses
    assert (loss.text, loss.fonts, loss.pictures) == (False, (), 1)
    assert "1 picture." in loss.message


def test_pages_packed_into_a_stream_of_objects_are_found(saved) -> None:
    bodies = {3: page(4), 5: LETTER[start(5) + 8 : LETTER.index(b"endobj", start(5))]}
    head, packed = b"", b""
    for number, body in bodies.items():
        head += b"%d %d " % (number, len(packed))
        packed += body + b"\n"
    pack = stream(zlib.compress(head + packed), b"/Type /ObjStm /N 2 /First %d /Filter /FlateDecode" % len(head))
    content = b"%PDF-1.7\n" + b"14 0 obj\n" + pack + b"\nendobj\n" + LETTER[start(4) : start(5)]
    path = saved(content + LETTER[start(6) : start(12)])
    (found,) = pages_of(path)
    assert text_of(found) == "The Council decides Signed"


@pytest.mark.parametrize("length", [9, 40, 200])
def test_nothing_is_left(saved, length: int) -> None:
    with pytest.raises(DamagedFile) as raised:
        salvage(saved(b"%PDF-1.7\n" + LETTER[start(4) :][:length]))
    assert raised.value.hint == "Get it anew from its source."


def test_what_is_encrypted_and_cut_is_not_guessed_at(saved) -> None:
    content = b"%PDF-1.7\n" + LETTER[start(3) : LETTER.index(b"xref")] + b"20 0 obj\n<</Encrypt 21 0 R>>\nendobj\n"
    with pytest.raises(DamagedFile):
        salvage(saved(content))


def holed(content: bytes, at: bytes) -> bytes:
    """The file with some bytes of a packed stream overwritten; lengths and places stay right."""
    place = content.index(at) + 12
    return content[:place] + b"\0" * 8 + content[place + 8 :]


PACKED = zlib.compress(SIGNED + b"\n% a remark that makes the page longer than its first few words\n" * 3)
OPENS = pdf({4: stream(PACKED, b"/Filter /FlateDecode")})


def test_a_hole_in_a_file_that_opens_is_seen(saved) -> None:
    path = saved(holed(OPENS, PACKED))
    document = open_document(path, "application/pdf", Limits())
    assert [(p.code, p.page) for p in document.problems] == [("salvaged", None), ("page_incomplete", 1)]
    document.close()


def test_a_hole_in_a_font_is_seen(saved) -> None:
    """A reader drops the letters of a font program that it cannot read: A/79/802 became /79/802."""
    program = zlib.compress(bytes(range(256)) * 8)
    described = DESCENDANT[:-2] + b"/FontDescriptor << /Type /FontDescriptor /FontName /Arial /FontFile2 20 0 R >> >>"
    whole = pdf(
        {
            3: page(4),
            4: stream(SIGNED),
            5: b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> /G 6 0 R >> >>",
            6: COMPOSITE,
            7: described,
            8: b"[54 [667] 71 [556 556] 74 [556] 76 [222] 81 [556]]",
            9: stream(MAP),
            20: stream(program, b"/Filter /FlateDecode"),
        }
    )
    for content, codes in ((whole, []), (holed(whole, program), ["salvaged", "page_incomplete"])):
        document = open_document(saved(content), "application/pdf", Limits())
        assert [problem.code for problem in document.problems] == codes
        document.close()


def test_a_blank_page_of_a_file_that_opens_has_lost_nothing(saved) -> None:
    blank = pdf({3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"})
    for content in (blank, OPENS):
        document = open_document(saved(content), "application/pdf", Limits())
        assert not document.problems
        document.close()


def test_letters_in_a_font_that_is_not_there_are_unknown_in_a_whole_file(saved) -> None:
    silent = LETTER.replace(b" /ToUnicode 9 0 R", b" " * 17)
    document = open_document(saved(silent), "application/pdf", Limits())
    assert [(p.code, p.page) for p in document.problems] == [
        ("salvaged", None),
        ("page_incomplete", 1),
        ("page_incomplete", 2),
    ]
    document.close()
    assert text_of(pages_of(saved(silent))[0]).rstrip("\ufffd") == "The Council decides "
