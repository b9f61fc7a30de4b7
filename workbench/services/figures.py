"""How many articles a project has, and what the suggesters made of them."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workbench.services import suggesters, suggestions
from workbench.services.projects import Project
from workbench.store import tallies


@dataclass(frozen=True, slots=True)
class Figures:
    """``unread`` counts the articles that no suggester has read; ``start`` is where drafts start, where chosen.

    ``suggesters`` has each with how many articles it read, the busiest first; ``behind`` says that much has
    changed that is not counted yet.
    """

    total: int
    unread: int
    parked: int
    suggesters: list[tuple[str, int]]
    start: str | None
    behind: bool


def figures_of(session: Session, project: Project) -> Figures:
    """Return how many articles a project has, as they are counted when they change."""
    found = tallies.tallies(session, project.id)
    total, read = found.counts.get("articles", 0), found.counts.get("suggested", 0)
    busiest = sorted(found.under("suggester").items(), key=lambda each: (-each[1], each[0]))
    parked = suggestions.count_parked(session, project)
    return Figures(total, total - read, parked, busiest, suggesters.start(session, project), found.behind)
