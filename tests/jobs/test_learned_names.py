"""A project's own names, typed in or taught by review, are known to the suggestions that run next."""

from pathlib import Path

from tests.builders import NOW, Coast, opened, take
from workbench.core.annotation import Frame
from workbench.jobs import tasks
from workbench.services import actors, layers
from workbench.settings import Settings, resource_root
from workbench.store import work
from workbench.store.schema import Article

_TEXT = "The Quay Compact pledged two frigates to the mission on Tuesday, officials said."
_OWN = '{"id": "org:quay-compact", "name": "Quay Compact", "kind": "alliance"}'


def _commitments(coast: Coast, tmp_path: Path) -> list[Frame]:
    """Run the suggestions that are due, and return the commitments in the newest article."""
    settings = Settings(home=tmp_path, database_url=str(coast.database.engine.url), exports=tmp_path)
    place = tasks.Bench(coast.database, settings)
    try:
        tasks.run_suggest(place, coast.project.slug, lambda **_: None)
    finally:
        place.close()
    with coast.database.reading() as session:
        newest = session.query(Article.id).order_by(Article.id.desc()).first()
        row = work.newest(session, newest[0], "suggested") if newest else None
        assert row is not None
        placed = layers.placed(session, row, _TEXT)
    return [each.item for each in placed if isinstance(each.item, Frame) and each.item.kind == "commitment"]


def test_a_name_of_the_project_gives_what_its_bearer_pledges(coast: Coast, tmp_path: Path) -> None:
    take(coast.database, coast.project, opened("before.txt", _TEXT))
    before = _commitments(coast, tmp_path)
    with coast.database.writing() as session:
        project = coast.seen_by(coast.lena)
        actors.change(session, project, _OWN, seen=0, by=coast.lena, now=NOW, root=resource_root())
    take(coast.database, coast.project, opened("after.txt", _TEXT + "\n"))
    after = _commitments(coast, tmp_path)
    assert [each.ids.get("actor") for each in before] != ["org:quay-compact"]
    assert [(each.ids.get("actor"), each.slots["type"]) for each in after] == [("org:quay-compact", "maritime")]
