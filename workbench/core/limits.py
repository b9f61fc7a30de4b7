"""How much a file from outside may take: memory, time, and what an archive may unpack to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of reading: bytes of memory, seconds without a record, and members, ratio and bytes of an archive."""

    memory: int = 2_000_000_000
    seconds: int = 60
    entries: int = 50_000
    ratio: int = 100
    unpacked: int = 2**30
