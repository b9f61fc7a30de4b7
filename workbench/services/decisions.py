"""Decisions: applied in order, each once, one after the other whatever becomes of its neighbours."""

from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from workbench.core import desk, workflow
from workbench.core.annotation import Object
from workbench.core.desk import Placed
from workbench.core.errors import Invalid, NotFound, TextChanged
from workbench.core.record import object_from, object_json
from workbench.core.text import TOKENISER
from workbench.core.workflow import Person
from workbench.services import layers, projects
from workbench.store import saving, work
from workbench.store.prepared import Asked
from workbench.store.projects import ProjectRow
from workbench.store.saving import Seat
from workbench.store.work import MarkRow

MOST_AT_ONCE: Final = 50


class Sent(msgspec.Struct, forbid_unknown_fields=True):
    """One decision as the browser sends it."""

    key: str
    txn: str
    at: datetime
    act: str
    kind: str
    id: str
    expect: int
    after: dict[str, Any]
    undoes: str | None = None
    bulk: bool = False
    dwell_ms: int | None = None


class Parcel(msgspec.Struct, forbid_unknown_fields=True):
    """Some decisions, in order, with the text that they are about."""

    text_sha256: str
    tokeniser: str
    decisions: list[Sent]


def decide(
    asked: Asked,
    project: ProjectRow,
    item_id: int,
    parcel: Parcel,
    *,
    by: Person,
    now: datetime,
    lease: timedelta | None = None,
) -> dict[str, Any]:
    """Apply decisions in order, each once; return the new revision and a verdict for each.

    A decision that meets a newer version, an impossible span or a finished article gets its own
    verdict and stops none of the others. A lease is renewed once half of it is over. Raises Stale
    where the text is not the one that the browser shows.
    """
    workflow.check(project.role, "review")
    if len(parcel.decisions) > MOST_AT_ONCE:
        raise Invalid(f"Send at most {MOST_AT_ONCE} decisions at once.")
    seat = saving.seat(asked, project.id, item_id, by.id)
    if seat is None or seat.layer_id is None:
        raise NotFound("This article is not on your desk; open it from the queue.")
    if seat.text_sha256 != parcel.text_sha256 or parcel.tokeniser != TOKENISER:
        raise TextChanged("The text on your page is not the one that is stored; reload the page.")
    desk_ = _Desk(asked, project, seat, seat.layer_id, by, now)
    desk_.load(parcel.decisions)
    verdicts = [desk_.apply(sent) for sent in parcel.decisions]
    if lease and seat.person_id == by.id and seat.state == "open" and workflow.half_over(seat.leased_until, lease, now):
        saving.stay(asked, item_id, now + lease)
    return {"rev": desk_.keep(), "verdicts": verdicts}


class _Desk:
    """One person's layer while a parcel of decisions is applied to it."""

    def __init__(self, asked: Asked, project: ProjectRow, seat: Seat, layer_id: int, by: Person, now: datetime) -> None:
        self.asked, self.project, self.seat, self.layer_id, self.by, self.now = (
            asked, project, seat, layer_id, by, now,
        )  # fmt: skip
        self.text = saving.text(asked, seat.article_id, seat.text_sha256)
        self.toks = desk.pieces(self.text)
        self.scheme = projects.parsed(saving.scheme(asked, project.id, project.scheme_version))
        self.base: dict[str, Object] = {}
        self.marks: dict[str, MarkRow] = {}
        self.known: dict[str, tuple[int, int]] = {}
        self.log: list[dict[str, Any]] = []
        self.changed: dict[str, MarkRow] = {}

    def load(self, decisions: list[Sent]) -> None:
        """Load what the decisions touch."""
        touched = {sent.id for sent in decisions}
        self.base = self._base(touched)
        self.marks, self.known = saving.known(
            self.asked, self.layer_id, touched, [sent.key for sent in decisions]
        )  # fmt: skip

    def _base(self, touched: set[str]) -> dict[str, Object]:
        if self.seat.base_id is None or self.seat.base_at is None:
            return layers.base(self.asked, work.layer(self.asked, self.layer_id), self.text, touched)
        rows = saving.proposals(self.asked, self.seat.base_id, self.seat.base_at)
        found = {oid: rows[oid] for oid in touched if oid in rows}
        return {oid: object_from(kind, msgspec.json.decode(raw), self.text) for oid, (kind, raw) in found.items()}

    def apply(self, sent: Sent) -> dict[str, Any]:
        """Return the verdict on one decision."""
        if sent.key in self.known:
            layer_id, version = self.known[sent.key]
            if layer_id != self.layer_id:
                return {"key": sent.key, "verdict": "invalid", "why": "This key names a decision elsewhere."}
            return {"key": sent.key, "verdict": "duplicate", "version": version}
        if self.seat.kind not in {"draft", "attempt"}:
            return {"key": sent.key, "verdict": "closed", "why": "You had finished this article; reopen it first."}
        current = self._current(sent.id)
        if sent.expect != (current.version if current else 0):
            return self._conflict(sent, current)
        try:
            return self._applied(sent, current)
        except Invalid as problem:
            return {"key": sent.key, "verdict": "invalid", "why": problem.sentence}

    def _current(self, oid: str) -> Placed | None:
        if mark := self.marks.get(oid):
            return layers.marked(mark, self.text)
        return Placed(self.base[oid], "suggested", 0) if oid in self.base else None

    def _conflict(self, sent: Sent, current: Placed | None) -> dict[str, Any]:
        who = work.last_decider(self.asked, self.layer_id, sent.id)
        return {
            "key": sent.key,
            "verdict": "conflict",
            "object": desk.object_wire(current, self.toks) if current else None,
            "who": who[0] if who else None,
            "when": who[1] if who else None,
        }

    def _applied(self, sent: Sent, current: Placed | None) -> dict[str, Any]:
        item, status = self._read(sent, current)
        version = sent.expect + 1
        body = object_json(item, self.text)
        self.marks[sent.id] = self.changed[sent.id] = MarkRow(sent.id, sent.kind, status, version, body)
        self.known[sent.key] = (self.layer_id, version)
        before = {"status": current.status, "body": object_json(current.item, self.text)} if current else None
        self.log.append(self._entry(sent, version, before, {"status": status, "body": body}))
        return {"key": sent.key, "verdict": "applied", "version": version}

    def _read(self, sent: Sent, current: Placed | None) -> tuple[Object, str]:
        status = sent.after.get("status")
        if status not in desk.STATUSES or sent.act not in desk.ACTS or not 0 < len(sent.key) <= 36:
            raise Invalid(f"“{sent.act}” to “{status}” is no decision that the desk knows.")
        if current and current.item.kind != sent.kind:
            raise Invalid(f"{sent.id} is of the kind {current.item.kind}, not {sent.kind}.")
        item = desk.object_from_wire(sent.kind, sent.id, sent.after, self.text, self.toks)
        if status != "rejected":
            desk.check(self.scheme, item)
        at = self.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        return desk.provenance(item, status, self.base.get(sent.id), bulk=sent.bulk, at=at), status

    def _entry(self, sent: Sent, version: int, before: Any, after: Any) -> dict[str, Any]:
        return {
            "key": sent.key,
            "layer_id": self.layer_id,
            "person_id": self.by.id,
            "txn": sent.txn[:36],
            "act": sent.act,
            "undoes": sent.undoes[:36] if sent.undoes else None,
            "kind": sent.kind,
            "oid": sent.id,
            "version": version,
            "before": before,
            "after": after,
            "bulk": sent.bulk,
            "dwell_ms": min(sent.dwell_ms, 86_400_000) if sent.dwell_ms and sent.dwell_ms > 0 else None,
            "at": sent.at if sent.at.tzinfo else self.now,
            "received_at": self.now,
            "scheme": self.project.scheme_version,
            "guideline": self.project.guideline_version,
        }

    def keep(self) -> int:
        """Store what was applied; return the layer's revision."""
        if not self.log:
            return self.seat.rev
        return saving.keep(self.asked, self.layer_id, self.log, self.changed.values())
