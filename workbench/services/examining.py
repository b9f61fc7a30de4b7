"""A deep look at a bench: whether every stored thing is what the others say of it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from workbench.core import progress
from workbench.core.text import digest
from workbench.services import release_checks, releases, tallying
from workbench.services.bench import Finding
from workbench.store import dialects, examining, examining_work, projects
from workbench.store.engine import Database
from workbench.store.trouble import said

MOST: Final = 20
"""How many troubles of a sort are listed."""
_RESTORE: Final = "restore the newest backup beside it (workbench restore BACKUP --to …) and compare"

_ANEW: Final = "copy the bench into a new database (workbench db copy --to …), which makes them anew, and use that"
_RECOUNT: Final = "run “workbench db recount”"
_WORKER: Final = "start a worker (workbench worker), or stop the job where it is listed"

_CLOSE: Final = 0.001
_PATIENCE: Final = timedelta(minutes=10)
"""How long a job may wait, or give no sign of life, before something is wrong."""

Look = Callable[[Session], Iterator[str]]


def deep(database: Database, *, now: datetime) -> Iterator[Finding]:
    """Check the file, every row, every span against its text, the decisions, the work, the releases and the counts."""

    def stuck(session: Session) -> Iterator[str]:
        return examining_work.stuck(session, now - _PATIENCE)

    for about, what, look, remedy in (
        ("File", "the pages of the database fit together", examining.damage, _RESTORE),
        ("Tables", "every table, index and trigger is there", examining.missing, _ANEW),
        ("Rows", "every value is of its column's kind", examining.unreadable, _RESTORE),
        ("References", "every row finds the rows that it names", examining.orphans, _RESTORE),
        ("Texts and spans", "every text has its hash, every span its quote", _spans, _RESTORE),
        ("Decisions", "the log replays to what is stored", _replayed, _RESTORE),
        ("Readings", "every finished reading holds what was decided", _read, _RESTORE),
        ("Gold", "gold is what its reading says, or was adjudicated", _settled, _RESTORE),
        ("Queue", "every item is in one pair of hands or in the queue", examining_work.misplaced, _RESTORE),
        ("Jobs", "nothing waits for a worker in vain", stuck, _WORKER),
        ("Minutes", "every finished reading took what its decisions tell", _timed, _RESTORE),
        ("Releases", "every release is what it was", _released, _RESTORE),
        ("Counts", "the board counts what there is", tallying.wrong, _RECOUNT),
        ("Words", "every article is found by its title", examining_work.unfound, _ANEW),
    ):
        yield _finding(database, about, what, look, remedy)


def _finding(database: Database, about: str, what: str, look: Look, remedy: str) -> Finding:
    """Look at one thing in one moment; whatever breaks the look is damage too, and hides nothing of the rest."""
    found: list[str] = []
    try:
        with database.reading() as session:
            dialects.one_moment(session)
            for each in look(session):
                found.append("and more" if len(found) == MOST else each)
                if len(found) > MOST:
                    break
    except Exception as problem:
        found.append(f"it cannot be read to its end ({said(problem)})")
    return Finding(about, not found, f"{'; '.join(found)}. What to do: {remedy}" if found else what)


def _spans(session: Session) -> Iterator[str]:
    for number, key, text, sha256 in examining.texts(session):
        if digest(text) != sha256:
            yield f"article {key}: the text is not the one that was imported"
        for where, body in examining.bodies(session, number):
            yield from (f"article {key}, {where}: {told}" for told in _misplaced(body, text))


def _misplaced(value: Any, text: str) -> Iterator[str]:
    """Yield each span of a stored body that does not stand where it says."""
    if isinstance(value, list):
        for each in value:
            yield from _misplaced(each, text)
    elif isinstance(value, dict):
        quote, start, end = value.get("text"), value.get("start"), value.get("end")
        if isinstance(quote, str) and isinstance(start, int) and isinstance(end, int) and text[start:end] != quote:
            yield f"“{quote[:40]}” is not at {start} to {end}"
        for each in value.values():
            if isinstance(each, dict | list):
                yield from _misplaced(each, text)


def _replayed(session: Session) -> Iterator[str]:
    """Replay each layer's decisions and compare with its marks and its revision."""
    for layer_id, rev, decisions, marks in examining.logs(session):
        state: dict[str, tuple[int, str, Any]] = {}
        for oid, version, kind, before, after in decisions:
            last, _, left = state.get(oid, (0, "", before))
            if version != last + 1:
                yield f"layer {layer_id}, {oid}: decision {version} follows decision {last}"
            if before != left:
                yield f"layer {layer_id}, {oid}: decision {version} did not find what decision {last} left"
            state[oid] = version, kind, after
        if len(decisions) != rev:
            yield f"layer {layer_id}: {len(decisions)} decisions where {rev} were counted"
        for oid, (version, kind, after) in state.items():
            if marks.get(oid) != (version, kind, after["status"], after["body"]):
                yield f"layer {layer_id}, {oid}: what is stored is not what decision {version} left"
        yield from (f"layer {layer_id}, {oid}: a state without a decision" for oid in marks.keys() - state.keys())


def _read(session: Session) -> Iterator[str]:
    """Compare each finished reading with the states that its decisions left."""
    for layer_id, body, marks in examining_work.readings(session):
        held = _objects(body)
        for oid, status, state in marks:
            if (status == "accepted") != (oid in held):
                yield f"layer {layer_id}, {oid}: {status}, and {'' if oid in held else 'not '}in the finished reading"
            elif oid in held and held[oid] != _bare(state):
                yield f"layer {layer_id}, {oid}: the finished reading holds something else than was decided"


def _settled(session: Session) -> Iterator[str]:
    for key, reading, gold in examining_work.settled_alone(session):
        if gold is None:
            yield f"article {key} was read to its end, and has no gold"
        elif _objects(reading) != _objects(gold):
            yield f"article {key}: its gold is not what its reading says"
    yield from examining_work.unsettled(session)


def _objects(body: dict[str, Any]) -> dict[str, Any]:
    """Return the objects of a stored body by their names, without who proposed and decided them."""
    return {each["id"]: _bare(each) for some in body.values() for each in some}


def _bare(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != "by"}


def _timed(session: Session) -> Iterator[str]:
    for layer_id, minutes, times in examining.timed(session):
        told = progress.minutes(times)
        if told is None or abs(told - minutes) > _CLOSE:
            yield f"layer {layer_id}: {minutes:.2f} minutes are kept where its decisions tell {told}"


def _released(session: Session) -> Iterator[str]:
    for project in projects.listing(session, None):
        for release in releases.listing(session, project):
            verdict = release_checks.stored(session, project, release)
            yield from (f"release {release.name} of {project.slug}: {each}" for each in verdict.problems)
