import ipaddress

import pytest

from pipeline.errors import SettingsError
from pipeline.fetch.addresses import is_remote, scheme_of, without_credentials
from pipeline.fetch.guard import is_public
from pipeline.fetch.http import retry_after_s
from pipeline.fetch.symbol import access_url, file_name


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("/in/a.pdf", ""),
        ("a:b.pdf", ""),
        ("C.pdf", ""),
        ("symbol:A/75/660", "symbol"),
        ("HTTPS://example.org/x", "https"),
        ("s3://bucket/x", "s3"),
        ("file:///in/a.pdf", "file"),
    ],
)
def test_the_scheme_tells_local_from_remote(address: str, scheme: str) -> None:
    assert scheme_of(address) == scheme
    assert is_remote(address) == (scheme not in ("", "file"))


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://u:p@h.org:8443/a%2Fb?x=1#f", "https://h.org:8443/a%2Fb?x=1"),
        ("https://h.org/a?X-Amz-Signature=s&b=%20", "https://h.org/a?X-Amz-Signature=REDACTED&b=+"),
        ("https://h.org/a?access_token=s", "https://h.org/a?access_token=REDACTED"),
        ("https://h.org/a?sig=s&sv=1", "https://h.org/a?sig=REDACTED&sv=1"),
        ("https://h.org/a?design=oak&keyword=peace", "https://h.org/a?design=oak&keyword=peace"),
        ("symbol:A/75/660?lang=ar", "symbol:A/75/660?lang=ar"),
        ("/in/a?token=x.pdf", "/in/a?token=x.pdf"),
    ],
)
def test_what_may_be_shown_has_no_secret(address: str, shown: str) -> None:
    assert without_credentials(address) == shown


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("157.150.185.92", True),
        ("2600:9000::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fd00::1", False),
        ("fe80::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::9d96:b95c", True),
        ("2002:7f00:1::", False),
    ],
)
def test_only_public_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


def test_a_symbol_becomes_its_access_address() -> None:
    assert access_url("symbol:A/75/660?lang=ar").endswith("?s=A%2F75%2F660&l=ar&t=pdf")
    assert access_url("symbol:S/RES/822 (1993)").endswith("?s=S%2FRES%2F822%20%281993%29&l=en&t=pdf")
    assert file_name("symbol:S/RES/822 (1993)?lang=fr") == "S_RES_822_(1993).fr.pdf"


@pytest.mark.parametrize("address", ["symbol:", "symbol:letter", "symbol:A/75/660?lang=tlh", "symbol:A/75/../x&y"])
def test_what_is_no_symbol_is_refused(address: str) -> None:
    with pytest.raises(SettingsError):
        access_url(address)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7.0), (None, None), ("", None), ("soon", None), ("Thu, 01 Jan 1970 00:01:40 GMT", 40.0)],
)
def test_retry_after_is_a_number_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after_s(value, now=60.0) == seconds
