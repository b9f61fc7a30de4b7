"""Reports beside gold, as leads and readers see them."""

from tests.builders import Coast
from tests.teams import read, with_rules
from tests.web.browsing import Browser


def test_a_lead_sees_everybody_and_a_reader_their_own(lena: Browser, mia: Browser, coast: Coast) -> None:
    assert "Nothing to compare yet" in lena.get("/projects/coast/readers").text
    with_rules(coast, readers=3, merge="majority")
    item = coast.next(coast.mia)
    read(coast, coast.mia, {"e2": None})
    read(coast, coast.noor)
    read(coast, coast.lena)
    assert "Noor" in lena.get("/projects/coast/readers").text
    assert "Your reading beside gold" in mia.get(f"/projects/coast/readers/{coast.mia.id}").text
    assert mia.get(f"/projects/coast/readers/{coast.noor.id}").status_code == 403
    card = mia.get(f"/projects/coast/items/{item}/beside-gold").text
    assert "<mark>Italy</mark>" in card
    assert "The rule:" in card
