"""Articles between two clusters: nothing is in two parts, and nobody moves."""

import pytest

from tests.builders import Coast, article, opened, take
from tests.releasing import lines, make, manifest, text
from workbench.core.annotation import Review
from workbench.core.release import Wishes
from workbench.formats import gold
from workbench.services import bridging
from workbench.store import bridges
from workbench.store.schema import Bridge


def words(first: int, count: int = 300) -> str:
    return " ".join(f"word{number}" for number in range(first, first + count))


ONE, OTHER, BETWEEN = words(0), words(300), words(150)


def brought(coast: Coast, **texts: str) -> None:
    rows = [gold.dumps(article(text, id=id, review=Review("gold"))) for id, text in texts.items()]
    take(coast.database, coast.seen_by(coast.lena), opened("in.jsonl", b"\n".join(rows)))


def parts(coast: Coast, name: str, wishes: Wishes) -> dict[str, tuple[str, str | None]]:
    return {row["id"]: (row["cluster"], row["split"]) for row in lines(coast, make(coast, name, wishes))}


def test_an_article_near_two_clusters_makes_them_one_in_a_release(coast: Coast) -> None:
    brought(coast, one=ONE, other=OTHER)
    brought(coast, between=BETWEEN)
    found = parts(coast, "1", Wishes())
    assert len({found[id] for id in ("one", "other", "between")}) == 1
    assert manifest(coast, make(coast, "2"))["splits"]["articles_between"] == 0


@pytest.mark.parametrize("seed", ["1", "4", "9"])
def test_where_both_have_a_part_already_they_keep_it_and_what_came_between_has_none(coast: Coast, seed: str) -> None:
    wishes = Wishes(parts=(1, 1, 0), seed=seed)
    brought(coast, one=ONE, other=OTHER)
    before = parts(coast, "1", wishes)
    assert before["one"][1] != before["other"][1]
    brought(coast, between=BETWEEN, near=" ".join([*BETWEEN.split()[20:280], "tail"]))
    made = make(coast, "2", wishes)
    after = {row["id"]: row["split"] for row in lines(coast, made)}
    assert {id: after[id] for id in before} == {id: part for id, (_, part) in before.items()}
    assert (after["between"], after["near"]) == (None, None)
    assert manifest(coast, made)["splits"]["articles_between"] == 2
    assert "In none are 2 articles near to two of them." in text(coast, made, "datasheet.md")


def test_a_part_that_was_settled_is_kept_when_the_cluster_is_joined(coast: Coast) -> None:
    wishes = Wishes(parts=(1, 1, 0))
    brought(coast, one=ONE)
    [before] = parts(coast, "1", wishes).values()
    brought(coast, other=OTHER, between=BETWEEN)
    for name in ("2", "3"):
        found = parts(coast, name, wishes)
        assert {found[id][1] for id in ("one", "other", "between")} == {before[1]}


def test_what_an_import_takes_back_joins_nothing(coast: Coast) -> None:
    brought(coast, one=ONE, other=OTHER)
    spoilt = gold.dumps(article(BETWEEN, id="between")) + b"\n{broken\n"
    take(coast.database, coast.seen_by(coast.lena), opened("in.jsonl", spoilt))
    with coast.database.reading() as session:
        assert session.query(Bridge).count() == 0


def test_articles_between_clusters_are_found_anew_and_twice_the_same(coast: Coast) -> None:
    brought(coast, one=ONE, other=OTHER)
    brought(coast, between=BETWEEN)
    with coast.database.writing() as session:
        known = bridges.of_project(session, coast.project.id)
        session.query(Bridge).delete()  # as an import left it before anybody looked for them
    assert len({cluster for cluster, _ in parts(coast, "1", Wishes()).values()}) > 1
    heard: list[dict[str, int]] = []
    for _ in range(2):
        assert bridging.anew(coast.database, coast.project.id, progress=lambda **done: heard.append(done)) == 1
        with coast.database.reading() as session:
            assert bridges.of_project(session, coast.project.id) == known
    assert heard[0] == heard[1]
    assert len({cluster for cluster, _ in parts(coast, "2", Wishes()).values()}) == 1
