"""A bench in which everything that people, files and programs can write is a script that a careless page would run.

``RUNS`` names itself in the page where it is put in as markup; what it runs is refused by the content security
policy, which a browser reports. Both are looked for.
"""

import json
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import JSON, String, Table, cast, func, select, update
from sqlalchemy.orm import Session

from tests.builders import HARBOUR, LANTERN, NOW, Coast, Finder, coast_of, opened, person, project, suggest, take
from tests.releasing import make
from tests.services.test_adjudication import disputed, ruled
from tests.teams import read_this, returned, with_rules
from tests.training import set_aside
from workbench.core import datasheet
from workbench.core.workflow import Person
from workbench.services import accounts, actors, old_rules, people, projects, reasons, releases, talk, tokens, waivers
from workbench.services import jobs as asked
from workbench.settings import resource_root
from workbench.store import jobs, movein, parked
from workbench.store.engine import Database
from workbench.store.schema import Person as PersonRow

SHORT: Final = "\"'><b data-evil>"
RUNS: Final = SHORT + "<img src=/x onerror=run()><script>run()</script>{{7*7}}"
LEADS: Final = "javascript:run()//" + SHORT

WORDS: Final = {
    "person": {"name", "email"}, "project": {"title"}, "api_token": {"name"}, "sign_in": {"agent", "address"},
    "guideline_version": {"body"}, "job": {"note", "owner"}, "label_mapping": {"theirs"},
    "reason_settled": {"reason", "note"}, "release": {"seed", "withdrawn_why"}, "remembered": {"surface", "actor"},
    "rule_change": {"note"}, "exercise": {"note"}, "handover": {"comment"}, "parked": {"author", "trouble"},
    "article": {"title", "outlet", "url", "author", "published", "file"}, "ruling": {"reason"},
    "waiver": {"finding", "reason"}, "item": {"note"}, "notice": {"words"}, "post": {"body"}, "start": {"author"},
}  # fmt: skip
"""Columns that hold words of people, files and programs; they are overwritten once all is there."""
MADE: Final = {
    "person": {"password", "folded"}, "project": {"slug"}, "throttle": {"key"}, "actors_version": {"body"},
    "api_token": {"token"}, "audit": {"act", "origin"}, "batch": {"state"}, "identity": {"issuer", "subject"},
    "job": {"kind", "state"}, "kept_answer": {"key", "fingerprint", "body"}, "label_mapping": {"ours"},
    "link": {"token", "purpose"}, "membership": {"role"}, "release": {"name", "manifest_sha256"},
    "remembered": {"txn", "status", "label", "actor_id"}, "rules_version": {"body"}, "scheme_version": {"body"},
    "sign_in": {"token"}, "training": {"salt"},
    "article": {"key", "text", "text_sha256", "language", "cluster", "split"}, "move_in": {"state", "folder"},
    "release_file": {"name"}, "release_record": {"key", "cluster", "split", "sha256"},
    "bridge": {"cluster"}, "adjudication": {"state", "merge"}, "exercise": {"purpose"}, "handover": {"act"},
    "layer": {"kind", "author", "spread"}, "tally": {"name"},
    "ruling": {"txn", "act", "card"}, "thread": {"key", "kind", "state"}, "waiver": {"key"}, "arriving": {"kind"},
    "decision": {"key", "txn", "act", "undoes", "kind", "oid"}, "item": {"state", "purpose"},
    "mark": {"oid", "kind", "status"}, "notice": {"kind"}, "post": {"key"},
}  # fmt: skip
"""Columns that hold what the bench made, or what is checked against a list or pattern before it is stored."""


@dataclass
class Poisoned(Coast):
    """A coast with an adjudicator, whose people are called like that too."""

    ada: Person

    def lookers(self) -> list[Person]:
        """Return an admin who leads, an adjudicator, a reviewer and a viewer."""
        with self.database.writing() as session:
            accounts.set_admin(session, self.lena.id, True, by=None, now=NOW)
        return [replace(self.lena, admin=True), self.ada, self.mia, self.otto]


def bench(database: Database) -> Poisoned:
    """People a bench to which everything has happened once, all of it with such words."""
    made = project(database, person(database, "Lena"))
    for name, role in (("Mia", "reviewer"), ("Noor", "reviewer"), ("Otto", "viewer")):
        person(database, name, role, made)
    named = {"title": RUNS, "outlet": RUNS, "author": RUNS, "url": LEADS, "published": SHORT, "meta": {RUNS: RUNS}}
    texts = [RUNS + HARBOUR, LANTERN + RUNS, *[f"{RUNS} {HARBOUR} Barge {n} lay at pier {n}." for n in range(3)]]
    lines = "".join(json.dumps({"text": each} | named) + "\n" for each in texts)
    take(database, made, opened(f"{SHORT}.jsonl", lines))
    take(database, made, opened(f"{SHORT}2.jsonl", '{"text": 5, "<b data-evil>": 1}\n'), skip_bad=True)
    suggest(database, made, Finder(f"{SHORT}@1"))
    coast, ada = coast_of(database), person(database, "Ada", "adjudicator", made)
    _work(coast, ada)
    _lead(coast)
    with database.writing() as session:
        _overwrite(session)
        _afterwards(session, coast)
        names = dict(session.execute(select(PersonRow.id, PersonRow.name)).tuples().all())
    crew = (coast.lena, coast.mia, coast.noor, coast.otto, ada)
    return Poisoned(database, coast.project, *(replace(each, name=names[each.id]) for each in crew))


def _work(coast: Coast, ada: Person) -> None:
    """Let readers differ, adjudicators rule, and everybody talk."""
    lane = {"people": [coast.mia.id, coast.noor.id], "languages": [], "outlets": [RUNS[:60]]}
    why = RUNS[:60]
    key = disputed(coast, {"e1": {"actor": RUNS, "actor_id": None}, "e2": None}, {}, reasons=[why])
    ruled(coast, key, 0, 1, ada, reason=why)
    with_rules(coast, readers=1, reasons=[why], lanes=[lane])
    item = coast.next(coast.mia)
    with coast.database.writing() as session:
        mine, lena = coast.seen_by(coast.mia), coast.seen_by(coast.lena)
        about = {"key": "a-question", "kind": "question", "span": None, "body": f"@Lena {RUNS}"}
        thread = talk.begin(session, mine, item, by=coast.mia, now=NOW, **about)
        talk.answer(session, lena, thread, key="an-answer", body=f"@Mia {RUNS}", by=coast.lena, now=NOW)
        odd = waivers.Wanted("a-waiver", "no-actor:e1", RUNS)
        waivers.waive(session, mine, item, odd, by=coast.mia, now=NOW)
    read_this(coast, item, coast.mia)
    returned(coast, item, RUNS, coast.lena)
    coast.skip(coast.next(coast.noor), coast.noor, RUNS)
    gold = coast.next(coast.noor)
    read_this(coast, gold, coast.noor)
    set_aside(coast, [coast.desk(gold, coast.noor).document.id], "practice", RUNS)


def _lead(coast: Coast) -> None:
    """Let a lead change, make, close and withdraw what there is."""
    root, lena = resource_root(), coast.lena
    with coast.database.writing() as session:
        lead = coast.seen_by(lena)
        scheme = json.loads(projects.scheme_source(session, lead))
        scheme["title"] = RUNS
        for each in [*scheme["labels"], *scheme["stance"], *scheme["commitment"]]:
            each["title"] = each["rule"] = RUNS
        projects.change_scheme(session, lead, json.dumps(scheme), seen=1, force=True, by=lena, now=NOW)
        projects.change_guideline(session, lead, f"# {RUNS}", seen=1, by=lena, now=NOW)
        lead = projects.find(session, "coast", by=lena, act="settle")
        old_rules.mark(session, lead, 2, ["entity:GPE"], RUNS, by=lena, now=NOW)
        actors.add(session, lead, [{"id": "org:run", "name": RUNS, "kind": "organisation", "aliases": [LEADS]}],
                   by=lena, now=NOW, root=root)  # fmt: skip
        releases.change_words(session, lead, dict.fromkeys(datasheet.SECTIONS, RUNS), seen=0, by=lena, now=NOW)
        tokens.make(session, RUNS[:60], ("read",), 30, by=lena, now=NOW)
        job = asked.ask(session, lead, "suggest", {"project": "coast"}, by=lena, now=NOW)
        jobs.claim(session, "w", now=NOW, silent_since=NOW)
        jobs.end(session, job, "w", "failed", RUNS, now=NOW)
        parked.keep(session, lead.id, f"{SHORT}@1", {1: RUNS}, tries=3, now=NOW)
        movein.keep_mapping(session, lead.id, {RUNS: None})
    make(coast, "first")
    make(coast, "second")
    with coast.database.writing() as session:
        lead = coast.seen_by(lena)
        releases.withdraw(session, lead, "first", RUNS, by=lena, now=NOW)
        [todo] = reasons.todos(session, lead)
        reasons.let_be(session, lead, todo.reason, todo.upto, RUNS, by=lena, now=NOW)


def _overwrite(session: Session) -> None:
    """Put such words into every column that holds words, told apart by number where they have to be."""
    for name, columns in WORDS.items():
        table: Table = PersonRow.metadata.tables[name]
        for column in (table.c[each] for each in columns):
            words = LEADS if column.name == "url" else RUNS
            most = getattr(column.type, "length", None)
            if most and most < len(words) + 12:
                words = SHORT
            fresh = func.concat(words, *(cast(key, String) for key in table.primary_key if key is not column))
            session.execute(update(table).where(column.is_not(None)).values({column: fresh}))


def _afterwards(session: Session, coast: Coast) -> None:
    """Let the log tell of people who are called like that."""
    people.set_active(session, coast.otto.id, False, by=coast.lena, now=NOW)
    people.set_active(session, coast.otto.id, True, by=coast.lena, now=NOW)


def untold() -> set[str]:
    """Return the columns of text of which nobody has said what they hold."""
    found = set()
    for table in PersonRow.metadata.sorted_tables:
        for column in table.columns:
            told = WORDS.get(table.name, set()) | MADE.get(table.name, set())
            if isinstance(column.type, String) and not isinstance(column.type, JSON) and column.name not in told:
                found.add(f"{table.name}.{column.name}")
    return found
