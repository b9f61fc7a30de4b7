"""Practice and tests in a few verbs: gold of somebody else's, set aside for the coast's reviewers."""

from dataclasses import replace

from tests.builders import LEASE, NOW, Coast, person
from tests.teams import Wish, read_this
from workbench.core.training import is_test
from workbench.core.workflow import Person
from workbench.services import training, trials
from workbench.services.finishing import Finished
from workbench.store import training as kept


def with_gold(coast: Coast, count: int = 1) -> list[str]:
    """Let Gus read the first articles alone, so that they are gold; return their keys."""
    gus = person(coast.database, "Gus", "reviewer", coast.project)
    keys = []
    for _ in range(count):
        item = coast.next(gus)
        keys.append(coast.desk(item, gus).document.id)
        assert read_this(coast, item, gus).outcome == "gold"
    return keys


def set_aside(coast: Coast, keys: list[str], purpose: str | None, note: str = "") -> int:
    with coast.database.writing() as session:
        lead = coast.seen_by(coast.lena)
        return training.set_aside(session, lead, keys, purpose, note, by=coast.lena, now=NOW)


def with_training(coast: Coast, every: int = 0, pass_mark: int | None = None, floor: int | None = None) -> None:
    with coast.database.writing() as session:
        lead = coast.seen_by(coast.lena)
        training.change(session, lead, every=every, pass_mark=pass_mark, floor=floor, by=coast.lena, now=NOW)


def begun(coast: Coast, who: Person, key: str) -> int:
    """Let somebody begin practice on an article, or try it again."""
    with coast.database.writing() as session:
        item = trials.start(session, coast.seen_by(who), key, by=who, now=NOW, lease=LEASE)
    coast.begin(item, who)
    return item


def practised(coast: Coast, who: Person, key: str, wishes: Wish | None = None) -> Finished:
    return read_this(coast, begun(coast, who, key), who, wishes)


def given_test(coast: Coast, who: Person, key: str) -> int:
    """Set an article aside as a test and let somebody take it as their next, by a draw that falls on it."""
    set_aside(coast, [key], "test")
    with coast.database.writing() as session:
        number = kept.taken(session, coast.project.id, who.id)
        old = kept.setup(session, coast.project.id)
        draws = (replace(old, every=5, salt=str(n)) for n in range(100))
        kept.keep_setup(session, coast.project.id, next(each for each in draws if is_test(each, who.id, number)))
    item = coast.next(who)
    assert coast.desk(item, who).item.purpose == "test"
    return item
