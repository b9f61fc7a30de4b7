"""One sentence as the finders of stances and commitments see it."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from workbench.nlp.actors import Cast
from workbench.nlp.attribution import Quote, speaker_of
from workbench.nlp.bearers import named_by
from workbench.nlp.clauses import members, subject
from workbench.nlp.datelines import opening
from workbench.nlp.issuers import issuers
from workbench.nlp.lexicon import Hit, Lexicon, hits
from workbench.nlp.mentions import Mention
from workbench.nlp.tree import Doc, Span, Token

_PARTS = frozenset({
    "member", "country", "nation", "state", "government", "most", "many", "some", "all", "majority", "one", "none",
    "both",
})  # fmt: skip
PLURALS = frozenset({
    "minister", "leader", "official", "contributor", "partner", "ally", "member", "participant", "country", "state",
    "nation", "government", "donor", "capital", "power", "community", "neighbour", "neighbor", "parliament", "navy",
})  # fmt: skip
_LEARNING = frozenset({"know", "understand", "see", "believe", "feel"})
"""What others are let, who are told what *it* would do: *has let Washington know that it will not*."""
_COLLECTIVE = frozenset({"state", "region", "organisation", "alliance", "force", "group", "party"})


@dataclass(slots=True)
class Memory:
    """What earlier sentences said: who gives what, what was given and judged last, what was asked of whom.

    ``until`` is where the last sentence ended that told of something given.
    """

    given: dict[str, str] = field(default_factory=dict)
    last: str | None = None
    asked: dict[str, str] = field(default_factory=dict)
    judged: str | None = None
    until: int = -1


@dataclass
class Scene:
    """A sentence with what is known of its words."""

    sentence: Span
    cast: Cast
    lexicon: Lexicon
    quotes: list[Quote]
    memory: Memory = field(default_factory=Memory)

    @property
    def doc(self) -> Doc:
        """Return the document."""
        return self.sentence.doc

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Return the tokens of the sentence; spaCy makes new ones each time that it is asked."""
        return tuple(self.sentence)

    @cached_property
    def words(self) -> list[tuple[str, str]]:
        """Return each token in small letters, as it stands and as its lemma."""
        return [(token.lower_, token.lemma_.lower()) for token in self.tokens]

    @cached_property
    def things(self) -> dict[int, Hit]:
        """Return the contribution words by the token that they end at."""
        return {hit.last: hit for hit in hits(self.sentence, self.words, self.lexicon.things)}

    @cached_property
    def targets(self) -> dict[int, Hit]:
        """Return the words for stance targets by the token that they end at."""
        return {hit.last: hit for hit in hits(self.sentence, self.words, self.lexicon.targets)}

    @cached_property
    def fixed(self) -> list[Hit]:
        """Return the fixed phrases of reserve, hedging and condition."""
        return hits(self.sentence, self.words, self.lexicon.fixed)

    @cached_property
    def asked(self) -> int:
        """Return where the last question of the sentence ends, -1 where there is none."""
        return max((token.i for token, word in zip(self.tokens, self.words, strict=True) if word[0] == "?"), default=-1)

    @property
    def fresh(self) -> bool:
        """Say whether the sentence right before told of something given."""
        return self.memory.until >= self.sentence.start

    def asks(self, token: Token) -> bool:
        """Say whether a token stands in a question."""
        return bool(token.i <= self.asked)

    @cached_property
    def opening(self) -> int:
        """Return the index after a dateline."""
        return opening(self.sentence, self.cast)

    def quote(self, token: Token) -> Quote | None:
        """Return the quotation that a token stands in."""
        return next((quote for quote in self.quotes if quote.start <= token.i < quote.end), None)

    def parties(self, token: Token | None) -> list[tuple[Mention, Token]]:
        """List who is meant by a noun and what is coordinated with it, we and I through the speaker."""
        found: dict[str | None, tuple[Mention, Token]] = {}
        for each in self._named(token) if token is not None else ():
            for mention in self._meant(each):
                found.setdefault(mention.actor, (mention, each))
        return [pair for pair in found.values() if pair[0].actor]

    def _named(self, token: Token) -> list[Token]:
        """Return a noun and what is coordinated with it, past a dateline that the parser took for the subject."""
        found = members(token)
        for each in token.children:
            mention = self.cast.of(each) if each.dep_ in {"appos", "nmod"} and each.i > token.i else None
            if mention is not None and mention.kind == "state" and self.cast.of(token) is not None:
                found.extend(one for one in members(each) if one not in found)
        if token.i >= self.opening or token.sent != self.sentence:
            return found
        later = [
            each for each in token.children if each.dep_ in {"appos", "conj", "dep", "nmod"} and each.i >= self.opening
        ]
        return [each for each in found if each.i >= self.opening] or [one for each in later for one in members(each)]

    def antecedents(self, pronoun: Token, verb: Token) -> list[tuple[Mention, Token]] | None:
        """List who a pronoun means by the subjects of the clauses around it; None where that is no actor."""
        described = pronoun.lower_ in {"country", "government", "nation"} and [
            each.lower_ for each in pronoun.lefts
        ] in (["the"], ["its"], ["his"], ["her"])
        if pronoun.lower_ not in {"it", "they", "he", "she", "their"} and not described:
            return []
        human = pronoun.lower_ in {"he", "she"}
        other: list[tuple[Mention, Token]] = []
        told: Mention | None = None
        for _ in range(6):
            if verb.head == verb:
                break
            verb = verb.head
            named = subject(verb)
            if verb.lemma_ in _LEARNING and verb.tag_ == "VB" and verb.head.lemma_ in {"let", "make", "have"}:
                continue
            if named is None or named == pronoun or (named.lower_ == "it" and pronoun.lower_ == "it"):
                continue
            if not (found := self.parties(named)):
                if pronoun.lower_ == "it" and named.pos_ == "PROPN":
                    return None
                continue
            if pronoun.lower_ == "their":
                return found if len(found) > 1 else []
            if (found[0][0].kind == "person") == human or described:
                return found
            other = found if human else other
            told = told or found[0][0]
        aside = (subject(each) for each in verb.children if each.dep_ == "parataxis")
        told = told or next((found[0][0] for each in aside if each is not None and (found := self.parties(each))), None)
        return self._spoken_for(pronoun, told) if pronoun.lower_ == "it" and told is not None else other

    def _spoken_for(self, pronoun: Token, person: Mention) -> list[tuple[Mention, Token]]:
        """Return the state of whoever says what *it* would do, where only a place or a post was named before."""
        named = self.cast.resolve(pronoun)
        last = self.doc.covering(named.start, named.end).root if named is not None else None
        if last is None or last.dep_ not in {"pobj", "compound", "poss", "amod"} or last.head.dep_ == "agent":
            return []
        party = self.cast.registry.by_id(person.principal_id or "") if person.kind == "person" else None
        if party is None or party.kind != "state":
            return []
        return [(replace(person, actor=party.name, id=party.id, kind="state", principal=None), pronoun)]

    def _meant(self, token: Token) -> tuple[Mention, ...]:
        if (named := named_by(self.cast, token)) is not None:
            return (named,)
        if token.lower_ in {"we", "i", "us", "me", "our", "my", "ourselves"} and token.text != "US":
            speaker = self.speaker(token)
            return (speaker,) if speaker else () if self.quote(token) else issuers(self.doc, self.cast)
        if token.lower_ in {"these", "those", "all"} and token.children:
            return ()
        if token.lower_ in {"they", "them", "both", "all", "each", "these", "those", "two", "three", "neither"}:
            many = self.cast.group(token)
            return many if len(many) > 1 or (many and many[0].kind in {"group", "force", "alliance"}) else ()
        for each in token.children:
            if each.dep_ == "acl" and each.lemma_ in {"dub", "call", "name", "know"}:
                for alias in each.children:
                    if (named := self.cast.of(alias)) is not None:
                        return (named,)
        return self._several(token) if token.lemma_ in PLURALS else self._described(token)

    def _several(self, token: Token) -> tuple[Mention, ...]:
        """Return who *ministers* or *the leaders* are; nobody where only an alliance could be meant."""
        bare = not list(token.lefts)
        if bare and (ours := issuers(self.doc, self.cast)):
            return ours
        if [each.lower_ for each in token.lefts] == ["the"]:
            return self.cast.group(token)
        mention = self.cast.resolve(token)
        return () if bare and mention is not None and mention.kind == "alliance" else self._described(token)

    def _described(self, token: Token) -> tuple[Mention, ...]:
        mention = self.cast.resolve(token)
        if mention is None and token.lemma_ in _PARTS:
            inner = (one for each in token.children if each.dep_ == "prep" for one in each.children)
            return tuple(found for each in inner if (found := self.cast.resolve(each)))
        return (mention,) if mention else ()

    def coalition(self, token: Token) -> Mention | None:
        """Return the coalition or force that was last named before a token."""
        place = token.idx
        named = (
            each for each in reversed(self.cast.mentions) if each.start < place and each.kind in {"group", "force"}
        )
        found = [each for each in named if each.actor]
        return next((each for each in found if each.kind == "group"), found[0] if found else None)

    def speaker(self, token: Token) -> Mention | None:
        """Return who utters the quotation that a token stands in."""
        quote = self.quote(token)
        return speaker_of(quote, self.doc, self.cast, self.lexicon) if quote else None


def principal(mention: Mention) -> tuple[str, str | None] | None:
    """Return the party behind a mention: a person's principal, else itself."""
    if mention.kind == "person":
        return (mention.principal, mention.principal_id) if mention.principal else None
    if mention.kind in _COLLECTIVE and mention.actor:
        if (
            mention.principal
            and mention.kind in {"organisation", "force"}
            and (mention.principal_id or "").startswith("state:")
        ):
            return mention.principal, mention.principal_id
        return mention.actor, mention.id
    return None
