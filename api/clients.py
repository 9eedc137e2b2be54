"""Where a request comes from: its door, and the client's address behind proxies that we trust and no others."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Annotated

from fastapi import Depends, Request

from api.deps import Config
from services.audit import Visitor

_IPV6_SITE_BITS = 64  # one household or server has a whole /64: counting its addresses would count nothing


def client_address(request: Request, trusted: tuple[str, ...]) -> str:
    """The last address in the chain that is not one of our proxies. What a client wrote before it is not believed."""
    peer = request.client.host if request.client else ""
    chain = [one.strip() for line in request.headers.getlist("x-forwarded-for") for one in line.split(",")]
    while chain and _is_trusted(peer, trusted):
        peer = chain.pop()
    return _counted_as(peer)


def visitor(request: Request, settings: Config) -> Visitor:
    return Visitor(
        door=request.app.state.doors.of(request.url.path).name,
        address=client_address(request, settings.trusted_proxies),
    )


Visiting = Annotated[Visitor, Depends(visitor)]


def _is_trusted(address: str, trusted: tuple[str, ...]) -> bool:
    try:
        known = ip_address(address)
    except ValueError:
        return False
    return any(known in network for network in _networks(trusted))


@lru_cache(maxsize=4)
def _networks(trusted: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(one, strict=False) for one in trusted)


def _counted_as(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ip_network((known, _IPV6_SITE_BITS), strict=False))
