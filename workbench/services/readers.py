"""Who can be given the articles of a project, found by name: a few at a time, for a team may be large."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from workbench.core import pages, workflow
from workbench.core.errors import Invalid
from workbench.store import people, teams
from workbench.store.people import PersonRow
from workbench.store.projects import ProjectRow

ROLES: Final = tuple(sorted(workflow.ACTS["review"]))


@dataclass(frozen=True, slots=True)
class Choice:
    """People of a rule: who is chosen, and whom the words may mean that somebody types; ``more`` than are told."""

    chosen: tuple[PersonRow, ...]
    begun: str = ""
    found: tuple[PersonRow, ...] = ()
    more: bool = False


def reviews(session: Session, project: ProjectRow, person_id: int) -> bool:
    """Say whether somebody can be given articles."""
    row = people.person(session, person_id)
    return row is not None and row.active and workflow.may(people.role(session, project.id, person_id), "review")


def names(
    session: Session,
    project: ProjectRow,
    begun: str = "",
    *,
    find: str = "",
    among: Collection[int] | None = None,
    after: int = 0,
    limit: int | None,
) -> list[PersonRow]:
    """Return people who can be given articles by name, those behind one, in whose name a word begins like this.

    ``find`` stands anywhere in the name, and ``among`` are some people only.
    """
    return teams.members(
        session, project.id, begun=begun.strip()[:80], find=find.strip()[:80], roles=ROLES, among=among, after=after,
        limit=limit,
    )  # fmt: skip


def called(session: Session, project: ProjectRow, numbers: Collection[int]) -> dict[int, str]:
    """Return the names of those of some people who can be given articles."""
    return {row.id: row.name for row in names(session, project, among=numbers, limit=None)} if numbers else {}


def meant(session: Session, project: ProjectRow, said: str) -> PersonRow:
    """Return who of those who can be given articles has this name; raises Invalid with those whom it may mean."""
    row = people.named(session, said.strip())
    if row and reviews(session, project, row.id):
        return row
    if begun := names(session, project, said, limit=pages.FEW + 1):
        raise Invalid(f"“{said[:80]}” may be {_listed(begun)}; write the whole name.")
    there = _listed(names(session, project, limit=pages.FEW + 1))
    raise Invalid(
        f"There is no reviewer “{said[:80]}” in {project.slug}, only {there}; add them on the Team page first."
    )


def _listed(rows: list[PersonRow]) -> str:
    more = " and others" if len(rows) > pages.FEW else ""
    return ", ".join(row.name for row in rows[: pages.FEW]) + more


def chosen(session: Session, project: ProjectRow, lanes: Sequence[dict[str, Any]]) -> list[Choice]:
    """Return who reads in each of some rules, by name."""
    team = names(session, project, among={each for lane in lanes for each in lane["people"]}, limit=None)
    return [Choice(tuple(row for row in team if row.id in set(lane["people"]))) for lane in lanes]


def choice(session: Session, project: ProjectRow, ticked: Collection[int], begun: str) -> Choice:
    """Return who is ticked in a rule, and whom else the words may mean that somebody typed there."""
    there = names(session, project, among=ticked, limit=None)
    found = names(session, project, begun, limit=pages.FEW + 1) if begun.strip() else []
    others = tuple(row for row in found[: pages.FEW] if row.id not in ticked)
    return Choice(tuple(there), begun, others, len(found) > pages.FEW)


def added(session: Session, project: ProjectRow, ticked: Sequence[int], words: Sequence[str]) -> list[int]:
    """Return who is ticked in a rule and whom words name, unless these only looked for somebody who is ticked."""
    looked = (name for name in words if not names(session, project, name, among=ticked, limit=1))
    return list(dict.fromkeys([*ticked, *(meant(session, project, name).id for name in looked)]))
