"""Bodies that every state has, named without it: *the Commerce Ministry*, *Parliament*, *the Army*."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from workbench.core.actors import Actor
from workbench.nlp.gazetteer import Gazetteer, state_among
from workbench.nlp.mentions import Mention, published
from workbench.nlp.people import party
from workbench.nlp.tree import Doc

_ORGAN: Final = re.compile(
    r"(?:[A-Z]\w+ (?:and )?){0,3}Ministry|Ministry (?:of|for) .+|Parliament|Cabinet|Congress|Senate|Treasury"
    r"|House of Representatives|National Assembly|Supreme Court|(?:Joint|General|Naval|Air) Staff|Joint Chiefs of Staff"
    r"|Army|Navy|Air Force|Coast ?[Gg]uard|Armed Forces|Defen[cs]e Forces?|Defen[cs]e Department|Foreign Office"
)
_OFTEN: Final = 3
_OWNS: Final = re.compile(r"(?:[’'‘`]s|[’'])?\s(?:own |new |lower |upper |interim )?")
_OF: Final = re.compile(r" (?:of|in) (?:the )?")
_IN: Final = re.compile(r"\b[Ii]n $")
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "poss", "agent"})
_PARTS: Final = frozenset({"poss", "amod", "compound", "nmod"})


class Organs:
    """Finds the state whose body is meant, in the sentence, the paragraph or the whole article."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], gazetteer: Gazetteer, states: Counter[str]) -> None:
        self.doc, self.text, self.gazetteer, self.states = doc, doc.text, gazetteer, states
        self.mentions = list(mentions)

    def resolved(self) -> list[Mention]:
        """Return the mentions, those of a state's body linked to it."""
        for index, each in enumerate(self.mentions):
            if each.label in {"ORG", "FORCE"} and _ORGAN.fullmatch(self.text, each.start, each.end):
                self.mentions[index] = self._resolved(index, each)
        return self.mentions

    def _resolved(self, index: int, organ: Mention) -> Mention:
        words = self.text[organ.start : organ.end]
        home = self._beside(index) or self._near(index)
        own = next((actor for actor, _ in self.gazetteer.matching(words)), None)
        if home is None and (own is not None or organ.label == "FORCE"):
            home = self._foremost()
        state = self.gazetteer.registry.by_id(home or "")
        if state is None:
            usual = own is None or max(self.states.values(), default=0) < _OFTEN or self._told(own, words)
            return organ if usual else self._nobody(organ, words)
        who = party(self._body(state, words) or state, self.gazetteer.registry, published(self.doc))
        return replace(
            organ, actor=who.name, id=who.id, kind=who.kind, principal=who.principal, principal_id=who.principal_id
        )

    def _told(self, own: Actor, words: str) -> bool:
        """Say whether the article speaks at all of the state whose body the registry takes the words for."""
        states = filter(None, map(self.gazetteer.registry.by_id, self.states))
        return any(own.id in {state.id, state.principal} or self._body(state, words) is own for state in states)

    def _nobody(self, organ: Mention, words: str) -> Mention:
        """Return the body as one of no known state, rather than as that of a state that the article is not about."""
        return replace(organ, actor=words, id=None, kind=None, principal=None, principal_id=None)

    def _beside(self, index: int) -> str | None:
        """Return the state right before or after: *Kenya’s Parliament*, *the Joint Staff in Tokyo*."""
        organ = self.mentions[index]
        before = self.mentions[index - 1] if index else None
        if before and before.kind == "state" and _OWNS.fullmatch(self.text, before.end, organ.start):
            return before.id
        after = self.mentions[index + 1] if index + 1 < len(self.mentions) else None
        if after and _OF.fullmatch(self.text, organ.end, after.start):
            return self._state(after)
        return None

    def _near(self, index: int) -> str | None:
        """Return the state of the sentence, then the one that acted last in the paragraph."""
        organ = self.mentions[index]
        sentence = self.doc.covering(organ.start, organ.end).root.sent
        for each in self._within(index, sentence.start_char, sentence.end_char):
            if each.cue.endswith(" capital") and _IN.search(self.text, max(0, each.start - 4), each.start):
                return self._state(each)
        earlier = self._within(index, self.text.rfind("\n", 0, organ.start) + 1, organ.start)
        return next((each.id for each in reversed(list(earlier)) if each.kind == "state" and self._acts(each)), None)

    def _within(self, index: int, start: int, end: int) -> Iterator[Mention]:
        around = self.mentions[max(0, index - 30) : index + 15]
        return (each for each in around if start <= each.start < end and each.label in {"GPE", "NORP"})

    def _acts(self, mention: Mention) -> bool:
        token = self.doc.covering(mention.start, mention.end).root
        if token.dep_ in _PARTS and token.head is not token:
            token = token.head
        return token.dep_ in _SUBJECTS

    def _foremost(self) -> str | None:
        """Return the state that the article names more often than any other, if it is named often."""
        first, *others = [*self.states.most_common(2), ("", 0)]
        return first[0] if first[1] >= _OFTEN and first[1] > others[0][1] else None

    def _state(self, mention: Mention) -> str | None:
        """Return the state that a mention names or is the capital of."""
        state = state_among(self.gazetteer.matching(self.text[mention.start : mention.end]))
        return state.id if state else None

    def _body(self, state: Actor, words: str) -> Actor | None:
        """Return the registry's own actor for this body of the state: *UK Parliament*, *British Army*."""
        for prefix in (*state.adjectives, state.name, *state.aliases):
            for actor, how in self.gazetteer.matching(f"{prefix} {words}"):
                if how in {"name", "alias"} and actor.kind not in {"state", "person"}:
                    return actor
        parties = (actor for actor, _ in self.gazetteer.matching(f"{words} party"))
        return next((one for one in parties if any(adjective in one.name for adjective in state.adjectives)), None)
