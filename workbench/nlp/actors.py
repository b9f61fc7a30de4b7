"""Who is meant: the cast of an article, asked by the components that read stances and commitments."""

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from workbench.core.actors import Registry
from workbench.nlp.mentions import Mention


class Cast:
    """The actors of one article and where each is mentioned; ``doc._.cast``.

    - ``of(token)``: the mention that covers the token and names an actor, else None.
    - ``at(token)``: the mention that covers the token, whatever it is (a date, money, a place).
    - ``resolve(token_or_span)``: like ``of``, and also through what is no entity: pronouns (*he, it, they, we,
      I*), descriptions (*the country, the force, the alliance, the prime minister*), a nationality
      with a noun (*British officials*: United Kingdom), a possessive, bare plurals (*leaders*).
      The answer is the mention that the words point back to.
    - ``group(token_or_span)``: all who are meant, through conjunctions and plural pronouns.

    ``mentions`` lists all in reading order; ``registry`` gives the actor behind ``mention.id``.
    """

    def __init__(self, doc: Doc, mentions: Sequence[Mention], registry: Registry) -> None:
        self.doc = doc
        self.mentions = tuple(mentions)
        self.registry = registry
        self._covering: dict[int, Mention] = {}
        for mention in self.mentions:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            for token in span or ():
                self._covering[token.i] = mention

    def at(self, token: Token) -> Mention | None:
        """Return the mention that covers the token."""
        return self._covering.get(token.i)

    def of(self, token: Token) -> Mention | None:
        """Return the mention that covers the token, if it names an actor."""
        mention = self._covering.get(token.i)
        return mention if mention and mention.actor else None

    def resolve(self, words: Token | Span) -> Mention | None:
        """Return who is meant, through pronouns and descriptions too."""
        token = words.root if isinstance(words, Span) else words
        if found := self.of(token):
            return found
        for child in reversed(list(token.lefts)):
            if child.dep_ in {"amod", "compound", "poss", "nmod"} and (found := self.of(child)):
                return found
        return None

    def group(self, words: Token | Span) -> tuple[Mention, ...]:
        """Return all who are meant, in reading order."""
        token = words.root if isinstance(words, Span) else words
        found = [self.resolve(each) for each in (token, *token.conjuncts)]
        return tuple({mention.actor: mention for mention in found if mention}.values())


Doc.set_extension("cast", getter=lambda doc: doc.user_hooks.get("cast"), force=True)
Doc.set_extension("frames", getter=lambda doc: doc.user_hooks.setdefault("frames", []), force=True)
