"""Which hosts may be asked: only those with public addresses, and only at the address that was checked."""

import ipaddress
import socket

from pipeline.errors import FetchFailed, SettingsError
from pipeline.fetch.local import STAGE

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 addresses as seen through a translator (RFC 6052)."""


def checked_address(host: str, port: int, shown: str, allow_private: bool, turn: int = 0) -> str:
    """The IP address to connect to, so that the name cannot mean another machine a moment later.

    `shown` is the source for messages, `turn` chooses among several addresses. Raises FetchFailed where the name is
    unknown and SettingsError where any of
    its addresses is not public.
    """
    addresses = _resolve(host, port, shown)
    if not allow_private:
        for address in addresses:
            if not is_public(address):
                raise SettingsError(
                    STAGE,
                    shown,
                    f"{host} is a private or loopback address, which is refused",
                    "Set `fetch.allow_private` if this machine may be asked.",
                )
    return str(addresses[turn % len(addresses)])


def is_public(address: Address) -> bool:
    """Can it be reached over the internet? Looks through IPv6 forms that wrap an IPv4 address."""
    inner = _wrapped(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _wrapped(address: Address) -> ipaddress.IPv4Address | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def _resolve(host: str, port: int, shown: str) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(
            STAGE, shown, f"the host {host} cannot be found", "Check the address and the network."
        ) from error
    return [ipaddress.ip_address(str(entry[4][0]).split("%", 1)[0]) for entry in found]
