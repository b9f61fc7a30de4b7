"""Offices in an article: who is *the prime minister*, *Norway’s foreign minister*, *the PM* here."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from workbench.core.actors import Registry
from workbench.nlp.homes import OFFICIAL, is_subject, spoken_for
from workbench.nlp.mentions import Mention
from workbench.nlp.people import Party, party, post
from workbench.nlp.tree import Doc, Span

_RANKS: Final = (
    r"(?:(?:Sir|Dame|Dr|Mr|Mrs|Ms|Lord|Lady|General|Gen\.?|Admiral|Col\.?|Colonel|Major|Lieutenant|Brigadier|Prof\.?"
    r"|H\.E\.|the|King)\s)*"
)
_TITLE: Final = re.compile(rf"\s{_RANKS}$")
_NAME_NEXT: Final = re.compile(rf"(?:,| –| -|:| \()\s?{_RANKS}$")
_AFTER_NAME: Final = re.compile(
    r"(?:,|\s\(|\s[–—-])\s(?:(?!said|says|told|and he|and she|who|which|whose|but)[^,.;:()\n]){0,60}$"
)
_OWNS: Final = re.compile(
    r"(?:[’'‘`]s|[’'])?\s(?:(?!(?:as|and|or|but|if|when|while|after|that|with|by|for|to|from|says?|said|told|tells|its|their)\s)"
    r"[a-z-]+\s){0,2}$"
)
_OF: Final = re.compile(r"\s(?:of|to|for)\s(?:the\s)?(?:(?:Republic|Kingdom|State) of )?$")
_PRONOUN: Final = re.compile(
    r"\b(?:its|their|her country[’']s|his country[’']s|the country[’']s)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE
)
_HEADING: Final = re.compile(r"(?:president|minister|premier|chancellor|secretary|taoiseach|PM)$", re.IGNORECASE)
_REACH: Final = 200
_RULER: Final = re.compile(
    r"(?:King|Queen|Sultan|Emir|Sheikh|(?:Crown )?Prince(?:ss)?|President|Premier|Chancellor"
    r"|[Mm]inister|[Ss]ecretary) $"
)
_THRONE: Final = re.compile(r"(?:[’'‘`]s|[’'])?\s(?:King|Queen|Sultan|Emir|Sheikh|Crown Prince|junta leader)\s")
_REALM: Final = re.compile(r" of (?:the )?(?:(?:Republic|Kingdom|State) of )?")
_OWNERS: Final = frozenset({"GPE", "NORP", "ALLIANCE", "ORG", "LOC", "FORCE"})


class Offices:
    """Finds who holds the offices that an article speaks of."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], registry: Registry, on: date | None) -> None:
        self.doc, self.text, self.registry, self.on = doc, doc.text, registry, on
        self.mentions = list(mentions)
        self._held: dict[tuple[str, str | None], Mention] = {}
        self._principals: dict[str, Mention] = {}
        self._able: dict[str, list[int]] = {}
        self._posts: dict[str, set[str]] = {}
        self._known: dict[str, Party] = {}

    def resolved(self) -> list[Mention]:
        """Return the mentions with every office linked that can be, and people with whom they speak for."""
        places = [index for index, each in enumerate(self.mentions) if each.label == "ROLE"]
        owners = {index: self._owner(index) for index in places}
        for index in places:
            if holder := self._beside(index):
                self._take(index, holder, owners[index])
        for index in places:
            if self.mentions[index].actor is None and (found := self._elsewhere(index, owners[index])):
                self._link(index, found)
        self._rulers()
        for name, state in spoken_for(self.doc, self.mentions, self._principals, self.registry):
            self._principals.setdefault(name, state)
        return [each for each in self._speaking() if not self._unknown(each)]

    def _unknown(self, role: Mention) -> bool:
        """Say whether nobody can tell who holds the post: *its ambassador*, unlike *Finland’s president*."""
        vague = role.label == "ROLE" and role.actor is None and role.cue == "role: definite"
        return vague and not _HEADING.search(self.text[role.start : role.end])

    def _gap(self, first: Mention, second: Mention) -> str:
        return self.text[first.end : second.start] if second.start - first.end < 90 else "\n"

    def _beside(self, index: int) -> Mention | None:
        """Return the person whom the words name right before or after the office."""
        role = self.mentions[index]
        after = self.mentions[index + 1] if index + 1 < len(self.mentions) else None
        if after and after.label == "PERSON" and _TITLE.fullmatch(self._gap(role, after)):
            return after
        if self.text[role.end : role.end + 1] in {"’", "'", "‘"}:
            return None
        before = next(
            (each for each in reversed(self.mentions[max(0, index - 4) : index]) if each.label == "PERSON"), None
        )
        if before and _AFTER_NAME.fullmatch(self._gap(before, role)):
            return before
        if after and after.label == "PERSON" and _NAME_NEXT.fullmatch(self._gap(role, after)):
            return after
        following = self.mentions[index + 2] if index + 2 < len(self.mentions) else None
        if after is None or following is None or after.label not in _OWNERS or following.label != "PERSON":
            return None
        named = _OF.fullmatch(self._gap(role, after)) and _NAME_NEXT.fullmatch(self._gap(after, following))
        return following if named else None

    def _owner(self, index: int) -> Mention | None:
        """Return whose office it is: *Norway’s*, *French*, *of France*, *its*."""
        role = self.mentions[index]
        before = self.mentions[index - 1] if index else None
        if before and before.label in _OWNERS and before.actor and _OWNS.fullmatch(self._gap(before, role)):
            return before
        after = self.mentions[index + 1] if index + 1 < len(self.mentions) else None
        if after and after.label in _OWNERS and after.actor and _OF.fullmatch(self._gap(role, after)):
            return after
        if _PRONOUN.search(self.text[max(0, role.start - 40) : role.start]):
            kinds = {"state", "alliance", "organisation"}
            earlier = [each for each in self.mentions[max(0, index - 12) : index] if each.kind in kinds]
            named = [each for each in reversed(earlier) if each.label != "NORP"]
            start = self._span(role).root.sent.start_char
            here = (each for each in named if each.start >= start and is_subject(self.doc, each))
            return next(here, next(iter(named), None))
        return None

    def _take(self, index: int, holder: Mention, owner: Mention | None) -> None:
        title = post(self.text[self.mentions[index].start : self.mentions[index].end])
        self._link(index, holder)
        self._held.setdefault((title, owner.id if owner else holder.principal_id), holder)
        self._posts.setdefault(title, set()).add(holder.actor or "")
        if owner and holder.principal is None and OFFICIAL.search(title) and owner.label != "LOC":
            self._principals.setdefault(holder.actor or "", owner)

    def _link(self, index: int, holder: Mention) -> None:
        role = self.mentions[index]
        self.mentions[index] = replace(
            role,
            actor=holder.actor,
            id=holder.id,
            kind=holder.kind,
            principal=holder.principal,
            principal_id=holder.principal_id,
        )

    def _elsewhere(self, index: int, owner: Mention | None) -> Mention | None:
        role = self.mentions[index]
        words = self.text[role.start : role.end]
        if owner is None:
            return self._holding(words, index)
        if held := self._held.get((post(words), owner.id)):
            return held
        state = self.registry.by_id(owner.id or "")
        actor = self.registry.holder_of(post(words), state, self.on) if state else None
        if actor is None:
            return None
        who = party(actor, self.registry, self.on)
        return replace(
            role, actor=who.name, id=who.id, kind=who.kind, principal=who.principal, principal_id=who.principal_id
        )

    def _holding(self, words: str, index: int) -> Mention | None:
        """Return the person of the article who holds such an office: in this paragraph, else the most named before."""
        title = post(words)
        if title not in self._able:
            self._able[title] = [at for at, each in enumerate(self.mentions) if each.actor and self._holds(each, title)]
        able = self._able[title]
        before = able[max(0, bisect_left(able, index) - _REACH) : bisect_left(able, index)]
        start = self.text.rfind("\n", 0, self.mentions[index].start)
        if before and self.mentions[before[-1]].start > start:
            return self.mentions[before[-1]]
        counts = Counter(self.mentions[at].actor for at in before or able[:_REACH])
        best = counts.most_common(1)[0][0] if counts else None
        return next((self.mentions[at] for at in able if self.mentions[at].actor == best), None)

    def _holds(self, person: Mention, title: str) -> bool:
        if person.label not in {"PERSON", "ROLE"}:
            return False
        if person.actor in self._posts.get(title, ()):
            return True
        actor = self.registry.by_id(person.id or "")
        return actor is not None and any(
            post(office.title) == title and (self.on is None or office.held(self.on)) for office in actor.offices
        )

    def _rulers(self) -> None:
        """Link *King Abdullah of Jordan* to whom the registry knows there; else he speaks for the state."""
        for realm, ruler in pairwise(self.mentions):
            if ruler.label == "PERSON" and realm.kind == "state" and _THRONE.fullmatch(self._gap(realm, ruler)):
                self._principals.setdefault(ruler.actor or "", realm)
        for ruler, realm in pairwise(self.mentions):
            title = _RULER.search(self.text, max(0, ruler.start - 20), ruler.start)
            named = ruler.label == "PERSON" and realm.kind == "state" and ruler.principal is None
            if not (named and title and _REALM.fullmatch(self._gap(ruler, realm))):
                continue
            name = self.text[title.start() : ruler.end]
            known = (actor for actor, _ in self.registry.matching(name) if actor.kind == "person")
            actor = next((one for one in known if self.registry.principal_of(one, self.on)), None)
            if actor is not None and (who := party(actor, self.registry, self.on)).principal_id == realm.id:
                self._known[ruler.actor or ""] = who
            self._principals.setdefault(ruler.actor or "", realm)

    def _span(self, mention: Mention) -> Span:
        return self.doc.covering(mention.start, mention.end)

    def _speaking(self) -> list[Mention]:
        """Give every mention of a person the principal that one of them has."""
        known = self._principals
        for index, each in enumerate(self.mentions):
            if who := self._known.get(each.actor or ""):
                self.mentions[index] = replace(
                    each, actor=who.name, id=who.id, principal=who.principal, principal_id=who.principal_id
                )
        return [
            replace(each, principal=known[each.actor].actor, principal_id=known[each.actor].id)
            if each.kind == "person" and each.principal is None and each.actor in known
            else each
            for each in self.mentions
        ]
