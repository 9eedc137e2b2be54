"""The address guard: which URLs, and which resolved addresses, a harvest may reach.

A board's answer can name any URL, and a name can resolve to anything, differently each time. So a URL is checked as
text, its name is resolved once, every address it resolves to is checked, and the connection goes to exactly that one.
"""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from core.errors import Transient
from scrapers.errors import AddressRefused

PUBLIC_PORTS = frozenset({80, 443})
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # all that is assigned so far; old site-local space is outside it
_TEREDO = ipaddress.ip_network("2001::/32")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")

Resolver = Callable[[str, int], list[str]]


def system_resolver(host: str, port: int) -> list[str]:
    """Addresses as text, in the order the system prefers; raise `Transient` when the name does not resolve."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Transient(f"The name {host} did not resolve.", code="NAME_UNRESOLVED") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def refusal(address: str) -> str | None:
    """Why this address may not be reached, or None. Anything not plainly public unicast is refused."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "not an address"
    if isinstance(ip, ipaddress.IPv6Address) and (reason := _tunnel(ip)):
        return reason
    checks = (
        ("loopback", ip.is_loopback),
        ("link-local", ip.is_link_local),
        ("multicast", ip.is_multicast),
        ("unspecified", ip.is_unspecified),
        ("private", ip.is_private),
        ("reserved", ip.is_reserved or not ip.is_global),
    )
    return next((reason for reason, hit in checks if hit), None)


def _tunnel(ip: ipaddress.IPv6Address) -> str | None:
    """IPv6 forms that carry an IPv4 address inside reach whatever that one is, so none of them is let through."""
    if ip.ipv4_mapped is not None:
        return "v4-mapped"
    if any(ip in network for network in _NAT64):
        return "nat64"
    if ip in _TEREDO or ip in _SIX_TO_FOUR:
        return "tunnelled"
    return None if ip in _GLOBAL_UNICAST or ip.is_loopback else "not global unicast"


@dataclass(frozen=True, slots=True)
class AddressGuard:
    """`trusted` are (host, port) of servers that the operator pointed at: for them, and only for them, the rules of
    address and port do not hold. `allow_private` lifts those rules for everything, and is for tests alone.
    """

    allow_private: bool = False
    trusted: frozenset[tuple[str, int]] = frozenset()
    resolve: Resolver = system_resolver

    def check_url(self, url: httpx.URL) -> None:
        """Refuse by the text of the URL alone. Raise `AddressRefused`."""
        if url.scheme not in {"http", "https"}:
            raise _refused(url.host, "scheme", f"Only http and https are fetched, not {url.scheme or 'a bare path'}.")
        if not url.host:
            raise _refused("", "host", "The address names no host.")
        if url.userinfo:
            raise _refused(url.host, "credentials", "An address with credentials in it is not fetched.")
        if url.port is not None and url.port not in PUBLIC_PORTS and not self._may(url.host, url.port):
            raise _refused(url.host, "port", f"Port {url.port} is not fetched, only 80 and 443.")

    def pin(self, host: str, port: int) -> str:
        """Resolve once and answer the address to connect to; every candidate must pass, or none is used."""
        addresses = self.resolve(host, port)
        if not addresses:
            raise Transient(f"The name {host} did not resolve.", code="NAME_UNRESOLVED")
        if self._may(host, port):
            return addresses[0]
        for address in addresses:
            if reason := refusal(address):
                raise _refused(host, reason, f"{host} resolves to an address that is not public ({reason}).")
        return addresses[0]

    def _may(self, host: str, port: int) -> bool:
        return self.allow_private or (host, port) in self.trusted


def origin_of(base_url: str) -> tuple[str, int]:
    """(host, port) of a server's address, for `AddressGuard.trusted`."""
    url = httpx.URL(base_url)
    return url.host, url.port or {"http": 80, "https": 443}.get(url.scheme, 0)


def _refused(host: str, reason: str, message: str) -> AddressRefused:
    return AddressRefused(message, context={"host": host, "reason": reason})
