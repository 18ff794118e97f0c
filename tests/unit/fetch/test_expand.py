import hashlib
import os
from pathlib import Path

import pytest

from pipeline.errors import LimitExceeded, SourceMissing
from pipeline.fetch import expand, fetch
from pipeline.settings import Limits, Settings


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "b" / "empty").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    for name, content in {
        "a.pdf": b"%PDF-1.7",
        "b/note.TXT": b"Letter",
        "b/scan": b"\x89PNG\r\n\x1a\n",
        "b/late": b"junk\n%PDF-1.4",
        "b/data.json": b"{}",
        ".hidden/x.pdf": b"%PDF-1.7",
        ".lock.pdf": b"",
    }.items():
        (folder / name).write_bytes(content)
    return folder


def names(*sources: str | Path) -> list[str]:
    return [source.uri for source in expand(str(source) for source in sources)]


def test_a_folder_gives_its_documents_by_name_or_content_in_order(inbox: Path) -> None:
    assert names(inbox) == ["a.pdf", "b/late", "b/note.TXT", "b/scan"]


def test_a_file_is_known_by_its_name_and_taken_whatever_it_is(inbox: Path) -> None:
    assert names(inbox / "b" / "data.json") == ["data.json"]


def test_each_document_once_in_the_order_first_asked(inbox: Path) -> None:
    (inbox / "link.pdf").symlink_to(inbox / "a.pdf")
    asked = (inbox / "b" / "scan", inbox, inbox / "b" / ".." / "a.pdf")
    assert names(*asked) == ["scan", "a.pdf", "b/late", "b/note.TXT"]


def test_a_link_back_to_a_folder_above_ends(inbox: Path) -> None:
    (inbox / "b" / "up").symlink_to(inbox)
    assert len(names(inbox)) == 4


def test_a_list_names_files_folders_urls_and_lists_from_its_own_folder(inbox: Path) -> None:
    (inbox / "other.txt").write_text("symbol:A/75/660?lang=ar\n")
    (inbox / "list.lst").write_text(
        "\ufeff# to do\n\n  a.pdf   # first\nb\nhttps://u:p@example.org/x.pdf?sig=1&l=en#f\n@other.txt\n../gone.pdf\n"
    )
    assert names(f"@{inbox / 'list.lst'}") == [
        "a.pdf",
        "b/late",
        "b/note.TXT",
        "b/scan",
        "https://example.org/x.pdf?sig=REDACTED&l=en",
        "symbol:A/75/660?lang=ar",
        "gone.pdf",
    ]


def test_an_artifact_holds_digest_size_and_no_machine_path_in_its_names(inbox: Path) -> None:
    artifact = fetch(expand([str(inbox)])[2], Settings())
    assert (artifact.uri, artifact.file_name, artifact.size_bytes) == ("b/note.TXT", "note.TXT", 6)
    assert artifact.sha256 == hashlib.sha256(b"Letter").hexdigest()
    assert artifact.path.read_bytes() == b"Letter"


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda p: p / "gone.pdf", SourceMissing, "no such file"),
        (lambda p: p, SourceMissing, "holds no documents"),
        (lambda p: os.mkfifo(p / "pipe") or p / "pipe", SourceMissing, "no ordinary file"),
        (lambda p: (p / "big.pdf").write_bytes(b"x" * 11) and p / "big.pdf", LimitExceeded, "11 bytes"),
        (lambda p: f"@{p}/none.lst", SourceMissing, "no such list"),
        (lambda p: (p / "e.lst").write_text("# only\n") and f"@{p}/e.lst", SourceMissing, "names nothing"),
        (lambda p: (p / "b.lst").write_bytes(b"\xff\xfe") and f"@{p}/b.lst", SourceMissing, "not UTF-8"),
        (lambda p: (p / "s.lst").write_text("@s.lst\n") and f"@{p}/s.lst", SourceMissing, "back to itself"),
    ],
)
def test_what_cannot_be_read_stays_in_the_batch_and_says_why(tmp_path, make, error, words) -> None:
    (source,) = expand([str(make(tmp_path))])
    with pytest.raises(error, match=words):
        fetch(source, Settings(limits=Limits(max_bytes=10)))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_and_folder_say_so(inbox: Path) -> None:
    (inbox / "a.pdf").chmod(0)
    (inbox / "b").chmod(0)
    for source in expand([str(inbox)]):
        with pytest.raises(SourceMissing, match="not permitted"):
            fetch(source, Settings())


def test_a_name_that_is_no_utf8_is_printable(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.pdf"
    Path(os.fsdecode(path)).write_bytes(b"%PDF-")
    assert names(tmp_path) == ["caf\ufffd.pdf"]
    assert fetch(expand([str(tmp_path)])[0], Settings()).size_bytes == 5
