"""Whom a name or an office stands for: a person who is named, else the state whose office it is."""

from dataclasses import replace

from workbench.nlp.actors import Cast
from workbench.nlp.mentions import Mention
from workbench.nlp.ships import FLAGS
from workbench.nlp.tree import Token


def named_by(cast: Cast, token: Token) -> Mention | None:
    """Return who is named at a token, or in apposition to it: *the junta's leader, General Moussa Diallo*."""
    if (named := cast.of(token)) is not None:
        return _bearer(cast, named)
    if (under := sailing(cast, token)) is not None:
        return under
    beside = (cast.of(each) for each in token.rights if each.dep_ == "appos")
    person = next((each for each in beside if each is not None and each.label == "PERSON"), None)
    if person is None or person.principal is not None or (party := cast.resolve(token)) is None:
        return person
    return replace(person, principal=party.actor, principal_id=party.id) if party.kind == "state" else person


def sailing(cast: Cast, token: Token) -> Mention | None:
    """Return the state under whose flag a warship sails: *HMS Duncan*."""
    ship = cast.at(token)
    if ship is None or ship.label != "WEAPON":
        return None
    state = cast.registry.by_id(f"state:{FLAGS.get(cast.doc.text[ship.start : ship.end].split(maxsplit=1)[0])}")
    return replace(ship, actor=state.name, id=state.id, kind=state.kind) if state is not None else None


def _bearer(cast: Cast, mention: Mention) -> Mention:
    """Return the state behind an office whose holder the article does not name."""
    if mention.label != "ROLE" or mention.principal is None or mention.actor in cast.people:
        return mention
    party = cast.registry.by_id(mention.principal_id or "")
    kind = party.kind if party is not None else "state"
    return replace(mention, actor=mention.principal, id=mention.principal_id, kind=kind, principal=None)
