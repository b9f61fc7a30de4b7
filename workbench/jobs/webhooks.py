"""Delivering notices: signed, tried again with growing pauses, and only to addresses of the public internet.

The name in the address is resolved first, every answer is checked, and the connection goes to what was
checked, so that a name cannot point elsewhere a moment later. Redirects are not followed.
"""

import hmac
import ipaddress
import socket
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

import msgspec

from workbench import __version__
from workbench.core.errors import Invalid
from workbench.jobs.tries import Later, again, reason
from workbench.services import notices
from workbench.settings import Settings

_TIMEOUT: Final = 10.0
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_UNICAST: Final = ipaddress.ip_network("2000::/3")
"""All of IPv6 that is given out to the public internet; around it lie older ways to write an IPv4 address."""
_APART: Final = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
"""For protocols and examples; not every version of Python knows that."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Undelivered(Exception):
    """A try that failed in a way that may pass."""


def tell(settings: Settings, payload: dict[str, Any], *, now: datetime) -> str | Later:
    """Deliver one notice or say when to try again; raises Invalid where there is none left."""
    url = next((each for each in settings.webhooks if notices.name_of(each) == payload["webhook"]), None)
    if url is None:
        return "Not sent: WORKBENCH_WEBHOOKS does not list the address any more."
    host = urlsplit(url).hostname
    body = msgspec.json.encode(payload["body"])
    try:
        deliver(url, body, settings.webhook_secret, private=settings.webhook_private, now=now)
    except Undelivered as problem:
        return again(payload, f"{host} {problem}", now=now)
    return f"{host} was told."


def deliver(url: str, body: bytes, secret: str, *, private: bool, now: datetime) -> None:
    """Post a notice once; raises Undelivered, or Invalid for an address that is not allowed."""
    target = urlsplit(url)
    address = _address(target, private=private)
    connection = _connection(target, address)
    try:
        connection.request("POST", _path(target), body, headers(body, secret, now))
        answer = connection.getresponse()
        answer.read(1024)
    except (OSError, HTTPException) as problem:
        raise Undelivered(f"did not answer: {reason(problem)}") from None
    finally:
        connection.close()
    if not 200 <= answer.status < 300:
        raise Undelivered(f"answered {answer.status}")


def headers(body: bytes, secret: str, now: datetime) -> dict[str, str]:
    """Return the headers of a notice; the signature covers the time and the body."""
    time = str(int(now.timestamp()))
    return {
        "Content-Type": "application/json",
        "User-Agent": f"Workbench/{__version__}",
        "X-Workbench-Timestamp": time,
        "X-Workbench-Signature": f"sha256={signature(body, secret, time)}",
    }


def signature(body: bytes, secret: str, time: str) -> str:
    """Return the HMAC-SHA256 of the time, a full stop and the body, in hexadecimal."""
    return hmac.new(secret.encode(), time.encode() + b"." + body, "sha256").hexdigest()


def public(address: Address) -> bool:
    """Say whether an address belongs to the public internet, also where it wraps one of the older kind."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return public(inner)
        if address.teredo or address not in _UNICAST:
            return False
    return address.is_global and not address.is_multicast and not any(address in each for each in _APART)


def _address(target: SplitResult, *, private: bool) -> str:
    """Return an address of the host; raises Invalid if any of them is private and that is not allowed."""
    try:
        found = socket.getaddrinfo(target.hostname, _port(target), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Undelivered("cannot be found") from None
    addresses = [str(row[4][0]).split("%")[0] for row in found]
    if not private and not all(public(ipaddress.ip_address(each)) for each in addresses):
        raise Invalid(
            f"{target.hostname} is no address of the public internet, and nothing was sent; "
            "WORKBENCH_WEBHOOK_PRIVATE=1 allows that."
        )
    return addresses[0]


def _port(target: SplitResult) -> int:
    return target.port or (443 if target.scheme == "https" else 80)


def _path(target: SplitResult) -> str:
    return (target.path or "/") + (f"?{target.query}" if target.query else "")


def _connection(target: SplitResult, address: str) -> HTTPConnection:
    kind = HTTPSConnection if target.scheme == "https" else HTTPConnection
    connection = kind(target.hostname or "", _port(target), timeout=_TIMEOUT)
    pinned = (address, _port(target))
    connection._create_connection = lambda *_rest: socket.create_connection(pinned, _TIMEOUT)  # type: ignore[attr-defined]
    return connection
