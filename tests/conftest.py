"""A bench in a temporary folder: real settings, a real database of either engine, a real app."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from tests import postgres
from tests.builders import Coast, coast_in, coast_of
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
def server() -> Iterator[postgres.Server]:
    programs = postgres.programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed; on Debian: apt install postgresql")
    with postgres.served(programs) as running:
        yield running


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Callable[[str, bool], str]:
    """Databases to be copied, each made once: with tables only, or with the coast in them."""

    @cache
    def made(engine: str, peopled: bool) -> str:
        if engine == "sqlite":
            where = str(tmp_path_factory.mktemp("template") / "workbench.db")
            database = Database(f"sqlite:///{where}")
        else:
            server: postgres.Server = request.getfixturevalue("server")
            where = server.make()
            database = Database(server.url(where))
        database.upgrade()
        if peopled:
            coast_in(database)
        database.dispose()
        return where

    return made


@pytest.fixture
def database_url(
    engine: str, home: Path, templates: Callable[[str, bool], str], request: pytest.FixtureRequest
) -> Iterator[str]:
    template = templates(engine, "coast" in request.fixturenames)
    if engine == "sqlite":
        shutil.copy(template, home / "workbench.db")
        yield f"sqlite:///{home / 'workbench.db'}"
        return
    server: postgres.Server = request.getfixturevalue("server")
    name = server.make(template)
    yield server.url(name)
    server.drop(name)


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
    return coast_of(database)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Where the apps of all tests find the templates compiled."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("compiled")))


@pytest.fixture
def app(settings: Settings, database: Database, compiled: FileSystemBytecodeCache) -> Flask:
    made = create_app(settings, database)
    made.testing = True
    made.jinja_env.bytecode_cache = compiled
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
