"""`symbol:A/75/660?lang=ar` → the address of that document at the United Nations."""

import re
from urllib.parse import parse_qsl, quote, urlsplit

from pipeline.errors import SettingsError
from pipeline.fetch.local import STAGE

ACCESS_URL = "https://documents.un.org/api/symbol/access?s={symbol}&l={language}&t=pdf"
"""Slashes in the symbol are percent-encoded: one implementer reports 404 for raw ones (UN documents reference, 9)."""

LANGUAGES = frozenset({"ar", "zh", "en", "fr", "ru", "es", "de"})
"""The six official languages, and German, in which some documents are also kept."""

DEFAULT_LANGUAGE = "en"

_SYMBOL = re.compile(r"[A-Z][A-Z0-9]*(?:[/.][A-Za-z0-9.()\-* ]+)+")


def access_url(address: str) -> str:
    """The URL that gives the PDF of `symbol:SYMBOL[?lang=xx]`.

    Raises SettingsError where the symbol or the language cannot be one.
    """
    parts = urlsplit(address)
    symbol = parts.path.strip()
    language = dict(parse_qsl(parts.query)).get("lang", DEFAULT_LANGUAGE).lower()
    if not _SYMBOL.fullmatch(symbol):
        raise SettingsError(
            STAGE, address, "this is no UN document symbol", "Write it as printed: `symbol:A/75/660?lang=ar`."
        )
    if language not in LANGUAGES:
        raise SettingsError(
            STAGE, address, f"there is no language {language!r}", f"Use one of {', '.join(sorted(LANGUAGES))}."
        )
    return ACCESS_URL.format(symbol=quote(symbol, safe=""), language=language)


def file_name(address: str) -> str:
    """A name for the file that the address gives: `A_75_660.ar.pdf`."""
    parts = urlsplit(address)
    language = dict(parse_qsl(parts.query)).get("lang", DEFAULT_LANGUAGE).lower()
    return re.sub(r"[^A-Za-z0-9.()\-]+", "_", parts.path.strip()) + f".{language}.pdf"
