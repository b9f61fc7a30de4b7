"""A bench in a temporary folder: real settings, a real database of either engine, a real app."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import postgres
from tests.builders import Coast, coast_in
from workbench.app import create_app
from workbench.settings import Settings
from workbench.store.engine import Database


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engines", default="sqlite", help="Which engines `database` runs on: sqlite,postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", metafunc.config.getoption("engines").split(","))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "bench"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded database with its tables, to be copied."""
    path = tmp_path_factory.mktemp("tables") / "workbench.db"
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    database.dispose()
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    programs = postgres.programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed; on Debian: apt install postgresql")
    with postgres.served(programs) as running:
        yield running


@pytest.fixture(scope="session")
def shared_tables(server: postgres.Server) -> str:
    """The name of a PostgreSQL database with its tables, to be copied."""
    name = server.make()
    database = Database(server.url(name))
    database.upgrade()
    database.dispose()
    return name


@pytest.fixture
def database_url(engine: str, home: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("tables"), home / "workbench.db")
        yield f"sqlite:///{home / 'workbench.db'}"
        return
    shared: str = request.getfixturevalue("shared_tables")
    running: postgres.Server = request.getfixturevalue("server")
    name = running.make(shared)
    yield running.url(name)
    running.drop(name)


@pytest.fixture
def settings(home: Path, database_url: str) -> Settings:
    return Settings(home=home, database_url=database_url, exports=home / "exports")


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = Database(settings.database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def coast(database: Database) -> Coast:
    """A project with a team and three suggested articles."""
    return coast_in(database)


@pytest.fixture
def app(settings: Settings, database: Database) -> Flask:
    made = create_app(settings, database)
    made.testing = True
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
