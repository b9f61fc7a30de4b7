"""Access against a model: whatever is done to accounts, roles, passwords and tokens, what has ended stays ended."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.builders import NOW, Coast
from tests.services.test_workflow import copies
from workbench.core.errors import NotFound, NotSignedIn, WorkbenchError
from workbench.core.workflow import Person
from workbench.services import passwords, people, projects, tokens

WHO = st.integers(0, 1)
ANY = st.integers(0, 30)
WORDS = "four words make {} one"


@dataclass
class Entry:
    """A browser, token or link that was handed out: whose it is, until when it is good, whether it was ended."""

    who: int
    secret: str
    until: datetime
    number: int = 0
    ended: bool = False


class Doors(RuleBasedStateMachine):
    """Two people, and what they were let in with, beside what has been taken from them since."""

    fresh: Callable[[], Coast]

    def __init__(self) -> None:
        super().__init__()
        self.coast = self.fresh()
        self.now = NOW
        self.people = [self.coast.mia, self.coast.noor]
        self.active, self.roles = [True, True], ["reviewer", "reviewer"]
        self.passwords: list[list[str]] = [[], []]
        self.browsers: list[Entry] = []
        self.tokens: list[Entry] = []
        self.links: list[Entry] = []

    def end(self, who: int, *kinds: list[Entry]) -> None:
        for each in (entry for kind in kinds for entry in kind if entry.who == who):
            each.ended = True

    def admit(self, who: int, secret: str) -> None:
        self.browsers.append(Entry(who, secret, self.now + people.STAY))

    @rule(who=WHO)
    def sign_in_by_a_link_made_now(self, who: int) -> None:
        by = self.people[who]
        with self.coast.database.writing() as session:
            token = people.make_link(session, by.id, "sign_in", now=self.now)
        with self.coast.database.writing() as session:
            secret = people.sign_in_by_link(session, token, agent="", now=self.now)
        assert (secret is not None) == self.active[who]
        if secret:
            self.admit(who, secret)

    @rule(who=WHO, which=ANY)
    def sign_in_with_some_password_that_was_theirs(self, who: int, which: int) -> None:
        theirs = self.passwords[who]
        if not theirs:
            return
        tried = theirs[which % len(theirs)]
        with self.coast.database.writing() as session:
            known = passwords.check(session, self.people[who].name, tried)
            assert (known is not None) == (self.active[who] and tried == theirs[-1])
            if known:
                self.admit(who, people.sign_in(session, known, self.people[who].name, agent="", now=self.now))

    @rule(who=WHO)
    def make_a_reset_link(self, who: int) -> None:
        with self.coast.database.writing() as session:
            token = people.reset_link(session, self.people[who].id, by=self.coast.lena, now=self.now)
        self.end(who, self.links)
        self.links.append(Entry(who, token, self.now + people.LINK_LIFE["reset"]))

    @rule(which=ANY)
    def follow_some_reset_link(self, which: int) -> None:
        if not self.links:
            return
        link = self.links[which % len(self.links)]
        good = not link.ended and self.now < link.until and self.active[link.who]
        word = WORDS.format(f"{len(self.passwords[link.who])}th")
        secret = None
        with suppress(NotFound), self.coast.database.writing() as session:
            secret = people.accept_invitation(session, link.secret, word, "reset", agent="", now=self.now)
        assert (secret is not None) == good
        if secret:
            self.end(link.who, self.browsers, self.links)
            self.passwords[link.who].append(word)
            self.admit(link.who, secret)

    @rule(who=WHO)
    def sign_out_everywhere(self, who: int) -> None:
        with self.coast.database.writing() as session:
            people.sign_out(session, self.people[who])
        self.end(who, self.browsers)

    @rule(which=ANY)
    def sign_one_browser_out(self, which: int) -> None:
        if self.browsers:
            browser = self.browsers[which % len(self.browsers)]
            with self.coast.database.writing() as session:
                people.sign_out(session, self.people[browser.who], token=people.digest(browser.secret))
            browser.ended = True

    @rule(who=WHO, role=st.sampled_from(["viewer", "reviewer", "adjudicator", None]))
    def give_another_role(self, who: int, role: str | None) -> None:
        with suppress(WorkbenchError), self.coast.database.writing() as session:
            number = self.people[who].id
            people.set_role(session, self.coast.project.id, number, role, by=self.coast.lena, now=self.now)
            if role != self.roles[who]:
                self.end(who, self.browsers)
            self.roles[who] = role  # type: ignore[call-overload]

    @rule(who=WHO, active=st.booleans())
    def deactivate_or_let_in_again(self, who: int, active: bool) -> None:
        with self.coast.database.writing() as session:
            people.set_active(session, self.people[who].id, active, by=self.coast.lena, now=self.now)
        self.active[who] = active
        if not active:
            self.end(who, self.browsers, self.links)

    @rule(who=WHO, days=st.integers(1, 3))
    def make_a_token(self, who: int, days: int) -> None:
        with self.coast.database.writing() as session:
            number, secret = tokens.make(session, "script", ["read"], days, by=self.people[who], now=self.now)
        self.tokens.append(Entry(who, secret, self.now + timedelta(days=days), number))

    @rule(which=ANY)
    def revoke_a_token(self, which: int) -> None:
        if self.tokens:
            token = self.tokens[which % len(self.tokens)]
            with suppress(NotFound), self.coast.database.writing() as session:
                tokens.revoke(session, token.number, by=self.people[token.who], now=self.now)
            token.ended = True

    @rule(hours=st.integers(1, 60))
    def let_time_pass(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @invariant()
    def a_browser_is_let_in_exactly_while_nothing_ended_it(self) -> None:
        with self.coast.database.reading() as session:
            for each in self.browsers:
                found = people.whose(session, each.secret, now=self.now)
                good = self.active[each.who] and not each.ended and self.now < each.until
                assert (found and found.id) == (self.people[each.who].id if good else None)

    @invariant()
    def a_program_is_let_in_exactly_while_its_token_is_good(self) -> None:
        for each in self.tokens:
            found: Person | None = None
            with suppress(NotSignedIn), self.coast.database.writing() as session:
                found = tokens.enter(session, each.secret, now=self.now, most=10_000).person
            good = self.active[each.who] and not each.ended and self.now < each.until
            assert (found and found.id) == (self.people[each.who].id if good else None)

    @invariant()
    def a_role_is_what_it_is_now(self) -> None:
        with self.coast.database.reading() as session:
            for who, role in zip(self.people, self.roles, strict=True):
                found = None
                with suppress(WorkbenchError):
                    found = projects.find(session, "coast", by=who, act="read").role
                assert found == role


@pytest.mark.slow
def test_nobody_gets_in_with_what_has_ended(
    engine: str, templates: Callable[[str, bool], str], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue("server") if engine == "postgresql" else None
    with copies(engine, templates(engine, True), tmp_path, server) as fresh:
        run_state_machine_as_test(
            type("Doors", (Doors,), {"fresh": staticmethod(fresh)}),
            settings=settings(
                max_examples=10 if engine == "sqlite" else 3, stateful_step_count=25, deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck), derandomize=True,
            ),
        )  # fmt: skip
