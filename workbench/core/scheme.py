"""The label scheme of a project: what may be said about an article. It is data, never code.

The kinds (entity, stance, commitment) and the slots that the gold record names are fixed; labels,
the lists that slots choose from, what is compulsory when, colours and keys are the project's own.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from workbench.core import strict
from workbench.core.annotation import Entity, Object, Span
from workbench.core.errors import Invalid, clause
from workbench.core.record import FLAGS, SLOTS, SPANS

HUES: Final = (
    "indigo", "green", "violet", "amber", "rose", "rust", "brown", "teal", "crimson", "sand", "olive", "purple",
    "cyan", "grey",
)  # fmt: skip
SLOT_KINDS: Final = ("actor", "choice", "span", "flag", "text")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_DOTTED: Final = re.compile(r"(?<![^\s.])(?:[^\s.]++[ \t]*+\.[ \t]*+){64}")
"""A name of more parts than any scheme has, over which the library takes time by the square of their number."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label for entities; ``group`` is core or extended, ``key`` the key that sets it."""

    name: str
    title: str
    hue: str = "grey"
    key: str | None = None
    group: str = "core"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a slot may take."""

    name: str
    title: str = ""
    key: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A rule that holds while another slot has one of these values."""

    slot: str
    among: tuple[str, ...]

    def holds(self, slots: Mapping[str, Any]) -> bool:
        """Say whether the other slot has one of the values."""
        return slots.get(self.slot) in self.among


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a frame: an actor, a choice, a span, a flag or free text.

    ``required`` is True, False or a rule; ``only`` forbids a value while the rule does not hold.
    An ``open_prefix`` admits values such as ``actor:France`` beside the choices.
    """

    name: str
    title: str
    kind: str
    choices: tuple[Choice, ...] = ()
    required: bool | When = False
    only: When | None = None
    key: str | None = None
    open_prefix: str | None = None
    rule: str = ""

    def wanted(self, slots: Mapping[str, Any]) -> bool:
        """Say whether a frame with these values must fill the slot."""
        return self.required.holds(slots) if isinstance(self.required, When) else self.required

    def admits(self, value: str) -> bool:
        """Say whether a choice is on the list."""
        if self.open_prefix and value.startswith(self.open_prefix) and len(value) > len(self.open_prefix):
            return True
        return any(choice.name == value for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Pairs:
    """The dual rule: the stance that goes with a commitment on the same evidence."""

    target: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = ""
    polarity: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scheme:
    """Everything that a project's annotations may consist of."""

    name: str
    title: str
    labels: tuple[Label, ...]
    stance: tuple[Slot, ...]
    commitment: tuple[Slot, ...]
    pairs: Pairs = Pairs()
    subtoken: bool = True
    overlap: bool = False

    def slots(self, kind: str) -> tuple[Slot, ...]:
        """Return the slots of stances or of commitments."""
        return self.stance if kind == "stance" else self.commitment

    def slot(self, kind: str, name: str) -> Slot:
        """Return one slot; raises Invalid for a name that the scheme does not list."""
        for slot in self.slots(kind):
            if slot.name == name:
                return slot
        raise Invalid(f"A {kind} has no slot “{name}”; it has {_listing(slot.name for slot in self.slots(kind))}.")

    def label(self, name: str) -> Label:
        """Return one label; raises Invalid for a name that the scheme does not list."""
        for label in self.labels:
            if label.name == name:
                return label
        raise Invalid(f"The scheme has no label “{name}”; it has {_listing(label.name for label in self.labels)}.")

    def problems(self, item: Object) -> Iterator[str]:
        """Say, a sentence each, what an object lacks or has too much of; nothing where all is well."""
        if isinstance(item, Entity):
            if item.label not in {label.name for label in self.labels}:
                yield f"The label “{item.label}” is not in the scheme."
            return
        known = {slot.name for slot in self.slots(item.kind)}
        for name in item.slots:
            if name not in known:
                yield f"The slot “{name}” is not in the scheme."
        for slot in self.slots(item.kind):
            yield from _slot_problems(slot, item.slots)


def _slot_problems(slot: Slot, slots: Mapping[str, Any]) -> Iterator[str]:
    value = slots.get(slot.name)
    if value in (None, ""):
        if slot.wanted(slots):
            yield f"{slot.title} is missing."
        return
    shape = Span if slot.kind == "span" else bool if slot.kind == "flag" else str
    if not isinstance(value, shape):
        yield f"{slot.title} has the wrong kind of value."
    elif slot.kind == "choice" and not slot.admits(str(value)):
        yield f"“{value}” is no {slot.title.lower()} of the scheme."
    elif slot.only and not slot.only.holds(slots):
        yield f"{slot.title} is only given while {slot.only.slot} is {_listing(slot.only.among, 'or')}."


def _listing(names: Any, joint: str = "and") -> str:
    *most, last = names
    return f"{', '.join(most)} {joint} {last}" if most else str(last)


def parse(source: str | bytes) -> Scheme:
    """Read a scheme from TOML or JSON; raises Invalid with what is wrong and where."""
    source = source.decode() if isinstance(source, bytes) else source
    try:
        row = strict.parse(source.encode()) if source.lstrip().startswith("{") else _toml(source)
        scheme = msgspec.convert(row, Scheme)
    except Invalid as problem:
        raise Invalid(f"This is no scheme. {problem.sentence}") from None
    except ValueError as problem:
        raise Invalid(f"This is no scheme: {clause(problem)}.") from None
    _check(scheme)
    return scheme


def _toml(source: str) -> Any:
    """Read TOML; raises Invalid where it nests deeper than any scheme, by brackets or by dots between names."""
    try:
        if not _DOTTED.search(source):
            return tomllib.loads(source)
    except RecursionError:
        pass
    raise Invalid("It is nested too deeply.")


def dump(scheme: Scheme) -> str:
    """Write a scheme as JSON, the same bytes for the same scheme."""
    return msgspec.json.encode(scheme).decode()


def _check(scheme: Scheme) -> None:
    if not scheme.labels:
        raise Invalid("A scheme needs at least one label.")
    _distinct("label", [label.name for label in scheme.labels])
    _distinct("label key", [label.key for label in scheme.labels if label.key])
    for label in scheme.labels:
        if label.hue not in HUES:
            raise Invalid(f"The label {label.name} has the hue “{label.hue}”; choose one of {_listing(HUES, 'or')}.")
    for kind, needed in SLOTS.items():
        slots = scheme.slots(kind)
        _distinct(f"{kind} slot", [slot.name for slot in slots])
        if missing := set(needed) - {slot.name for slot in slots}:
            raise Invalid(f"The {kind} lacks the slots {_listing(sorted(missing))}, which the gold record has.")
        for slot in slots:
            _check_slot(scheme, kind, slot)


def _check_slot(scheme: Scheme, kind: str, slot: Slot) -> None:
    if slot.kind not in SLOT_KINDS:
        raise Invalid(f"The slot {slot.name} is a “{slot.kind}”; choose one of {_listing(SLOT_KINDS, 'or')}.")
    if (slot.name in SPANS) != (slot.kind == "span") and slot.name in SLOTS[kind]:
        raise Invalid(f"The gold record keeps {slot.name} as {'a span' if slot.name in SPANS else 'a word'}.")
    if (slot.name in FLAGS) != (slot.kind == "flag") and slot.name in SLOTS[kind]:
        raise Invalid(f"The slot {slot.name} cannot be a {slot.kind}.")
    if slot.kind == "choice":
        _distinct(f"{slot.name} value", [choice.name for choice in slot.choices])
    for rule in (slot.required, slot.only):
        if isinstance(rule, When):
            scheme.slot(kind, rule.slot)


def _distinct(what: str, names: list[str]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise Invalid(f"The {what} “{name}” is listed twice.")
        if not what.endswith("key") and not _NAME.fullmatch(name):
            raise Invalid(f"“{name}” cannot name a {what}: use letters, digits and _, starting with a letter.")


msgspec.json.Decoder(Scheme)  # learns the type now: two threads must not learn it at once
