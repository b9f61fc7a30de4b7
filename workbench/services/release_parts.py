"""Which cluster and which part each article of a release belongs to."""

from sqlalchemy.orm import Session

from workbench.core import splits
from workbench.core.record import Json
from workbench.core.release import Wishes
from workbench.core.splits import Drawn, Member
from workbench.store import bridges, releases
from workbench.store.projects import ProjectRow
from workbench.store.releases import GoldRow


class Parts:
    """The clusters of a project, joined where an article lies between, and the parts that were drawn for them."""

    def __init__(self, session: Session, project: ProjectRow, wishes: Wishes) -> None:
        settled = releases.settled_splits(session, project.id, wishes.seed) if wishes.parts else {}
        self._joined = splits.joined(bridges.of_project(session, project.id), settled)
        self._drawn: Drawn | None = None
        self._between = 0
        if wishes.parts:
            kept = {self._joined.name(cluster): part for cluster, part in settled.items()}
            rows = (row for row in releases.gold(session, project.id) if row.document.id not in self._joined.between)
            self._drawn = splits.draw(map(self._member, rows), wishes.parts, wishes.seed, kept)

    def cluster(self, row: GoldRow) -> str:
        """Return the cluster of an article under the name that it has now."""
        return self._joined.name(row.document.cluster or row.document.id)

    def part(self, row: GoldRow) -> str | None:
        """Return the part of an article: none where it lies between two."""
        if self._drawn is None:
            return row.document.split
        if row.document.id in self._joined.between:
            self._between += 1
            return None
        return self._drawn.of[self.cluster(row)]

    def json(self) -> Json | None:
        """Return what the manifest says of the parts."""
        if self._drawn is None:
            return None
        return {
            "clusters_drawn": self._drawn.fresh,
            "articles_moved": self._drawn.moved,
            "articles_between": self._between,
        }

    def _member(self, row: GoldRow) -> Member:
        """Return what decides about an article's part."""
        mix = "".join(letter for letter, plural in (("c", "commitments"), ("s", "stances")) if row.body.get(plural))
        return Member(self.cluster(row), mix, row.document.source.outlet or "", row.document.split)
