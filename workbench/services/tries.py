"""What is tried over and over: counted by what it is tried on, and refused until a quarter of an hour is over."""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Final

from sqlalchemy.orm import Session

from workbench.core.errors import TooOften
from workbench.store import throttle

_WINDOW: Final = timedelta(minutes=15)


def too_many(session: Session, key: str, most: int, *, now: datetime) -> bool:
    """Count a try; say whether there were more than so many."""
    return throttle.count(session, key, since=now - _WINDOW, now=now) > most


def count(session: Session, key: str, most: int, complaint: str, *, now: datetime) -> None:
    """Count a try; raises TooOften with a complaint where there were more than so many."""
    if too_many(session, key, most, now=now):
        raise TooOften(f"{complaint}; wait a quarter of an hour.", int(_WINDOW.total_seconds()))


def place(address: str) -> str:
    """Return what is counted in place of an address: of IPv6 the network of 64 bits, all of which one line may use."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:80]
    if found.version == 6 and not found.ipv4_mapped:
        return str(ip_network((int(found), 64), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)


def forget(session: Session, key: str) -> None:
    """Start counting anew, since a try was right."""
    throttle.forget(session, key)
