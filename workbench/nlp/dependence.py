"""Plans that hang on somebody else: *hinges on an American backstop*, *could only work with a US guarantee*."""

from collections.abc import Iterator

from workbench.nlp.clauses import carrier, child, governor, np_end, owner, subject
from workbench.nlp.commitments import Draft, multiplied
from workbench.nlp.contributions import contributed
from workbench.nlp.evidence import trimmed
from workbench.nlp.scene import Scene
from workbench.nlp.statuses import Reading
from workbench.nlp.things import Thing, typed, venture
from workbench.nlp.tree import Token


def dependent(scene: Scene, word: Token) -> Iterator[Draft]:
    """Read *any Dutch deployment hinges on an American backstop*: one party's condition, another's contribution."""
    on = next((each for each in word.children if each.dep_ == "prep" and each.lower_ in {"on", "upon"}), None)
    noun = child(on, "pobj") if on is not None else None
    topic = subject(word)
    if noun is None or topic is None:
        return
    holder = _holder(word, topic)
    asked = [thing for thing in typed(scene, noun) if thing.type != "elsewhere"]
    if asked and holder is not None and (provider := owner(noun)) is not None:
        reading = Reading(word, "requested", provider, sought=holder, top=carrier(word), predicates=[word])
        reading.note("depend", word)
        reading.topic, reading.hanging = topic, trimmed(scene, word.i, np_end(noun))
        yield from multiplied(scene, reading, asked, "requested", None)
    own = [thing for thing in typed(scene, topic) if thing.type != "elsewhere"]
    if not own and scene.lexicon.classes(topic) & {"commit", "offer"}:
        own = [Thing("unspecified", topic)]
    if own and (party := owner(topic)) is not None:
        reading = Reading(word, "conditional", party, top=carrier(word), soft=True, predicates=[word])
        reading.note("depend", word)
        yield from multiplied(scene, reading, own, "conditional", (word.i, np_end(noun)))


def _holder(word: Token, topic: Token) -> Token | None:
    link = governor(word)
    if link is not None and link.bond == "content" and (said := subject(link.token)) is not None:
        return said
    return owner(topic)


def needed(scene: Scene, mark: Token) -> Iterator[Draft]:
    """Read *could only succeed if the US provides a backstop*: the one who says so asks for it."""
    verb = mark.head
    main = verb.head
    words = {each.lower_ for each in scene.doc[main.left_edge.i : mark.i]}
    if verb.dep_ != "advcl" or verb.pos_ != "VERB" or "only" not in words or (actor := subject(verb)) is None:
        return
    given = contributed(scene, verb, scene.lexicon.classes(verb))
    said = governor(main)
    if not given or said is None or said.bond != "content":
        return
    reading = Reading(
        verb, "requested", actor, sought=subject(said.token), top=main, said=said.token, predicates=[verb]
    )
    reading.note("depend", mark)
    reading.topic, reading.hanging = subject(main), (mark.i, verb.right_edge.i + 1)
    yield from multiplied(scene, reading, given, "requested", None)


def needed_with(scene: Scene, link: Token) -> Iterator[Draft]:
    """Read *could only work with a US guarantee*, *would fail without American help*."""
    main, noun = link.head, child(link, "pobj")
    said = governor(main) if main.pos_ == "VERB" else None
    words = {each.lower_ for each in main.lefts}
    never = bool(words & {"not", "n't", "n’t"}) or main.lemma_ == "fail"
    fits = "only" in words if link.lower_ == "with" else never
    provider, topic = owner(noun) if noun is not None else None, subject(main)
    if said is None or said.bond != "content" or not fits or noun is None or provider is None or topic is None:
        return
    if not (venture(scene, topic) or topic.i in scene.targets):
        return
    asker = subject(said.token)
    reading = Reading(main, "requested", provider, sought=asker, top=main, said=said.token, predicates=[main])
    reading.note("depend", link)
    reading.topic, reading.hanging = topic, (link.i, np_end(noun))
    asked = [thing for thing in typed(scene, noun) if thing.type != "elsewhere"]
    yield from multiplied(scene, reading, asked, "requested", None)
