"""One database, two engines: the embedded SQLite file and PostgreSQL, through the same code."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.orm import Session, sessionmaker

from workbench.core.errors import Invalid
from workbench.store import prepared
from workbench.store.kept import Kept
from workbench.store.trouble import explained
from workbench.store.writers import Writers

try:
    from pysqlite3 import dbapi2 as sqlite
except ImportError:  # no wheel for this platform: what Python was built with
    sqlite = sqlite3

SAFE_WAL: Final = (3, 51, 3)
"""The first SQLite without the race that can corrupt a write-ahead log (sqlite.org/wal.html)."""
SQLITE: Final[tuple[int, int, int]] = sqlite.sqlite_version_info
"""The SQLite that is in use."""

PATIENCE: Final = 10.0
"""How many seconds a writer waits for its turn, or for rows that another holds, before it is told to come again."""


class Database:
    """Opens sessions that read, and sessions that write and keep all or nothing."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.embedded = self.engine.dialect.name == "sqlite"
        self._info: dict[Any, Any] = {"kept": Kept(), "plans": {}}
        self._writer = self.engine.execution_options(write=True)
        self._read = sessionmaker(self.engine, expire_on_commit=False, info=self._info)
        self._write = sessionmaker(self._writer, expire_on_commit=False, info=self._info)
        self._line: Connection | None = None
        self._file = Path(str(self.engine.url.database)) if self.embedded else None
        self._writers = Writers(Path(f"{self._file}-turn")) if self._file else None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session for questions; it sees one moment of the database."""
        with self._explained(), self._read() as session:
            yield session

    @contextmanager
    def asking(self) -> Iterator[prepared.Line]:
        """Take a connection for one prepared question, which needs neither a session nor a transaction."""
        with self._explained(), self.engine.connect() as connection:
            yield prepared.line(connection, self._info)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a session that commits when the block ends and rolls back when it raises."""
        with self._turn(), self._explained(), self._write.begin() as session:
            yield session

    @contextmanager
    def saving(self) -> Iterator[prepared.Line]:
        """Take a connection for prepared statements; it commits when the block ends and rolls back when it raises."""
        with self._turn(), self._explained(), self._begun() as connection:
            yield prepared.line(connection, self._info)

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        """Begin a transaction that writes; the embedded engine's writers, one at a time, share one connection."""
        if not self.embedded:
            with self._writer.begin() as connection:
                yield connection
            return
        self._line = self._line or self._writer.connect()
        try:
            with self._line.begin():
                yield self._line
        except BaseException:
            self._hang_up()
            raise

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _turn(self) -> AbstractContextManager[None]:
        return self._writers.taken(PATIENCE) if self._writers else nullcontext()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, NoneFree, OverflowError, UnicodeEncodeError) as problem:
            told = explained(problem)
            if told is None:
                raise
            raise told from problem

    def upgrade(self) -> None:
        """Bring the tables to the newest version; an embedded file that is new is its owner's alone."""
        with self._turn():
            if self._file:
                self._file.touch(mode=0o600)
            command.upgrade(_alembic(self.engine), "head")

    def version(self) -> tuple[str | None, str | None]:
        """Return the version of the tables, and the newest that this code knows; asking makes no file."""
        newest, file = ScriptDirectory.from_config(_alembic(self.engine)).get_current_head(), self._file
        if file and not file.exists():
            return None, newest
        with self.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision(), newest

    def knows(self, version: str) -> bool:
        """Say whether this code can bring tables of a version to the newest."""
        every = ScriptDirectory.from_config(_alembic(self.engine)).walk_revisions()
        return version in {each.revision for each in every}

    def vacuum_into(self, path: Path) -> None:
        """Write a compact copy of the embedded file as it is at one moment, while others write on."""
        self._alone("VACUUM INTO ?", str(path))

    def tidy(self) -> None:
        """Fold the embedded file's log into it, as far as that stands in nobody's way."""
        if self.embedded:
            self._alone("PRAGMA wal_checkpoint(PASSIVE)")

    def settle(self) -> None:
        """Leave the embedded file whole in itself, without a log beside it, so that it can be carried away."""
        self._alone("PRAGMA journal_mode=DELETE")

    def _alone(self, said: str, *values: str) -> None:
        """Ask the embedded file for what no transaction may hold."""
        with closing(self.engine.raw_connection()) as connection, _named(said, self.engine.dialect):
            connection.cursor().execute(said, values)

    def dispose(self) -> None:
        """Close every connection."""
        self._hang_up()
        self.engine.dispose()


def embedded_file(url: str) -> Path | None:
    """Return the file of an embedded database, or None for PostgreSQL; raises Invalid for an address that is none."""
    parsed = _parsed(url)
    return Path(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else None


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise Invalid("WORKBENCH_DATABASE_URL is no database address such as postgresql://user@host/name.") from None
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise Invalid(f"Workbench keeps its data in SQLite or PostgreSQL, not in {parsed.get_backend_name()}.")
    if parsed.get_backend_name() == "sqlite" and (parsed.database or ":memory:") == ":memory:":
        raise Invalid("An embedded database needs a file, as in sqlite:////srv/bench/workbench.db.")
    return parsed


def _engine(url: str) -> Engine:
    return _embedded(url) if _parsed(url).get_backend_name() == "sqlite" else _shared(url)


def _shared(url: str) -> Engine:
    engine = create_engine(url, pool_pre_ping=True, pool_size=10)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{PATIENCE}s'")
        connection.commit()

    return engine


def _embedded(url: str) -> Engine:
    engine = create_engine(url, module=sqlite, connect_args={"timeout": 5.0, "check_same_thread": False})
    journal = "WAL" if SQLITE >= SAFE_WAL else "DELETE"

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            f"journal_mode={journal}",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=5000",
            "cache_size=-32000",
            "trusted_schema=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        said = "BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN"
        with _named(said, connection.dialect):
            connection.connection.dbapi_connection.execute(said)

    return engine


@contextmanager
def _named(said: str, dialect: Dialect) -> Iterator[None]:
    """Raise what SQLite refuses under SQLAlchemy's names, where SQLAlchemy is passed by."""
    try:
        yield
    except sqlite.Error as problem:
        raise DBAPIError.instance(said, None, problem, sqlite.Error, dialect=dialect) from problem


def _alembic(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["engine"] = engine
    return config
