"""What kind of address a source is, and the form of it that may be shown and kept."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

SYMBOL_SCHEME = "symbol"

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):(?://|(?<=symbol:))", re.IGNORECASE)

SECRET_PARAMETER = re.compile(
    r"(?:^|[-_])(?:token|key|secret|signature|sig|password|passwd|pwd|credential|auth|session|sas)(?:$|[-_])"
    r"|^(?:api|access|sas)?(?:key|token)$|^x-(?:amz|goog)-",
    re.IGNORECASE,
)
"""Query parameters that carry a right: those of signed links of the object stores, and the usual words."""

HIDDEN = "REDACTED"


def scheme_of(address: str) -> str:
    """The lower-case scheme, `symbol` for `symbol:…`, or an empty text for a local path."""
    match = _SCHEME.match(address)
    return match[1].lower() if match else ""


def is_remote(address: str) -> bool:
    """Is it anything but a path on this machine?"""
    return scheme_of(address) not in ("", "file")


def without_credentials(address: str) -> str:
    """The address without user name, password, secret query values and fragment; fit for logs and records."""
    if not is_remote(address):
        return address
    if scheme_of(address) == SYMBOL_SCHEME:
        return address
    parts = urlsplit(address)
    host = parts.netloc.rsplit("@", 1)[-1]
    return urlunsplit((parts.scheme, host, parts.path, _shown_query(parts.query), ""))


def _shown_query(query: str) -> str:
    """Untouched where nothing in it is secret, so that an address keeps the form its owner gave it."""
    pairs = parse_qsl(query, keep_blank_values=True)
    if not any(SECRET_PARAMETER.search(name) for name, _ in pairs):
        return query
    return urlencode([(name, HIDDEN if SECRET_PARAMETER.search(name) else value) for name, value in pairs])
