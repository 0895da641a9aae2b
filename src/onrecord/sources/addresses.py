"""Which addresses of the network may be fetched from."""

from __future__ import annotations

import ipaddress

# Ranges that ``is_global`` lets pass and that lead into networks behind the reader all the same.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
_TEREDO = ipaddress.ip_network("2001::/32")


def refusal(address: str) -> str | None:
    """Why ``address`` (an IP address) is not to be fetched from, or None where it may be.

    Private, loopback, link-local, multicast, reserved and unspecified addresses are refused, and
    IPv6 forms that carry such an IPv4 address.
    """
    ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    inner = _carried(ip) if isinstance(ip, ipaddress.IPv6Address) else None
    if inner is not None:
        return refusal(str(inner))
    for name in ("loopback", "link_local", "multicast", "unspecified", "private", "reserved"):
        if getattr(ip, f"is_{name}"):
            return name.replace("_", "-")
    return None if ip.is_global else "not public"


def _carried(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip in _SIX_TO_FOUR:
        return ip.sixtofour
    if ip in _TEREDO and ip.teredo is not None:
        return ip.teredo[1]
    return None
