"""Training: what leads set aside for practice and hidden tests, and how far each person has come with it."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from workbench.core import pages, workflow
from workbench.core import training as core
from workbench.core.errors import Invalid, NotAllowed
from workbench.core.measures import Tally, total
from workbench.core.training import Setup
from workbench.core.words import many
from workbench.core.workflow import Person
from workbench.services import readers
from workbench.store import arriving, handovers, people, training
from workbench.store.projects import ProjectRow
from workbench.store.training import ExerciseRow

LONGEST: Final = 2000
MOST: Final = 1000
MOST_PRACTICE: Final = 200


@dataclass(frozen=True, slots=True)
class Step:
    """A practice article as somebody meets it; ``state`` is new, open, done, skipped or paused (no gold just now)."""

    key: str
    title: str
    words: int
    state: str
    item_id: int | None
    tries: int
    f1: float | None


@dataclass(frozen=True, slots=True)
class Practice:
    """Somebody's practice; ``barred`` says that real work waits for it, ``reached`` is the F1 of the newest tries."""

    steps: tuple[Step, ...]
    done: int
    reached: float | None
    pass_mark: int | None
    passed: bool
    barred: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What one person's practice and tests come to; for leads. ``below`` is under the project's threshold."""

    id: int
    name: str
    practised: int
    practice: Tally
    tested: int
    tests: Tally
    below: bool


def setup(session: Session, project: ProjectRow) -> Setup:
    """Return how a project trains and tests; for leads."""
    workflow.check(project.role, "settle")
    return training.setup(session, project.id)


def change(
    session: Session,
    project: ProjectRow,
    *,
    every: int,
    pass_mark: int | None,
    floor: int | None,
    by: Person | None,
    now: datetime,
) -> None:
    """Change how a project trains and tests; it counts from the next article that somebody takes."""
    workflow.check(project.role, "settle")
    old = training.setup(session, project.id)
    wanted = replace(old, every=every, pass_mark=pass_mark, floor=floor, salt=old.salt or secrets.token_hex(16))
    core.check(wanted)
    if wanted != old:
        training.keep_setup(session, project.id, wanted)
        about = {"every": every, "pass_mark": pass_mark, "floor": floor}
        people.note(session, "training.set", by=by.id if by else None, now=now, project_id=project.id, **about)


def exercises(
    session: Session, project: ProjectRow, *, after: int = 0, limit: int | None = pages.SIZE
) -> list[ExerciseRow]:
    """Return what is set aside, behind one; for leads, since it names the tests."""
    workflow.check(project.role, "settle")
    return training.exercises(session, project.id, after=after, limit=limit)


def exercise(session: Session, project: ProjectRow, key: str) -> ExerciseRow | None:
    """Return for what an article is set aside; for leads."""
    workflow.check(project.role, "settle")
    return next(iter(training.exercises(session, project.id, key=key)), None)


def set_aside(
    session: Session,
    project: ProjectRow,
    keys: Sequence[str],
    purpose: str | None,
    note: str = "",
    *,
    by: Person | None,
    now: datetime,
) -> int:
    """Set gold articles aside for practice or as tests, or (None) no longer; return how many."""
    workflow.check(project.role, "settle")
    if purpose is not None and purpose not in core.PURPOSES:
        raise Invalid(f"Articles are set aside for {' or '.join(core.PURPOSES)}, not for “{purpose}”.")
    if len(keys) > MOST:
        raise Invalid(f"At most {MOST:,} articles at once; set the others aside after these.")
    if len(note) > LONGEST:
        raise Invalid(f"The note is longer than {LONGEST:,} characters; shorten it.")
    found = arriving.numbers(session, project.id, keys)
    if missing := [key for key in keys if key not in found]:
        raise Invalid(f"There is no article {_named(missing)} in this project.")
    ids = list(found.values())
    if purpose is None:
        training.put_back(session, ids)
    else:
        gold = training.with_gold(session, ids)
        if raw := [key for key, number in found.items() if number not in gold]:
            raise Invalid(
                f"Only gold can be measured against, and {_named(raw)} {'is' if len(raw) == 1 else 'are'} not."
            )
        who = by.id if by else None
        training.set_aside(session, project.id, ids, purpose, note.strip(), who, now)
        if purpose == "practice" and len(training.practised(session, project.id)) > MOST_PRACTICE:
            raise Invalid(f"At most {MOST_PRACTICE} articles are for practice: nobody reads more before they begin.")
    about: dict[str, Any] = {"articles": sorted(found), "purpose": purpose}
    people.note(session, "training.articles", by=by.id if by else None, now=now, project_id=project.id, **about)
    return len(ids)


def _named(keys: Sequence[str]) -> str:
    shown = ", ".join(f"“{key}”" for key in keys[:3])
    return f"{shown} and {len(keys) - 3} more" if len(keys) > 3 else shown


def practice(session: Session, project: ProjectRow, *, by: Person) -> Practice:
    """Return somebody's practice: each article, how far they are, and whether it is enough."""
    workflow.check(project.role, "review")
    mine = {row.article_id: row for row in training.trials(session, project.id, person_id=by.id, purpose="practice")}
    tries: dict[int, list[Tally]] = {}
    for _, article_id, review in training.tallies(session, project.id, "practice", [by.id]):
        tries.setdefault(article_id, []).append(Tally(*review["combined"]))
    rows = training.exercises(session, project.id, purpose="practice", limit=MOST_PRACTICE)
    read = handovers.readers(session, [row.article_id for row in rows])
    rows = [row for row in rows if row.article_id in mine or by.id not in read.get(row.article_id, set())]
    steps = []
    for row in rows:
        trial, its = mine.get(row.article_id), tries.get(row.article_id, [])
        state = trial.state if trial else "new"
        shown = state if row.gold or state == "done" else "paused"
        f1 = its[-1].f1 if its else None
        steps.append(Step(row.key, row.title or row.key, row.words, shown, trial.id if trial else None, len(its), f1))
    newest = [tries[row.article_id][-1] for row in rows if row.article_id in tries]
    open_ = [step for step in steps if not step.tries and step.state != "paused"]
    return _standing(session, project, tuple(steps), newest, bool(open_), by)


def _standing(
    session: Session, project: ProjectRow, steps: tuple[Step, ...], newest: list[Tally], left: bool, by: Person
) -> Practice:
    mark = training.setup(session, project.id).pass_mark
    reached = core.percent(newest)
    enough = not left and (mark is None or reached is None or reached >= mark)
    reviews_only = not workflow.may(project.role, "adjudicate")
    barred = mark is not None and reviews_only and not enough and not training.taken(session, project.id, by.id)
    return Practice(steps, len(newest), reached, mark, enough, barred)


def barred(session: Session, project: ProjectRow, *, by: Person) -> bool:
    """Say whether somebody has to pass practice before their first article."""
    asked = training.setup(session, project.id).pass_mark
    return asked is not None and practice(session, project, by=by).barred


def check_passed(session: Session, project: ProjectRow, *, by: Person) -> Setup:
    """Return how the project tests; raises NotAllowed while practice is asked for first."""
    found = training.setup(session, project.id)
    if found.pass_mark is not None and (mine := practice(session, project, by=by)).barred:
        raise NotAllowed(f"This project begins with practice: {left(mine)} The Practice page takes you there.")
    return found


def left(mine: Practice) -> str:
    """Say what somebody still has to do before real work."""
    todo = sum(not step.tries and step.state != "paused" for step in mine.steps)
    if todo:
        more = f", then F1 {mine.pass_mark} % over all of them" if mine.pass_mark else ""
        return f"{many(todo, 'practice article is', 'practice articles are')} left to read{more}."
    come = f"your newest tries come to F1 {mine.reached or 0:.0f} %, and {mine.pass_mark} % is asked"
    return f"{come}; try again as often as you like."


def results(
    session: Session, project: ProjectRow, *, find: str = "", after: int = 0, limit: int = pages.SIZE
) -> list[Result]:
    """Return what people's practice and tests come to by name, those behind one; for leads."""
    found = setup(session, project)
    team = training.measured(
        session, project.id, readers.ROLES, find=find.strip()[:80], after=after, limit=limit
    )  # fmt: skip
    numbers = [number for number, _ in team]
    firsts: dict[int, dict[int, Tally]] = {}
    for who, article_id, review in training.tallies(session, project.id, "practice", numbers):
        firsts.setdefault(who, {}).setdefault(article_id, Tally(*review["combined"]))
    tests: dict[int, list[Tally]] = {}
    for who, _, review in training.tallies(session, project.id, "test", numbers):
        if review.get("combined"):
            tests.setdefault(who, []).append(Tally(*review["combined"]))
    return [
        _result(number, name, firsts.get(number, {}).values(), tests.get(number, []), found) for number, name in team
    ]


def _result(number: int, name: str, firsts: Iterable[Tally], tests: list[Tally], found: Setup) -> Result:
    firsts = list(firsts)
    below = core.below(found, tests)
    return Result(number, name, len(firsts), total(firsts), len(tests), total(tests[-core.LATELY :]), below)
