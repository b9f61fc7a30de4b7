"""Receipts: what became of every record of an import."""

from dataclasses import asdict, dataclass, field

import msgspec


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one record: taken, skipped or refused."""

    file: str
    what: str
    key: str | None = None
    why: str | None = None
    line: int | None = None


@dataclass(slots=True)
class Receipt:
    """What became of every record of an import."""

    lines: list[Line] = field(default_factory=list)

    def count(self, what: str) -> int:
        """Return how many records were taken, skipped or refused."""
        return sum(line.what == what for line in self.lines)

    @property
    def complete(self) -> bool:
        """Say whether nothing was refused."""
        return not self.count("refused")


def report_lines(receipt: Receipt) -> bytes:
    """Return the receipt as JSON lines, one a record."""
    return b"".join(msgspec.json.encode(asdict(line)) + b"\n" for line in receipt.lines)
