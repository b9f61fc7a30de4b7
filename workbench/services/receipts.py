"""Receipts: what became of every record of an import, and of every span in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

MOST_LISTED: Final = 200
"""How many spans one record lists that were not taken as they came; the others are counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one record: taken, skipped or refused, or a layer added to an article that was here.

    ``spans`` counts what became of its annotations; ``left`` lists those to look at, each with the reason.
    """

    file: str
    what: str
    key: str | None = None
    why: str | None = None
    line: int | None = None
    spans: dict[str, int] | None = None
    left: list[dict[str, Any]] | None = None


_ALWAYS: Final = ("file", "what", "key", "why", "line")


@dataclass(slots=True)
class Receipt:
    """What became of every record of an import."""

    lines: list[Line] = field(default_factory=list)

    def count(self, what: str) -> int:
        """Return how many records were taken, skipped or refused, or added a layer."""
        return sum(line.what == what for line in self.lines)

    def spans(self) -> dict[str, int]:
        """Return what became of all annotations."""
        found: dict[str, int] = {}
        for line in self.lines:
            for name, count in (line.spans or {}).items():
                found[name] = found.get(name, 0) + count
        return found

    @property
    def complete(self) -> bool:
        """Say whether nothing was refused."""
        return not self.count("refused")

    def told(self) -> str:
        """Return the receipt in one sentence."""
        layers = self.count("layer")
        parts = [f"{self.count(what)} {what}" for what in ("taken", "skipped", "refused")]
        return ", ".join(parts + ([f"{layers} layer{'s' if layers > 1 else ''} added"] if layers else []))


def row(line: Line) -> dict[str, Any]:
    """Return a line as it is stored; what was not counted is left out."""
    told = {name: getattr(line, name) for name in _ALWAYS}
    return told | {name: value for name in ("spans", "left") if (value := getattr(line, name))}


def report_lines(receipt: Receipt) -> bytes:
    """Return the receipt as JSON lines, one a record."""
    return b"".join(msgspec.json.encode(row(line)) + b"\n" for line in receipt.lines)


def repairs(rows: list[dict[str, Any]]) -> Iterator[bytes]:
    """Yield what people may want to put right as JSON lines: records refused, spans left out or moved."""
    for each in rows:
        place = {"file": each["file"], "line": each.get("line"), "article": each.get("key")}
        if each["what"] == "refused":
            yield msgspec.json.encode(place | {"what": "refused", "why": each.get("why")}) + b"\n"
        for span in each.get("left") or ():
            yield msgspec.json.encode(place | span) + b"\n"
