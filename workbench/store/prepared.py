"""Statements that run at every save and every opening, made ready once for each database.

SQLAlchemy looks a statement up, binds and unpacks it anew at each call, which takes longer than the database needs to
run it. Here its text and its conversions are worked out once; what is sent, and what comes back, stay the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

Convert = Callable[[Any], Any]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A statement's text, what it is given, and how values are converted on their way in and out."""

    text: str
    given: dict[str, Any]
    inward: tuple[tuple[str, Convert], ...]
    outward: tuple[tuple[int, Convert], ...]
    order: tuple[str, ...] | None

    def bound(self, values: Values) -> Any:
        """Return the values as the driver takes them."""
        named = {**self.given, **values}
        for name, convert in self.inward:
            if name in values:
                named[name] = convert(named[name])
        return tuple(map(named.__getitem__, self.order)) if self.order is not None else named

    def unpacked(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Return rows of the driver in Python's own types."""
        return [self._converted(row) for row in rows] if self.outward else rows

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        found = list(row)
        for place, convert in self.outward:
            found[place] = convert(found[place])
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Line:
    """A connection, looked up once: the driver's own, its errors, who listens; and what is kept of its database."""

    connection: Connection
    driven: Any
    error: type[Exception]
    listeners: Iterable[Callable[..., Any]]
    info: dict[Any, Any]


Asked = Session | Line
"""What a prepared statement can be put to."""


def line(connection: Connection, info: dict[Any, Any]) -> Line:
    """Return a connection as prepared statements use it."""
    driver: Any = connection.dialect.loaded_dbapi
    listeners = connection.dispatch.before_cursor_execute
    return Line(connection, connection.connection.dbapi_connection, driver.Error, listeners, info)


def execute(asked: Asked, statement: Any, values: Values | Sequence[Values]) -> list[tuple[Any, ...]]:
    """Run a statement that lives as long as the process, once or for each of several values; return its rows.

    Whoever listens to the engine hears of it. A list of values to search in is spread by who builds the statement.
    """
    line = asked if isinstance(asked, Line) else _line(asked)
    each = [values] if isinstance(values, Mapping) else values
    single = len(each) == 1
    plans = line.info["plans"]
    plan: _Plan | None = plans.get(statement)
    if plan is None:
        plan = plans[statement] = _plan(statement, line.connection.dialect, each[0])
    bound = plan.bound(each[0]) if single else [plan.bound(one) for one in each]
    try:
        with closing(line.driven.cursor()) as cursor:
            for listener in line.listeners:
                listener(line.connection, cursor, plan.text, bound, None, not single)
            (cursor.execute if single else cursor.executemany)(plan.text, bound)
            return plan.unpacked(cursor.fetchall()) if cursor.description else []
    except line.error as problem:
        dialect = line.connection.dialect
        raise DBAPIError.instance(plan.text, bound, problem, line.error, dialect=dialect) from problem


def _line(session: Session) -> Line:
    session.flush()
    found: Line | None = session.info.get("line")
    if found is None or found.connection.closed:
        found = session.info["line"] = line(session.connection(), session.info)
    return found


def scalar(asked: Asked, statement: Any, values: Values) -> Any:
    """Run a statement that lives as long as the process; return the first column of its first row, or None."""
    rows = execute(asked, statement, values)
    return rows[0][0] if rows else None


def _plan(statement: Any, dialect: Dialect, values: Values) -> _Plan:
    compiled = statement.compile(dialect=dialect, column_keys=list(values) if statement.is_insert else None)
    state = compiled.construct_expanded_state(dict(values))
    inward = {name: found for name, bind in compiled.binds.items() if (found := _inward(bind.type, dialect))}
    given = {name: value for name, value in state.parameters.items() if name not in values}
    columns = enumerate(getattr(statement, "exported_columns", ()))
    return _Plan(
        state.statement,
        {name: inward[name](value) if name in inward else value for name, value in given.items()},
        tuple(inward.items()),
        tuple((place, found) for place, each in columns if (found := _outward(each.type, dialect))),
        tuple(state.positiontup) if state.positiontup is not None else None,
    )


def _inward(kind: Any, dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)  # type: ignore[no-any-return]


def _outward(kind: Any, dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)  # type: ignore[no-any-return]
