"""The same decision across a queue: seen first, carried once, taken back in one step, remembered later."""

from tests.builders import NOW, Coast, entity, layer, take_texts
from workbench.core.propagation import Wish, remembered
from workbench.services import propagation
from workbench.services.propagation import Context, Order, Place

ANTWERP = "Antwerp sent a tug to Antwerp. The Antwerpener waved."
GHENT = "In Antwerp nobody knew of it, said the mayor of Antwerp."
ORG = Wish("Antwerp", "accepted", "ORG", "Port of Antwerp", "org:antwerp")


def queued(coast: Coast) -> list[int]:
    """Take in two articles that name Antwerp and return their items."""
    take_texts(coast.database, coast.project, (ANTWERP, GHENT))
    with coast.database.reading() as session:
        found = propagation.preview(session, coast.seen_by(coast.mia), ORG, by=coast.mia)
    return sorted({each.item for each in found})


def look(coast: Coast, wish: Wish = ORG, but: int | None = None) -> list[Context]:
    with coast.database.reading() as session:
        return propagation.preview(session, coast.seen_by(coast.mia), wish, but=but, by=coast.mia)


def carry(coast: Coast, places: list[Place], txn: str = "txn-1", wish: Wish = ORG) -> dict[str, int]:
    order = Order(txn, wish.surface, wish.status, wish.label, places, wish.actor, wish.actor_id)
    with coast.database.writing() as session:
        return propagation.carry(session, coast.seen_by(coast.mia), order, by=coast.mia, now=NOW)


def places(contexts: list[Context]) -> list[Place]:
    return [Place(each.item, each.mention.start, each.mention.end) for each in contexts]


def labels(coast: Coast, item: int) -> list[tuple[str, str]]:
    coast.begin(item, coast.mia)
    return [(each.item.label, each.status) for each in coast.placed(item, coast.mia) if each.item.kind == "entity"]


def test_every_mention_on_its_own_is_shown_with_what_surrounds_it(coast: Coast) -> None:
    queued(coast)
    assert [each.mention.start for each in look(coast)] == [0, 22, 3, 48]
    assert look(coast)[2].mention.before == "In "
    assert look(coast)[2].mention.after.startswith(" nobody knew")


def test_only_what_was_left_ticked_is_decided(coast: Coast) -> None:
    first, second = queued(coast)
    assert carry(coast, places(look(coast))[:1]) == {"applied": 1, "left": 0}
    assert labels(coast, first) == [("ORG", "accepted")]
    assert labels(coast, second) == []


def test_carrying_the_same_step_twice_changes_nothing_more(coast: Coast) -> None:
    first, _ = queued(coast)
    wanted = places(look(coast))
    assert carry(coast, wanted)["applied"] == 4
    assert carry(coast, wanted)["applied"] == 0
    assert labels(coast, first) == [("ORG", "accepted"), ("ORG", "accepted")]


def test_one_step_takes_it_back_in_every_article(coast: Coast) -> None:
    first, second = queued(coast)
    carry(coast, places(look(coast)))
    with coast.database.writing() as session:
        counted = propagation.take_back(session, coast.seen_by(coast.mia), "txn-1", by=coast.mia, now=NOW)
    assert counted == {"applied": 4, "left": 0}
    assert {status for item in (first, second) for _, status in labels(coast, item)} == {"rejected"}


def test_the_article_on_the_desk_is_left_out(coast: Coast) -> None:
    first, second = queued(coast)
    assert {each.item for each in look(coast, but=first)} == {second}


def test_what_somebody_else_is_reviewing_is_left_out(coast: Coast) -> None:
    first, second = queued(coast)
    coast.begin(second, coast.noor)
    assert {each.item for each in look(coast)} == {first}


def test_later_articles_get_it_as_a_suggestion_and_never_as_a_decision() -> None:
    text = "Antwerp and Antwerp again"
    proposed = layer("finder@1", entity(text, "Antwerp", "GPE"))
    kept = remembered(proposed, text, [ORG], "finder@1")
    assert [(each.start, each.label, each.actor, each.by.decided) for each in kept.entities] == [
        (0, "ORG", "Port of Antwerp", None),
        (12, "ORG", "Port of Antwerp", None),
    ]
    assert {each.by.cue for each in kept.entities} == {"remembered: Antwerp"}


def test_what_people_rejected_before_is_proposed_as_doubtful() -> None:
    text = "Antwerp again"
    kept = remembered(layer("f", entity(text, "Antwerp")), text, [Wish("Antwerp", "rejected", "GPE")], "f")
    assert [each.by.score for each in kept.entities] == [0.2]
