"""How many articles a project has, and what the suggesters made of them: what takes the longer the more there are."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workbench.services import articles, suggesters, suggestions
from workbench.services.projects import Project
from workbench.store.suggesters import SuggesterRow


@dataclass(frozen=True, slots=True)
class Figures:
    """``unread`` counts the articles that no suggester has read; ``start`` is where drafts start, where chosen."""

    total: int
    unread: int
    parked: int
    suggesters: list[SuggesterRow]
    start: str | None


def figures_of(session: Session, project: Project) -> Figures:
    """Count a project's articles."""
    return Figures(
        articles.count(session, project),
        articles.count_unsuggested(session, project),
        suggestions.count_parked(session, project),
        suggesters.listing(session, project),
        suggesters.start(session, project),
    )
