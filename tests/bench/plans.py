"""What the statements of a request read: run again under EXPLAIN, and every row counted that a scan touches."""

from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import event

from workbench.store.engine import Database

_LARGE: Final = 10_000


@dataclass(frozen=True, slots=True)
class Read:
    """How many rows a statement touched, and the scans of its plan that would read a large table from end to end."""

    statement: str
    rows: int
    scans: tuple[str, ...]


@dataclass
class Watch:
    """The statements of a request."""

    database: Database
    sent: list[tuple[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        event.listen(self.database.engine, "before_cursor_execute", self._heard)

    def _heard(self, _conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE", "WITH")):
            self.sent.append((statement, parameters))

    def reads(self) -> list[Read]:
        """Run again what was sent, take it back, and return what it read."""
        found, sent = [], [each for each in self.sent if not isinstance(each[1], list)]
        with self.database.engine.connect() as connection:
            for statement, parameters in sent:
                told = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", parameters)
                plan = told.scalar_one()[0]["Plan"]
                found.append(Read(" ".join(statement.split()), _rows(plan), tuple(_scans(plan))))
                connection.rollback()
        self.sent = []
        return found


def _rows(plan: dict[str, Any]) -> int:
    """Return the rows that the scans of a plan touched, whether or not they were wanted."""
    rows = sum(_rows(each) for each in plan.get("Plans", []))
    if "Scan" in plan["Node Type"]:
        touched = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
        rows += round(sum(plan.get(name, 0) for name in touched) * plan["Actual Loops"])
    return rows


def _scans(plan: dict[str, Any]) -> list[str]:
    found = [each for part in plan.get("Plans", []) for each in _scans(part)]
    kind = plan["Node Type"]
    if "Scan" in kind and "Bitmap" not in kind and (kind == "Seq Scan" or "Index Cond" not in plan):
        rows = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
        if rows > _LARGE:
            found.append(f"{kind} of {plan.get('Relation Name')}, {rows:,.0f} rows")
    return found
