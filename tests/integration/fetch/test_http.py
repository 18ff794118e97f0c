"""Downloads from a real server on loopback: what is kept, refused, tried again, and never told."""

import logging
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.errors import FetchFailed, LimitExceeded, PipelineError, SettingsError, SourceMissing, UnsupportedFormat
from pipeline.fetch import expand, fetch
from pipeline.settings import FetchSettings, Limits, Settings

PDF = b"%PDF-1.7\n" + b"x" * 1000


class Library(BaseHTTPRequestHandler):
    """Answers by path; remembers what it was asked."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, dict[str, str]]]
    flaky: dict[str, int]

    def do_GET(self) -> None:
        cls = type(self)
        headers = {name.lower(): value for name, value in self.headers.items()}
        cls.asked.append((self.path, headers))
        path = self.path.partition("?")[0]
        match path.strip("/").split("/"):
            case ["good.pdf"] if headers.get("if-none-match") == '"v1"':
                self.answer(304)
            case ["good.pdf"]:
                self.answer(200, PDF, ETag='"v1"')
            case ["dated.pdf"] if "if-modified-since" in headers:
                self.answer(304)
            case ["dated.pdf"]:
                self.answer(200, PDF, **{"Last-Modified": "Wed, 01 Jan 2020 00:00:00 GMT"})
            case ["empty.pdf"]:
                self.answer(200, b"")
            case ["login.pdf"]:
                self.answer(200, b"\n<!DOCTYPE html><p>Log in</p>")
            case ["status", code]:
                self.answer(int(code))
            case ["flaky", *_]:
                cls.flaky[path] = cls.flaky.get(path, 0) + 1
                self.answer(503, b"", **{"Retry-After": "0"}) if cls.flaky[path] < 3 else self.answer(200, PDF)
            case ["later"]:
                self.answer(503, b"", **{"Retry-After": "9999"})
            case ["to", *target]:
                self.answer(302, Location="/" + "/".join(target))
            case ["loop"]:
                self.answer(302, Location="/loop")
            case ["away", where]:
                self.answer(302, Location=where.replace("_", "/"))
            case ["secret.pdf"]:
                self.answer(200 if headers.get("authorization") else 401, PDF)
            case ["cut.pdf"]:
                self.answer(200, PDF, length=1500)
            case ["endless"]:
                self.drip()
            case ["encoded", *_] | ["a%2Fb.pdf"]:
                self.answer(200, PDF)

    def answer(self, status: int, body: bytes = b"", length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = length is not None

    def drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 100)
                time.sleep(0.01)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def library() -> Iterator[str]:
    Library.asked, Library.flaky = [], {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Library)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def settings(**changes: object) -> Settings:
    options = {"network": True, "allow_private": True, "host_interval_s": 0.0, "backoff_s": 0.01, "timeout_s": 5.0}
    return Settings(limits=Limits(max_bytes=2000), fetch=FetchSettings(**{**options, **changes}))


def get(address: str, store: Path, **changes: object):
    (source,) = expand([address])
    return fetch(source, settings(**changes), store)


def test_a_document_is_kept_by_digest_and_asked_for_again_only_if_changed(library: str, tmp_path: Path) -> None:
    first = get(f"{library}/good.pdf", tmp_path)
    second = get(f"{library}/good.pdf", tmp_path)
    assert first == second
    assert (first.uri, first.file_name, first.size_bytes) == (f"{library}/good.pdf", "good.pdf", len(PDF))
    assert first.path.read_bytes() == PDF
    assert [headers.get("if-none-match") for _, headers in Library.asked] == [None, '"v1"']


def test_a_server_without_tags_is_asked_by_date(library: str, tmp_path: Path) -> None:
    assert get(f"{library}/dated.pdf", tmp_path) == get(f"{library}/dated.pdf", tmp_path)


def test_kept_bytes_that_were_damaged_are_fetched_again(library: str, tmp_path: Path) -> None:
    get(f"{library}/good.pdf", tmp_path).path.write_bytes(b"torn")
    assert get(f"{library}/good.pdf", tmp_path).path.read_bytes() == PDF


@pytest.mark.parametrize(
    ("path", "error", "words"),
    [
        ("empty.pdf", SourceMissing, "no bytes"),
        ("login.pdf", UnsupportedFormat, "web page"),
        ("status/404", SourceMissing, "404 Not Found"),
        ("status/403", SourceMissing, "netrc"),
        ("status/500", FetchFailed, "500"),
        ("status/202", FetchFailed, "202"),
        ("later", FetchFailed, "503"),
        ("loop", SourceMissing, "without end"),
        ("away/file:___etc_passwd", SourceMissing, "not safe to follow"),
        ("cut.pdf", FetchFailed, "connection failed"),
    ],
)
def test_what_is_no_document_says_why(library: str, tmp_path: Path, path: str, error, words: str) -> None:
    with pytest.raises(error, match=words):
        get(f"{library}/{path}", tmp_path)
    assert not list(tmp_path.glob(".part*"))


def test_only_what_may_pass_is_tried_again(library: str, tmp_path: Path) -> None:
    assert get(f"{library}/flaky/a.pdf", tmp_path).size_bytes == len(PDF)
    for path, times in [("status/404", 1), ("status/500", 4), ("later", 1), ("cut.pdf", 4)]:
        Library.asked.clear()
        with pytest.raises(PipelineError):
            get(f"{library}/{path}", tmp_path)
        assert len(Library.asked) == times, path


def test_size_and_time_of_a_download_are_limited(library: str, tmp_path: Path) -> None:
    with pytest.raises(LimitExceeded, match="2,000 bytes"):
        get(f"{library}/endless", tmp_path)
    with pytest.raises(FetchFailed, match="too long"):
        get(f"{library}/endless", tmp_path, download_s=0.05, attempts=1)
    assert not list(tmp_path.glob(".part*"))


def test_the_network_is_off_and_private_hosts_are_refused_unless_allowed(library: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--network"):
        get(f"{library}/good.pdf", tmp_path, network=False)
    with pytest.raises(SettingsError, match="private or loopback"):
        get(f"{library}/good.pdf", tmp_path, allow_private=False)
    assert Library.asked == []


def test_redirects_are_followed_under_the_first_name(library: str, tmp_path: Path) -> None:
    assert get(f"{library}/to/good.pdf", tmp_path).uri == f"{library}/to/good.pdf"


def test_a_password_reaches_its_host_and_nothing_else(library: str, tmp_path: Path, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    with_password = library.replace("//", "//reader:hunter2@")
    artifact = get(f"{with_password}/secret.pdf?token=hunter2&page=1", tmp_path)
    assert artifact.uri == f"{library}/secret.pdf?token=REDACTED&page=1"
    with pytest.raises(SourceMissing) as caught:
        get(f"{library.replace('127.0.0.1', 'x:hunter2@127.0.0.1')}/status/404", tmp_path)
    kept = "".join(file.read_text(errors="replace") for file in tmp_path.rglob("*") if file.is_file())
    assert "hunter2" not in caplog.text + str(caught.value) + kept


def test_a_password_from_the_netrc_file_is_used(library: str, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login reader password hunter2\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert get(f"{library}/secret.pdf", tmp_path / "store").size_bytes == len(PDF)


def test_a_password_is_not_handed_on_to_another_host(library: str, tmp_path: Path) -> None:
    elsewhere = library.replace("127.0.0.1", "localhost").replace("http:", "http:")
    start = library.replace("//", "//reader:hunter2@") + "/away/" + elsewhere.replace("/", "_") + "_good.pdf"
    get(start, tmp_path)
    assert [("authorization" in headers) for _, headers in Library.asked] == [True, False]


def test_escaped_slashes_stay_escaped_and_the_host_is_named(library: str, tmp_path: Path) -> None:
    get(f"{library}/encoded/A%2F75%2F660?s=A%2F75", tmp_path)
    path, headers = Library.asked[0]
    assert path == "/encoded/A%2F75%2F660?s=A%2F75"
    assert headers["host"] == library.removeprefix("http://")


def test_requests_to_one_host_keep_their_distance(library: str, tmp_path: Path) -> None:
    begun = time.monotonic()
    for _ in range(3):
        get(f"{library}/good.pdf", tmp_path, host_interval_s=0.2)
    assert time.monotonic() - begun >= 0.4
