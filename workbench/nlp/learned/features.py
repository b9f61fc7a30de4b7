"""What a linear model sees of a candidate: words, classes and paths as short strings."""

from collections.abc import Iterator
from typing import Final

from workbench.nlp.clauses import carrier, controller, mood, negation, owner
from workbench.nlp.learned.candidates import LEVELS, OPEN, Carrier, Party, Setting
from workbench.nlp.operators import read
from workbench.nlp.scene import Scene
from workbench.nlp.statuses import Reading
from workbench.nlp.tree import Token

_CONDITIONS: Final = frozenset({"if", "once", "unless", "provided", "until", "without", "before", "after", "when"})
_DETERMINERS: Final = frozenset({"det", "poss", "neg", "amod", "nummod", "compound"})


class View:
    """The words of one sentence as a model sees them; what several candidates share is found once."""

    def __init__(self, scene: Scene, setting: Setting, types: set[str]) -> None:
        self.scene, self.setting, self.types = scene, setting, types
        self.common = list(_common(scene, setting))
        self._words: dict[int, list[str]] = {}
        self._read: dict[int, list[Reading | None]] = {}
        self._predicates: dict[tuple[int, int], list[str]] = {}
        self._kinds: dict[int, frozenset[str]] = {}

    def kinds(self, token: Token) -> frozenset[str]:
        """Return the cue classes of a word."""
        if (found := self._kinds.get(token.i)) is None:
            found = self._kinds[token.i] = self.scene.lexicon.classes(token)
        return found

    def readings(self, it: Carrier) -> list[Reading | None]:
        """Return what the rules read in the first two predicates above a word."""
        if (found := self._read.get(it.token.i)) is None:
            found = self._read[it.token.i] = [
                read(each, kinds, self.scene.lexicon, [it.token]) if (kinds := self.kinds(each)) else None
                for each in it.chain[:2]
            ]
        return found

    def of_carrier(self, it: Carrier) -> list[str]:
        """Return what is seen of a contribution word and the predicates above it."""
        label, setting = it.label, self.setting
        found = [f"t:{label}", f"s:{it.source}", f"many:{len(self.types) > 1}|{it.source}|{label == OPEN}"]
        found.append(f"s:{it.source}|{label == setting.usual}|{label == setting.previous}|{label == OPEN}")
        found += [f"co:{label}|{other}" for other in self.types if other != label]
        if it.chain:
            found.append(f"t0:{label}|{it.chain[0].lemma_}")
        if it.token.i not in self._words:
            self._words[it.token.i] = [*self.common, *self._word(it)]
        return found + self._words[it.token.i]

    def _word(self, it: Carrier) -> Iterator[str]:
        """Yield what does not depend on the type."""
        token = it.token
        yield from (f"c:{token.lemma_.lower()}", f"cd:{token.dep_}")
        if token.dep_ in {"pobj", "conj", "compound"}:
            yield from (f"cu:{token.dep_}|{token.head.lower_}|{token.head.head.lemma_}", f"cu:{token.head.lower_}")
        for each in token.children:
            if each.dep_ in _DETERMINERS:
                yield f"cc:{each.dep_}"
                yield f"ccl:{each.lower_}" if each.dep_ in {"det", "neg", "amod"} else "ccn"
            elif each.dep_ == "prep":
                yield f"cp:{each.lower_}"
        if self.scene.asks(token):
            yield "asks"
        if self.scene.quote(token) is not None:
            yield "quoted"
        for level, predicate in enumerate(it.chain[:LEVELS]):
            yield from self._predicate(predicate, min(level, 2))
        yield from (f"r:{each.status if each else None}" for each in self.readings(it))
        if it.chain:
            classes = ["+".join(sorted(self.kinds(each))) or each.pos_ for each in it.chain[:3]]
            yield from ("C>" + ">".join(classes), "C>" + ">".join(classes[:2]), f"depth:{min(len(it.chain), 5)}")
            yield f"root:{'+'.join(sorted(self.kinds(it.chain[-1])))}"

    def _predicate(self, predicate: Token, level: int) -> list[str]:
        key = predicate.i, level
        if key not in self._predicates:
            self._predicates[key] = list(_predicate(predicate, self.kinds(predicate), level))
        return self._predicates[key]


def _common(scene: Scene, setting: Setting) -> Iterator[str]:
    yield "bias"
    yield f"long:{setting.long}"
    if setting.headline:
        yield "headline"
    for hit in scene.fixed:
        yield f"fix:{hit.label}"
        if hit.label != "conditions":
            yield f"fix:{hit.words.lower()}"
    if any(each.shape_ == "dddd" for each in scene.tokens):
        yield "year"


def _predicate(predicate: Token, classes: frozenset[str], level: int) -> Iterator[str]:
    """Yield what is seen of one predicate above a contribution word."""
    verb = carrier(predicate)
    how, no = mood(verb), negation(predicate) is not None
    yield f"{level}L:{predicate.lemma_.lower()}"
    yield f"{level}M:{how}|{no}"
    yield f"{level}D:{predicate.dep_}"
    for kind in sorted(classes) or ["none"]:
        yield f"{level}C:{kind}"
        yield f"{level}C:{kind}|{how}|{no}"
    yield "AM:" + how
    if no:
        yield "AN"
    for each in verb.children:
        dep = each.dep_
        if dep in {"aux", "mark", "prt", "advmod", "neg", "expl"}:
            yield f"{level}{dep}:{each.lower_}"
        elif dep in {"advcl", "prep"} and (mark := _mark(each)) is not None:
            yield f"{level}if:{mark}|{each.i > verb.i}"
        elif dep in {"dobj", "xcomp", "ccomp", "acomp", "attr", "nsubjpass", "agent"}:
            yield f"{level}h:{dep}"


def _mark(clause: Token) -> str | None:
    if clause.dep_ == "prep":
        return str(clause.lower_) if clause.lower_ in _CONDITIONS else None
    return next((each.lower_ for each in clause.lefts if each.lower_ in _CONDITIONS), None)


class Sides:
    """What all parties of one contribution word are compared with, found once."""

    def __init__(self, view: View, it: Carrier) -> None:
        self.view, self.it, self.given = view, it, view.readings(it)
        self.kinds = ["+".join(sorted(view.kinds(each))) for each in it.chain]
        first = it.chain[0] if it.chain else it.token
        self.owners = {each.i for each in (owner(it.token), owner(first)) if each is not None}
        self.controllers: dict[int, list[str]] = {}
        for n, each in enumerate(it.chain[:3]):
            if (found := controller(each)) is not None:
                seen = self.controllers.setdefault(found.i, [])
                seen += [f"ctrl:{n}|{self.kinds[n]}|{mood(carrier(each))}", f"ctrl:{n}"]
        self.quoted = view.scene.quote(it.token) is not None


def of_pair(sides: Sides, party: Party) -> list[str]:
    """Return what is seen of a party with respect to a contribution word."""
    scene, it, token, base, mention = sides.view.scene, sides.it, party.token, party.base, party.mention
    up, level, inner = route(it, base)
    kinds = sides.kinds[level] if 0 <= level < len(it.chain) else ""
    place = str(min(level, 3)) if level >= 0 else "c" if inner else "x"
    found = [
        f"p:{up}|{place}", f"p:{up}|{place}|{kinds}", f"p:{place}|{kinds}", f"pk:{mention.kind}|{mention.label}",
        f"pk:{mention.kind}|{up}", f"p:{up}|{place}|{it.source}", f"pt:{it.label}|{mention.kind}",
        f"pd:{_far(token.i - it.token.i)}",
    ]  # fmt: skip
    if token.pos_ == "PRON" or scene.cast.at(token) is None:
        found.append(f"pp:{token.lower_}|{base.dep_}")
    for n, reading in enumerate(sides.given):
        if reading is not None:
            right = reading.actor in {base, token}
            found += [f"ra:{n}|{right}|{reading.status}", f"ra:{right}|{n}", f"rs:{n}|{reading.sought == base}"]
    found += sides.controllers.get(base.i, ())
    if base.i in sides.owners:
        found.append("owner")
    low, high = min(token.i, it.token.i), max(token.i, it.token.i)
    between = sum(low < each.token.i < high for each in sides.view.setting.parties)
    found.append(f"pb:{min(between, 4)}|{token.i < it.token.i}")
    said = "say" in sides.view.kinds(base.head)
    found.append(f"psay:{said}|{scene.quote(token) is not None}|{sides.quoted}")
    return found


def route(it: Carrier, base: Token) -> tuple[str, int, bool]:
    """Return the relations from a party up to the chain, the level reached there, and whether it hangs on the word."""
    places = {each.i: n for n, each in enumerate(it.chain)}
    steps: list[str] = []
    each = base
    for _ in range(6):
        if each.i in places:
            return ">".join(steps), places[each.i], False
        if each.i == it.token.i:
            return ">".join(steps), -1, True
        if each.head == each:
            break
        steps.append(each.dep_ if each.dep_ != "prep" else f"prep:{each.lower_}")
        each = each.head
    return ">".join(steps[:3]), -2, False


def _far(distance: int) -> str:
    sign = "-" if distance < 0 else "+"
    return sign + next(str(limit) for limit in (2, 5, 9, 14, 22, 999) if abs(distance) <= limit)
