"""http(s) addresses → bytes: politely, patiently, and never to a host that was not meant to be asked."""

import email.utils
import logging
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from netrc import NetrcParseError, netrc
from pathlib import Path
from urllib.parse import urljoin

import httpx

from pipeline.errors import FetchFailed, PipelineError, SourceMissing, UnsupportedFormat
from pipeline.fetch.addresses import without_credentials
from pipeline.fetch.downloads import Download, Downloads, too_large
from pipeline.fetch.guard import checked_address
from pipeline.fetch.local import STAGE
from pipeline.fetch.politeness import wait_for_turn
from pipeline.settings import FetchSettings

for _name in ("httpx", "httpcore"):  # their lines hold whole addresses, with the secrets of signed links
    logging.getLogger(_name).setLevel(logging.WARNING)

MOST_REDIRECTS = 10
"""Half of what browsers follow; honest services need two or three."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
WORTH_RETRYING = frozenset({202, 408, 425, 429, 500, 502, 503, 504})
"""Answers that may be another a moment later; 202 is a robot check or a document still being made."""

LONGEST_BACKOFF_S = 60.0

WEB_PAGE = (b"<!doctype html", b"<html")
"""Beginnings of a web page, in lower case: an error or log-in page sent with status 200."""


class _Again(FetchFailed):
    """A failure that is worth another attempt, after at least `wait_s` seconds if the server asked for it."""

    wait_s: float | None = None


@dataclass(frozen=True)
class _Order:
    """One download: what is asked, how it is shown, and under which settings."""

    url: str
    shown: str
    settings: FetchSettings
    max_bytes: int
    downloads: Downloads
    attempt: int = 0
    """0 for the first; a host with several addresses is asked at another one each time."""


def download(url: str, shown: str, settings: FetchSettings, max_bytes: int, downloads: Downloads) -> Download:
    """The bytes of the URL, kept in `downloads`; those of last time where the server says they still hold.

    `shown` names the source in messages. Raises SourceMissing (refused, gone, empty), UnsupportedFormat (a web
    page), LimitExceeded, FetchFailed (after all attempts) or SettingsError (a host that may not be asked).
    """
    order = _Order(url, shown, settings, max_bytes, downloads)
    for attempt in range(settings.attempts):
        try:
            return _attempt(replace(order, attempt=attempt))
        except _Again as error:
            wait_s = _wait_s(settings, attempt, error.wait_s)
            if attempt + 1 == settings.attempts or wait_s > settings.patience_s:
                raise FetchFailed(error.stage, error.source, error.what, error.hint) from error
            time.sleep(wait_s)
    raise AssertionError("unreachable: the last attempt returns or raises")


def _wait_s(settings: FetchSettings, attempt: int, asked_s: float | None) -> float:
    """What the server asked for, else a random share of a doubling limit: many clients do not come at once."""
    if asked_s is not None:
        return asked_s
    return random.uniform(0.0, min(LONGEST_BACKOFF_S, settings.backoff_s * 2.0**attempt))


def _attempt(order: _Order) -> Download:
    known = order.downloads.known(order.url)
    try:
        with _open(order, known) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED and known is not None:
                return known
            _refuse_bad_status(order, response)
            found = _body(order, response)
    except httpx.HTTPError as error:
        raise _Again(
            STAGE, order.shown, f"the connection failed ({type(error).__name__})", "Try again later."
        ) from error
    order.downloads.remember(order.url, found)
    return found


@contextmanager
def _open(order: _Order, known: Download | None) -> Iterator[httpx.Response]:
    """The answer after all redirects, each of them checked anew; its body is not read yet."""
    url = httpx.URL(order.url)
    credentials = _credentials(url)
    with httpx.Client(trust_env=False, timeout=order.settings.timeout_s) as client:
        for _ in range(MOST_REDIRECTS + 1):
            response = client.send(_request(client, order, url, known, credentials), stream=True)
            try:
                if response.status_code not in REDIRECTS or "location" not in response.headers:
                    yield response
                    return
            finally:
                response.close()
            target = httpx.URL(urljoin(str(url), response.headers["location"]))
            _refuse_bad_target(order, url, target)
            if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
                credentials = None  # they were meant for the first host only
            url = target
    raise SourceMissing(
        STAGE, order.shown, "it is redirected without end", "Open it in a browser and name the last address."
    )


def _request(
    client: httpx.Client, order: _Order, url: httpx.URL, known: Download | None, credentials: httpx.Auth | None
) -> httpx.Request:
    """A request to the very IP address that was checked, for the host that was named."""
    port = url.port or (443 if url.scheme == "https" else 80)
    address = checked_address(url.host, port, order.shown, order.settings.allow_private, order.attempt)
    wait_for_turn(order.downloads.folder / "hosts", url.host, order.settings.host_interval_s)
    headers = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": "undocs (document archive)",
        "Accept": "application/pdf, text/plain, image/*, */*;q=0.5",
        "Accept-Encoding": "identity",
    }
    if known is not None and known.etag:
        headers["If-None-Match"] = known.etag
    elif known is not None and known.modified:
        headers["If-Modified-Since"] = known.modified
    bare = url.copy_with(host=address, username=None, password=None, fragment=None)
    request = client.build_request("GET", bare, headers=headers)
    request.extensions["sni_hostname"] = url.host  # the certificate must be the named host's
    return request if credentials is None else next(credentials.auth_flow(request))


def _credentials(url: httpx.URL) -> httpx.Auth | None:
    """Those in the URL, else those of the user's netrc file for that host."""
    if url.username:
        return httpx.BasicAuth(url.username, url.password)
    file = Path(os.environ.get("NETRC", "~/.netrc")).expanduser()
    try:
        entry = netrc(file).authenticators(url.host) if file.is_file() else None
    except (NetrcParseError, OSError):
        return None
    return httpx.BasicAuth(entry[0], entry[2] or "") if entry else None


def _refuse_bad_target(order: _Order, url: httpx.URL, target: httpx.URL) -> None:
    if target.scheme not in ("http", "https") or (url.scheme, target.scheme) == ("https", "http"):
        raise SourceMissing(
            STAGE,
            order.shown,
            f"it is redirected to {without_credentials(str(target))}, which is not safe to follow",
            "Name the final address yourself if you trust it.",
        )


def _refuse_bad_status(order: _Order, response: httpx.Response) -> None:
    """Returns for 200 only."""
    status = response.status_code
    if status == httpx.codes.OK:
        return
    said = f"the server answered {status} {response.reason_phrase}".rstrip()
    if status in WORTH_RETRYING:
        error = _Again(STAGE, order.shown, said, "Try again later.")
        error.wait_s = retry_after_s(response.headers.get("retry-after"), time.time())
        raise error
    hint = "Check the address."
    if status in (401, 403):
        hint = "Ask for access, and put user name and password into the netrc file of the user who runs this."
    raise SourceMissing(STAGE, order.shown, said, hint)


def retry_after_s(value: str | None, now: float) -> float | None:
    """Seconds that a Retry-After header asks to wait, given as a number or as a date; None where it says nothing."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - now)
    except ValueError:
        return None


def _body(order: _Order, response: httpx.Response) -> Download:
    """Reads, checks and keeps the answer."""
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) > order.max_bytes:
        raise too_large(order.shown, order.max_bytes)
    found = order.downloads.keep(_pieces(order, response), order.max_bytes, order.shown)
    return Download(found.sha256, found.size_bytes, response.headers.get("etag"), response.headers.get("last-modified"))


def _pieces(order: _Order, response: httpx.Response) -> Iterator[bytes]:
    """The pieces of the body; refuses an empty one, a web page, and one that drips without end."""
    until = time.monotonic() + order.settings.download_s
    first = True
    for piece in response.iter_bytes():
        if first and piece:
            _refuse_web_page(order, piece)
            first = False
        if time.monotonic() > until:
            raise _Again(STAGE, order.shown, "the download takes too long", "Try again at a quieter hour.")
        yield piece
    if first:
        raise _empty(order)


def _refuse_web_page(order: _Order, head: bytes) -> None:
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:32].lower().startswith(WEB_PAGE):
        raise UnsupportedFormat(
            STAGE,
            order.shown,
            "the server answered with a web page instead of a document",
            "Open the address in a browser: it may ask for a log-in, or name the document's own address.",
        )


def _empty(order: _Order) -> PipelineError:
    return SourceMissing(
        STAGE,
        order.shown,
        "the server answered with no bytes, which is how unpublished documents are announced",
        "Check symbol and language; the document may not be published.",
    )
