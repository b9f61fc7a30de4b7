"""Who is meant: the cast of an article, asked by the components that read stances and commitments."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from spacy.tokens import Doc as Parsed

from workbench.core.actors import Registry
from workbench.nlp import plurals, reference
from workbench.nlp.gazetteer import state_among
from workbench.nlp.mentions import Mention
from workbench.nlp.tree import Doc, Span, Token

_REACH: Final = 40
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_MODIFIERS: Final = frozenset({"amod", "compound", "poss", "nmod"})


class Cast:
    """The actors of one article and where each is mentioned; ``doc._.cast``.

    - ``of(token)``: the mention that covers the token and names an actor, else None.
    - ``at(token)``: the mention that covers the token, whatever it is (a date, money, a place).
    - ``resolve(token_or_span)``: like ``of``, and also through what is no entity: pronouns (*he, it, they*),
      relatives (*which*), descriptions (*the country, the force, the alliance, the prime minister*), a
      nationality or owner with a noun (*British officials*, *Canberra’s offer*: the state), *government of
      X*, bare plurals (*countries, leaders*: the coalition at hand, scheme 9.3). The answer is the
      mention pointed to; of several (*the two leaders*) the first.
    - ``group(token_or_span)``: all who are meant, through conjunctions, plural pronouns and pairs.

    *we* and *I* are their speaker's, whom attribution knows: they resolve to None here. ``mentions`` lists
    all in reading order; ``registry.by_id(mention.id)`` gives the actor behind one.
    """

    def __init__(self, doc: Doc, mentions: Sequence[Mention], registry: Registry) -> None:
        self.doc = doc
        self.mentions = tuple(mentions)
        self.registry = registry
        self._covering: dict[int, Mention] = {}
        self._actors: list[tuple[int, Mention]] = []
        starts = doc.starts
        for mention in self.mentions:
            first = bisect_left(starts, mention.start + 1) - 1
            last = bisect_left(starts, mention.end)
            for index in range(first, last):
                self._covering[index] = mention
            if mention.actor:
                self._actors.append((last - 1, mention))
        self.people = frozenset(each.actor for each in self.mentions if each.label == "PERSON")
        self._ends = [index for index, _ in self._actors]

    def at(self, token: Token) -> Mention | None:
        """Return the mention that covers the token."""
        return self._covering.get(token.i)

    def of(self, token: Token) -> Mention | None:
        """Return the mention that covers the token, if it names an actor."""
        mention = self._covering.get(token.i)
        return mention if mention and mention.actor else None

    def resolve(self, words: Token | Span) -> Mention | None:
        """Return who is meant, through pronouns and descriptions too."""
        return next(iter(self._meant(words.root if isinstance(words, Span) else words, 0)), None)

    def group(self, words: Token | Span) -> tuple[Mention, ...]:
        """Return all who are meant, in reading order."""
        token = words.root if isinstance(words, Span) else words
        found = [mention for each in (token, *token.conjuncts) for mention in self._meant(each, 0)]
        return tuple({mention.actor: mention for mention in found}.values())

    def _meant(self, token: Token, depth: int) -> tuple[Mention, ...]:
        if found := self.of(token):
            return (found,)
        word = token.lower_
        if depth > 3 or (token.i in self._covering and self._covering[token.i].label not in {"ROLE", "QUANTITY"}):
            return ()
        if word in reference.HE or word in reference.SHE:
            return self._one(self._person(token, word in reference.SHE))
        if word in reference.IT:
            return self._one(self._body(token))
        if word in reference.WHO and token.tag_ in {"WP", "WDT", "IN", "WP$"}:
            return self._antecedent(token, depth)
        if word in reference.THEY:
            return plurals.several(self, token)
        return self._described(token, depth) if token.pos_ in {"NOUN", "PROPN", "NUM", "ADJ"} else ()

    @staticmethod
    def _one(found: Mention | None) -> tuple[Mention, ...]:
        return (found,) if found else ()

    def before(self, token: Token, fits: Callable[[Mention], bool]) -> Iterator[tuple[int, Mention]]:
        """Yield the fitting mentions of actors before a token, the nearest first."""
        last = bisect_left(self._ends, token.i)
        for index, mention in reversed(self._actors[max(0, last - _REACH) : last]):
            if fits(mention):
                yield index, mention

    def _nearest(self, token: Token, fits: Callable[[Mention], bool]) -> Mention | None:
        """Return the nearest fitting mention, the subject of its sentence before others in that sentence."""
        first: tuple[int, Mention] | None = None
        for index, mention in self.before(token, fits):
            if first is None:
                first = (index, mention)
            elif self.doc[index].sent.start != self.doc[first[0]].sent.start:
                break
            if self.doc[index].dep_ in _SUBJECTS:
                return mention
        return first[1] if first else None

    def _person(self, token: Token, woman: bool) -> Mention | None:
        other = reference.MEN if woman else reference.WOMEN
        return self._nearest(
            token, lambda each: each.kind == "person" and not self._styles.get(each.actor or "", set()) & other
        )

    @cached_property
    def _styles(self) -> dict[str, set[str]]:
        """Return the words right before each person's name: *Mr*, *Ms*, *King*."""
        found: dict[str, set[str]] = {}
        for index, mention in self._actors:
            if mention.label == "PERSON":
                first = index - len(self.doc.text[mention.start : mention.end].split())
                found.setdefault(mention.actor or "", set()).add(
                    self.doc[first].lower_.rstrip(".") if first >= 0 else ""
                )
        return found

    def _body(self, token: Token) -> Mention | None:
        return self._nearest(token, lambda each: each.kind in reference.BODIES and each.label not in {"NORP", "FAC"})

    def _antecedent(self, token: Token, depth: int) -> tuple[Mention, ...]:
        verb = token.head
        for _ in range(6):
            if verb.dep_ in {"relcl", "acl"}:
                return self._meant(verb.head, depth + 1) if verb.head.i != token.i else ()
            verb = verb.head
        return ()

    def _described(self, token: Token, depth: int) -> tuple[Mention, ...]:
        lemma = token.lemma_.lower()
        if owner := self._owner(token, lemma, depth):
            return owner
        plural = token.tag_ in {"NNS", "NNPS"}
        definite = any(each.lower_ in {"the", "this", "that", "these", "those"} for each in token.lefts)
        if plural and definite and any(each.lower_ in {"two", "three", "four"} for each in token.lefts):
            return plurals.pair(self, token, lemma)
        if plural:
            return plurals.members(self, token, definite=definite) if lemma in reference.MEMBERS else ()
        if not definite and token.dep_ not in {"poss"}:
            return ()
        return self._one(self._singular(token, lemma))

    def _owner(self, token: Token, lemma: str, depth: int) -> tuple[Mention, ...]:
        """Return whose they are: *British officials*, *the government of Fiji*, *their leaders*."""
        if lemma not in reference.SPOKEN_FOR and lemma not in reference.MEMBERS:
            return ()
        for each in reversed(list(token.lefts)):
            if lemma in reference.ALLIED and each.dep_ == "poss":
                continue
            if each.dep_ in _MODIFIERS and (found := self._meant(each, depth + 1)):
                return tuple(self._state(one, lemma) for one in (*found, *self._beside(each)))
        for each in token.rights:
            serving = lemma in reference.SERVING and (each.lower_ in reference.SERVED or lemma in reference.HELPING)
            if each.dep_ == "prep" and (serving or each.lower_ in {"of", "in", "from"}):
                for place in (child for child in each.children if child.dep_ == "pobj"):
                    whose = (self._state(one, "government") if serving else one for one in self.group(place))
                    if found := tuple(one for one in whose if one.kind in reference.BODIES):
                        return found
                    if each.lower_ == "in" and lemma in reference.SPEAKING and (seat := self.seat(place)) is not None:
                        return (seat,)
        return self._housed(token) if lemma in reference.HOUSED else ()

    def _housed(self, token: Token) -> tuple[Mention, ...]:
        """Return the state in whose capital a body speaks: *In Moscow, the foreign ministry repeated …*."""
        links = (each for each in token.head.lefts if each.dep_ == "prep" and each.lower_ == "in" and each.i < token.i)
        places = (place for each in links for place in each.children if place.dep_ == "pobj")
        return tuple(seat for place in places if (seat := self.seat(place)) is not None)[:1]

    def seat(self, place: Token) -> Mention | None:
        """Return the state whose capital a place is: *a ministry spokesperson in Hanoi*."""
        mention = self._covering.get(place.i)
        if mention is None or mention.actor is not None:
            return None
        state = state_among(self.registry.matching(self.doc.text[mention.start : mention.end]))
        return replace(mention, actor=state.name, id=state.id, kind=state.kind) if state else None

    def _beside(self, modifier: Token) -> Iterator[Mention]:
        yield from (found for each in modifier.conjuncts if (found := self.of(each)))

    def _state(self, owner: Mention, lemma: str) -> Mention:
        """Return the state behind a leader who owns an administration, else the owner."""
        if owner.kind != "person" or owner.principal is None or lemma not in reference.GOVERNING:
            return owner
        state = self.registry.by_id(owner.principal_id or "")
        return replace(owner, actor=owner.principal, id=owner.principal_id, kind=state.kind if state else "state")

    def coalition(self, token: Token) -> Mention | None:
        """Return the group whose members are spoken of: the last coalition named, else the article's own."""
        groups = [each for _, each in self._actors if each.label == "ALLIANCE"]
        own = Counter(each.actor for each in groups if each.kind == "group").most_common(1)
        if own:
            return next(each for each in groups if each.actor == own[0][0])
        return next((each for _, each in self.before(token, lambda one: one.label == "ALLIANCE")), None)

    def _singular(self, token: Token, lemma: str) -> Mention | None:
        if lemma in reference.COUNTRY:
            return self._nearest(token, lambda each: each.kind == "state" and each.label in {"GPE", "ORG", "NORP"})
        if lemma in reference.FORCE:
            named = self._nearest(token, lambda each: each.kind == "force")
            return named or self.coalition(token)
        if lemma in reference.GROUP:
            return self._nearest(token, lambda each: each.label == "ALLIANCE") or self.coalition(token)
        if lemma in reference.PERSON:
            return self._nearest(token, lambda each: each.kind == "person")
        return None


Parsed.set_extension("cast", getter=lambda doc: doc.user_hooks.get("cast"), force=True)
Parsed.set_extension("frames", getter=lambda doc: doc.user_hooks.setdefault("frames", []), force=True)
