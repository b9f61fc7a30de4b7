"""Gold, and releases of it."""

import json

from tests.builders import NOW, Coast
from workbench.core.release import Wishes
from workbench.core.workflow import Person
from workbench.services import release_making, releases
from workbench.settings import resource_root
from workbench.store import releases as kept
from workbench.store.releases import ReleaseRow

PLAIN = Wishes()


def finish(coast: Coast, count: int = 1) -> None:
    for _ in range(count):
        item = coast.next(coast.mia)
        coast.accept_all(item, coast.mia)
        coast.finish(item, coast.mia)


def make(coast: Coast, name: str = "1.0", wishes: Wishes = PLAIN, who: Person | None = None, **rest) -> ReleaseRow:
    by = who or coast.lena
    return release_making.create(
        coast.database, coast.seen_by(by), name, wishes, by=by, now=NOW, root=resource_root(), **rest
    )


def lines(coast: Coast, release: ReleaseRow) -> list[dict]:
    with coast.database.reading() as session:
        return [json.loads(row.line) for row in kept.records(session, release.id)]


def manifest(coast: Coast, release: ReleaseRow) -> dict:
    with coast.database.reading() as session:
        return releases.manifest(session, release)


def text(coast: Coast, release: ReleaseRow, name: str) -> str:
    with coast.database.reading() as session:
        return releases.text(session, release, name)
