"""How much a file from outside may take: memory, time, and what an archive may unpack to."""

from dataclasses import dataclass

from workbench.core.errors import Invalid


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of reading: memory, seconds without a record and for each megabyte beside, objects; those of an archive.

    An archive has so many members, is packed so many times, and holds so many bytes.
    """

    memory: int = 2_000_000_000
    seconds: int = 60
    pace: int = 30
    spans: int = 20_000
    entries: int = 50_000
    ratio: int = 100
    unpacked: int = 2**30

    def check_spans(self, count: int) -> None:
        """Raise Invalid where a reading holds more objects than one article may have."""
        if count > self.spans:
            raise Invalid(
                f"A reading holds {count:,} entities, stances and commitments; the most that one article may have is "
                f"{self.spans:,} (WORKBENCH_READ_SPANS). Split the article, or leave some out."
            )

    def in_all(self, size: int) -> int:
        """Return how many seconds of processor time files of so many bytes may take together."""
        return self.seconds + self.pace * size // 1_000_000
