"""The words that stances and commitments are made of, read from ``seeds/patterns``."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from workbench.nlp.tree import Span, Token

Tables = Mapping[str, Mapping[str, Any]]
Phrases = dict[str, list[tuple[tuple[str, ...], str]]]

FILES: Final = ("cues", "types", "stances", "figures")
_NOT_TYPES: Final = frozenset({"venture", "elsewhere"})
_VERBAL: Final = frozenset({"VERB", "AUX"})
_PARTICLES: Final = frozenset({"prt", "prep", "advmod", "dobj", "acomp", "agent", "dative"})


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of the lexicon in a sentence: what they stand for, and the first and last token."""

    label: str
    first: int
    last: int
    words: str


@dataclass(frozen=True)
class Lexicon:
    """Cue words by class, contribution words by type, and words of judgement."""

    tables: Mapping[str, Tables] = field(repr=False)

    @cached_property
    def verbs(self) -> dict[str, list[tuple[str, str]]]:
        """Return for each verb its particle, if any, and class."""
        return _by_lemma(self._rows("cues", "verbs"))

    @cached_property
    def judgements(self) -> dict[str, list[tuple[str, str]]]:
        """Return for each verb of judgement its particle, if any, and polarity."""
        rows = self._rows("stances", "verbs")
        return _by_lemma((name, word) for name, word in rows if name != "turning")

    @cached_property
    def adjectives(self) -> dict[str, str]:
        """Return the class of each adjective."""
        return {word: name for name, word in self._rows("cues", "adjectives")}

    @cached_property
    def nouns(self) -> dict[str, str]:
        """Return the class of each noun."""
        return {word: name for name, word in self._rows("cues", "nouns")}

    @cached_property
    def own(self) -> dict[str, str]:
        """Return the type that a verb alone stands for."""
        return {word.split()[0]: name for name, word in self._rows("types", "verbs")}

    @cached_property
    def modifiers(self) -> dict[str, str]:
        """Return the type that a modifier gives to a general head."""
        return {word: name for name, word in self._rows("types", "modifiers")}

    @cached_property
    def heads(self) -> frozenset[str]:
        """Return the general heads, such as support."""
        return frozenset(self.tables["types"]["heads"])

    @cached_property
    def things(self) -> Phrases:
        """Return the phrases of contribution by their first word."""
        return _phrases(self._rows("types", "nouns"))

    @cached_property
    def targets(self) -> Phrases:
        """Return the phrases of stance targets by their first word."""
        table = self.tables["stances"]["targets"]
        return _phrases((name, word) for name, words in table.items() for word in words)

    @cached_property
    def fixed(self) -> Phrases:
        """Return the fixed phrases of reserve, hedging and condition by their first word."""
        cues = self.tables["cues"]
        words = (("hedge", word) for word in cues["hedges"]["words"])
        return _phrases([*words, *self._rows("cues", "phrases")])

    @cached_property
    def figures(self) -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
        """Return the figures of speech by their first word: the rest, the class and the type, the longest first."""
        found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for name, entry in self.tables["figures"].items():
            for label, phrases in entry.items():
                for first, *rest in map(str.split, phrases):
                    found.setdefault(first, []).append((tuple(rest), name, "" if label == "phrases" else label))
        return {first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in found.items()}

    @cached_property
    def idioms(self) -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
        """Return the figures of speech that judge by their verb: the rest, the polarity, *not* where they need it."""
        found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for polarity, phrase in self._rows("stances", "figures"):
            no, words = ("not", phrase[4:]) if phrase.startswith("not ") else ("", phrase)
            first, *rest = words.split()
            found.setdefault(first, []).append((tuple(rest), polarity, no))
        return {first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in found.items()}

    @cached_property
    def triggers(self) -> frozenset[str]:
        """Return the words of which a sentence needs at least one to be looked at."""
        quiet = {"say", "think", "hedges", "conditions", "aspect"}
        cues = {word.split()[0] for name, word in self._rows("cues", "verbs") if name not in quiet}
        judged = {
            word.split()[0]
            for kind in ("verbs", "adjectives", "nouns", "moving")
            for _, word in self._rows("stances", kind)
        }
        reserve = {first for first, rows in self.fixed.items() if any(name == "reserve" for _, name in rows)}
        spoken = {
            max(filter(str.isalpha, [first, *rest]), key=len)
            for first, rows in (*self.figures.items(), *self.idioms.items())
            for rest, _, _ in rows
        }
        return frozenset(cues | judged | reserve | spoken | {*self.adjectives, *self.nouns})

    def group(self, name: str) -> frozenset[str]:
        """Return verbs that the rules treat alike."""
        return self._groups[name]

    @cached_property
    def _groups(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(words) for name, words in self.tables["cues"]["groups"].items()}

    def judgement(self, kind: str, polarity: str) -> frozenset[str]:
        """Return the adjectives or nouns that judge one way."""
        return self._judging.get((polarity, kind), frozenset())

    def called(self, polarity: str) -> frozenset[str]:
        """Return the nouns that a party calls something to judge it so."""
        return self._judging["judged", polarity]

    def effects(self, polarity: str) -> frozenset[str]:
        """Return the verbs of what good or harm a party says that something does."""
        return self._judging.get((polarity, "effects"), frozenset())

    @cached_property
    def _judging(self) -> dict[tuple[str, str], frozenset[str]]:
        return {
            (name, kind): frozenset(words)
            for name, entry in self.tables["stances"].items()
            for kind, words in entry.items()
        }

    def classes(self, token: Token) -> frozenset[str]:
        """Return the cue classes of a predicate, the closest reading of its particle first; each word is read once."""
        known: dict[int, frozenset[str]] = token.doc.user_hooks.setdefault("classes", {})
        if (found := known.get(place := token.i)) is None:
            found = known[place] = self._classes(token)
        return found

    def _classes(self, token: Token) -> frozenset[str]:
        lemma = token.lemma_.lower()
        if token.pos_ == "NOUN":
            return frozenset(filter(None, [self.nouns.get(lemma)]))
        found = _readings(token, self.verbs) if token.pos_ in _VERBAL else frozenset()
        adjective = self.adjectives.get(token.lower_)
        if adjective and (token.pos_ == "ADJ" or token.tag_ == "VBN"):
            return found | {adjective}
        return found

    def judges(self, token: Token) -> frozenset[str]:
        """Return the polarities of a verb of judgement."""
        return _readings(token, self.judgements)

    def _rows(self, table: str, kind: str) -> Iterator[tuple[str, str]]:
        for name, entry in self.tables[table].items():
            if isinstance(entry, Mapping) and name != "groups":
                yield from ((name, word) for word in entry.get(kind, ()))


def read(folder: Path) -> Lexicon:
    """Read the lexicon from the TOML files of a folder."""
    return Lexicon({name: tomllib.loads((folder / f"{name}.toml").read_text("utf-8")) for name in FILES})


def hits(span: Span, words: list[tuple[str, str]], phrases: Phrases) -> list[Hit]:
    """List the phrases in a stretch of words with their lemmas: the longest at each place, none inside another."""
    found, until = [], 0
    for at, (lower, lemma) in enumerate(words):
        if (lower not in phrases and lemma not in phrases) or at < until:
            continue
        best = None
        for form in (lower,) if lower == lemma else (lower, lemma):
            for rest, label in phrases.get(form, ()):
                if _continues(words, at + 1, rest) and (best is None or len(rest) > len(best[0])):
                    best = rest, label
        if best:
            last = at + len(best[0])
            found.append(
                Hit(best[1], span.start + at, span.start + last, span.doc[span.start + at : span.start + last + 1].text)
            )
            until = last + 1
    return found


def is_type(label: str) -> bool:
    """Say whether a label of ``types.toml`` is a type, not a helper list."""
    return label not in _NOT_TYPES


def _continues(words: list[tuple[str, str]], at: int, rest: tuple[str, ...]) -> bool:
    return at + len(rest) <= len(words) and all(word in words[at + n] for n, word in enumerate(rest))


def _phrases(rows: Iterable[tuple[str, str]]) -> Phrases:
    found: Phrases = {}
    for name, phrase in rows:
        for form in {phrase, phrase.replace("-", " - ")}:
            first, *rest = form.split()
            known = found.setdefault(first, [])
            if all(other != tuple(rest) for other, _ in known):
                known.append((tuple(rest), name))
    return found


def _by_lemma(rows: Iterable[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for name, phrase in rows:
        lemma, _, particle = phrase.partition(" ")
        found.setdefault(lemma, []).append((particle, name))
    return found


def _readings(token: Token, verbs: dict[str, list[tuple[str, str]]]) -> frozenset[str]:
    rows = verbs.get(token.lemma_.lower()) or verbs.get(token.lower_.removesuffix("s"))
    if not rows:
        return frozenset()
    if any(particle for particle, _ in rows):
        near = {word for child in token.children if child.dep_ in _PARTICLES for word in (child.lower_, child.lemma_)}
        near |= {
            "for" for child in token.children for mark in child.lefts if mark.lower_ == "for" and mark.dep_ == "mark"
        }
        if exact := frozenset(name for particle, name in rows if particle and particle in near):
            return exact
    return frozenset(name for particle, name in rows if not particle)
