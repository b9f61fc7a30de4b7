"""Receipts: what became of every record of an import, and of every span in it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

import msgspec

from workbench.store import receipts
from workbench.store.engine import Database

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
class Told:
    """What a receipt comes to: records by what became of them, annotations likewise, and records to put right."""

    counts: Counter[str] = field(default_factory=Counter)
    spans: Counter[str] = field(default_factory=Counter)
    repairs: int = 0

    def add(self, lines: Iterable[Line]) -> None:
        """Count further lines."""
        for line in lines:
            self.counts[line.what] += 1
            self.spans.update(line.spans or {})
            self.repairs += line.what == "refused" or bool(line.left)

    def change(self, old: Iterable[Line], new: Iterable[Line]) -> None:
        """Count lines in the place of others."""
        gone = Told()
        gone.add(old)
        self.add(new)
        self.counts -= gone.counts
        self.spans -= gone.spans
        self.repairs -= gone.repairs

    def row(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {"counts": dict(self.counts), "spans": dict(self.spans), "repairs": self.repairs}

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Return what was stored."""
        return cls(Counter(row.get("counts", {})), Counter(row.get("spans", {})), row.get("repairs", 0))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of every record of an import; its lines are read from the database, however many there are."""

    total: Told
    _lines: Callable[[], Iterator[Line]]

    @property
    def lines(self) -> Iterator[Line]:
        """Read the lines, from the first on."""
        return self._lines()

    def count(self, what: str) -> int:
        """Return how many records were taken, skipped or refused, or added a layer."""
        return self.total.counts[what]

    def spans(self) -> dict[str, int]:
        """Return what became of all annotations."""
        return dict(self.total.spans)

    @property
    def complete(self) -> bool:
        """Say whether nothing was refused."""
        return not self.count("refused")

    def told(self) -> str:
        """Return the receipt in one sentence."""
        layers = self.count("layer")
        parts = [f"{self.count(what)} {what}" for what in ("taken", "skipped", "refused")]
        return ", ".join(parts + ([f"{layers} layer{'s' if layers > 1 else ''} added"] if layers else []))


def untaken(line: Line, why: str) -> Line:
    """Return the line of a record that was taken as that of one that is not, since its file is not."""
    if line.what not in {"taken", "layer"}:
        return line
    lost = sum((line.spans or {}).values())
    return replace(line, what="skipped", why=why, spans={"left out": lost} if lost else None)


def stored_lines(database: Database, batch_id: int) -> Iterator[Line]:
    """Read the lines of a receipt, a part at a time."""
    part = 0
    while True:
        with database.reading() as session:
            rows = receipts.part(session, batch_id, part)
        if rows is None:
            return
        yield from (Line(**each) for each in rows)
        part += 1


def row(line: Line) -> dict[str, Any]:
    """Return a line as it is stored; what was not counted is left out."""
    told = {name: getattr(line, name) for name in _ALWAYS}
    return told | {name: value for name in ("spans", "left") if (value := getattr(line, name))}


def report_lines(receipt: Receipt) -> Iterator[bytes]:
    """Yield the receipt as JSON lines, one a record."""
    return (msgspec.json.encode(row(line)) + b"\n" for line in receipt.lines)


def repairs(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Yield what people may want to put right as JSON lines: records refused, spans left out or moved."""
    for each in rows:
        place = {"file": each["file"], "line": each.get("line"), "article": each.get("key")}
        if each["what"] == "refused":
            yield msgspec.json.encode(place | {"what": "refused", "why": each.get("why")}) + b"\n"
        for span in each.get("left") or ():
            yield msgspec.json.encode(place | span) + b"\n"
