"""Articles between two clusters, found anew: for those that were imported before anybody looked for them."""

from collections.abc import Callable
from contextlib import closing

from sqlalchemy.orm import Session

from workbench.core.clusters import near
from workbench.store import articles, bridges
from workbench.store.bridges import Marked
from workbench.store.clusters import Neighbours
from workbench.store.engine import Database

_CHUNK = 200


def anew(database: Database, project_id: int, *, progress: Callable[..., None] = lambda **_: None) -> int:
    """Compare every article of a project with those before it, as an import does; return how many lie between clusters.

    Each chunk is kept as it is found, in place of what was known of it: cut off or run twice, it comes to the same.
    """
    after = looked = between = 0
    with closing(Neighbours()) as earlier:
        while True:
            with database.reading() as session:
                some = bridges.marked(session, project_id, after, _CHUNK)
                found = {each.id: _others(session, project_id, each, earlier) for each in some}
            if not some:
                return between
            with database.writing() as session:
                bridges.replace(session, found)
            after, looked = some[-1].id, looked + len(some)
            between += sum(map(bool, found.values()))
            progress(done=looked)


def _others(session: Session, project_id: int, article: Marked, earlier: Neighbours) -> set[str]:
    """Return the clusters other than its own that an article is near to, and let later ones be compared with it."""
    likely = earlier.likely(article.signature)
    earlier.add(article.key, article.cluster, article.signature)
    if not set(likely.values()) - {article.cluster}:
        return set()
    text = articles.text(session, project_id, article.key)
    found = near(text, likely, lambda key: articles.text(session, project_id, key))
    return {likely[each.key] for each in found} - {article.cluster}
