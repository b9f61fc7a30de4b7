"""Whom each mention names: people within the article first, states and bodies by the registry."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from workbench.core.actors import Actor, Match
from workbench.nlp.certainty import certainty
from workbench.nlp.datelines import DATELINE
from workbench.nlp.gazetteer import Gazetteer, state_among
from workbench.nlp.mentions import Mention, Proposal, debris, published
from workbench.nlp.offices import Offices
from workbench.nlp.organs import Organs
from workbench.nlp.people import Party, People, party, slug
from workbench.nlp.sense import acts, governs
from workbench.nlp.tree import Doc

_HOME: Final = re.compile(r" \(([^)]*)\)$")
_SILENT: Final = frozenset({"DATE", "MONEY", "QUANTITY", "WEAPON", "FAC"})
_NATIONAL: Final = re.compile(
    r" (?:Defen[cs]e Forces?|Armed Forces|Army|Navy|Air Force|Coast ?[Gg]uard|National Guard|Marines"
    r"|(?:National )?Police)$"
)
_PREFIX: Final = {"ORG": "org", "ALLIANCE": "group", "FORCE": "force"}


def linked(doc: Doc, found: Sequence[Proposal], gazetteer: Gazetteer, labels: Collection[str]) -> list[Mention]:
    """Return the proposals as mentions, each with whom it names."""
    return Linker(doc, list(_by_sense(doc, found, gazetteer, labels)), gazetteer).mentions()


def _by_sense(doc: Doc, found: Sequence[Proposal], gazetteer: Gazetteer, labels: Collection[str]) -> Iterator[Proposal]:
    """Yield the proposals of the scheme; a building of the government that does not act is a place."""
    for each in found:
        building = each.cue.endswith(" seat") and doc.text[each.start : each.end] in gazetteer.buildings
        if building and each.label == "ORG" and "FAC" in labels:
            yield each if governs(doc.covering(each.start, each.end)) else each._replace(label="FAC")
        elif each.label in labels:
            yield each


class Linker:
    """Links the entities of one article."""

    def __init__(self, doc: Doc, found: Sequence[Proposal], gazetteer: Gazetteer) -> None:
        self.doc, self.text, self.found, self.gazetteer = doc, doc.text, found, gazetteer
        self.on, self.debris = published(doc), debris(doc)
        self.words = [self.text[each.start : each.end] for each in found]
        self.people = People(
            (words for each, words in zip(found, self.words, strict=True) if each.label == "PERSON"), gazetteer, self.on
        )
        self.states = self._prominence()

    def _prominence(self) -> Counter[str]:
        """Count how often the article names each state."""
        counts: Counter[str] = Counter()
        for each, words in zip(self.found, self.words, strict=True):
            if each.label in {"GPE", "NORP"}:
                counts.update(actor.id for actor, how in self.gazetteer.matching(words)[:1] if how != "capital")
        return counts

    def mentions(self) -> list[Mention]:
        """Return all mentions in reading order, offices resolved to who holds them."""
        named = [self._mention(each, words) for each, words in zip(self.found, self.words, strict=True)]
        mentions = Organs(self.doc, named, self.gazetteer, self.states).resolved()
        return Offices(self.doc, mentions, self.gazetteer.registry, self.on).resolved()

    def _mention(self, found: Proposal, words: str) -> Mention:
        who, flags = self._party(found, words), self._flags(found)
        named = (who.name, who.id, who.kind, who.principal, who.principal_id) if who is not None else ()
        return Mention(found.start, found.end, found.label, found.cue, certainty(found), flags, found.agreed, *named)

    def _flags(self, found: Proposal) -> tuple[str, ...]:
        inside = {kind for start, end, kind in self.debris if start <= found.start and found.end <= end}
        before, after = self.text[found.start - 1 : found.start], self.text[found.end : found.end + 1]
        glued = before.isalpha() or after.isalpha() or after == "["
        flags = ["glued"] if glued else []
        if found.cue == "agency credit" or ("credit" in inside and found.label == "ORG"):
            flags.append("credit")
        return (*flags, *(["boilerplate"] if "boilerplate" in inside else []))

    def _party(self, found: Proposal, words: str) -> Party | None:
        if found.label in _SILENT or found.label == "ROLE":
            return None
        if found.label == "PERSON":
            return self.people.called(words)
        matches = [match for match in self.gazetteer.matching(words) if match[0].kind != "person"]
        matches = [match for match in matches if self._at_home(match[0], words)]
        if matches and not (found.label == "FORCE" and words[0].islower()):
            return self._known(found, matches)
        if found.label == "FORCE":
            return self._force(words)
        if found.label in _PREFIX:
            name = " ".join(words.split()) if found.label != "ALLIANCE" or " " in words else self._in_full(words)
            return Party(
                name,
                f"{_PREFIX[found.label]}:{slug(name)}",
                None if found.label == "ORG" else "group" if found.label == "ALLIANCE" else "force",
            )
        return Party(words) if found.label == "EVENT" else None

    def _in_full(self, head: str) -> str:
        """Return the name of the group that is called by its last word only: *the Compact*."""
        full = zip(self.words, self.found, strict=True)
        return next((name for name, each in full if each.label == "ALLIANCE" and name.endswith(f" {head}")), head)

    def _at_home(self, actor: Actor, words: str) -> bool:
        """Say whether a name that many states' bodies share, such as *National Assembly*, may be that of this state."""
        home = _HOME.search(actor.name)
        if home is None or words != actor.name[: home.start()] or actor.kind != "organisation":
            return True
        states = [match[0].id for match in self.gazetteer.matching(home[1])[:1]]
        return not states or self.states[states[0]] == max(self.states.values(), default=0) > 0

    def _known(self, found: Proposal, matches: list[Match]) -> Party | None:
        actor, how = self._best(matches)
        if (how == "capital" or actor.capital == actor.name) and DATELINE.match(self.text, found.start):
            return None
        if (how == "capital" or (how == "seat" and found.label != "ORG")) and not acts(
            self.doc.covering(found.start, found.end)
        ):
            return None
        home = found.label != "LOC" or actor.id == "group:europe"
        if not home and not acts(self.doc.covering(found.start, found.end)):
            return None
        return party(actor, self.gazetteer.registry, self.on)

    def _best(self, matches: list[Match]) -> Match:
        """Choose the match whose state the article speaks of most."""
        if len(matches) == 1:
            return matches[0]
        return max(matches, key=lambda match: self._weight(match[0]))

    def _weight(self, actor: Actor) -> tuple[int, bool]:
        place = _HOME.search(actor.name)
        said = [place[1]] if place else actor.name.split()
        states = (
            match[0].id for word in said for match in self.gazetteer.matching(word)[:1] if match[0].kind == "state"
        )
        home = next(states, "")
        return self.states[home or actor.principal or actor.id] + self.states[actor.id], home in {
            "state:GBR",
            "state:USA",
        }

    def _national(self, words: str) -> Party | None:
        """Return the forces of the state that their name starts with: *the Jamaica Defence Force*."""
        own = _NATIONAL.search(words)
        state = state_among(self.gazetteer.matching(words[: own.start()].removeprefix("Royal "))) if own else None
        return Party(words, f"force:{slug(words)}", "force", state.name, state.id) if state is not None else None

    def _force(self, words: str) -> Party:
        """Return the named force that a description such as *peace force* means here."""
        places = {actor.id: place for place, actor in self.gazetteer.theatres}
        for actor, _how in self.gazetteer.matching(words) if words[0].islower() else ():
            if places.get(actor.id, "\0") in self.text:
                return party(actor, self.gazetteer.registry, self.on)
        named = [
            each
            for each, label in zip(self.words, self.found, strict=True)
            if label.label == "FORCE" and each[0].isupper()
        ]
        for name, _ in Counter(named).most_common():
            for actor, _how in self.gazetteer.matching(name):
                if actor.kind == "force" and (actor.principal or "").partition(":")[0] != "state":
                    return party(actor, self.gazetteer.registry, self.on)
        if words[0].isupper():
            return self._national(words) or Party(words, f"force:{slug(words)}", "force")
        likely = [(self.text.count(place), actor) for place, actor in self.gazetteer.theatres]
        times, theatre = max(likely, key=lambda one: one[0], default=(0, None))
        if times and theatre:
            return party(theatre, self.gazetteer.registry, self.on)
        name = max((each for each in named if " " in each), key=len, default=words)
        return Party(name, f"force:{slug(name)}", "force")
