"""A deep look at a bench: whether every stored thing is what the others say of it."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy.orm import Session

from workbench.core import progress
from workbench.core.text import digest
from workbench.services import release_checks, releases, tallying
from workbench.services.bench import Finding
from workbench.store import examining, projects
from workbench.store.engine import Database

MOST: Final = 20
"""How many troubles of a sort are listed."""
_RESTORE: Final = "restore the newest backup beside it (workbench restore BACKUP --to …) and compare"

_CLOSE: Final = 0.001
_RECOUNT: Final = "run “workbench db recount”"


def deep(database: Database) -> Iterator[Finding]:
    """Check the file, the references, every span against its text, the decisions, the releases and the counts."""
    with database.reading() as session:
        for about, what, troubles in (
            ("File", "the pages of the database fit together", examining.damage(session)),
            ("References", "every row finds the rows that it names", examining.orphans(session)),
            ("Texts and spans", "every text has its hash, every span its quote", _spans(session)),
            ("Decisions", "the log replays to what is stored", _replayed(session)),
            ("Minutes", "every finished reading took what its decisions tell", _timed(session)),
            ("Releases", "every release is what it was", _released(session)),
        ):
            yield _finding(about, what, troubles)
        yield _finding("Counts", "the board counts what there is", tallying.wrong(session), _RECOUNT)


def _finding(about: str, what: str, troubles: Iterator[str], remedy: str = _RESTORE) -> Finding:
    found = []
    for each in troubles:
        found.append(each)
        if len(found) > MOST:
            found[MOST:] = ["and more"]
            break
    return Finding(about, not found, f"{'; '.join(found)}. What to do: {remedy}" if found else what)


def _spans(session: Session) -> Iterator[str]:
    for number, key, text, sha256 in examining.texts(session):
        if digest(text) != sha256:
            yield f"article {key}: the text is not the one that was imported"
        for where, body in examining.bodies(session, number):
            yield from (f"article {key}, {where}: {said}" for said in _misplaced(body, text))


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
        state: dict[str, tuple[int, Any]] = {}
        for oid, version, after in decisions:
            if version != state.get(oid, (0,))[0] + 1:
                yield f"layer {layer_id}, {oid}: decision {version} follows decision {state.get(oid, (0,))[0]}"
            state[oid] = version, after
        if len(decisions) != rev:
            yield f"layer {layer_id}: {len(decisions)} decisions where {rev} were counted"
        for oid, (version, after) in state.items():
            if marks.get(oid) != (version, after["status"], after["body"]):
                yield f"layer {layer_id}, {oid}: what is stored is not what decision {version} left"
        yield from (f"layer {layer_id}, {oid}: a state without a decision" for oid in marks.keys() - state.keys())


def _timed(session: Session) -> Iterator[str]:
    for layer_id, minutes, times in examining.timed(session):
        told = progress.minutes(times)
        if told is None or abs(told - minutes) > _CLOSE:
            yield f"layer {layer_id}: {minutes:.2f} minutes are kept where its decisions tell {told}"


def _released(session: Session) -> Iterator[str]:
    for project in projects.listing(session, None):
        for release in releases.listing(session, project):
            verdict = release_checks.stored(session, project, release)
            yield from (f"release {release.name} of {project.slug}: {said}" for said in verdict.problems)
