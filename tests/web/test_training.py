"""Practice and hidden tests in the browser: a reviewer's page and card, a lead's page and results."""

from tests.builders import Coast
from tests.teams import read_this
from tests.training import begun, given_test, practised, set_aside, with_gold, with_training
from tests.web.browsing import Browser


def test_a_lead_sets_articles_aside_and_a_reviewer_practises(coast: Coast, lena: Browser, mia: Browser) -> None:
    [key] = with_gold(coast)
    assert "Nothing to practise on yet" in mia.get("/projects/coast/practice").text
    form = {"keys": key, "purpose": "practice", "note": "Mind the ships"}
    assert lena.post("/projects/coast/training/articles", form).status_code == 303
    assert "Mind the ships" in lena.get("/projects/coast/training").text
    assert "Practice" in mia.get("/projects/coast/queue").text
    assert mia.post(f"/projects/coast/practice/{key}").status_code == 303
    item = begun(coast, coast.mia, key)
    coast.accept_all(item, coast.mia)
    done = mia.send(f"/projects/coast/items/{item}/finish", {}).get_json()
    assert done["summary"]["outcome"] == "practice"
    card = mia.get(done["next"]).text
    assert "A word from the lead" in card
    assert "Mind the ships" in card
    assert "Try it again" in card
    assert "Nothing differs" in card


def test_a_card_shows_both_readings_of_a_passage_side_by_side(coast: Coast, mia: Browser) -> None:
    [key] = with_gold(coast)
    set_aside(coast, [key], "practice")
    practised(coast, coast.mia, key, {"e2": None})
    item = begun_item(coast, mia, key)
    page = mia.get(f"/projects/coast/items/{item}/beside-gold").text
    assert "<dt>You</dt><dd>nothing</dd>" in page
    assert "<dt>Gold</dt>" in page
    assert "The rule:" in page


def begun_item(coast: Coast, mia: Browser, key: str) -> str:
    page = mia.get("/projects/coast/practice").text
    return page.split("/beside-gold")[0].rsplit("/", 1)[1]


def test_who_has_to_practise_first_is_shown_the_way(coast: Coast, mia: Browser) -> None:
    [key] = with_gold(coast)
    set_aside(coast, [key], "practice")
    with_training(coast, pass_mark=90)
    assert "Practice comes first here" in mia.get("/projects/coast/queue").text
    assert mia.get("/projects/coast/next").location.endswith("/projects/coast/practice")
    assert "1 practice article is left to read" in mia.get("/projects/coast/practice").text
    practised(coast, coast.mia, key)
    assert "You have passed" in mia.get("/projects/coast/practice").text
    assert "/items/" in mia.get("/projects/coast/next").location


def test_no_page_tells_a_reviewer_of_a_test(coast: Coast, lena: Browser, mia: Browser) -> None:
    [key] = with_gold(coast)
    test = given_test(coast, coast.mia, key)
    assert "badge ok" not in mia.get(f"/projects/coast/articles/{key}").text.split("</p>")[0]
    assert read_this(coast, test, coast.mia, {"e2": None}).outcome == "gold"
    for path in ("queue?show=done", "practice", f"items/{test}", f"articles/{key}", "board", "articles"):
        page = mia.get(f"/projects/coast/{path}").text.casefold()
        assert "hidden test" not in page
        assert ">test<" not in page
    assert mia.get(f"/projects/coast/items/{test}/beside-gold").status_code == 404
    assert mia.get("/projects/coast/training").status_code == 403
    assert "0.86" in lena.get("/projects/coast/training").text
    assert lena.get(f"/projects/coast/items/{test}/beside-gold").status_code == 200


def test_settings_that_are_refused_say_why_and_change_nothing(coast: Coast, lena: Browser) -> None:
    answer = lena.post("/projects/coast/training", {"every": "2", "pass_mark": "80"})
    assert answer.status_code == 422
    assert "One in 5" in answer.text
    answer = lena.post("/projects/coast/training/articles", {"keys": "nowhere", "purpose": "test"})
    assert "There is no article “nowhere”" in answer.text
    assert 'value="80"' not in lena.get("/projects/coast/training").text


def test_an_articles_own_page_sets_it_aside_for_leads_alone(coast: Coast, lena: Browser, mia: Browser) -> None:
    [key] = with_gold(coast)
    set_aside(coast, [key], "test")
    assert "Set aside as a hidden test" in lena.get(f"/projects/coast/articles/{key}").text
    assert "idden test" not in mia.get(f"/projects/coast/articles/{key}").text
