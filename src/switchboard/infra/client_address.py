"""Whom a request comes from, for counting. Pure.

X-Forwarded-For is whatever the sender wrote, with one more entry at its end from each of our own proxies: only as many entries
as there are proxies say the truth (TRUSTED_PROXIES). Litestar had this wrong until 2.18 (CVE-2025-59152).
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network


def client_address(peer: str, forwarded: Sequence[str], trusted_proxies: int) -> str:
    """`peer` is the other end of the connection, `forwarded` the headers in order. Of IPv6 the /64: one household."""
    hops = [hop.strip() for header in forwarded for hop in header.split(",")]
    if 0 < trusted_proxies <= len(hops):
        parsed = _parsed(hops[-trusted_proxies])
        if parsed is not None:
            return _household(parsed)
    parsed = _parsed(peer)
    return _household(parsed) if parsed is not None else peer


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """Some proxies add a port."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _household(address: IPv4Address | IPv6Address) -> str:
    return str(address) if address.version == 4 else str(ip_network((address, 64), strict=False))
